"""A family of four on one phone, in a real browser: nobody sees, or answers for, the one before."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
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


def everything(phone: Visitor) -> str:
    """What the browser shows, and what it stores for scripts."""
    stored = phone.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert json.loads(stored) == [{}, {}]
    return phone.page.content()


def test_family_of_four_on_one_phone(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    Clock(EVENING)
    real_content(app)
    with app.app_context():
        family = cards_of(FAMILY, 2)
        strangers = cards_of({"Vũ Thị Lạ": "bác", "Vũ Văn Lân": "ông"}, 3)

    other = visit("another family's phone")
    other.open(f"/the/{strangers['Lạ'].token}").press("Đúng, vào học")
    other.open(f"/the/{strangers['Lân'].token}").page.check("[name=ghi-ten]")
    other.press("Đúng, vào học")

    phone = visit("the family's phone")
    phone.open(f"/the/{family['Sen'].token}").press("Đúng, vào học")
    for name in ("Núi", "Thông", "Diều"):
        phone.open("/may-nay/them")
        phone.open(f"/the/{family[name].token}")
        assert phone.page.is_checked("[name=ghi-ten]")  # one wanted to add somebody, so it is ticked
        phone.press("Đúng, vào học")
    phone.press("Đổi người")
    assert phone.page.locator("button.name").count() == 4

    for name, before in (("Sen", ""), ("Núi", "Sen"), ("Diều", "Núi")):
        phone.page.locator("button.name").filter(has_text=name).click()
        phone.page.wait_for_load_state()
        phone.look()
        assert f"{name}!" in phone.text
        assert not before or before not in everything(phone)
        for _ in range(3):  # back: nothing of the one before
            phone.page.go_back()
            phone.page.wait_for_load_state()
            shown = everything(phone)
            assert "/vao/ten/" in shown or not before or before not in shown
        phone.open("/")
        learn(phone)
        phone.page.locator(".acts a:visible").first.click()
        phone.page.wait_for_load_state()
        assert ("Ai học tiếp" in phone.text, phone.path) == (True, "/vao")
        phone.page.go_back()
        phone.page.wait_for_load_state()
        assert "Xong bài rồi" not in phone.text  # the last page of the one before is gone as well
        assert "Huy hiệu mới" not in phone.text
        phone.open("/vao")

    phone.page.locator("button.name").filter(has_text="Thông").click()
    phone.page.wait_for_load_state()
    phone.context.set_offline(True)
    for _ in range(5):
        try:
            phone.page.go_back(timeout=3000)
        except Exception:
            break
        assert "Diều" not in phone.page.inner_text("body")
    phone.context.set_offline(False)
    phone.faults.clear()

    phone.open("/")
    phone.open(f"/the/{strangers['Lân'].token}")
    phone.page.check("[name=ghi-ten]")
    phone.press("Đúng, vào học")
    assert "của người nhà khác" in phone.text
    with app.app_context():
        here = reading().scalars(select(DeviceMember.person_id).where(DeviceMember.device_id == 2)).all()
        assert len(here) == 4
        learned = reading().scalars(select(Attempt.person_id).where(Attempt.right.is_not(None))).all()
        assert len(set(learned)) == 3


def test_a_page_left_open_by_the_one_before_answers_for_nobody(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    """Two tabs: the question of the first person is still open when the second one has taken the phone."""
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
    tab.wait_for_load_state()

    phone.page.locator("label.choice").first.click()
    phone.find("Trả lời").click()
    phone.page.get_by_text("Máy này đã đổi người").first.wait_for()

    with app.app_context():
        attempts = reading().scalars(select(Attempt)).all()
        assert [len(one.responses) for one in attempts] == [0]
