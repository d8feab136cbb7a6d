"""A family of four on one phone, in a real browser: nobody sees, or answers for, the one before."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Error
from sqlalchemy import select

from app.attempts.models import Attempt
from app.core.db import reading, transaction
from app.people.domain import IssuedCard
from app.people.household.models import DeviceMember
from app.people.service import issue_card
from tests.factories import make_person
from tests.journeys.conftest import Clock
from tests.journeys.test_lesson import real_content
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
EVENING = datetime(2026, 10, 5, 12, tzinfo=UTC)
LESSON = "/hoc/an-toan-so/cuoc-goi"
FAMILY = {"Hoàng Bà Sen": "bà", "Hoàng Văn Núi": "bác", "Lê Thị Thông": "cô", "Hoàng Minh Diều": "bạn"}


def cards_of(people: dict[str, str], group_id: int) -> dict[str, IssuedCard]:
    """Cards by given name."""
    found = {}
    for name, address in people.items():
        person_id = make_person(name, group_id=group_id, address=address)
        with transaction() as session:
            found[name.split()[-1]] = issue_card(session, person_id, now=EVENING)
    return found


def tap(phone: Visitor, name: str) -> None:
    """Press a name button, and look at the home that it opens."""
    phone.page.locator("button.name").filter(has_text=name).click()
    phone.page.wait_for_url(phone.site + "/")
    phone.look()
    assert f"{name}!" in phone.text


def learn(phone: Visitor) -> None:
    """Sit the lesson on screen to its last page."""
    phone.open(LESSON).press("Bắt đầu")
    for _ in range(12):
        if phone.path.endswith("/xong"):
            return
        phone.page.locator("label.choice").first.click()
        phone.find("Trả lời").click()
        phone.page.locator(".sheet").wait_for()
        phone.page.locator(".sheet a.btn").click()
        phone.page.wait_for_load_state()
    raise AssertionError(f"no end of the lesson: {phone.path}")


def go_back(phone: Visitor) -> str:
    """One step back; what the page then says. Scripts of ours have stored nothing.

    What is not there for the one who is signed in now is answered 404, and the browser notes it.
    """
    phone.page.go_back()
    phone.page.wait_for_load_state()
    phone.faults.clear()
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0
    return phone.text


def is_about(text: str, name: str) -> bool:
    """Whether a page is somebody's: a name among the buttons is none of it."""
    return "Ai học" not in text and name in text


def test_family_of_four_on_one_phone(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    Clock(EVENING)
    real_content(app)
    with app.app_context():
        family = cards_of(FAMILY, 2)
        strangers = cards_of({"Vũ Thị Lạ": "bác", "Vũ Văn Lân": "ông"}, 3)
    other = visit("another family")
    other.open(f"/the/{strangers['Lạ'].token}").press("Đúng, vào học")
    other.open(f"/the/{strangers['Lân'].token}").page.check("[name=ghi-ten]")
    other.press("Đúng, vào học")

    phone = visit("the family")
    phone.open(f"/the/{family['Sen'].token}").press("Đúng, vào học")
    for name in ("Núi", "Thông", "Diều"):
        phone.open("/may-nay/them").open(f"/the/{family[name].token}")
        assert phone.page.is_checked("[name=ghi-ten]")  # somebody was to be added, so it is ticked
        phone.press("Đúng, vào học")
    phone.press("Đổi người")
    assert phone.page.locator("button.name").count() == 4

    before = ""
    for name in ("Sen", "Núi", "Diều"):
        tap(phone, name)
        shown = [go_back(phone) for _ in range(3)] if before else []
        assert [text for text in shown if is_about(text, before)] == []
        learn(phone)
        phone.page.locator(".acts a:visible").first.click()
        phone.page.wait_for_url("**/vao?tiep=1")
        assert "Ai học tiếp" in phone.look().text
        gone = go_back(phone)  # the last page of the lesson is gone as well
        assert ("Xong bài rồi" in gone, "Huy hiệu mới" in gone) == (False, False)
        phone.open("/vao")
        before = name

    tap(phone, "Thông")
    phone.context.set_offline(True)
    for _ in range(3):
        try:
            phone.page.go_back(timeout=5000)
        except Error:
            break  # nothing of the page was kept: the browser says that it is offline
        assert not is_about(phone.text, "Diều")
    phone.context.set_offline(False)
    phone.faults.clear()

    phone.open("/").open(f"/the/{strangers['Lân'].token}").page.check("[name=ghi-ten]")
    phone.press("Đúng, vào học")
    assert "của người nhà khác" in phone.text
    with app.app_context():
        names = select(DeviceMember.device_id, DeviceMember.person_id).order_by(DeviceMember.person_id)
        assert [person_id for device, person_id in reading().execute(names) if device == 2] == [1, 2, 3, 4]
        learned = reading().scalars(select(Attempt.person_id).where(Attempt.right.is_not(None)))
        assert sorted(learned) == [1, 2, 4]


def test_a_page_left_open_by_the_one_before_answers_for_nobody(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    """Two tabs: the question of the first one is still open when the second one has taken the phone."""
    Clock(EVENING)
    real_content(app)
    with app.app_context():
        family = cards_of(FAMILY, 2)
    phone = visit("phone")
    phone.open(f"/the/{family['Sen'].token}").press("Đúng, vào học")
    phone.open("/may-nay/them").open(f"/the/{family['Núi'].token}").press("Đúng, vào học")
    phone.open(LESSON).press("Bắt đầu")
    tab = phone.context.new_page()
    tab.goto(phone.site + "/")
    tab.locator("button", has_text="Đổi người").click()
    tab.locator("button.name", has_text="Sen").click()
    tab.wait_for_url(phone.site + "/")

    phone.page.locator("label.choice").first.click()
    phone.find("Trả lời").click()
    phone.page.get_by_text("Máy này đã đổi người").first.wait_for()

    with app.app_context():
        assert [len(one.responses) for one in reading().scalars(select(Attempt))] == [0]
