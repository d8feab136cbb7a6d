"""What comes back: scheduled once, asked with unseen items, measured once a day, never lost."""

import random
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.attempts.domain import Learner
from app.attempts.lasting import due, next_due, retention, skills_held, tier_of
from app.attempts.models import Attempt, Delayed, LearningDay, Placement, Response, Review
from app.attempts.queries import find_open, plan_of
from app.core.calendar import local_date
from app.core.db import db, reading, transaction
from app.core.errors import Conflict
from app.play.service import answer_item, start
from app.play.sittings import start_placement, start_review
from app.quizzes.kinds.kind import LETTERS
from app.quizzes.models import Item, ItemRevision
from app.standings.checking import check
from app.standings.models import LedgerEntry
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
TODAY = local_date(NOON)


def later(days: int) -> datetime:
    return NOON + timedelta(days=days)


def ada_learns(*, wrong: int = 0, items: int = 12) -> Learner:
    """Ada has sat the quiz once: five items of two objectives."""
    ids = make_ward()
    make_quiz(items=items)
    ada = Learner(person_id=make_person(group_id=ids["1"]))
    answer_all(ada, wrong=wrong)
    return ada


def reviews() -> list[tuple[int, date | None]]:
    return [tuple(row) for row in reading().execute(select(Review.stage, Review.due_on).order_by(Review.objective_id))]


def sit(learner: Learner, now: datetime, *options: str, purpose: str = "review") -> list[str]:
    """Answer an open sitting to its end: the first ones as told, whatever else is right. Returns the items."""
    asked = []
    choices = iter(options)
    while (attempt := find_open(reading(), learner, None, purpose=purpose)) is not None:
        step = plan_of(attempt).next
        assert step is not None
        letter = LETTERS[step.drawn.order.index(next(choices, "b"))]
        asked.append(step.drawn.item)
        answer_item(learner, attempt.id, step.number, {"choice": [letter]}, key="k", now=now)
    return asked


def review(learner: Learner, now: datetime, *options: str, skill: str | None = None) -> list[str]:
    assert learner.person_id is not None
    start_review(learner.person_id, skill=skill, how="independent", now=now, chance=random.Random(1))
    return sit(learner, now, *options)


