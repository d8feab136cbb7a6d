"""One option less for those who asked for that: still with its key, and only where a question has one to spare."""

import random

import pytest
from flask import Flask

from app.attempts.domain import Learner
from app.attempts.queries import find_last, plan_of
from app.core.db import reading
from app.people.accommodations import keep_own
from app.people.domain import Accommodations
from app.play.service import answer_item, start
from app.quizzes.kinds.kind import LETTERS
from tests.factories import NOON, make_person, make_quiz, make_ward
from tests.page import Browser
from tests.town import make_town

QUIZ = "/hoc/an-toan-so/cuoc-goi"


def orders(learner: Learner, *, fewer: bool) -> list[tuple[str, ...]]:
    start(learner, "an-toan-so", "cuoc-goi", how="independent", now=NOON, chance=random.Random(3), fewer=fewer)
    attempt = find_last(reading(), learner, "cuoc-goi")
    assert attempt is not None
    return [step.drawn.order for step in plan_of(attempt).first_round]


@pytest.mark.both
def test_every_question_is_drawn_with_one_wrong_option_less(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        less = orders(Learner(person_id=make_person(group_id=ids["1"])), fewer=True)
        full = orders(Learner(guest="g"), fewer=False)
    assert [len(order) for order in less] == [2] * 5
    assert ["b" in order for order in less] == [True] * 5
    assert [sorted(order) for order in full] == [["a", "b", "c"]] * 5


@pytest.mark.both
def test_right_answer_earns_as_much_and_the_reasons_are_of_what_was_shown(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        order = orders(ada, fewer=True)[0]
        attempt = find_last(reading(), ada, "cuoc-goi")
        assert attempt is not None
        told = answer_item(ada, attempt.id, 1, {"choice": [LETTERS[order.index("b")]]}, key="k", now=NOON)
    assert (told.credit, len(told.rows)) == (100, 2)  # type: ignore[union-attr]


def test_attempt_that_is_open_stays_as_it_was_drawn(app: Flask) -> None:
    with app.app_context():
        make_ward()
        make_quiz()
        guest = Learner(guest="g")
        assert orders(guest, fewer=False) == orders(guest, fewer=True)


def options(browser: Browser) -> int:
    browser.open(QUIZ)
    return browser.submit(QUIZ).html.count('name="choice"')


def test_person_who_asked_for_fewer_gets_two(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        keep_own(person_id=town.ada, chosen=Accommodations("vua", "auto", True, False), now=NOON)
    assert (options(town.as_ada()), options(town.as_person(town.ben, "pin"))) == (2, 3)


def test_guest_who_asked_for_fewer_gets_two(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
    guest = town.guest()
    guest.open("/co-chu")
    guest.submit("/co-chu", {"fewer": "1"})
    assert (options(guest), options(town.guest())) == (2, 3)


@pytest.mark.parametrize("asked", [True, False])
def test_question_begins_to_read_only_for_those_who_asked(app: Flask, asked: bool) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        keep_own(person_id=town.ada, chosen=Accommodations("vua", "auto", False, asked), now=NOON)
    ada = town.as_ada()
    ada.open(QUIZ)

    question = ada.submit(QUIZ)
    nothing = ada.submit(f"{QUIZ}/1")
    told = ada.submit(f"{QUIZ}/1", {"choice": "a"})

    assert [page.html.count("data-first") for page in (question, nothing, told)] == [int(asked), 0, 0]
