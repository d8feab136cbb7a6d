"""Every type of item in a real browser: by keyboard alone, and with scripts off."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.attempts.queries import count_responses
from app.core.db import reading
from app.quizzes.kinds import TYPES
from tests.factories import NOON, make_ward
from tests.journeys.conftest import Clock
from tests.journeys.visitor import Visitor
from tests.play.canaries import make_bank_of_types

pytestmark = pytest.mark.browser


def bank(app: Flask) -> None:
    Clock(NOON)
    with app.app_context():
        make_ward()
        make_bank_of_types()


def begin(guest: Visitor, type: str) -> None:
    guest.open(f"/hoc/an-toan-so/loai-{type.replace('_', '-')}").press("Bắt đầu")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus, as someone without a mouse would."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def answer_by_keyboard(page: Page, type: str) -> None:
    keys = page.keyboard
    if type in ("single", "true_false", "scenario"):
        tab_to(page, "[name=choice]")
        keys.press("Space")
    elif type in ("multiple", "spot"):
        tab_to(page, "[name=choice]")
        keys.press("Space")
        keys.press("Tab")
        keys.press("Space")
    elif type == "ordering":
        tab_to(page, "[name=move]")
        keys.press("Enter")
        page.locator(".moved").wait_for()
        assert page.evaluate("document.activeElement.name") == "move"
    elif type == "matching":
        for place in range(3):
            tab_to(page, f"[name=pair{place}]")
            for _ in range(place + 1):
                keys.press("ArrowDown")
    else:
        tab_to(page, "[name=choice]")
        keys.type("12")
    tab_to(page, ".acts [type=submit]")
    keys.press("Enter")


@pytest.mark.parametrize("phone", [True, False], ids=["390x844", "1366x850"])
@pytest.mark.parametrize("type", TYPES)
def test_type_is_answered_by_keyboard_alone(app: Flask, visit, type: str, phone: bool) -> None:  # type: ignore[no-untyped-def]
    bank(app)
    guest = visit("guest", phone=phone)
    begin(guest, type)
    guest.look()
    for turn in range(1, 5):
        answer_by_keyboard(guest.page, type)
        guest.page.locator(f".sheet, [name=place][value='{turn}']").first.wait_for(state="attached")
        if guest.page.locator(".sheet").count():
            break
    guest.look()
    assert guest.page.locator(".sheet h2").evaluate("e => e === document.activeElement")
    assert guest.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with app.app_context():
        assert count_responses(reading()) == 1


@pytest.mark.parametrize("type", TYPES)
def test_type_is_answered_with_scripts_off(app: Flask, visit, type: str) -> None:  # type: ignore[no-untyped-def]
    bank(app)
    guest = visit("guest", javascript=False)
    begin(guest, type)
    page = guest.page
    if type == "ordering":
        before = page.locator(".order .w").all_inner_texts()
        page.locator("[name=move][value$=d]").first.click()
        after = page.locator(".order .w").all_inner_texts()
        assert after == [before[1], before[0], *before[2:]]
    for _ in range(4):
        for place in range(page.locator("select").count()):
            page.locator("select").nth(place).select_option(index=1 + place)
        if page.locator("#cau-tra-loi").count():
            page.fill("#cau-tra-loi", "12")
        elif page.locator("label.choice, label.part").count():
            page.locator("label.choice, label.part").first.click()
        page.locator(".acts [type=submit]").click()
        if page.locator(".sheet").count():
            break
    assert page.locator(".sheet").count() == 1
    assert "Giải thích" in page.inner_text(".sheet")
    with app.app_context():
        assert count_responses(reading()) == 1
