"""Reviews and placement as people meet them: what is due, one question a screen, kind words, no key too early."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.attempts.domain import Learner
from app.attempts.models import Attempt, Response
from app.attempts.queries import find_open, plan_of
from app.core.db import reading, transaction
from app.quizzes.kinds.kind import LETTERS
from app.quizzes.models import Item
from tests.factories import NOON, answer_all, make_quiz
from tests.page import Browser, Page
from tests.town import Town, make_town

SECRETS = re.compile(r"Giải thích (?:cuoc-goi|bai-\d)-\d|Lý do [abc]")


@pytest.fixture
def town(app: Flask) -> Town:
    """Ada sat her first lesson thirty days ago."""
    town = make_town(app)
    with app.app_context():
        make_quiz(items=12)
        answer_all(Learner(person_id=town.ada))
    town.at(NOON + timedelta(days=30))
    return town


def answer(town: Town, browser: Browser, url: str, option: str = "b", *, purpose: str = "review") -> Page:
    """Answer the step on the screen of Ada's sitting with an option, wherever it stands."""
    with town.app.app_context():
        attempt = find_open(reading(), Learner(person_id=town.ada), None, purpose=purpose)
        assert attempt is not None
        step = plan_of(attempt).next
        assert step is not None
        letter, number = LETTERS[step.drawn.order.index(option)], step.number
    browser.open(f"{url}/{number}")
    return browser.submit(f"{url}/{number}", {"choice": letter})


def test_home_offers_what_is_due_quietly_and_only_when_it_is(town: Town) -> None:
    ada = town.as_ada()

    assert "Có 2 câu nên ôn lại" in ada.open("/").text
    town.at(NOON)
    assert "nên ôn lại" not in town.as_ada().open("/").text


