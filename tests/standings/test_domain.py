"""The rule by hand: what a person with pen and paper would get."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standings.domain import Entry, add_up, group_score, people_to_reach, places


def entry(
    person: int, kind: str, *, how: str = "independent", group: int | None = 1, day: int = 1, points: int = 0
) -> Entry:
    return Entry(person, kind, how, True, group, None, points, datetime(2026, 10, day, 5, tzinfo=UTC))


def test_group_score_is_the_published_formula() -> None:
    assert group_score(54, 640, 100, 0.10) == pytest.approx(100 * (54 + 10) / 740)


def test_cushion_pulls_a_tiny_group_to_the_ward() -> None:
    tiny, large = group_score(5, 10, 100, 0.10), group_score(300, 600, 100, 0.10)
    assert tiny < large


def test_places_share_a_band_and_count_those_above() -> None:
    assert places([32.0, 31.2, 31.0, 30.9, 20.0]) == [1, 1, 3, 3, 5]


def test_band_is_measured_from_its_highest_not_from_the_neighbour() -> None:
    assert places([10.0, 9.3, 8.6]) == [1, 1, 3]


@given(st.lists(st.floats(0, 100), max_size=30))
def test_places_never_fall_and_start_at_one(scores: list[float]) -> None:
    found = places(sorted(scores, reverse=True))
    assert found == sorted(found)
    assert found[:1] in ([], [1])


@given(st.integers(0, 400), st.integers(1, 2000), st.floats(0, 60), st.floats(0, 0.5))
def test_people_to_reach_is_the_smallest_number(counted: int, people: int, target: float, rate: float) -> None:
    more = people_to_reach(target, counted, people, 100, rate)
    assert group_score(counted + more, people, 100, rate) >= target - 1e-6
    if more > 0:
        assert group_score(counted + more - 1, people, 100, rate) < target


@given(st.integers(0, 300), st.integers(1, 1000), st.integers(1, 500))
def test_adding_people_who_did_not_learn_never_helps(counted: int, people: int, empty: int) -> None:
    assert group_score(counted, people + empty, 100, 0.1) < group_score(counted, people, 100, 0.1) or counted == 0


def test_add_up_keeps_the_first_group_and_counts_days_and_weeks() -> None:
    entries = [entry(7, "points", group=None, day=5, points=10), entry(7, "join", group=2, day=6)]
    entries += [entry(7, "pass", group=2, day=day) for day in (6, 7)]
    found = add_up(entries)[7]
    assert (found.group_id, found.passes, found.points, len(found.learned_on), found.weeks) == (
        2,
        2,
        10,
        3,
        1,
    )
