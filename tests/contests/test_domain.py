import random
from datetime import UTC, date, datetime

import pytest

from app.contests.domain import (
    Player,
    QuestionFigures,
    Team,
    check_reason,
    choose,
    hardest,
    period_of,
    placed,
    team_score,
    teams,
    week_number,
    week_of,
    weeks_ahead,
)
from app.core.errors import Invalid
from app.quizzes.domain import PoolItem
from app.quizzes.kinds import kind_of
from tests.quizzes.kinds.bodies import BODIES


def item(name: str, type: str = "single") -> PoolItem:
    return PoolItem(name, hash(name) % 1000, 1, 1, kind_of(type, BODIES[type]))


def test_week_runs_from_monday_evening_to_sunday_evening_on_the_wards_clock() -> None:
    week = week_of(date(2026, 11, 25))

    assert week.period == "2026-w48"
    assert week.opens_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert week.closes_at == datetime(2026, 11, 29, 14, 0, tzinfo=UTC)
    assert week.results_at == datetime(2026, 11, 29, 14, 30, tzinfo=UTC)


def test_week_of_new_year_bears_the_number_that_iso_gives_it() -> None:
    assert [period_of(date(2027, 1, day)) for day in (3, 4)] == ["2026-w53", "2027-w01"]
    assert week_number("2026-w53") == 53


def test_name_that_is_no_week_is_refused() -> None:
    with pytest.raises(Invalid):
        week_number("2026-11")


def test_weeks_ahead_are_this_and_the_next_until_this_one_is_over() -> None:
    sunday = datetime(2026, 11, 29, 13, 59, tzinfo=UTC)

    before = [week.period for week in weeks_ahead(sunday)]
    after = [week.period for week in weeks_ahead(datetime(2026, 11, 29, 14, 0, tzinfo=UTC))]

    assert (before, after) == (["2026-w48", "2026-w49"], ["2026-w49"])


def test_quizzes_take_turns_and_harder_ones_come_first() -> None:
    pools = {name: [item(f"{name}-{n}") for n in range(8)] for name in ("a", "b", "kho-1", "kho-2")}

    chosen = choose(pools, {}, random.Random(1), order=["kho-1", "kho-2"])

    assert sorted(one.id.rpartition("-")[0] for one in chosen) == ["kho-1"] * 5 + ["kho-2"] * 5


def test_easier_quizzes_fill_up_where_the_harder_ones_have_too_few() -> None:
    pools = {"a": [item(f"a-{n}") for n in range(20)], "kho": [item(f"kho-{n}") for n in range(3)]}

    chosen = [one.id for one in choose(pools, {}, random.Random(1), order=["kho"])]

    assert (len(chosen), sum(one.startswith("kho") for one in chosen)) == (10, 3)


def test_question_of_a_contest_lately_is_asked_last() -> None:
    pools = {"a": [item(f"a-{n}") for n in range(12)]}

    chosen = choose(pools, {"a-1": 1, "a-2": 1}, random.Random(1), order=[])

    assert {"a-1", "a-2"} & {one.id for one in chosen} == set()


def test_stories_are_never_asked() -> None:
    pools = {"a": [item(f"s-{n}", "scenario") for n in range(12)]}

    assert choose(pools, {}, random.Random(1), order=[]) == []


def test_teams_result_is_the_mean_of_its_best_five() -> None:
    assert team_score([100, 200, 300, 400, 500, 1000]) == 480
    assert team_score([1000, 1000, 1000, 1000]) is None


def test_teams_with_equal_scores_share_a_place_and_small_ones_have_none() -> None:
    players = [Player(n, 800, 1 if n < 5 else 2, None) for n in range(10)] + [Player(20, 1000, 3, None)]

    assert teams(players, branch=False) == [Team(1, 5, 800, 1), Team(2, 5, 800, 1), Team(3, 1, None, None)]
    assert teams(players, branch=True) == []


def test_place_after_a_shared_one_counts_those_above() -> None:
    assert [placed(score, [9, 9, 7, 5]) for score in (9, 7, 5)] == [1, 3, 4]


def test_hardest_question_is_the_one_with_the_smallest_share() -> None:
    figures = [QuestionFigures(1, 10, 4), QuestionFigures(2, 20, 6), QuestionFigures(3, 4, 0)]

    assert hardest(figures) == QuestionFigures(2, 20, 6)


def test_with_fewer_than_five_answers_no_question_is_the_hardest() -> None:
    assert hardest([QuestionFigures(1, 4, 0)]) is None


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_reason_is_needed_and_short(reason: str) -> None:
    with pytest.raises(Invalid):
        check_reason(reason)
