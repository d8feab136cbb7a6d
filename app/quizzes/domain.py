"""Items as plain values. What a participant sees has no key: it is another type, not a flag."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import Invalid

DRAWN = 5  # items of the pool in one attempt
LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    reason: str


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    date: date


@dataclass(frozen=True)
class Item:
    """One revision of a question, key included. Never handed to a template before the answer."""

    id: str
    revision_id: int
    type: str
    stem: str
    hint: str
    options: tuple[Option, ...]
    key: str
    rationale: str
    source: Source

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)


@dataclass(frozen=True)
class Choice:
    """An option as shown: its letter says where it stands in this attempt, nothing else."""

    letter: str
    text: str


@dataclass(frozen=True)
class ItemView:
    """What a participant may see before answering: an allow-list, without key, reasons or rationale."""

    stem: str
    hint: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class PoolItem:
    """What drawing needs to know of an item."""

    id: str
    revision_id: int
    objective_id: int
    option_ids: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """One item of an attempt: the revision pinned and the order in which its options stand."""

    item: str
    revision_id: int
    order: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"item": self.item, "revision": self.revision_id, "order": list(self.order)}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Drawn":
        return Drawn(stored["item"], stored["revision"], tuple(stored["order"]))

    def option_at(self, letter: str) -> str:
        """The option that stands under a letter in this attempt.

        Raises:
            Invalid: No letter was sent, or one that is not there.
        """
        place = LETTERS.find(letter) if len(letter) == 1 else -1
        if not 0 <= place < len(self.order):
            raise Invalid("choose_first", field="choice")
        return self.order[place]


def present(item: Item, drawn: Drawn) -> ItemView:
    """The item as this attempt shows it."""
    texts = {option.id: option.text for option in item.options}
    choices = tuple(Choice(LETTERS[place], texts[option]) for place, option in enumerate(drawn.order))
    return ItemView(item.stem, item.hint, choices)


def draw(
    pool: Sequence[PoolItem], seen: Mapping[str, int], chance: random.Random, *, count: int = DRAWN
) -> tuple[Drawn, ...]:
    """Draw an attempt: objectives in turn, items that this person has met least often first.

    Args:
        pool: The quiz's items that may be asked today.
        seen: How often this person has answered each item.
        chance: The randomness to use.
        count: How many items to draw, at most.
    """
    by_objective: dict[int, list[PoolItem]] = {}
    for item in sorted(pool, key=lambda i: (seen.get(i.id, 0), chance.random())):
        by_objective.setdefault(item.objective_id, []).append(item)
    queues = list(by_objective.values())
    chance.shuffle(queues)
    chosen: list[PoolItem] = []
    while len(chosen) < count and any(queues):
        for queue in queues:
            if queue and len(chosen) < count:
                chosen.append(queue.pop(0))
    chance.shuffle(chosen)
    return tuple(
        Drawn(item.id, item.revision_id, tuple(chance.sample(item.option_ids, len(item.option_ids)))) for item in chosen
    )
