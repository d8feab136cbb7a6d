"""A first visit in two real browsers: signed up at the door, the first right answer after at most twelve taps."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Locator
from sqlalchemy import select

from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading
from app.people.models import Person
from app.quizzes.service import load_bank
from tests.journeys.conftest import Clock
from tests.journeys.seats import right_place, seat
from tests.journeys.visitor import Visitor
from tests.town import make_town

pytestmark = pytest.mark.browser
MORNING = datetime(2026, 10, 5, 2, tzinfo=UTC)
MOST = 12


@dataclass
class Finger:
    """Counts what a finger does, on both phones; typing a name is not a tap."""

    taps: int = 0

    def tap(self, visitor: Visitor, what: str | Locator) -> None:
        self.taps += 1
        (visitor.find(what) if isinstance(what, str) else what).click()
        visitor.page.wait_for_load_state()
        visitor.look()

    def scan(self, visitor: Visitor, address: str) -> None:
        """The camera shows a line; one tap opens it."""
        self.taps += 1
        visitor.open(address)


def test_from_the_door_to_the_first_right_answer(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    town, finger = make_town(app), Finger()
    Clock(MORNING)
    with app.app_context():
        load_bank(ROOT / "quizzes", now=MORNING)
        load_catalogue(ROOT / "badges")
    town.now = MORNING
    volunteer, sen = seat(visit("volunteer"), town, town.dung), visit("sen")

    volunteer.open("/huong-dan")
    finger.tap(volunteer, "Ghi tên cho một người")
    volunteer.fill("name", "Hoàng Thị Sen")
    for words in ("bà", "Đủ 16 tuổi"):
        finger.tap(volunteer, volunteer.page.locator("label").filter(has_text=words).first)
    finger.tap(volunteer, volunteer.page.locator("label").filter(has_text="Người học đồng ý").first)
    finger.tap(volunteer, "Ghi tên và làm thẻ")
    assert "Thẻ học của Hoàng Thị Sen" in volunteer.text
    volunteer.find("Máy không quét được mã?").click()
    address = "/the/" + volunteer.text.split("/the/")[1].split()[0]

    finger.scan(sen, address)
    finger.tap(sen, "Đúng, vào học")
    finger.tap(sen, "Học bài đầu tiên")
    finger.tap(sen, "Bắt đầu")
    with app.app_context():
        person = reading().scalars(select(Person.id).where(Person.name == "Hoàng Thị Sen")).one()
        place = right_place(person, sen.path.split("/")[3])
    finger.tap(sen, sen.page.locator("label.choice").nth(place))
    finger.tap(sen, "Trả lời")
    sen.page.locator(".sheet").wait_for()

    assert "Bà chọn đúng" in sen.look().text
    assert finger.taps <= MOST
