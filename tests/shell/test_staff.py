"""Staff from the command line: added with a role in a branch, and the way back in for a ward without an officer."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.config import BadSetting, read_settings
from app.core.db import reading, transaction
from app.people.grants import grants_of
from app.people.models import EntryLink
from app.people.roles import Held
from app.people.service import issue_card
from tests.factories import NOON, make_person, make_ward
from tests.page import Browser
from tests.shell.conftest import Run

SECRET = "mười hai ký tự"


def add(run: Run, *options: str) -> tuple[int, str]:
    result = run("person", "add", "--name", "Hồ Mai", "--address", "chị", "--group", "KP 1", "--json", *options)
    return result.exit_code, result.stdout or result.stderr


def test_person_is_added_with_a_role_in_a_branch(app: Flask, run: Run) -> None:
    with app.app_context():
        ids = make_ward()

    status, out = add(run, "--role", "leader", "--where", "khu 2", "--secret", SECRET)

    assert status == 0
    with app.app_context():
        assert grants_of(reading(), json.loads(out)["id"]) == [Held("leader", ids["2"])]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--role", "author", "--where", "khu 2", "--secret", SECRET), "Vai trò này làm việc của cả phường"),
        (("--role", "leader", "--where", "khu 9", "--secret", SECRET), "Chưa có “khu 9” trong danh sách"),
        (("--role", "leader", "--secret", "2580"), "Mật khẩu cần ít nhất 12 ký tự."),
        (("--role", "volunteer", "--secret", SECRET), "Mã PIN gồm 4 đến 6 chữ số."),
    ],
)
def test_person_with_an_impossible_role_is_refused(
    app: Flask, run: Run, options: tuple[str, ...], sentence: str
) -> None:
    with app.app_context():
        make_ward()

    status, out = add(run, *options)

    assert (status, sentence in out) == (1, True)


@pytest.mark.both
def test_only_officer_gets_a_link_that_works_once(app: Flask, run: Run) -> None:
    with app.app_context():
        ids = make_ward()
        cleo = make_person("Lê Cleo", group_id=ids["1"], role="officer", ward_id=ids["ward"])

    made = run("person", "rescue", "--json")

    told = json.loads(made.stdout)
    token = told["url"].rpartition("/")[2]
    with app.app_context():
        assert reading().scalars(select(AuditEntry.action)).all() == ["signin.rescue"]
        assert token not in (reading().scalar(select(EntryLink.token_hash)) or "")
    browser = Browser(app)
    browser.open(f"/vao/mat-khau-moi/{token}")
    page = browser.submit(f"/vao/mat-khau-moi/{token}", {"password": SECRET, "repeat": SECRET})
    assert (told["id"], page.response.request.path) == (cleo, "/to-chuc")


def test_with_several_officers_the_card_code_says_which(app: Flask, run: Run) -> None:
    with app.app_context():
        ids = make_ward()
        both = [make_person(f"Lê {n}", group_id=ids["1"], role="officer", ward_id=ids["ward"]) for n in ("Cleo", "Kim")]
        ada = make_person("Ada", group_id=ids["1"])
        with transaction() as session:
            cards = [issue_card(session, one, now=NOON).code for one in (*both, ada)]

    which, kim, learner = (run("person", "rescue", *code) for code in ((), ("--code", cards[1]), ("--code", cards[2])))

    assert (which.exit_code, "nhiều cán bộ" in which.stderr) == (1, True)
    assert (kim.exit_code, "Lê Kim mở đường dẫn này" in kim.stdout) == (0, True)
    assert (learner.exit_code, "Không có cán bộ nào mang mã thẻ này" in learner.stderr) == (1, True)


def test_without_an_officer_the_command_says_how_to_make_one(app: Flask, run: Run) -> None:
    with app.app_context():
        make_ward()

    result = run("person", "rescue")

    assert (result.exit_code, "person add --role officer" in result.stderr) == (1, True)


def test_second_step_is_required_unless_set_otherwise(tmp_path: Path) -> None:
    chosen = ({}, {"HOCSO_SECOND_FACTOR": "optional"})
    found = [read_settings({"HOCSO_DATA": str(tmp_path), **env}).second_factor for env in chosen]

    assert found == ["required", "optional"]
    with pytest.raises(BadSetting, match="HOCSO_SECOND_FACTOR"):
        read_settings({"HOCSO_DATA": str(tmp_path), "HOCSO_SECOND_FACTOR": "never"})
