"""Taking lists out on screen: whoever may, what they may see, and the trail."""

import csv
import io

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.groups.service import set_contact
from tests.factories import make_person
from tests.page import Browser
from tests.town import Town


def rows(browser: Browser, kind: str, **values: str) -> list[list[str]]:
    page = "/to-chuc/nguoi-hoc" if kind == "nguoi-hoc" else "/to-chuc/khu-pho"
    token = dict(browser.open(page).form(f"/xuat/{kind}").fields)["csrf_token"]
    answer = browser.client.post(f"/to-chuc/xuat/{kind}", data={"csrf_token": token, "dang": "csv", **values})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def holder(town: Town, role: str, where: str) -> Browser:
    with town.app.app_context():
        person = make_person("Người Giữ", group_id=town.groups["3"], role=role, ward_id=town.groups[where])
    return town.as_person(person, "password")


def test_list_that_is_shown_is_the_one_that_is_taken(town: Town) -> None:
    found = rows(town.as_cleo(), "nguoi-hoc", tim="ada")

    assert [row[1] for row in found[1:]] == ["Nguyễn Thị Ada"]
    with town.app.app_context():
        (entry,) = reading().scalars(sa.select(AuditEntry)).all()
        assert (entry.actor_id, entry.action, entry.detail["rows"]) == (town.cleo, "list.export", 1)


def test_admin_of_a_khu_pho_takes_its_people_alone(town: Town) -> None:
    found = rows(holder(town, "admin", "1"), "nguoi-hoc")

    assert sorted(row[1] for row in found[1:]) == ["Nguyễn Thị Ada", "Phạm Dũng"]


@pytest.mark.parametrize("role", ["leader", "partner", "reviewer"])
def test_those_who_only_look_take_no_list_of_people(town: Town, role: str) -> None:
    town.app.config["WTF_CSRF_ENABLED"] = False

    assert holder(town, role, "ward").client.post("/to-chuc/xuat/nguoi-hoc").status_code == 404


def test_partner_takes_groups_without_names(town: Town) -> None:
    with town.app.app_context(), transaction() as session:
        set_contact(session, town.groups["1"], name="Trần Thị Giúp", phone="0912345678")

    seen, told = rows(holder(town, "partner", "ward"), "khu-pho"), rows(town.as_cleo(), "khu-pho")

    assert "Trần Thị Giúp" not in str(seen)
    assert "Trần Thị Giúp" in str(told)


def test_branches_come_as_a_workbook_too(town: Town) -> None:
    cleo = town.as_cleo()
    token = dict(cleo.open("/to-chuc/khu-pho").form("/xuat/chi-doan").fields)["csrf_token"]

    answer = cleo.client.post("/to-chuc/xuat/chi-doan", data={"csrf_token": token, "dang": "xlsx"})

    assert answer.data[:2] == b"PK"
    assert "hoc-so-chi-doan-2026-10-14.xlsx" in answer.headers["Content-Disposition"]


def test_other_format_is_refused(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/nguoi-hoc")

    assert cleo.submit("/xuat/nguoi-hoc", {"dang": "exe"}).status == 422
