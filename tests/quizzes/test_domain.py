import random
from dataclasses import fields
from datetime import date

import pytest

from app.core.errors import Invalid
from app.quizzes.domain import Choice, Drawn, Item, ItemView, Option, PoolItem, Source, draw, present

ITEM = Item(
    "c1",
    11,
    "single",
    "Câu?",
    "Gợi ý",
    tuple(Option(o, f"Chữ {o}", f"Lý do {o}") for o in "abc"),
    "b",
    "Giải thích",
    Source("Nguồn", "https://example.org/", date(2026, 1, 1)),
)


def pool(objectives: int, each: int) -> list[PoolItem]:
    """Items named ``<objective>-<n>``."""
    return [PoolItem(f"{o}-{n}", n, o, ("a", "b", "c")) for o in range(objectives) for n in range(each)]


def names(drawn: tuple[Drawn, ...]) -> list[str]:
    return [item.item for item in drawn]


def test_same_seed_draws_the_same() -> None:
    first, again = (draw(pool(2, 6), {}, random.Random(7)) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("seed", range(20))
def test_objectives_take_turns(seed: int) -> None:
    drawn = draw(pool(5, 4), {}, random.Random(seed))
    assert sorted(name[0] for name in names(drawn)) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("seed", range(20))
def test_two_objectives_share_five_items_as_evenly_as_can_be(seed: int) -> None:
    of_first = [n for n in names(draw(pool(2, 6), {}, random.Random(seed))) if n[0] == "0"]
    assert len(of_first) in (2, 3)


@pytest.mark.parametrize("seed", range(20))
def test_items_met_least_often_come_first(seed: int) -> None:
    seen = {"0-0": 2, "0-1": 1, "0-2": 1}
    drawn = draw(pool(1, 5), seen, random.Random(seed), count=2)
    assert sorted(names(drawn)) == ["0-3", "0-4"]


def test_seen_items_are_drawn_when_nothing_new_is_left() -> None:
    drawn = draw(pool(1, 3), {"0-0": 9}, random.Random(1))
    assert sorted(names(drawn)) == ["0-0", "0-1", "0-2"]


def test_nothing_is_drawn_from_an_empty_pool() -> None:
    assert draw([], {}, random.Random(1)) == ()


@pytest.mark.parametrize("seed", range(20))
def test_option_order_is_a_permutation(seed: int) -> None:
    assert {tuple(sorted(d.order)) for d in draw(pool(2, 6), {}, random.Random(seed))} == {("a", "b", "c")}


def test_options_do_not_always_stand_in_the_order_of_the_file() -> None:
    orders = {d.order for seed in range(20) for d in draw(pool(2, 6), {}, random.Random(seed))}
    assert len(orders) == 6


def test_presented_item_has_no_field_that_tells_the_key() -> None:
    assert [f.name for f in fields(ItemView)] == ["stem", "hint", "choices"]
    assert [f.name for f in fields(Choice)] == ["letter", "text"]


def test_presented_options_stand_as_they_were_drawn() -> None:
    view = present(ITEM, Drawn("c1", 11, ("c", "a", "b")))
    assert view == ItemView("Câu?", "Gợi ý", (Choice("a", "Chữ c"), Choice("b", "Chữ a"), Choice("c", "Chữ b")))


def test_letter_is_the_place_not_the_option() -> None:
    assert Drawn("c1", 11, ("c", "a", "b")).option_at("b") == "a"


@pytest.mark.parametrize("letter", ["", "d", "ab", "ă", "A"])
def test_letter_that_is_not_there_is_refused(letter: str) -> None:
    with pytest.raises(Invalid) as refused:
        Drawn("c1", 11, ("c", "a", "b")).option_at(letter)
    assert refused.value.code == "choose_first"


def test_drawn_item_survives_storing() -> None:
    drawn = Drawn("c1", 11, ("c", "a", "b"))
    assert Drawn.from_json(drawn.as_json()) == drawn
