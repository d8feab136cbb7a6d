"""What stays, in figures: people first, never fewer than five, never by subtraction."""

import pytest

from app.attempts.retention import PersonMeans, figure, interval, parts


def people(count: int, later: float = 80.0) -> list[PersonMeans]:
    return [PersonMeans(40.0, 90.0, later)] * count


def test_fewer_than_five_people_have_no_figure() -> None:
    assert figure(people(4)) is None


def test_figure_is_the_mean_over_people() -> None:
    found = figure([*people(3, 100.0), *people(2, 50.0)])

    assert found is not None
    assert (found.people, found.first, found.after, found.later) == (5, 40.0, 90.0, 80.0)


def test_interval_of_eight_in_ten_is_wilson_s() -> None:
    low, high = interval(80.0, 10)

    assert (round(low, 1), round(high, 1)) == (49.0, 94.3)


def test_interval_does_not_collapse_where_all_was_right() -> None:
    low, high = interval(100.0, 5)

    assert (round(low, 1), high) == (56.6, 100.0)


def told(*counts: int) -> list[int | None]:
    groups = [(number, means) for number, count in enumerate(counts) for means in people(count)]
    return [part.figure.people if part.figure else None for part in parts(groups)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((5, 6), [5, 6]),
        ((9, 5, 3), [9, None, None]),  # the whole minus one part would tell about three people
        ((9, 8, 3, 4), [9, 8, None, None]),
        ((4,), [None]),
    ],
)
def test_few_people_cannot_be_told_even_by_subtraction(counts: tuple[int, ...], shown: list[int | None]) -> None:
    assert told(*counts) == shown
