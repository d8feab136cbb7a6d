import pytest

from app.core.errors import Invalid
from app.groups.settings import (
    BY_NAME,
    PARTS,
    check_part,
    check_setting,
    join_leagues,
    league_of,
    league_ranges,
    parse_leagues,
)

COUNTING = {"adult_age": "16", "cushion": "100", "first_rate": "10", "points_cap": "600", "leagues": "300, 700"}


def test_values_of_a_form_are_kept_in_one_spelling() -> None:
    assert check_part("tinh-diem", {**COUNTING, "first_rate": " 9,5 %", "points_cap": "1.200"}) == {
        "adult_age": 16,
        "cushion": 100,
        "first_rate": 0.095,
        "points_cap": 1200,
        "leagues": "300,700",
    }


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("adult_age", "15", "setting_adult_age"),  # under 16 a guardian has to agree
        ("adult_age", "mười sáu", "setting_adult_age"),
        ("cushion", "-5", "setting_cushion"),
        ("first_rate", "0", "setting_first_rate"),
        ("first_rate", "10,55", "setting_first_rate"),
        ("comment_days", "", "setting_comment_days"),
        ("look_one_in", "1", "setting_look_one_in"),
        ("leagues", "700, 300", "setting_leagues"),
        ("leagues", "300, nhiều", "setting_leagues"),
        ("leagues", "1, 2, 3, 4, 5", "setting_leagues"),
        ("number_scheme", "QĐ/ĐTN", "setting_scheme"),
        ("unit", " ", "unit_missing"),
        ("name", "", "ward_missing"),
        ("place", "x" * 81, "setting_long"),
        ("help_phone", "12", "contact_phone"),
    ],
)
def test_value_that_does_not_fit_is_named(name: str, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_setting(BY_NAME[name], text)

    assert (refused.value.code, refused.value.values["field"]) == (code, name)


def test_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(Invalid):
        check_part("khac", {})


def test_every_setting_stands_in_a_form() -> None:
    assert {one.part for one in BY_NAME.values()} == set(PARTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [("300, 700", (300, 700)), ("300 · 1.200", (300, 1200)), ("300;700", (300, 700)), ("500", (500,)), ("", ())],
)
def test_boundaries_are_read_as_people_write_them(text: str, found: tuple[int, ...]) -> None:
    assert parse_leagues(text) == found
    assert parse_leagues(join_leagues(found)) == found


@pytest.mark.parametrize(("people", "league"), [(0, 0), (299, 0), (300, 1), (700, 1), (701, 2), (5000, 2)])
def test_league_follows_the_population(people: int, league: int) -> None:
    assert league_of(people, (300, 700)) == league


def test_without_boundaries_all_play_in_one_league() -> None:
    assert (league_of(640, ()), league_ranges(())) == (0, [(None, None)])


def test_ranges_and_leagues_agree() -> None:
    boundaries = (300, 700, 1200)
    for league, (least, most) in enumerate(league_ranges(boundaries)):
        assert {league_of(n, boundaries) for n in (least or 0, most or 9999)} == {league}
