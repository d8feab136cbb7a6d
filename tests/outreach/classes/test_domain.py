"""Rules of classes, without a database."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import Invalid
from app.outreach.classes.domain import (
    Change,
    change_of,
    check_counted,
    check_plan,
    choose,
    code_of,
    is_current,
    is_on,
    seconds_left,
    window_of,
)
from app.quizzes.domain import PoolItem
from app.quizzes.kinds.choosing import Option, Single

NOW = datetime(2026, 10, 14, 5, 0, 10, tzinfo=UTC)


def test_code_is_taken_in_its_minute_and_the_next_then_never_again() -> None:
    code = code_of("bí mật", window_of(NOW))

    taken = [is_current("bí mật", code, NOW + timedelta(seconds=s)) for s in (-60, 0, 49, 109, 110, 600)]

    assert taken == [False, True, True, True, False, False]
    assert (len(code), code.isdigit(), seconds_left(NOW)) == (6, True, 50)


def test_code_of_another_class_and_nonsense_open_nothing() -> None:
    code = code_of("bí mật", window_of(NOW))

    assert [is_current("khác", code, NOW), is_current("bí mật", "", NOW), is_current("bí mật", "số", NOW)] == [
        False
    ] * 3


def test_class_is_on_from_two_hours_before_to_eight_after() -> None:
    hours = [is_on(NOW, False, NOW + timedelta(hours=h)) for h in (-3, -2, 0, 7, 8)]

    assert hours == [False, True, True, True, False]
    assert is_on(NOW, True, NOW) is False


@pytest.mark.parametrize(
    ("field", "day", "clock", "place", "expected"),
    [
        ("day", "14-10", "12:00", "Nhà", ""),
        ("day", "2031-10-14", "12:00", "Nhà", ""),
        ("time", "2026-10-14", "trưa", "Nhà", ""),
        ("place", "2026-10-14", "12:00", "  ", ""),
        ("place", "2026-10-14", "12:00", "x" * 121, ""),
        ("expected", "2026-10-14", "12:00", "Nhà", "ba mươi"),
        ("expected", "2026-10-14", "12:00", "Nhà", "501"),
    ],
)
def test_plan_that_does_not_fit_names_its_field(field: str, day: str, clock: str, place: str, expected: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_plan(day, clock, place, expected, now=NOW)

    assert refused.value.values["field"] == field


def test_plan_reads_a_day_either_way_and_the_wards_clock() -> None:
    plans = [check_plan(day, "12:00", " Nhà  văn hoá ", "30", now=NOW) for day in ("2026-10-14", "14/10/2026")]

    assert {(p.starts_at, p.place, p.expected) for p in plans} == {
        (datetime(2026, 10, 14, 5, tzinfo=UTC), "Nhà văn hoá", 30)
    }


def test_heads_are_never_fewer_than_names() -> None:
    assert check_counted("27", 23) == 27
    with pytest.raises(Invalid) as refused:
        check_counted("22", 23)
    assert refused.value.code == "class_heads_few"


def item(number: int, objective: int) -> PoolItem:
    options = tuple(Option(o, o, "", o == "a") for o in "abc")
    return PoolItem(f"i{number}", number, objective, 1, Single(options))


def test_before_and_after_ask_the_same_objectives_with_other_items() -> None:
    pool = [item(n, n % 3) for n in range(9)]
    objective = {one.id: one.objective_id for one in pool}
    chance = random.Random(1)

    before = choose([pool], {}, chance)
    like = [objective[one.item] for one in before]
    after = choose([pool], {}, chance, like=like, without=[one.item for one in before])

    assert sorted(like) == [0, 1, 2]
    assert [objective[one.item] for one in after] == like
    assert {one.item for one in before} & {one.item for one in after} == set()


def test_unseen_items_come_first_and_an_objective_without_a_spare_item_waits() -> None:
    pool = [item(1, 1), item(2, 1), item(3, 1), item(4, 2)]

    drawn = choose([pool], {"i1": 2, "i2": 1}, random.Random(1))

    assert [one.item for one in drawn] == ["i3"]


def test_rest_of_the_topic_helps_out() -> None:
    drawn = choose([[item(1, 1), item(2, 1)], [item(3, 2), item(4, 2), item(5, 3), item(6, 3)]], {}, random.Random(1))

    assert len(drawn) == 3


def test_change_is_shown_from_five_people_on() -> None:
    assert change_of([(0, 100)] * 4) == Change(4, None, None)
    assert change_of([(0, 100), (33, 67), (67, 67), (33, 100), (100, 100)]) == Change(5, 47, 87)
