"""A class of thirty on one tablet, in a real browser: planned, entered by code and by hand, asked before and after."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.models import Attempt
from app.core.db import reading, transaction
from app.outreach.classes.attending import tick
from app.outreach.classes.models import Attendance, ClassAttempt, ClassMeasure
from app.people.models import SignIn
from app.people.service import issue_card, set_pin
from tests.factories import make_person
from tests.journeys.conftest import Clock
from tests.journeys.test_lesson import real_content
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
AFTERNOON = datetime(2026, 10, 5, 7, tzinfo=UTC)  # 14:00 in the ward
TABLETS = ({"width": 1280, "height": 800}, {"width": 800, "height": 1280})
PIN = "2739"
GIVEN = ("An", "Bình", "Cúc", "Dậu", "Én", "Gấm", "Hạnh", "Ích", "Khoa", "Lụa")
FAMILY = ("Nguyễn Thị", "Trần Văn", "Lê Thị")


def sign_in(visitor: Visitor, code: str) -> None:
    visitor.open("/vao").fill("code", code).fill("secret", PIN)
    visitor.page.locator("main form").last.locator("button[type=submit]").last.click()
    visitor.page.wait_for_url(visitor.site + "/")


def people_of(group_id: int) -> list[int]:
    """Thirty names; three of them are called the same but for the family."""
    return [make_person(f"{family} {given}", group_id=group_id) for given in GIVEN for family in FAMILY]


def go_back(tablet: Visitor) -> str:
    """One step back; what the page then says. What is not there any more is answered 404, and the browser notes it."""
    tablet.page.go_back()
    tablet.page.wait_for_load_state()
    tablet.faults.clear()
    return tablet.text


def take(tablet: Visitor, name: str) -> None:
    """Press a name; the page of the class greets its owner."""
    tablet.page.locator("button.name", has_text=name).click()
    tablet.page.wait_for_url("**/lop/toi")
    assert f"Chào bác {name.split()[-1]}!" in tablet.look().text


def answer(tablet: Visitor, word: str, *, look: bool = False) -> None:
    """Answer the questions before (``dau``) or after (``cuoi``), and give the tablet to the next one."""
    tablet.page.locator(f"form[action='/lop/toi/{word}'] button").click()
    tablet.page.wait_for_url(f"**/lop/toi/{word}/1")
    while not tablet.path.endswith("/xong"):
        if look:
            tablet.look()
        here = f"{tablet.site}{tablet.path}"
        tablet.page.locator("label.choice").first.click()
        tablet.find("Trả lời").click()
        tablet.page.wait_for_url(re.compile(f"^(?!{re.escape(here)}$)"))
    tablet.press("Chuyền máy cho người sau")
    assert "Ai học tiếp?" in tablet.text


def learn(tablet: Visitor) -> None:
    """The lesson from the class's page to its end; the next tap leads to the names."""
    tablet.page.locator("form[action^='/hoc/'] button").click()
    tablet.page.wait_for_load_state()
    while not tablet.path.endswith("/xong"):
        tablet.page.locator("label.choice").first.click()
        tablet.find("Trả lời").click()
        tablet.page.locator(".sheet").wait_for()
        tablet.page.locator(".sheet a.btn").click()
        tablet.page.wait_for_load_state()
    tablet.page.locator(".acts a:visible").first.click()
    tablet.page.wait_for_url("**/lop?tiep=1")


