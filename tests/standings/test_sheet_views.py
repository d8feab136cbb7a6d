"""The score sheet in the hand, the public figures for other pages: the same ranking everywhere."""

import io
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from app.attempts.domain import Learner
from app.closing.service import close_due_cycles
from app.core.db import transaction
from app.standings.models import GroupCycle
from app.standings.scoresheet import COLUMNS, differences, read_csv, recompute
from tests.factories import answer_all, make_person, make_quiz
from tests.town import Town, make_town


@pytest.fixture
def town(app: Flask) -> Town:
    """A month in which khu phố 1 leads, 2 follows, and 3 has too few to be told."""
    made = make_town(app)
    with app.app_context():
        make_quiz()
        for khu, count in (("1", 9), ("2", 6), ("3", 2)):
            for number in range(count):
                answer_all(Learner(person_id=make_person(f"Người {khu}-{number}", group_id=made.groups[khu])))
    return made


def test_sheet_recomputes_to_the_same_ranking(town: Town) -> None:
    got = town.as_cleo().client.get("/khu-pho/phieu-diem.csv")

    rows = read_csv(got.text, "2026-10")
    assert (rows[0].name, rows[0].counted, rows[0].place) == ("Khu phố 1", 9, 1)
    assert (len(rows), differences(rows, recompute(rows))) == (3, [])
    assert got.headers["Content-Disposition"] == 'attachment; filename="bang-diem-2026-10.csv"'


def test_workbook_holds_the_same_sheet(town: Town) -> None:
    got = town.as_cleo().client.get("/khu-pho/phieu-diem.xlsx?ky=2026-10")

    table = CalamineWorkbook.from_filelike(io.BytesIO(got.data)).get_sheet_by_index(0).to_python()
    assert table[0] == [heading for _, heading in COLUMNS]
    assert [line[6] for line in table[1:]] == [9, 6, 2]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheet_is_not_there_for_learners(town: Town, form: str) -> None:
    assert town.as_ada().client.get(f"/khu-pho/phieu-diem.{form}").status_code == 404


def test_other_pages_read_what_everyone_may_read(town: Town) -> None:
    got = town.guest().client.get("/khu-pho.json")

    told = json.loads(got.text)
    assert (told["cycle"], told["frozen"]) == ("2026-10", False)
    assert [(g["name"], g["place"]) for g in told["groups"]] == [("Khu phố 1", 1), ("Khu phố 2", 1)]
    assert told["others"] == ["Khu phố 3"]
    assert got.headers["Access-Control-Allow-Origin"] == "*"


def test_feed_names_the_months_and_no_person(town: Town) -> None:
    got = town.guest().client.get("/khu-pho.atom")

    feed = ET.fromstring(got.text)
    atom = "{http://www.w3.org/2005/Atom}"
    assert got.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Bảng khu phố tháng 10/2026"]
    assert "Người" not in got.text


def test_gain_is_measured_against_one_s_own_month_before(town: Town) -> None:
    with town.app.app_context():
        close_due_cycles(datetime(2026, 10, 31, 17, 5, tzinfo=UTC))
        later = datetime(2026, 11, 5, 5, tzinfo=UTC)
        for number in range(8):
            answer_all(Learner(person_id=make_person(f"Thêm {number}", group_id=town.groups["2"])), now=later)
    town.at(later)

    page = town.guest().open("/khu-pho/tien-bo")

    assert ("Khu phố 2" in page.text, "Khu phố 1" in page.text, "tăng so với tháng 10/2026" in page.text) == (
        True,
        False,
        True,
    )


def test_first_month_has_nothing_to_compare(town: Town) -> None:
    assert "Đây là tháng đầu tiên" in town.guest().open("/khu-pho/tien-bo").text


def test_chart_tells_only_what_the_table_tells(town: Town) -> None:
    with town.app.app_context():
        close_due_cycles(datetime(2026, 10, 31, 17, 5, tzinfo=UTC))
    slug = "3"

    public, full = (b.client.get(f"/khu-pho/{slug}").text.split('class="bars"')[1].split("</svg>")[0]
                    for b in (town.guest(), town.as_cleo()))  # fmt: skip

    assert (public.count("<rect"), full.count("<rect") > 0) == (0, True)


def test_bars_are_measured_against_what_is_shown(town: Town) -> None:
    with town.app.app_context(), transaction() as session:  # a small group leads, with too few people to be told
        session.execute(update(GroupCycle).where(GroupCycle.group_id == town.groups["3"]).values(people=50))

    page = town.guest().client.get("/khu-pho").text

    assert 'rect width="100.0%"' in page
