"""Types that are answered by writing: a number, a word."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.quizzes.shapes.item import Faults, ItemFile, Short, Strict, Text


class NumberMissFile(Strict):
    value: float
    reason: Text


class NumericFile(ItemFile):
    """A number, with a tolerance. ``misses`` explain answers that people often give."""

    type: Literal["numeric"]
    answer: float
    tolerance: Annotated[float, Field(ge=0)]
    unit: Annotated[str, StringConstraints(max_length=20)]
    reason: Text
    misses: Annotated[list[NumberMissFile], Field(min_length=1, max_length=4)]

    def faults(self) -> Faults:
        if any(abs(miss.value - self.answer) <= self.tolerance for miss in self.misses):
            yield "misses", "một số nhầm lại nằm trong khoảng đúng"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        yield "reason", self.reason
        for place, miss in enumerate(self.misses):
            yield f"misses.{place}.reason", miss.reason


class TextMissFile(Strict):
    text: Short
    reason: Text


class TextFile(ItemFile):
    """A word or two. Case, spaces, marks and spelling of tones do not matter."""

    type: Literal["text"]
    accepts: Annotated[list[Short], Field(min_length=1, max_length=8)]
    reason: Text
    misses: Annotated[list[TextMissFile], Field(min_length=1, max_length=4)]

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        yield "reason", self.reason
        for place, miss in enumerate(self.misses):
            yield f"misses.{place}.reason", miss.reason