def test_class_of_thirty_on_one_tablet(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    clock = Clock(AFTERNOON)
    real_content(app)
    with app.app_context():
        trainer = make_person("Phạm Thị Dung", group_id=2, role="volunteer", address="chị")
        people = people_of(2)
        with transaction() as session:
            card, own = issue_card(session, trainer, now=AFTERNOON), issue_card(session, people[0], now=AFTERNOON)
            set_pin(session, trainer, PIN, now=AFTERNOON)

    # The trainer plans the class on her own phone, and shows the code.
    phone = visit("trainer")
    sign_in(phone, card.code)
    phone.open("/huong-dan").press("Lớp học").press("Lập lớp mới")
    phone.fill("day", "2026-10-05").fill("time", "14:00").fill("place", "Nhà văn hoá khu phố 1").fill("expected", "30")
    phone.choose("quiz", "cuoc-goi").press("Lưu")
    here = phone.path
    phone.press("Hiện mã có mặt")
    digits = phone.page.inner_text(".class-digits")

    # A resident with a phone of her own scans it; one with an old code is told so.
    resident = visit("resident")
    resident.open(f"/the/{own.token}").press("Đúng, vào học")
    resident.open(f"/co-mat?ma={digits.replace(' ', '')}").press("Có, tôi đang ở đây")
    assert "Đã ghi bác có mặt" in resident.text
    clock.go_to(AFTERNOON.replace(minute=3))
    phone.press("Lấy mã mới")
    assert phone.page.inner_text(".class-digits") != digits
    resident.open("/co-mat").fill("ma", digits).press("Tiếp")
    assert "Mã này đã đổi" in resident.text

    # The others are ticked: one by hand on the phone, found without marks; the rest as fast as a script can.
    phone.open(here).fill("tim", "tran van an").press("Tìm")
    phone.page.locator(".class-list button", has_text="Có mặt").first.click()
    phone.page.wait_for_load_state()
    assert "Đã điểm danh" in phone.look().text
    with app.app_context():
        for person in people[2:]:
            tick(class_id=1, person_id=person, by=trainer, now=clock.now)
    phone.open(here).fill("counted", "34").press("Ghi")
    assert "30 người có tên · đếm được 34 người" in phone.text

    # The tablet goes round: the trainer starts it, and is signed out on it.
    tablet = visit("tablet")
    tablet.page.set_viewport_size(TABLETS[0])
    sign_in(tablet, card.code)
    tablet.open(here).press("Cả lớp học trên máy này")
    for size in (*reversed(TABLETS), {"width": 390, "height": 844}, TABLETS[0]):
        tablet.page.set_viewport_size(size)
        tablet.checked.clear()
        tablet.look()
        assert tablet.page.locator("button.name").count() == 30
        if size in TABLETS:  # all thirty without scrolling
            bottom = tablet.page.locator("button.name").last.bounding_box()
            assert bottom is not None
            tablet.page.screenshot()
            assert bottom["y"] + bottom["height"] <= size["height"]
    assert "Bấm vào tên mình" in tablet.open("/huong-dan").text
    tablet.page.locator("[data-filter]").fill("tran van khoa")
    assert tablet.page.locator("button.name:visible").count() == 1
    tablet.open("/lop")

    # All thirty take their turn, a dozen answer what they know before; nobody sees anything of the one before.
    names = [f"{family} {given}" for given in GIVEN for family in FAMILY]
    for place, name in enumerate(names):
        take(tablet, name)
        if place < 12:
            answer(tablet, "dau", look=place == 0)
        else:
            tablet.press("Xong, trả máy")
        if place < 3:
            for _ in range(3):
                assert f"Chào bác {name.split()[-1]}" not in go_back(tablet)
            tablet.open("/lop")

    # Some learn, and answer what they know after.
    for name in names[:6]:
        take(tablet, name)
        learn(tablet)
        take(tablet, name)
        answer(tablet, "cuoi")

    # Whoever holds the tablet has nobody's rights; the trainer's PIN takes it back.
    tablet.press("Dành cho người hướng dẫn").fill("secret", "1379").press("Lấy máy về")
    assert "Còn 4 lần thử" in tablet.text
    tablet.fill("secret", PIN).press("Lấy máy về")
    assert tablet.path == here
    assert "Máy đã rời lớp" in tablet.text
    assert "6 người trả lời cả hai lần" in tablet.text
    assert "→" in tablet.page.inner_text(".class-change")

    with app.app_context():
        store = reading()
        ways = store.scalars(select(Attendance.way)).all()
        assert (len(ways), ways.count("qr"), ways.count("hand")) == (30, 1, 29)
        moments = store.scalars(select(ClassMeasure.moment).where(ClassMeasure.ended_at.is_not(None))).all()
        assert (moments.count("before"), moments.count("after")) == (12, 6)
        attempts = store.execute(select(Attempt.person_id, Attempt.how, ClassAttempt.class_id).join(ClassAttempt)).all()
        assert sorted(tuple(one) for one in attempts) == sorted((p, "independent", 1) for p in people[:6])
        levels = store.execute(select(SignIn.person_id, SignIn.level)).all()
        assert {level for person, level in levels if person != trainer} == {"card"}
