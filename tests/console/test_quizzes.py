"""The question bank on the officers' desk, and that its keys are seen nowhere else before the answer."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.attempts.models import Attempt
from app.audit.models import AuditEntry
from app.core.db import db
from app.quizzes.service import load_bank
from tests.page import Browser, Page
from tests.quizzes.bank import change, write_quiz
from tests.town import Town

URL = "/to-chuc/bo-cau-hoi"
MARKS = ("RIENG-DAP-AN", "RIENG-LY-DO", "RIENG-NGUON")  # words that stand in key-only fields alone


def fill(town: Town, folder: Path) -> Path:
    """A quiz of four items whose key-only fields carry the marks; returns its file."""
    path = write_quiz(folder)
    text = path.read_text(encoding="utf-8")
    text = text.replace('rationale = "Vì', 'rationale = "RIENG-DAP-AN vì').replace(
        'reason = "Lý do', 'reason = "RIENG-LY-DO'
    )
    path.write_text(text.replace('title = "Nguồn thử"', 'title = "RIENG-NGUON"'), encoding="utf-8")
    load(town, folder)
    return path


def load(town: Town, folder: Path) -> None:
    with town.app.app_context():
        load_bank(folder, now=town.now)


def test_bank_lists_quizzes_by_topic_with_what_waits(town: Town, tmp_path: Path) -> None:
    path = fill(town, tmp_path)
    change(path, "review_by = 2027-12-31", "review_by = 2026-10-13")
    load(town, tmp_path)
    page = town.as_cleo().open(URL)

    assert "Bài bai" in page.text
    assert "3 câu đang dùng 1 câu tự ẩn" in page.text
    assert "chưa có ai đọc lại" in page.text
    assert "chờ Đoàn phường duyệt" in page.text
    assert page.link("Đọc và duyệt") == f"{URL}/bai"


def test_empty_bank_says_where_lessons_come_from(town: Town) -> None:
    assert "Chưa có bài nào" in town.as_cleo().open(URL).text


def test_items_are_shown_with_key_reasons_source_and_dates(town: Town, tmp_path: Path) -> None:
    fill(town, tmp_path)
    page = town.as_cleo().open(f"{URL}/bai")

    assert "Câu c1: Bác làm gì?" in page.text
    assert "Lựa chọn b đáp án RIENG-LY-DO b" in page.text
    assert page.text.count("đáp án RIENG-LY-DO") == 4
    assert "RIENG-NGUON , 01/1/2026" in page.text
    assert "rà lại trước 31/12/2027" in page.text


def test_item_past_its_date_stands_first_and_is_marked(town: Town, tmp_path: Path) -> None:
    path = fill(town, tmp_path)
    text = path.read_text(encoding="utf-8")
    at = text.index('id = "c3"')
    path.write_text(
        text[:at] + text[at:].replace("review_by = 2027-12-31", "review_by = 2026-10-01", 1), encoding="utf-8"
    )
    load(town, tmp_path)
    page = town.as_cleo().open(f"{URL}/bai")

    assert page.text.index("Câu c3") < page.text.index("Câu c1")
    assert page.text.count("đang tự ẩn") == 1


def test_approval_is_one_button_and_one_entry_in_the_trail(town: Town, tmp_path: Path) -> None:
    fill(town, tmp_path)
    cleo = town.as_cleo()
    cleo.open(f"{URL}/bai")
    page = cleo.submit("/bai/duyet", button="Duyệt bài này")

    assert "Đã duyệt. Lê Cleo, 12:00, 14/10/2026" in page.text
    assert not [form for form in page.forms if form.action.endswith("/duyet")]
    with town.app.app_context():
        query = select(AuditEntry.actor_id).where(AuditEntry.action == "quiz.approve")
        assert db.session.scalars(query).all() == [town.cleo]


@pytest.mark.parametrize("path", ["", "/bai"])
def test_bank_is_for_officers_alone(town: Town, tmp_path: Path, path: str) -> None:
    fill(town, tmp_path)

    assert town.guest().client.get(URL + path).status_code == 303
    assert town.as_ada().open(URL + path).status == 404
    assert town.as_dung().open(URL + path).status == 404
    assert town.as_person(town.cleo, "pin").open(URL + path).status == 404


def told(page: Page) -> list[str]:
    """The marks that a page's markup holds."""
    return [mark for mark in MARKS if mark in page.html]


def crawl(browser: Browser) -> list[Page]:
    """Every page that links from the home page and the lessons lead to, as far as they go, without posting."""
    found: dict[str, Page] = {}
    waiting = ["/", "/hoc"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = browser.open(path)
        links = [href.split("#")[0] for href, _ in found[path].links]
        waiting += [href for href in links if href.startswith(("/hoc", "/huy-hieu", "/khu-pho"))]
    return list(found.values())


@pytest.mark.parametrize("who", ["guest", "learner"])
def test_nothing_of_the_key_is_seen_before_the_answer(town: Town, tmp_path: Path, who: str) -> None:
    fill(town, tmp_path)
    browser = town.as_ada() if who == "learner" else town.guest()
    pages = crawl(browser)
    assert len(pages) >= 4
    assert [page.status for page in pages if told(page)] == []

    browser.open("/hoc/an-toan/bai")
    question = browser.submit("/hoc/an-toan/bai")
    assert "Câu c" in question.text
    assert told(question) == []
    assert [page.status for page in crawl(browser) if told(page)] == []
    assert browser.open("/hoc/an-toan/bai/1", headers={"HX-Request": "true"}).status == 200
    assert told(browser.page or question) == []

    browser.open("/hoc/an-toan/bai/1")
    unanswered = browser.submit("/bai/1", {})
    assert (unanswered.status, told(unanswered)) == (422, [])

    verdict = browser.submit("/bai/1", {"choice": "a"})
    assert told(verdict) == list(MARKS)  # and here they are, so that the marks are known to work
    following = browser.open("/hoc/an-toan/bai/2")
    assert told(following) == []


@pytest.mark.parametrize("who", ["guest", "learner"])
def test_letters_on_the_screen_do_not_give_the_option_away(town: Town, tmp_path: Path, who: str) -> None:
    """The form sends the place, so the file's own option id is not in the markup."""
    fill(town, tmp_path)
    browser = town.as_ada() if who == "learner" else town.guest()
    browser.open("/hoc/an-toan/bai")
    page = browser.submit("/hoc/an-toan/bai")

    with town.app.app_context():
        drawn = db.session.scalars(select(Attempt.draw)).one()[0]
    texts = [page.text.index(f"Lựa chọn {option}") for option in drawn["order"]]
    assert texts == sorted(texts)
    assert page.form("/bai/1").choices["choice"] == ["a", "b", "c"]
