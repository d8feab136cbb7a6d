"""One of several, all that fit, and "lừa đảo hay thật"."""

import random
from dataclasses import dataclass
from typing import ClassVar

from app.core.errors import Invalid
from app.quizzes.kinds.kind import (
    FULL,
    Body,
    Choice,
    Form,
    Kind,
    Order,
    Row,
    at,
    first,
    lettered,
    share,
    shuffled,
    state_of,
)


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    reason: str
    right: bool


@dataclass(frozen=True)
class ChoicesView:
    """Options to choose from; ``scene`` is what arrived, where the question is about something that did."""

    choices: tuple[Choice, ...]
    scene: str = ""


def _kept(options: tuple[Option, ...], chance: random.Random, fewer: bool) -> list[str]:
    """Option ids; with ``fewer`` one wrong option is left out, so that at least one stays."""
    wrong = [option.id for option in options if not option.right]
    left_out = chance.choice(wrong) if fewer and len(wrong) > 1 else ""
    return [option.id for option in options if option.id != left_out]


def _rows(options: tuple[Option, ...], order: Order, chosen: tuple[str, ...]) -> tuple[Row, ...]:
    by_id = {option.id: option for option in options}
    shown = lettered(order, {option.id: option.text for option in options})
    return tuple(
        Row(choice.letter, choice.text, by_id[one].reason, state_of(by_id[one].right, one in chosen))
        for choice, one in zip(shown, order, strict=True)
    )


@dataclass(frozen=True)
class Single(Kind):
    """One of three is right."""

    options: tuple[Option, ...]
    type: ClassVar[str] = "single"

    @classmethod
    def of(cls, body: Body) -> "Single":
        return cls(tuple(Option(**option, right=option["id"] == body["key"]) for option in body["options"]))

    @property
    def key(self) -> str:
        return next(option.id for option in self.options if option.right)

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        return shuffled(_kept(self.options, chance, fewer), chance)

    def view(self, order: Order, draft: str = "") -> ChoicesView:
        return ChoicesView(lettered(order, {option.id: option.text for option in self.options}))

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        return at(order, first(form, "choice"))

    def solution(self) -> str:
        return self.key

    def credit(self, answer: str) -> int:
        return FULL if answer == self.key else 0

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        return _rows(self.options, order, (answer,))


@dataclass(frozen=True)
class Multiple(Kind):
    """All that fit. Each right tick earns its share, each wrong one takes a share away, never below zero."""

    options: tuple[Option, ...]
    type: ClassVar[str] = "multiple"

    @classmethod
    def of(cls, body: Body) -> "Multiple":
        return cls(tuple(Option(**option) for option in body["options"]))

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        return shuffled(_kept(self.options, chance, fewer), chance)

    def view(self, order: Order, draft: str = "") -> ChoicesView:
        return ChoicesView(lettered(order, {option.id: option.text for option in self.options}))

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        chosen = sorted({at(order, letter) for letter in form.get("choice", ())})
        if not chosen:
            raise Invalid("tick_first", field="choice")
        return ",".join(chosen)

    def solution(self) -> str:
        return ",".join(sorted(option.id for option in self.options if option.right))

    def credit(self, answer: str) -> int:
        right = {option.id for option in self.options if option.right}
        chosen = set(answer.split(","))
        return share(len(chosen & right) - len(chosen - right), len(right))

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        return _rows(self.options, order, tuple(answer.split(",")))


VERDICTS = ("scam", "real")


@dataclass(frozen=True)
class TrueFalse(Kind):
    """Something that arrives: lừa đảo, or thật? The two never change places."""

    scene: str
    key: str
    scam: str
    real: str
    type: ClassVar[str] = "true_false"

    @classmethod
    def of(cls, body: Body) -> "TrueFalse":
        return cls(body["scene"], body["key"], body["reasons"]["scam"], body["reasons"]["real"])

    @property
    def _options(self) -> tuple[Option, ...]:
        """The two verdicts; their texts are names that the page puts into words."""
        return tuple(Option(name, name, getattr(self, name), self.key == name) for name in VERDICTS)

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        return VERDICTS

    def view(self, order: Order, draft: str = "") -> ChoicesView:
        return ChoicesView(lettered(order, {option.id: option.text for option in self._options}), self.scene)

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        return at(order, first(form, "choice"))

    def solution(self) -> str:
        return self.key

    def credit(self, answer: str) -> int:
        return FULL if answer == self.key else 0

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        return _rows(self._options, order, (answer,))
