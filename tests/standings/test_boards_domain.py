import pytest

from app.core.errors import Invalid
from app.standings.boards_domain import Board, band_of, check_choice, check_nickname, ranked, total

FIVE = {1: "Ada", 2: "Ben", 3: "Cleo", 4: "Dũng", 5: "Én"}


def test_equals_share_a_place_and_the_next_counts_those_above() -> None:
    found = ranked({1: 30, 2: 50, 3: 50, 4: 10, 5: 20}, FIVE)

    assert [(row.name, row.place, row.tied) for row in found.rows] == [
        ("Ben", 1, True), ("Cleo", 1, True), ("Ada", 3, False), ("Én", 4, False), ("Dũng", 5, False),
    ]  # fmt: skip


def test_whoever_has_no_points_or_no_name_is_left_out() -> None:
    found = ranked({1: 3, 2: 4, 3: 5, 4: 6, 5: 7, 6: 90, 7: 0}, {**FIVE, 7: "Giang"})

    assert [row.person_id for row in found.rows] == [5, 4, 3, 2, 1]


def test_board_of_fewer_than_five_is_empty() -> None:
    assert ranked({1: 3, 2: 4, 3: 5, 4: 6}, FIVE) == Board(())


def test_neighbours_are_three_above_and_three_below() -> None:
    found = ranked({n: 100 - n for n in range(1, 21)}, {n: f"N{n}" for n in range(1, 21)})

    assert [row.person_id for row in found.around(10)] == [7, 8, 9, 10, 11, 12, 13]
    assert [row.person_id for row in found.around(1)] == [1, 2, 3, 4]
    assert found.around(99) == ()


def test_age_is_the_one_reached_in_the_year() -> None:
    bands = [band_of(year, 2026) for year in (2011, 2010, 1996, 1995, 1967, 1966, None)]

    assert bands == ["duoi-16", "16-30", "16-30", "31-59", "31-59", "tu-60", None]


@pytest.mark.parametrize("name", ["a", "x" * 25, "123", "gọi 0912345", "a@b.vn", "nhà.com", "www.a", "zalo/abc"])
def test_nickname_that_says_too_much_or_too_little_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        check_nickname(name)


def test_nickname_is_cleaned() -> None:
    assert check_choice("nickname", "  Sóc   nâu 07 ") == ("nickname", "Sóc nâu 07")
    assert check_choice("name", "bỏ đi 0912345678") == ("name", "")


def test_choice_is_needed() -> None:
    with pytest.raises(Invalid):
        check_choice("", "Sóc nâu")


def test_total_adds_up_several_numbers_of_one_person() -> None:
    assert total([(1, 10), (2, 5), (1, 7)]) == {1: 17, 2: 5}
