"""When a topic asks for a face, and when it keeps still."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.attempts.confidence import Felt, felt
from app.attempts.domain import Learner
from app.core.db import reading, transaction
from app.play.domain import Feeling
from app.play.feelings import after_quiz, before_topic, rate_topic
from app.play.service import outcome, start
from app.quizzes.models import Quiz
from app.quizzes.queries import quiz_card
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward
from tests.page import Browser
from tests.town import Town, make_town

TOPIC = "an-toan-so"
DAY = timedelta(days=1)


def two_tiers() -> int:
    """Ada, and a topic of two lessons to begin with and one harder."""
    ids = make_ward()
    for quiz in ("cuoc-goi", "tin-nhan", "thu-suc"):
        make_quiz(quiz)
    with transaction() as session:
        session.get_one(Quiz, "thu-suc").tier = "thu-suc"
    return make_person(group_id=ids["1"])


def before(ada: int) -> Feeling | None:
    return before_topic(reading(), ada, TOPIC)


def after(ada: int, quiz: str, now: datetime = NOON) -> Feeling | None:
    result = outcome(reading(), Learner(person_id=ada), quiz)
    return after_quiz(reading(), ada, quiz_card(reading(), TOPIC, quiz), result, now=now)


def rated(ada: int, moment: str, value: int, now: datetime = NOON) -> None:
    rate_topic(person_id=ada, topic_slug=TOPIC, moment=moment, value=value, now=now)


@pytest.mark.both
def test_topic_asks_once(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        assert before(ada) == Feeling(TOPIC, "before", "/hoc/an-toan-so")
        rated(ada, "before", 1)
        assert before(ada) is None
        assert before_topic(reading(), ada, TOPIC, thank=True) == Feeling(TOPIC, "before", "/hoc/an-toan-so", 1, 1)


def test_topic_with_nothing_left_does_not_ask_what_was_before(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        answer_all(Learner(person_id=ada))
        assert before(ada) is not None
        answer_all(Learner(person_id=ada), "tin-nhan")
        answer_all(Learner(person_id=ada), "thu-suc")
        assert before(ada) is None


@pytest.mark.both
def test_end_of_a_tier_asks_again(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        rated(ada, "before", 1)
        answer_all(Learner(person_id=ada))
        assert after(ada, "cuoc-goi") is None
        answer_all(Learner(person_id=ada), "tin-nhan", now=NOON + DAY)
        asked = after(ada, "tin-nhan", NOON + DAY)
        assert asked == Feeling(TOPIC, "after", "/hoc/an-toan-so/tin-nhan/xong", 0, 1, "An toàn số")


def test_tier_that_was_not_passed_does_not_ask(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        rated(ada, "before", 1)
        answer_all(Learner(person_id=ada), "thu-suc", wrong=3)
        assert after(ada, "thu-suc") is None
        answer_all(Learner(person_id=ada), "thu-suc", now=NOON + DAY)
        assert after(ada, "thu-suc", NOON + DAY) is not None


def test_those_who_were_helped_are_asked_too(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        rated(ada, "before", 1)
        start(Learner(person_id=ada), TOPIC, "thu-suc", how="read_aloud", now=NOON)
        answer_all(Learner(person_id=ada), "thu-suc")
        assert after(ada, "thu-suc") is not None


def test_those_who_said_nothing_before_are_not_asked_after(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        answer_all(Learner(person_id=ada), "thu-suc")
        assert after(ada, "thu-suc") is None


def test_said_at_the_end_is_said(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        rated(ada, "before", 1)
        answer_all(Learner(person_id=ada), "thu-suc")
        rated(ada, "after", 2, NOON + timedelta(minutes=1))
        assert after(ada, "thu-suc") is None


def test_next_tier_asks_anew_and_old_lessons_only_after_a_month(app: Flask) -> None:
    with app.app_context():
        ada = two_tiers()
        rated(ada, "before", 1)
        answer_all(Learner(person_id=ada), "thu-suc")
        rated(ada, "after", 2, NOON + timedelta(minutes=1))
        answer_all(Learner(person_id=ada), "thu-suc", now=NOON + DAY)
        assert after(ada, "thu-suc", NOON + DAY) is None
        answer_all(Learner(person_id=ada), "cuoc-goi", now=NOON + 2 * DAY)
        answer_all(Learner(person_id=ada), "tin-nhan", now=NOON + 2 * DAY)
        assert after(ada, "tin-nhan", NOON + 2 * DAY) is not None
        answer_all(Learner(person_id=ada), "cuoc-goi", now=NOON + 40 * DAY)
        assert after(ada, "cuoc-goi", NOON + 40 * DAY) is not None


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_quiz()
    return town


def said(town: Town) -> Felt:
    with town.app.app_context():
        return felt(reading(), town.ada, TOPIC)


def asks(browser: Browser, path: str = "/hoc/an-toan-so") -> bool:
    return 'action="/hoc/an-toan-so/cam-nhan"' in browser.open(path).html


def test_one_tap_on_a_face_is_kept_and_thanked_for(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/hoc/an-toan-so")

    page = ada.submit("/cam-nhan", button="Còn lo")

    assert page.status == 200
    assert "Đã ghi: Còn lo." in page.text
    assert said(town).before == 1
    assert asks(ada) is False


def test_htmx_gets_the_card_alone(town: Town) -> None:
    ada = town.as_ada()
    values = {**dict(ada.open("/hoc/an-toan-so").form("/cam-nhan").fields), "value": "3"}

    piece = ada.client.post("/hoc/an-toan-so/cam-nhan", data=values, headers={"HX-Request": "true"}).text

    assert piece.lstrip().startswith('<div class="card feel" id="cam-nhan"')
    assert "Đã ghi: Tự tin." in piece


def test_put_off_hides_it_for_the_stay_and_stores_nothing(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/hoc/an-toan-so")

    page = ada.submit("/cam-nhan", button="Để sau")

    assert (page.status, asks(ada), asks(town.as_ada())) == (200, False, True)
    assert said(town) == Felt(0, 0, None)


def test_end_of_the_topic_asks_and_says_what_changed(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/hoc/an-toan-so")
    ada.submit("/cam-nhan", button="Còn lo")
    with town.app.app_context():
        answer_all(Learner(person_id=town.ada))
    ada.open("/hoc/an-toan-so/cuoc-goi/xong")

    page = ada.submit("/cam-nhan", button="Tự tin")

    assert "Lúc đầu bác chọn “Còn lo”. Giờ vững hơn rồi ạ!" in page.text
    assert (said(town).before, said(town).after) == (1, 3)
    assert asks(ada, "/hoc/an-toan-so/cuoc-goi/xong") is False


@pytest.mark.parametrize("bent", [{"value": "9"}, {"value": ""}, {"value": "1", "moment": "x"}])
def test_bent_forms_are_refused(town: Town, bent: dict[str, str]) -> None:
    ada = town.as_ada()
    ada.open("/hoc/an-toan-so")

    page = ada.submit("/cam-nhan", bent)

    assert page.status == 422
    assert said(town) == Felt(0, 0, None)


def test_guests_are_not_asked_and_are_sent_to_sign_in(town: Town) -> None:
    guest = town.guest()
    assert asks(guest) is False
    token = dict(guest.open("/co-chu").form("/co-chu").fields)["csrf_token"]

    page = guest.post("/hoc/an-toan-so/cam-nhan", {"csrf_token": token, "moment": "before", "value": "1"})

    assert page.response.request.path == "/vao"


def test_way_back_is_a_page_of_ours(town: Town) -> None:
    ada = town.as_ada()
    fields = dict(ada.open("/hoc/an-toan-so").form("/cam-nhan").fields)

    answer = ada.client.post("/hoc/an-toan-so/cam-nhan", data={**fields, "value": "1", "tu": "//evil.example"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/?cam-nhan=ghi#cam-nhan")
