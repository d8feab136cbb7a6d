"""Types that are answered by choosing, sorting or joining what is there."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from app.quizzes.shapes.item import Faults, ItemFile, Name, Short, Strict, Text, twice


class OptionFile(Strict):
    id: Name
    text: Text
    reason: Text


class SingleFile(ItemFile):
    """One of three."""

    type: Literal["single"]
    key: Name
    options: Annotated[list[OptionFile], Field(min_length=3, max_length=3)]

    def faults(self) -> Faults:
        ids = [option.id for option in self.options]
        yield from twice(ids, "options", "lựa chọn")
        if self.key not in ids:
            yield "key", "đáp án không có trong các lựa chọn"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, option in enumerate(self.options):
            yield f"options.{place}.text", option.text
            yield f"options.{place}.reason", option.reason


class MarkedFile(Strict):
    id: Name
    text: Text
    right: bool
    reason: Text


class MultipleFile(ItemFile):
    """All that fit: credit for right ticks less wrong ones, never below zero."""

    type: Literal["multiple"]
    options: Annotated[list[MarkedFile], Field(min_length=3, max_length=5)]

    def faults(self) -> Faults:
        yield from twice([option.id for option in self.options], "options", "lựa chọn")
        right = sum(option.right for option in self.options)
        if not 2 <= right < len(self.options):
            yield "options", "cần ít nhất hai lựa chọn đúng và một lựa chọn không đúng"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, option in enumerate(self.options):
            yield f"options.{place}.text", option.text
            yield f"options.{place}.reason", option.reason


class ReasonsFile(Strict):
    scam: Text
    real: Text


class TrueFalseFile(ItemFile):
    """Lừa đảo hay thật: something that arrives, and which of the two it is."""

    type: Literal["true_false"]
    scene: Text
    key: Literal["scam", "real"]
    reasons: ReasonsFile

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        yield from (("scene", self.scene), ("reasons.scam", self.reasons.scam), ("reasons.real", self.reasons.real))


class StepFile(Strict):
    id: Name
    text: Short
    reason: Text


class OrderingFile(ItemFile):
    """Steps, written in their right order."""

    type: Literal["ordering"]
    steps: Annotated[list[StepFile], Field(min_length=3, max_length=5)]

    def faults(self) -> Faults:
        yield from twice([step.id for step in self.steps], "steps", "bước")

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, step in enumerate(self.steps):
            yield f"steps.{place}.text", step.text
            yield f"steps.{place}.reason", step.reason


class PairFile(Strict):
    id: Name
    left: Short
    right: Short
    reason: Text


class MatchingFile(ItemFile):
    """What belongs to what; ``others`` are rights that belong to nothing."""

    type: Literal["matching"]
    pairs: Annotated[list[PairFile], Field(min_length=3, max_length=4)]
    others: Annotated[list[Short], Field(default_factory=list)]

    def faults(self) -> Faults:
        yield from twice([pair.id for pair in self.pairs], "pairs", "cặp")
        rights = [pair.right for pair in self.pairs] + list(self.others)
        if len(set(rights)) != len(rights):
            yield "pairs", "hai vế phải giống nhau thì không ghép được"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, pair in enumerate(self.pairs):
            yield f"pairs.{place}.left", pair.left
            yield f"pairs.{place}.right", pair.right
            yield f"pairs.{place}.reason", pair.reason
