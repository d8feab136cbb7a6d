"""An attempt's row of steps."""

import pytest

from app.attempts.domain import Answered, plan, score_response
from app.quizzes.domain import Drawn

DRAW = [Drawn(f"i{n}", n, ("a", "b", "c")) for n in range(1, 4)]


def answered(item: int, *, right: bool, round: int = 1) -> Answered:
    return Answered(f"i{item}", round, "b" if right else "a", 100 if right else 0)


def test_first_unanswered_step_is_next() -> None:
    found = plan(DRAW, [answered(1, right=True)])
    assert (found.next and found.next.number, len(found.steps), found.first_round_done) == (2, 3, False)


def test_wrong_ones_come_back_only_when_the_first_round_is_complete() -> None:
    two = [answered(1, right=False), answered(2, right=True)]
    assert len(plan(DRAW, two).steps) == 3
    whole = plan(DRAW, [*two, answered(3, right=False)])
    assert [(s.number, s.round, s.drawn.item) for s in whole.steps[3:]] == [(4, 2, "i1"), (5, 2, "i3")]


def test_nothing_is_left_when_the_second_round_is_answered() -> None:
    answers = [answered(1, right=False), answered(2, right=True), answered(3, right=True)]
    found = plan(DRAW, [*answers, answered(1, right=False, round=2)])
    assert (found.next, found.right, found.passed) == (None, 2, False)


def test_segments_tell_done_retry_current_and_todo() -> None:
    assert plan(DRAW, [answered(1, right=False)]).segments(2) == ["retry", "current", "todo"]
    whole = plan(DRAW, [answered(1, right=False), answered(2, right=True), answered(3, right=True)])
    assert whole.segments(4) == ["current", "done", "done"]


def test_four_of_five_pass_and_three_do_not() -> None:
    five = [Drawn(f"i{n}", n, ("a", "b", "c")) for n in range(1, 6)]
    four = plan(five, [answered(n, right=n > 1) for n in range(1, 6)])
    three = plan(five, [answered(n, right=n > 2) for n in range(1, 6)])
    assert (four.passed, three.passed) == (True, False)


def test_credit_in_part_counts_towards_the_pass_and_comes_back() -> None:
    five = [Drawn(f"i{n}", n, ()) for n in range(1, 6)]
    partly = plan(five, [Answered("i1", 1, "a", 33), *(answered(n, right=True) for n in range(2, 6))])
    short = plan(
        five, [Answered("i1", 1, "a", 99), Answered("i2", 1, "a", 0), *(answered(n, right=True) for n in (3, 4, 5))]
    )
    assert (partly.passed, partly.right, [s.drawn.item for s in partly.steps[5:]]) == (True, 4, ["i1"])
    assert (short.passed, short.credit) == (False, 399)


@pytest.mark.parametrize(("credit", "round", "points"), [(100, 1, 10), (67, 1, 7), (33, 1, 3), (0, 1, 0), (100, 2, 0)])
def test_points_are_the_share_that_the_credit_earns_in_the_first_round(credit: int, round: int, points: int) -> None:
    assert score_response(credit, round=round) == points
