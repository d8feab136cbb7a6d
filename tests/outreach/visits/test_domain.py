"""When a skill may be confirmed: done again from the start, every step without a word."""

from datetime import timedelta

import pytest

from app.core.errors import Invalid
from app.outreach.visits.domain import LASTS, MOST_RUNS, NOTE, check_how, check_note, is_live, run
from tests.factories import NOON

STEPS = ("a", "b", "c")
ALL = dict.fromkeys(STEPS, "self")


@pytest.mark.parametrize(
    ("number", "marks", "alone"),
    [
        (1, ALL, False),  # the first time is for learning
        (2, ALL, True),
        (2, {**ALL, "b": "prompted"}, False),
        (2, {"a": "self", "b": "self"}, False),
        (3, ALL, True),
    ],
)
def test_alone_means_again_from_the_start_without_a_word(number: int, marks: dict[str, str], alone: bool) -> None:
    assert run(number, STEPS, marks).alone is alone


@pytest.mark.parametrize(
    ("number", "marks", "may"),
    [
        (1, {"a": "self"}, False),
        (1, ALL, True),
        (2, {"a": "self"}, False),
        (2, {"a": "prompted"}, True),
        (MOST_RUNS, ALL, False),
    ],
)
def test_beginning_again_waits_for_the_first_run_and_then_for_a_prompt(
    number: int, marks: dict[str, str], may: bool
) -> None:
    assert run(number, STEPS, marks).may_restart is may


def test_steps_are_ticked_in_order_and_may_be_ticked_otherwise() -> None:
    going = run(1, STEPS, {"a": "self"})

    assert [going.may_mark(step) for step in STEPS] == [True, True, False]
    assert (going.next, going.left, going.prompted) == ("b", 2, 0)


def test_tick_of_a_step_that_the_checklist_lost_does_not_count() -> None:
    assert run(2, STEPS, {**ALL, "cu": "prompted"}).alone is True


def test_visit_left_open_is_over_after_the_longest_that_one_lasts() -> None:
    moments = (NOON, NOON + LASTS - timedelta(seconds=1), NOON + LASTS)

    assert [is_live(NOON, None, now) for now in moments] == [True, True, False]
    assert is_live(NOON, NOON, NOON) is False


def test_shapes_are_checked() -> None:
    with pytest.raises(Invalid):
        check_how("hastily")
    with pytest.raises(Invalid):
        check_note("a" * (NOTE + 1))
    assert check_note("  hay quên\nchỗ mở ") == "hay quên chỗ mở"
