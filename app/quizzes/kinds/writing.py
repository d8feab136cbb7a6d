"""A number or a few words, typed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from app.core.errors import Invalid
from app.core.text import clean, fold
from app.quizzes.kinds.kind import FULL, Body, Form, Kind, Order, Row, first

LONGEST = 80


@dataclass(frozen=True)
class WritingView:
    """A field to type in: ``mode`` is the keyboard it wants, ``typed`` what was entered before."""

    mode: str
    unit: str
    typed: str


@dataclass(frozen=True)
class Miss:
    """What people often answer, and why it is not that."""

    value: str
    reason: str


def number_in(text: str) -> float | None:
    """A number as people here write it: ``1.250.000``, ``15,5``, ``15 000 đ``. ``None`` if it is not one."""
    digits = re.sub(r"[\s\u00a0_]|đồng|vnđ|vnd|đ$", "", text.strip().casefold())
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    return float(digits) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,6})?", digits) else None


def shown_number(value: float) -> str:
    """``1250000.0`` → ``1.250.000``; ``15.5`` → ``15,5``."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True)
class Numeric(Kind):
    """A number, right within its tolerance."""

    answer: float
    tolerance: float
    unit: str
    reason: str
    misses: tuple[tuple[float, str], ...]
    type: ClassVar[str] = "numeric"

    @classmethod
    def of(cls, body: Body) -> "Numeric":
        misses = tuple((miss["value"], miss["reason"]) for miss in body["misses"])
        return cls(body["answer"], body["tolerance"], body["unit"], body["reason"], misses)

    def view(self, order: Order, draft: str = "") -> WritingView:
        return WritingView("decimal", self.unit, draft)

    def draft(self, form: Form, order: Order) -> str:
        return clean(first(form, "choice"))[:LONGEST]

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        typed = self.draft(form, order)
        number = number_in(typed.removesuffix(self.unit)) if typed else None
        if number is None:
            raise Invalid("write_number", field="choice")
        return repr(number)

    def solution(self) -> str:
        return repr(self.answer)

    def credit(self, answer: str) -> int:
        return FULL if self._fits(float(answer)) else 0

    def _fits(self, number: float) -> bool:
        return abs(number - self.answer) <= self.tolerance + 1e-9

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        given = float(answer)
        right = Row("", self._said(self.answer), self.reason, "right" if self._fits(given) else "missed")
        misses = [
            Row("", self._said(value), reason, "chosen" if value == given else "other") for value, reason in self.misses
        ]
        if not self._fits(given) and all(value != given for value, _ in self.misses):
            misses.insert(0, Row("", self._said(given), "", "chosen"))
        return (right, *misses)

    def _said(self, value: float) -> str:
        return f"{shown_number(value)} {self.unit}".strip()


def plain(text: str) -> str:
    """Words with what does not matter taken away: case, spaces, marks, punctuation, hoà or hòa, NFC or NFD."""
    return re.sub(r"[^a-z0-9]", "", fold(unicodedata.normalize("NFC", text)))


@dataclass(frozen=True)
class Words(Kind):
    """A word or two. Case, spaces, diacritics and their spelling do not matter."""

    accepts: tuple[str, ...]
    reason: str
    misses: tuple[Miss, ...]
    type: ClassVar[str] = "text"

    @classmethod
    def of(cls, body: Body) -> "Words":
        misses = tuple(Miss(miss["text"], miss["reason"]) for miss in body["misses"])
        return cls(tuple(body["accepts"]), body["reason"], misses)

    def view(self, order: Order, draft: str = "") -> WritingView:
        return WritingView("text", "", draft)

    def draft(self, form: Form, order: Order) -> str:
        return clean(first(form, "choice"))[:LONGEST]

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        typed = self.draft(form, order)
        if not plain(typed):
            raise Invalid("write_words", field="choice")
        return typed

    def solution(self) -> str:
        return self.accepts[0]

    def credit(self, answer: str) -> int:
        return FULL if plain(answer) in {plain(one) for one in self.accepts} else 0

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        fits = self.credit(answer) == FULL
        said = answer if fits else self.accepts[0]
        right = Row("", said, self.reason, "right" if fits else "missed")
        given = plain(answer)
        misses = [
            Row("", miss.value, miss.reason, "chosen" if plain(miss.value) == given else "other")
            for miss in self.misses
        ]
        if not fits and all(row.state == "other" for row in misses):
            misses.insert(0, Row("", answer, "", "chosen"))
        return (right, *misses)
