"""Answering: every answer counts once, whatever is sent how often from where."""

import random
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attempts.domain import Learner
from app.attempts.models import Attempt, LearningDay, Response
from app.attempts.queries import find_last, find_open, plan_of
from app.core.db import db, reading
from app.core.errors import Conflict, Invalid, NotFound
from app.play.domain import Question, Verdict
from app.play.service import answer_item, look, outcome, start
from app.quizzes.kinds.kind import LETTERS
from app.standings.models import GroupCycle, LedgerEntry, PersonCycle
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both


def ada_starts(group: str = "1") -> tuple[Learner, int]:
    ids = make_ward()
    make_quiz()
    ada = Learner(person_id=make_person(group_id=ids[group]))
    start(ada, "an-toan-so", "cuoc-goi", how="independent", now=NOON, chance=random.Random(1))
    attempt = find_open(reading(), ada, "cuoc-goi")
    assert attempt is not None
    return ada, attempt.id


def choosing(learner: Learner, number: int, option: str = "b") -> dict[str, list[str]]:
    """The form that chooses an option, wherever it stands in this attempt."""
    attempt = find_last(reading(), learner, "cuoc-goi")
    assert attempt is not None
    step = plan_of(attempt).step(number)
    assert step is not None
    return {"choice": [LETTERS[step.drawn.order.index(option)]]}


def test_answer_sent_twice_counts_once(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        letter = choosing(ada, 1)
        first = answer_item(ada, attempt, 1, letter, key="k1", now=NOON)
        again = answer_item(ada, attempt, 1, letter, key="k1", now=NOON)
        assert again == first
        assert reading().scalars(select(LedgerEntry.points).where(LedgerEntry.kind == "points")).all() == [10]


def test_second_device_with_another_choice_gets_the_stored_verdict(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        first = answer_item(ada, attempt, 1, choosing(ada, 1, "a"), key="k1", now=NOON)
        other = answer_item(ada, attempt, 1, choosing(ada, 1, "b"), key="k2", now=NOON)
        assert (first.right, other.right) == (False, False)
        assert reading().scalar(select(func.count()).select_from(Response)) == 1


def test_sixteen_answers_at_once_count_once(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        letters = [choosing(ada, 1, option) for option in ("a", "b")]
    gate, verdicts = Barrier(16), []

    def send(number: int) -> None:
        with app.app_context():
            gate.wait()
            verdicts.append(answer_item(ada, attempt, 1, letters[number % 2], key=f"k{number}", now=NOON).right)
            db.session.remove()

    threads = [Thread(target=send, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert len(verdicts) == 16
        assert len(set(verdicts)) == 1
        assert reading().scalar(select(func.count()).select_from(Response)) == 1
        assert reading().scalar(select(func.count()).where(LedgerEntry.kind == "points")) == 1


def test_eight_starts_at_once_make_one_attempt(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
    gate, numbers = Barrier(8), []

    def begin() -> None:
        with app.app_context():
            gate.wait()
            numbers.append(start(ada, "an-toan-so", "cuoc-goi", how="independent", now=NOON))
            db.session.remove()

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert numbers == [1] * 8
        assert reading().scalar(select(func.count()).select_from(Attempt)) == 1


def test_wrong_ones_return_as_the_second_round_and_do_not_score(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        answer_all(ada, wrong=2)
        attempt = find_last(reading(), ada, "cuoc-goi")
        assert attempt is not None
        assert [(r.round, r.credit, r.score) for r in attempt.responses][:2] == [(1, 0, 0), (1, 0, 0)]
        assert [(r.round, r.credit, r.score) for r in attempt.responses][5:] == [(2, 100, 0), (2, 100, 0)]
        assert (attempt.right, attempt.passed) == (3, False)


def test_four_of_five_alone_passes_and_moves_the_group(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        answer_all(ada, wrong=1)
        row = reading().scalars(select(GroupCycle).where(GroupCycle.group_id == ids["1"])).one()
        person = reading().scalars(select(PersonCycle)).one()
        assert (row.counted, row.reached, row.people) == (1, 1, 640)
        assert (person.passes, person.points, person.adult) == (1, 40, True)
        assert outcome(reading(), ada, "cuoc-goi").passed is True


def test_passing_again_in_the_same_month_is_not_new(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz(items=5)
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        answer_all(ada)
        answer_all(ada)
        person = reading().scalars(select(PersonCycle)).one()
        assert (person.passes, person.points) == (1, 50)


@pytest.mark.parametrize(("adult", "counted"), [("yes", 1), ("no", 0), ("unsaid", 0)])
def test_only_those_who_said_they_are_adults_are_counted(app: Flask, adult: str, counted: int) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        answer_all(Learner(person_id=make_person(group_id=ids["2"], adult=adult)))
        row = reading().scalars(select(GroupCycle).where(GroupCycle.group_id == ids["2"])).one()
        assert (row.counted, row.reached) == (counted, 1)


def test_helped_attempt_reaches_but_is_not_counted_and_earns_nothing(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        start(ada, "an-toan-so", "cuoc-goi", how="read_aloud", now=NOON)
        answer_all(ada)
        row = reading().scalars(select(GroupCycle).where(GroupCycle.group_id == ids["1"])).one()
        entries = reading().execute(select(LedgerEntry.kind, LedgerEntry.how, LedgerEntry.points)).all()
        assert (row.counted, row.reached) == (0, 1)
        assert entries == [("day", "read_aloud", 0), ("pass", "read_aloud", 0)]


def test_guest_learns_without_leaving_a_trace_in_the_ledger(app: Flask) -> None:
    with app.app_context():
        make_ward()
        make_quiz()
        answer_all(Learner(guest="g1"))
        assert reading().scalar(select(func.count()).select_from(LedgerEntry)) == 0
        assert reading().scalar(select(func.count()).select_from(LearningDay)) == 0


def test_someone_elses_attempt_is_not_there(app: Flask) -> None:
    with app.app_context():
        _, attempt = ada_starts()
        ben = Learner(person_id=make_person("Trần Văn Ben"))
        with pytest.raises(NotFound):
            answer_item(ben, attempt, 1, {"choice": ["a"]}, key="k", now=NOON)


def test_step_whose_turn_has_not_come_is_refused(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        with pytest.raises(Conflict):
            answer_item(ada, attempt, 3, {"choice": ["a"]}, key="k", now=NOON)
        with pytest.raises(Conflict):
            look(reading(), ada, "cuoc-goi", 3)


@pytest.mark.parametrize("letter", ["", "d", "ab", "1", "Ă"])
def test_no_choice_or_an_unknown_one_asks_to_choose(app: Flask, letter: str) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        with pytest.raises(Invalid) as refused:
            answer_item(ada, attempt, 1, {"choice": [letter]}, key="k", now=NOON)
        assert refused.value.code == "choose_first"
        assert reading().scalar(select(func.count()).select_from(Response)) == 0


def test_look_shows_the_question_before_and_the_verdict_after(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        assert isinstance(look(reading(), ada, "cuoc-goi", 1), Question)
        answer_item(ada, attempt, 1, choosing(ada, 1), key="k", now=NOON)
        assert isinstance(look(reading(), ada, "cuoc-goi", 1), Verdict)


def test_resumed_on_another_device_at_the_step_left(app: Flask) -> None:
    with app.app_context():
        ada, attempt = ada_starts()
        answer_item(ada, attempt, 1, choosing(ada, 1), key="k", now=NOON)
        assert start(ada, "an-toan-so", "cuoc-goi", how="independent", now=NOON) == 2
