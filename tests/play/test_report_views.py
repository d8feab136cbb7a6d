"""The small form under an answered question, as people meet it."""

from sqlalchemy import func, select

from app.core.db import db
from app.quizzes.models import ItemReport
from tests.factories import make_quiz
from tests.page import Browser
from tests.town import Town

QUIZ = "/hoc/an-toan-so/cuoc-goi"
LINK = "Thấy câu này chưa đúng? Báo Đoàn phường"
HOSTILE = '<script>alert("x")</script>'


def answered(town: Town, browser: Browser) -> Browser:
    """A browser that stands at the first question, answered."""
    with town.app.app_context():
        make_quiz()
    browser.open(QUIZ)
    browser.submit(QUIZ)
    browser.submit("/cuoc-goi/1", {"choice": "a"})
    return browser


def action(browser: Browser) -> str:
    assert browser.page is not None
    return next(form.action for form in browser.page.forms if form.action.startswith("/bao-cau/"))


def reports(town: Town) -> list[ItemReport]:
    with town.app.app_context():
        return list(db.session.scalars(select(ItemReport)))


def test_guest_reports_and_is_thanked_in_place(town: Town) -> None:
    browser = answered(town, town.guest())
    assert browser.page is not None
    assert LINK in browser.page.text
    page = browser.submit(action(browser), {"reason": "unclear", "words": HOSTILE})

    assert page.status == 200
    assert "Đã báo Đoàn phường. Cảm ơn bác ạ!" in page.text
    assert LINK not in page.text
    assert [(row.reason, row.words, row.person_id) for row in reports(town)] == [("unclear", HOSTILE, None)]
    assert LINK not in browser.open(f"{QUIZ}/1").text


def test_question_that_waits_offers_no_report(town: Town) -> None:
    browser = answered(town, town.as_ada())

    assert LINK not in browser.open(f"{QUIZ}/2").text


def test_what_was_typed_stays_when_no_reason_was_chosen(town: Town) -> None:
    browser = answered(town, town.as_ada())
    page = browser.submit(action(browser), {"words": "Đáp án lạ quá."})

    assert page.status == 422
    assert "Chọn một ý: chỗ nào chưa đúng." in page.text
    form = page.form(action(browser))
    assert dict(form.fields)["words"] == "Đáp án lạ quá."
    assert dict(form.fields)["tu"] == f"{QUIZ}/1"
    assert reports(town) == []


def test_htmx_gets_the_small_piece_alone(town: Town) -> None:
    browser = answered(town, town.as_ada())
    url = action(browser)
    assert browser.page is not None
    values = dict(browser.page.form(url).fields)
    refused = browser.post(url, values, headers={"HX-Request": "true"})
    assert (refused.status, refused.html.lstrip()[:18]) == (422, '<div id="bao-cau">')
    page = browser.post(url, values | {"reason": "key"}, headers={"HX-Request": "true"})
    assert (page.status, page.html.strip()[:18]) == (200, '<div id="bao-cau">')
    assert "Có trả lời thì hiện ở Trang chủ của bác." in page.text


def test_nobody_reports_through_someone_else_s_attempt(town: Town) -> None:
    browser = answered(town, town.as_ada())
    url = action(browser)
    stranger = town.as_person(town.ben, "pin")
    token = dict(stranger.open("/can-giup").form("/ra").fields)["csrf_token"]

    assert stranger.open(url).status == 404
    assert stranger.post(url, {"csrf_token": token, "reason": "key"}).status == 404
    assert town.guest().open(url).status == 404
    assert browser.open(url).status == 200
    with town.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ItemReport)) == 0


def test_way_back_leads_nowhere_else(town: Town) -> None:
    browser = answered(town, town.as_ada())
    page = browser.open(f"{action(browser)}?tu=https://evil.example/")

    assert page.link("Quay lại câu đang xem") == "/"
