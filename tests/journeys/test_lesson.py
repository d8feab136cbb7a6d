"""Lessons in a real browser: with and without scripts the same pages, the same answers."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.attempts.models import Response
from app.attempts.queries import count_responses
from app.awards.service import load_rules
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading
from app.quizzes.queries import get_item
from app.quizzes.service import load_bank
from tests.factories import make_ward
from tests.journeys.conftest import Clock

pytestmark = pytest.mark.browser
MORNING = datetime(2026, 10, 5, 2, tzinfo=UTC)


def real_content(app: Flask) -> None:
    with app.app_context():
        make_ward()
        load_bank(ROOT / "quizzes", now=MORNING)
        load_catalogue(ROOT / "badges")
        load_rules(ROOT / "badges" / "awards")


@pytest.mark.parametrize("javascript", [True, False])
def test_guest_learns_a_whole_lesson(app: Flask, visit, javascript: bool) -> None:  # type: ignore[no-untyped-def]
    Clock(MORNING)
    real_content(app)
    guest = visit("guest", javascript=javascript)
    guest.open("/").press("Học thử một bài").press("Bắt đầu")
    for _ in range(10):
        if guest.path.endswith("/xong"):
            break
        guest.page.locator("label.choice").first.click()
        guest.find("Trả lời").click()
        guest.page.locator(".sheet").wait_for()
        guest.look()
        guest.page.locator(".sheet a.btn").click()
        guest.page.wait_for_load_state()
        guest.look()
    assert guest.path == "/hoc/an-toan-so/cuoc-goi/xong"
    assert "Xong bài rồi" in guest.text
    with app.app_context():
        assert count_responses(reading()) >= 5


def test_nothing_chosen_asks_to_choose_and_loses_nothing(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    Clock(MORNING)
    real_content(app)
    guest = visit("guest")
    guest.open("/hoc/an-toan-so/cuoc-goi").press("Bắt đầu")
    guest.find("Trả lời").click()
    guest.page.get_by_text("Chọn một câu đã ạ, rồi bấm Trả lời.").wait_for()
    assert guest.page.locator("label.choice").count() == 3


def test_key_is_not_in_the_page_before_the_answer(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    Clock(MORNING)
    real_content(app)
    guest = visit("guest")
    guest.open("/hoc/an-toan-so/cuoc-goi").press("Bắt đầu")
    before = guest.page.content()
    guest.page.locator("label.choice").first.click()
    guest.find("Trả lời").click()
    guest.page.locator(".sheet").wait_for()
    with app.app_context():
        response = reading().query(Response).one()
        item = get_item(reading(), response.attempt.draw[0]["revision"])
    assert item.rationale[:20].replace("{X}", "Bác").replace("{x}", "bác") not in before
    assert all(option.reason[:30] not in before for option in item.kind.options)


def test_first_visit_and_repeat_stay_within_the_budget(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    Clock(MORNING)
    real_content(app)
    sizes: list[tuple[str, int]] = []
    guest = visit("guest")
    session = guest.context.new_cdp_session(guest.page)
    session.send("Network.enable")
    urls: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sizes.append((urls[e["requestId"]], int(e["encodedDataLength"]))))
    for path in ("/", "/hoc", "/huy-hieu", "/khu-pho"):
        sizes.clear()
        session.send("Network.clearBrowserCache")
        guest.page.goto(guest.site + path, wait_until="networkidle")
        first, requests = sum(size for _, size in sizes), len(sizes)
        sizes.clear()
        guest.page.goto(guest.site + path, wait_until="networkidle")
        again = sum(size for _, size in sizes)
        assert (first <= 70_000, again <= 12_000, requests <= 15) == (True, True, True), (path, first, again, requests)
