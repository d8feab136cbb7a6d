"""Two volunteers sign up the same person; an officer merges the records, then undoes it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.domain import Learner
from app.attempts.models import Attempt
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading
from app.people.models import Person
from app.quizzes.service import load_bank
from tests.factories import answer_all, make_person
from tests.journeys.conftest import Clock
from tests.journeys.seats import seat
from tests.journeys.visitor import Visitor
from tests.town import make_town

pytestmark = pytest.mark.browser
MORNING = datetime(2026, 10, 5, 2, tzinfo=UTC)
NAME = "Hoàng Thị Sen"


def sign_up(volunteer: Visitor) -> None:
    volunteer.open("/huong-dan/ghi-ten").fill("name", NAME).choose("address", "bà").choose("adult", "yes")
    volunteer.page.locator("[name=agreed]").check(force=True)
    volunteer.press("Ghi tên và làm thẻ")
    assert f"Thẻ học của {NAME}" in volunteer.text


def records(*ids: int) -> dict[int, tuple[bool, int]]:
    """Each record: whether it is closed, and its lessons. Without numbers: those of that name."""
    found = {}
    which = Person.id.in_(ids) if ids else Person.name == NAME
    for person in reading().scalars(select(Person).where(which).order_by(Person.id)):
        lessons = reading().scalars(select(Attempt.id).where(Attempt.person_id == person.id)).all()
        found[person.id] = (person.closed_at is not None, len(lessons))
    return found


def test_same_person_signed_up_twice_is_merged_and_undone(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    town = make_town(app)
    Clock(MORNING)
    town.now = MORNING
    with app.app_context():
        load_bank(ROOT / "quizzes", now=MORNING)
        load_catalogue(ROOT / "badges")
        other = make_person("Vũ Văn Hai", group_id=town.groups["1"], role="volunteer", ward_id=town.groups["1"])
    for volunteer in (town.dung, other):
        sign_up(seat(visit("volunteer"), town, volunteer))
    with app.app_context():
        first, second = records()
        answer_all(Learner(person_id=first), "cuoc-goi", now=MORNING)
        answer_all(Learner(person_id=second), "chuyen-tien", now=MORNING)
        before = records()

    officer = seat(visit("officer", phone=False), town, town.cleo, "password")
    officer.open("/to-chuc/trung-nguoi")
    assert "cùng tên, cùng khu phố" in officer.text
    officer.press("Xem cạnh nhau").press("Gộp hai hồ sơ")

    assert "Đã gộp." in officer.text
    with app.app_context():
        assert sorted(records(first, second).values()) == [(False, 2), (True, 0)]
    officer.press("Hoàn tác")
    assert "Đã hoàn tác: hai hồ sơ như cũ." in officer.text
    with app.app_context():
        assert records(first, second) == before
    officer.press("Xem cạnh nhau").press("Không phải một người")
    assert "Không thấy hồ sơ nào trùng" in officer.text
