"""Putting steps in order, and joining what belongs together."""

import random
from dataclasses import dataclass
from typing import ClassVar

from app.core.errors import Invalid
from app.quizzes.kinds.kind import (
    LETTERS,
    Body,
    Choice,
    Form,
    Kind,
    Order,
    Row,
    first,
    lettered,
    share,
    shuffled,
    state_of,
)


@dataclass(frozen=True)
class Step:
    id: str
    text: str
    reason: str


@dataclass(frozen=True)
class OrderingView:
    """Steps in the order they stand now; ``moved`` is the letter just moved, ``up`` or ``down``."""

    steps: tuple[Choice, ...]
    moved: str = ""
    way: str = ""


@dataclass(frozen=True)
class Ordering(Kind):
    """Steps to put in order with buttons ↑↓. Credit: pairs that stand rightly less those that do not."""

    steps: tuple[Step, ...]  # in their right order
    type: ClassVar[str] = "ordering"

    @classmethod
    def of(cls, body: Body) -> "Ordering":
        return cls(tuple(Step(**step) for step in body["steps"]))

    @property
    def _ids(self) -> Order:
        return tuple(step.id for step in self.steps)

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        """Any order but the right one."""
        order = shuffled(self._ids, chance)
        return order if order != self._ids else (*self._ids[1:], self._ids[0])

    def view(self, order: Order, draft: str = "") -> OrderingView:
        letters, _, moved = draft.partition(":")
        if sorted(letters) != sorted(LETTERS[: len(order)]):
            letters, moved = LETTERS[: len(order)], ""
        texts = {step.id: step.text for step in self.steps}
        steps = tuple(Choice(letter, texts[order[LETTERS.index(letter)]]) for letter in letters)
        return OrderingView(steps, moved[:1], "down" if moved[1:] == "d" else "up" if moved else "")

    def draft(self, form: Form, order: Order) -> str:
        """Letters as they stand after the button pressed, then ``:``, the letter moved and u or d."""
        letters, move = list(first(form, "order")), first(form, "move")
        if sorted(letters) != sorted(LETTERS[: len(order)]):
            letters = list(LETTERS[: len(order)])
        if len(move) != 2 or move[0] not in letters or move[1] not in "ud":
            return "".join(letters)
        place = letters.index(move[0])
        other = place - 1 if move[1] == "u" else place + 1
        if 0 <= other < len(letters):
            letters[place], letters[other] = letters[other], letters[place]
        return f"{''.join(letters)}:{move}"

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        letters = first(form, "order")
        if sorted(letters) != sorted(LETTERS[: len(order)]):
            raise Invalid("choose_first", field="choice")
        return ",".join(order[LETTERS.index(letter)] for letter in letters)

    def solution(self) -> str:
        return ",".join(self._ids)

    def credit(self, answer: str) -> int:
        place = {one: number for number, one in enumerate(self._ids)}
        given = [place[one] for one in answer.split(",")]
        pairs = [(a, b) for number, a in enumerate(given) for b in given[number + 1 :]]
        return share(sum(1 if a < b else -1 for a, b in pairs), len(pairs))

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        given = answer.split(",")
        return tuple(
            Row(
                str(number + 1),
                step.text,
                step.reason,
                state_of(True, given[number] == step.id),
                str(given.index(step.id) + 1),
            )
            for number, step in enumerate(self.steps)
        )


@dataclass(frozen=True)
class Pair:
    id: str
    left: str
    right: str
    reason: str


@dataclass(frozen=True)
class Left:
    """One side of a pair, the letter chosen for it so far, and the name of its field."""

    name: str
    text: str
    chosen: str


@dataclass(frozen=True)
class MatchingView:
    lefts: tuple[Left, ...]
    rights: tuple[Choice, ...]


@dataclass(frozen=True)
class Matching(Kind):
    """What belongs to what. Rights are known by their pair's id, those that belong to nothing by ``+0``, ``+1``."""

    pairs: tuple[Pair, ...]
    others: tuple[str, ...]
    type: ClassVar[str] = "matching"

    @classmethod
    def of(cls, body: Body) -> "Matching":
        return cls(tuple(Pair(**pair) for pair in body["pairs"]), tuple(body.get("others", ())))

    @property
    def _rights(self) -> dict[str, str]:
        extra = {f"+{number}": text for number, text in enumerate(self.others)}
        return {pair.id: pair.right for pair in self.pairs} | extra

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        rights = [one for one in self._rights if not (fewer and one.startswith("+"))]
        return shuffled(rights, chance)

    def view(self, order: Order, draft: str = "") -> MatchingView:
        letters = draft.ljust(len(self.pairs), "-")
        lefts = (Left(f"pair{n}", pair.left, letters[n].strip("-")) for n, pair in enumerate(self.pairs))
        return MatchingView(tuple(lefts), lettered(order, self._rights))

    def draft(self, form: Form, order: Order) -> str:
        """The letter chosen for each left, ``-`` where none is yet."""
        chosen = (first(form, f"pair{number}") for number in range(len(self.pairs)))
        return "".join(c if len(c) == 1 and c in LETTERS[: len(order)] else "-" for c in chosen)

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        letters = self.draft(form, order)
        if "-" in letters:
            raise Invalid("match_all", field="choice")
        return ",".join(order[LETTERS.index(letter)] for letter in letters)

    def solution(self) -> str:
        return ",".join(pair.id for pair in self.pairs)

    def credit(self, answer: str) -> int:
        given = answer.split(",")
        return share(sum(pair.id == one for pair, one in zip(self.pairs, given, strict=True)), len(self.pairs))

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        rights, given = self._rights, answer.split(",")
        return tuple(
            Row(pair.left, pair.right, pair.reason, state_of(True, one == pair.id), rights[one])
            for pair, one in zip(self.pairs, given, strict=True)
        )