def test_review_goes_from_the_home_page_to_its_end(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/")
    page = ada.follow("Có 2 câu nên ôn lại")
    assert "Tinh mắt 2 câu" in page.text
    ada.submit("/on-tap")

    answer(town, ada, "/on-tap")
    last = answer(town, ada, "/on-tap")

    done = ada.open(last.link("Xong bài"))
    assert (done.title.split(" –")[0], "vẫn nhớ cả" in done.text) == ("Ôn xong rồi ạ!", True)
    assert "Lần ôn tới: ngày 11/2/2027." in done.text
    assert "Hôm nay không có gì phải ôn" in ada.open("/on-tap").text


def test_review_that_misses_comforts_and_asks_again(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/on-tap")
    ada.submit("/on-tap")

    missed = answer(town, ada, "/on-tap", "a")
    answer(town, ada, "/on-tap")
    answer(town, ada, "/on-tap")

    assert "Câu này sẽ hỏi lại ở cuối bài." in missed.text
    assert "còn nhớ 1 trên 2 câu" in ada.open("/on-tap/xong").text


def test_review_left_half_done_goes_on_where_it_was(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/on-tap")
    ada.submit("/on-tap")
    answer(town, ada, "/on-tap")

    other = town.as_ada()
    waiting = other.open("/on-tap")
    page = other.submit("/on-tap")

    assert ("Ôn tiếp" in waiting.text, page.response.request.path) == (True, "/on-tap/2")


def test_answer_sent_twice_counts_once(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/on-tap")
    ada.submit("/on-tap")
    ada.open("/on-tap/1")
    assert ada.page is not None
    fields = dict(ada.page.form("/on-tap/1").fields) | {"choice": "a"}

    first, again = ada.post("/on-tap/1", fields), ada.post("/on-tap/1", fields)

    assert (first.status, again.text) == (200, first.text)
    with town.app.app_context():
        query = select(func.count()).select_from(Response).join(Attempt).where(Attempt.purpose == "review")
        assert reading().scalar(query) == 1


def test_nothing_due_says_so_and_a_post_changes_nothing(town: Town) -> None:
    ben = town.as_person(town.ben, "pin")
    page = ben.open("/on-tap")

    assert "Hôm nay không có gì phải ôn" in page.text
    sent = town.as_ada()
    sent.open("/on-tap")
    with town.app.app_context(), transaction() as session:
        session.execute(update(Item).values(retired_at=NOON))
    back = sent.submit("/on-tap")
    assert (back.status, back.response.request.path) == (200, "/on-tap")
    assert "Hôm nay không có gì phải ôn" in back.text
    assert [sent.open(f"/on-tap/{step}").status for step in ("1", "xong")] == [404, 404]


def test_guest_is_sent_to_sign_in(town: Town) -> None:
    guest = town.guest()

    assert [guest.client.get(path).status_code for path in ("/on-tap", "/on-tap/1", "/on-tap/xong")] == [303] * 3
    assert guest.open("/on-tap").response.request.path == "/vao"


def test_someone_else_s_review_is_not_there(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/on-tap")
    ada.submit("/on-tap")

    ben = town.as_person(town.ben, "pin")

    assert ben.open("/on-tap/1").status == 404


def test_no_key_is_on_any_page_of_a_review_or_placement_before_the_answer(town: Town) -> None:
    ada = town.as_ada()
    seen = [ada.open(path) for path in ("/on-tap", "/on-tap?ky-nang=tinh-mat", "/minh-dang-o-dau")]
    ada.open("/on-tap")
    seen.append(ada.submit("/on-tap"))
    seen += [ada.open(f"/on-tap/{step}") for step in ("2", "3", "99", "xong")]
    ada.open("/on-tap/1")
    seen.append(ada.submit("/on-tap/1"))
    ada.open("/minh-dang-o-dau")
    seen.append(ada.submit("/minh-dang-o-dau"))
    seen += [ada.open(f"/minh-dang-o-dau/{step}") for step in ("2", "6", "7", "xong")]

    told = answer(town, ada, "/on-tap", "a")

    assert [page.status for page in seen] == [200, 200, 200, 200, 409, 404, 404, 404, 422, 200, 409, 409, 404, 404]
    assert [page.title for page in seen if SECRETS.search(page.html)] == []
    assert SECRETS.search(told.html) is not None


def test_badge_says_new_then_fresh_then_to_be_refreshed_and_stays(town: Town) -> None:
    with town.app.app_context():
        from app.badges.models import Achievement
        from app.badges.service import issue_earned

        with transaction() as session:
            session.add(
                Achievement(
                    slug="tinh-mat", title="Tinh mắt", kind="khien", palette="an-toan", ring=1, skill_slug="tinh-mat",
                    sentence="Nhận ra cuộc gọi lạ.", criterion={"type": "skill_passed", "skill": "tinh-mat"},
                    position=1, digest="x",
                )
            )  # fmt: skip
            session.flush()
            issue_earned(session, town.ada, now=NOON)
    ada = town.as_ada()
    words = [ada.open("/huy-hieu/tinh-mat").text]
    ada.open("/on-tap")
    ada.submit("/on-tap")
    for _ in range(2):
        answer(town, ada, "/on-tap")
    words.append(ada.open("/huy-hieu/tinh-mat").text)
    town.at(NOON + timedelta(days=30 + 183))
    ada = town.as_ada()
    stale = ada.open("/huy-hieu/tinh-mat")

    assert [w in text for w, text in zip(("mới học", "còn vững"), words, strict=True)] == [True, True]
    assert ("cần ôn" in stale.text, "có huy hiệu này từ ngày 14/10/2026" in stale.text) == (True, True)
    assert "cần ôn" in ada.open("/huy-hieu").text
    ada.open("/huy-hieu/tinh-mat")
    assert "Ôn lại: Tinh mắt" in ada.follow("Ôn ngay").text
    assert ada.submit("/on-tap").response.request.path == "/on-tap/1"


def test_skill_never_learnt_has_nothing_to_refresh_and_an_unknown_one_is_not_there(town: Town) -> None:
    ben = town.as_person(town.ben, "pin")

    page = ben.open("/on-tap?ky-nang=tinh-mat")

    assert (page.status, "Chưa có gì để ôn" in page.text) == (200, True)
    assert ben.open("/on-tap?ky-nang=khong-co").status == 404
    assert ben.post("/on-tap", {"ky-nang": "khong-co", "csrf_token": _token(ben)}).response.request.path == "/on-tap"


def _token(browser: Browser) -> str:
    page = browser.open("/on-tap?ky-nang=tinh-mat") if browser.page is None else browser.page
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert found is not None
    return found.group(1)


def make_bank() -> None:
    for number, topic in enumerate(("ai", "vneid")):
        make_quiz(f"bai-{number}", topic=topic, skill=f"ky-nang-{number}")


def test_person_is_placed_and_home_begins_there(town: Town) -> None:
    with town.app.app_context():
        make_bank()
        from app.quizzes.models import Quiz

        with transaction() as session:
            session.execute(update(Quiz).where(Quiz.id == "bai-1").values(tier="thu-suc"))
    ben = town.as_person(town.ben, "pin")
    ben.open("/")
    ben.follow("Mình đang ở đâu?")
    ben.submit("/minh-dang-o-dau")
    for number in range(1, 7):
        with town.app.app_context():
            attempt = find_open(reading(), Learner(person_id=town.ben), None, purpose="placement")
            assert attempt is not None
            order = plan_of(attempt).steps[number - 1].drawn.order
        ben.open(f"/minh-dang-o-dau/{number}")
        page = ben.submit(f"/minh-dang-o-dau/{number}", {"choice": LETTERS[order.index("b")]})
    done = ben.open(page.link("Xong bài"))

    assert ("bắt đầu từ các bài Thử sức" in done.text, "Bài bai-1" in done.text) == (True, True)
    home = ben.open("/")
    assert ("Bài bai-1" in home.text, "Mình đang ở đâu?" in home.text) == (True, False)


def test_guest_is_placed_and_wrong_answers_are_not_asked_again(town: Town) -> None:
    with town.app.app_context():
        make_bank()
    guest = town.guest()
    guest.open("/")
    guest.follow("Mình đang ở đâu?")
    guest.submit("/minh-dang-o-dau")
    for number in range(1, 7):
        guest.open(f"/minh-dang-o-dau/{number}")
        page = guest.submit(f"/minh-dang-o-dau/{number}", {"choice": "a"})
        assert "hỏi lại ở cuối bài" not in page.text
    done = guest.open(page.link("Xong bài"))

    assert "các bài Làm quen" in done.text or "các bài Thử sức" in done.text
    assert "Mình đang ở đâu?" not in guest.open("/").text


def test_placement_from_an_empty_bank_says_what_to_do(app: Flask) -> None:
    guest = make_town(app).guest()
    guest.open("/minh-dang-o-dau")

    page = guest.submit("/minh-dang-o-dau")

    assert (page.status, "chọn bài khác" in page.text) == (409, True)