def test_right_lesson_comes_back_after_thirty_days_and_a_wrong_answer_tomorrow(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        assert reviews() == [(2, local_date(later(30)))] * 2
        answer_all(ada, wrong=1, now=later(1))
        assert sorted(reviews()) == [(0, local_date(later(2))), (2, local_date(later(30)))]


def test_reviews_answered_right_come_back_after_seven_thirty_and_ninety_days(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns(wrong=5)
        days = []
        for day in (1, 8, 38, 128):
            days.append(len(review(ada, later(day))))
        assert days == [2, 2, 2, 2]
        assert reviews() == [(3, None)] * 2
        assert start_review(ada.person_id or 0, how="independent", now=later(400)) is None


def test_review_that_misses_begins_again_tomorrow_and_returns_at_the_end(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        asked = review(ada, later(30), "a")
        assert (len(asked), asked[0] == asked[2]) == (3, True)
        assert sorted(reviews()) == [(0, local_date(later(31))), (3, local_date(later(120)))]


def test_review_asks_unseen_items_first(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        seen = set(reading().scalars(select(Response.item_id)))
        assert set(review(ada, later(30))) & seen == set()


def test_nothing_is_asked_before_its_day(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        assert start_review(ada.person_id or 0, how="independent", now=later(29)) is None
        assert next_due(reading(), ada.person_id or 0, TODAY) == local_date(later(30))
        assert reading().scalar(select(func.count()).select_from(Attempt)) == 1


def test_objective_whose_items_are_gone_is_skipped_and_keeps_its_turn(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        one = reading().scalars(select(Review.objective_id).order_by(Review.objective_id)).first()
        with transaction() as session:
            session.execute(update(Item).where(Item.objective_id == one).values(retired_at=NOON))
        assert len(review(ada, later(30))) == 1
        assert reviews()[0] == (2, local_date(later(30)))
        with transaction() as session:
            session.execute(update(ItemRevision).values(review_by=TODAY))
        assert due(reading(), ada.person_id or 0, local_date(later(300))) == []
        assert start_review(ada.person_id or 0, how="independent", now=later(300)) is None


def test_eight_reviews_begun_at_once_are_one(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
    gate, numbers = Barrier(8), []

    def begin() -> None:
        with app.app_context():
            gate.wait()
            numbers.append(start_review(ada.person_id or 0, how="independent", now=later(30)))
            db.session.remove()

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert numbers == [1] * 8
        assert reading().scalar(select(func.count()).where(Attempt.purpose == "review")) == 1


def test_eight_answers_at_once_move_the_schedule_and_measure_once(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        start_review(ada.person_id or 0, how="independent", now=later(30))
        attempt = find_open(reading(), ada, None, purpose="review")
        assert attempt is not None
        first, drawn = (step.drawn for step in plan_of(attempt).steps)
        attempt_id = attempt.id
        answer_item(ada, attempt_id, 1, {"choice": [LETTERS[first.order.index("b")]]}, key="k", now=later(30))
        assert reading().scalar(select(func.count()).select_from(Delayed)) == 0  # the round is not complete
    gate = Barrier(8)

    def send(number: int) -> None:
        with app.app_context():
            gate.wait()
            form = {"choice": [LETTERS[drawn.order.index("b")]]}
            answer_item(ada, attempt_id, 2, form, key=f"k{number}", now=later(30))
            db.session.remove()

    threads = [Thread(target=send, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(reviews()) == [(3, local_date(later(120)))] * 2
        assert reading().scalar(select(func.count()).select_from(Delayed)) == 2


def test_review_earns_points_and_a_day_but_no_pass_and_the_sums_hold(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        review(ada, later(30))
        kinds = select(LedgerEntry.kind, LedgerEntry.points).where(LedgerEntry.at == later(30))
        assert sorted(reading().execute(kinds).all()) == [("day", 0), ("points", 10), ("points", 10)]
        assert check(reading()).lines == ()


def test_check_keeps_first_and_last_answers_group_and_whether_it_was_unseen(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns(wrong=5)
        review(ada, later(1))
        review(ada, later(8))
        assert reading().scalar(select(func.count()).select_from(Delayed)) == 0
        review(ada, later(38), "a")
        rows = reading().scalars(select(Delayed).order_by(Delayed.credit)).all()
        assert [(r.first_credit, r.after_credit, r.credit, r.days, r.unseen) for r in rows] == [
            (0, 100, 0, 38, True),
            (0, 100, 100, 38, True),
        ]
        assert {r.topic_slug for r in rows} == {"an-toan-so"}
        assert None not in {r.group_id for r in rows}


def test_lesson_sat_again_after_thirty_days_measures_each_objective_once(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns(items=5)
        answer_all(ada, now=later(40))
        rows = reading().scalars(select(Delayed)).all()
        assert [(r.days, r.unseen, r.credit) for r in rows] == [(40, False, 100)] * 2
        assert reviews() == [(3, local_date(later(130)))] * 2


@pytest.mark.parametrize(("how", "stage", "measured"), [("read_aloud", 3, 0), ("demonstrated", 0, 0)])
def test_help_moves_the_schedule_as_far_as_it_shows_something(app: Flask, how: str, stage: int, measured: int) -> None:
    with app.app_context():
        ada = ada_learns()
        start_review(ada.person_id or 0, how=how, now=later(30))
        sit(ada, later(30))
        assert [row[0] for row in reviews()] == [stage] * 2
        assert reading().scalar(select(func.count()).select_from(Delayed)) == measured


def test_what_was_only_shown_is_no_first_answer(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        start(ada, "an-toan-so", "cuoc-goi", how="demonstrated", now=NOON)
        answer_all(ada)
        assert reading().scalars(select(Review.first_on)).all() == [None, None]
        answer_all(ada, now=later(3))
        assert reading().scalars(select(Review.first_on)).all() == [local_date(later(3))] * 2


def test_guest_has_no_reviews(app: Flask) -> None:
    with app.app_context():
        make_ward()
        make_quiz()
        answer_all(Learner(guest="g1"), wrong=2)
        assert reviews() == []


def test_skill_is_fresh_after_a_passed_check_until_six_months_later(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        states = [skills_held(reading(), ada.person_id or 0, TODAY)]
        review(ada, later(30))
        days = (30, 30 + 182, 30 + 183)
        states += [skills_held(reading(), ada.person_id or 0, local_date(later(day))) for day in days]
        assert [state["tinh-mat"] for state in states] == ["new", "fresh", "fresh", "stale"]


def test_skill_that_failed_its_check_can_be_refreshed_the_next_day(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        review(ada, later(30), "a")
        assert skills_held(reading(), ada.person_id or 0, local_date(later(30))) == {"tinh-mat": "stale"}
        assert len(review(ada, later(31), skill="tinh-mat")) == 2
        assert skills_held(reading(), ada.person_id or 0, local_date(later(31))) == {"tinh-mat": "fresh"}


def test_refresh_at_once_does_not_hurry_the_schedule(app: Flask) -> None:
    with app.app_context():
        ada = ada_learns()
        assert len(review(ada, later(10), skill="tinh-mat")) == 2
        assert reviews() == [(2, local_date(later(30)))] * 2


def test_five_people_are_needed_for_a_figure(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz(items=12)
        people = [Learner(person_id=make_person(f"Người {n}", group_id=ids["1"])) for n in range(5)]
        for person in people:
            answer_all(person, wrong=5)
        for person in people[:4]:
            review(person, later(31))
        since = local_date(NOON)
        assert retention(reading(), since).everybody is None
        review(people[4], later(31), "a")
        found = retention(reading(), since)
        assert found.everybody is not None
        assert (found.everybody.people, found.everybody.first, found.everybody.later) == (5, 0.0, 90.0)
        assert found.topics["an-toan-so"] == found.everybody
        assert [(part.key, part.figure) for part in found.groups] == [(ids["1"], found.everybody)]


def test_checks_too_late_or_of_items_met_before_are_no_part_of_the_figure(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz(items=5)
        make_quiz("khac", items=12, skill="vung-tay")
        for number in range(5):
            person = Learner(person_id=make_person(f"Người {number}", group_id=ids["1"]))
            answer_all(person)
            answer_all(person, "khac")
            answer_all(person, now=later(40))  # the five items that everybody knows already
            review(person, later(91), skill="vung-tay")
        assert reading().scalar(select(func.count()).select_from(Delayed)) == 20
        assert retention(reading(), TODAY).everybody is None


def make_bank() -> None:
    for number, topic in enumerate(("an-toan-so", "ai", "vneid")):
        make_quiz(f"bai-{number}", topic=topic, skill=f"ky-nang-{number}")


def test_placement_asks_once_and_leaves_no_points_passes_or_reviews(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_bank()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        start_placement(ada, now=NOON)
        asked = sit(ada, NOON, "a", "a", purpose="placement")
        assert len(asked) == 6
        assert reading().scalars(select(LedgerEntry.kind)).all() == ["day"]
        assert reading().scalar(select(func.count()).select_from(LearningDay)) == 1
        assert reviews() == []
        row = reading().scalars(select(Placement)).one()
        assert (row.tier, row.credit, tier_of(reading(), ada)) == ("lam-quen", 66, "lam-quen")
        assert check(reading()).lines == ()


def test_newest_placement_stands(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_bank()
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        for options in (("a", "a", "a"), ()):
            start_placement(ada, now=NOON)
            sit(ada, NOON, *options, purpose="placement")
        assert reading().scalars(select(Placement.tier)).all() == ["thu-suc"]


def test_guest_is_placed_too(app: Flask) -> None:
    with app.app_context():
        make_ward()
        make_bank()
        guest = Learner(guest="g1")
        assert tier_of(reading(), guest) is None
        assert [start_placement(guest, now=NOON) for _ in range(2)] == [1, 1]
        sit(guest, NOON, purpose="placement")
        assert tier_of(reading(), guest) == "thu-suc"
        assert reading().scalar(select(func.count()).select_from(Placement)) == 0


def test_placement_from_an_empty_bank_is_refused(app: Flask) -> None:
    with app.app_context():
        make_ward()
        with pytest.raises(Conflict):
            start_placement(Learner(guest="g1"), now=NOON)
