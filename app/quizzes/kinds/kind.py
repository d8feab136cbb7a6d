"""What every type of item can do, and the plain values it speaks in. Pure.

An item's type knows five things: how to arrange itself for one attempt, what to show before the
answer (never the key), how to read a form, what share of the credit an answer earns, and what to
tell afterwards. Stored answers name options by their own ids, never by where they stood.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.errors import Invalid

LETTERS = "abcdefgh"
FULL = 100  # credit is a whole number of hundredths

Body = Mapping[str, Any]
Form = Mapping[str, Sequence[str]]
Order = tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """Something to choose as shown: its letter says where it stands in this attempt, nothing else."""

    letter: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One option, step or part after the answer, with its reason.

    Attributes:
        state: ``right`` (right and chosen), ``missed`` (right, not chosen), ``chosen`` (chosen, not
            right) or ``other``.
        note: What was answered here, where that is not plain from the state.
    """

    label: str
    text: str
    reason: str
    state: str
    note: str = ""
    role: str = ""


class Kind(ABC):
    """One type of item with its key. Built from a revision's body by ``of``."""

    type: ClassVar[str]
    by_turns: ClassVar[bool] = False  # a story: answered one turn at a time

    @classmethod
    @abstractmethod
    def of(cls, body: Body) -> "Kind": ...

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        """The order in which an attempt shows the parts; ``fewer`` leaves a distractor out where it can."""
        return ()

    @abstractmethod
    def view(self, order: Order, draft: str = "") -> Any:
        """What may be seen before the answer. ``draft`` is what has been entered so far."""

    def draft(self, form: Form, order: Order) -> str:
        """What a form holds so far, to show it again; "" where nothing needs keeping."""
        return ""

    @abstractmethod
    def read(self, form: Form, order: Order, draft: str = "") -> str:
        """The answer in a form, as it is stored.

        Raises:
            Invalid: Nothing was answered, or something that is not there.
        """

    def is_whole(self, answer: str) -> bool:
        """Whether the answer has come to its end; a story goes on turn by turn."""
        return True

    @abstractmethod
    def solution(self) -> str:
        """An answer that earns all the credit."""

    @abstractmethod
    def credit(self, answer: str) -> int:
        """0 to 100."""

    @abstractmethod
    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        """Everything that there was to choose, with reasons."""


def state_of(right: bool, chosen: bool) -> str:
    if right:
        return "right" if chosen else "missed"
    return "chosen" if chosen else "other"


def first(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[0] if values else ""


def at(order: Order, letter: str) -> str:
    """What stands under a letter in this attempt.

    Raises:
        Invalid: No letter was sent, or one that is not there.
    """
    place = LETTERS.find(letter) if len(letter) == 1 else -1
    if not 0 <= place < len(order):
        raise Invalid("choose_first", field="choice")
    return order[place]


def lettered(order: Order, texts: Mapping[str, str], chosen: Sequence[str] = ()) -> tuple[Choice, ...]:
    return tuple(Choice(LETTERS[place], texts[one], one in chosen) for place, one in enumerate(order))


def shuffled(ids: Sequence[str], chance: random.Random) -> Order:
    return tuple(chance.sample(list(ids), len(ids)))


def share(part: float, whole: int) -> int:
    """Credit for a part of the whole, never below zero."""
    return max(0, round(FULL * part / whole))
