"""The schedule, by hand: 1, 7, 30 and 90 days; what is asked then; when a skill holds."""

import random
from datetime import date, timedelta

import pytest

from app.attempts.reviewing import Check, Due, after_answer, begin, draw_review, freshness
from app.quizzes.domain import PoolItem
from app.quizzes.kinds import kind_of
from tests.factories import OPTIONS

DAY = date(2026, 10, 14)


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def test_known_from_the_start_is_asked_again_after_thirty_days() -> None:
    assert begin(DAY) == Due(2, later(30))


def test_not_known_comes_back_tomorrow_whatever_the_stage() -> None:
    standing = [begin(DAY), Due(0, DAY), Due(3, later(5)), Due(3, None)]

    assert [after_answer(one, known=False, today=DAY) for one in standing] == [Due(0, later(1))] * 4


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Due(0, DAY), Due(1, later(7))),
        (Due(1, DAY), Due(2, later(30))),
        (Due(2, DAY - timedelta(days=9)), Due(3, later(90))),
        (Due(3, DAY), Due(3, None)),
    ],
)
def test_known_when_its_turn_has_come_moves_one_stage_on(now: Due, then: Due) -> None:
    assert after_answer(now, known=True, today=DAY) == then


@pytest.mark.parametrize("now", [Due(0, later(1)), Due(2, later(3)), Due(3, None)])
def test_known_before_its_turn_changes_nothing(now: Due) -> None:
    assert after_answer(now, known=True, today=DAY) == now


def test_whole_way_of_an_objective_takes_one_hundred_and_twenty_eight_days() -> None:
    due, days = after_answer(begin(DAY), known=False, today=DAY), []
    while due.due_on is not None:
        days.append((due.due_on - DAY).days)
        due = after_answer(due, known=True, today=due.due_on)

    assert days == [1, 8, 38, 128]


def item(name: str, objective: int) -> PoolItem:
    body = {"options": [{"id": o, "text": o, "reason": o} for o in OPTIONS], "key": "b"}
    return PoolItem(name, 1, objective, 1, kind_of("single", body))


def test_unseen_items_are_asked_first_and_objectives_keep_their_order() -> None:
    pool = [item("a1", 1), item("a2", 1), item("b1", 2), item("b2", 2)]

    drawn = draw_review([2, 1], pool, {"a1": 1, "b2": 3}, random.Random(1))

    assert [one.item for one in drawn] == ["b1", "a2"]


def test_objective_without_an_item_is_left_out() -> None:
    drawn = draw_review([9, 1], [item("a1", 1)], {"a1": 4}, random.Random(1))

    assert [one.item for one in drawn] == ["a1"]


def test_at_most_five_items_are_asked() -> None:
    pool = [item(f"i{n}", n) for n in range(8)]

    assert len(draw_review(range(8), pool, {}, random.Random(1))) == 5


def test_draw_from_an_empty_pool_is_empty() -> None:
    assert draw_review([1, 2], [], {}, random.Random(1)) == ()


def test_skill_without_a_check_is_new() -> None:
    assert freshness([], DAY) == "new"


@pytest.mark.parametrize(
    ("credits", "state"), [((100,), "fresh"), ((100, 60), "fresh"), ((100, 59), "stale"), ((0,), "stale")]
)
def test_eighty_percent_of_the_checks_keep_a_skill_fresh(credits: tuple[int, ...], state: str) -> None:
    checks = [Check(number, DAY, credit) for number, credit in enumerate(credits)]

    assert freshness(checks, DAY) == state


@pytest.mark.parametrize(("days", "state"), [(182, "fresh"), (183, "stale")])
def test_check_holds_for_six_months(days: int, state: str) -> None:
    assert freshness([Check(1, DAY, 100)], later(days)) == state


def test_newest_check_of_an_objective_counts() -> None:
    checks = [Check(1, later(2), 100), Check(1, DAY, 0)]

    assert freshness(checks, later(3)) == "fresh"
