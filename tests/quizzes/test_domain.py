import random
from dataclasses import fields
from datetime import date

import pytest

from app.quizzes.domain import Blueprint, Drawn, Item, ItemView, PoolItem, Source, draw, present
from app.quizzes.kinds.choosing import ChoicesView, Option, Single
from app.quizzes.kinds.kind import Choice

KIND = Single(tuple(Option(o, f"Chữ {o}", f"Lý do {o}", o == "b") for o in "abc"))
ITEM = Item(
    "c1",
    "cuoc-goi",
    1,
    11,
    "Câu?",
    "Gợi ý",
    KIND,
    "Giải thích",
    Source("Nguồn", "https://example.org/", date(2026, 1, 1)),
)


def pool(objectives: int, each: int) -> list[PoolItem]:
    """Items named ``<objective>-<n>``."""
    return [PoolItem(f"{o}-{n}", n, o, 1 + n % 3, KIND) for o in range(objectives) for n in range(each)]


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
    drawn = draw(pool(1, 5), seen, random.Random(seed), blueprint=Blueprint(count=2))
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
    assert [f.name for f in fields(ItemView)] == ["type", "stem", "hint", "body"]
    assert [f.name for f in fields(Choice)] == ["letter", "text", "chosen"]


def test_presented_options_stand_as_they_were_drawn() -> None:
    view = present(ITEM, Drawn("c1", 11, ("c", "a", "b")))
    choices = (Choice("a", "Chữ c"), Choice("b", "Chữ a"), Choice("c", "Chữ b"))
    assert view == ItemView("single", "Câu?", "Gợi ý", ChoicesView(choices))


@pytest.mark.parametrize("seed", range(20))
def test_blueprint_says_how_many_of_each_difficulty(seed: int) -> None:
    items = {item.id: item.difficulty for item in pool(5, 6)}
    drawn = draw(pool(5, 6), {}, random.Random(seed), blueprint=Blueprint(difficulty=(1, 2, 2)))
    assert sorted(items[name] for name in names(drawn)) == [1, 2, 2, 3, 3]


def test_fewer_options_leave_one_distractor() -> None:
    drawn = draw(pool(1, 3), {}, random.Random(3), fewer=True)
    assert [(len(one.order), "b" in one.order) for one in drawn] == [(2, True)] * 3


def test_drawn_item_survives_storing() -> None:
    drawn = Drawn("c1", 11, ("c", "a", "b"))
    assert Drawn.from_json(drawn.as_json()) == drawn
