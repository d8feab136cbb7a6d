"""What each type of item holds in a file, and what its shape alone cannot tell. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sensitivity = Literal["H", "M", "L"]
Faults = Iterator[tuple[str, str]]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceFile(Strict):
    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
    date: date


class ItemFile(Strict):
    """What every item has, whatever its type."""

    id: Name
    objective: Name
    difficulty: Annotated[int, Field(ge=1, le=3)]
    stem: Text
    hint: Text
    rationale: Text
    valid_as_of: date
    review_by: date
    sensitivity: Sensitivity
    source: SourceFile

    def faults(self) -> Faults:
        """Field and message of what is wrong beyond the shape."""
        yield from ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that a reader sees, by field."""
        yield from (("stem", self.stem), ("hint", self.hint), ("rationale", self.rationale))


def _twice(ids: list[str], field: str, what: str) -> Faults:
    if len(set(ids)) != len(ids):
        yield field, f"mã {what} bị trùng"


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
        yield from _twice(ids, "options", "lựa chọn")
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
        yield from _twice([option.id for option in self.options], "options", "lựa chọn")
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
        yield from _twice([step.id for step in self.steps], "steps", "bước")

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
    others: list[Short] = []

    def faults(self) -> Faults:
        yield from _twice([pair.id for pair in self.pairs], "pairs", "cặp")
        rights = [pair.right for pair in self.pairs] + list(self.others)
        if len(set(rights)) != len(rights):
            yield "pairs", "hai vế phải giống nhau thì không ghép được"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, pair in enumerate(self.pairs):
            yield f"pairs.{place}.left", pair.left
            yield f"pairs.{place}.right", pair.right
            yield f"pairs.{place}.reason", pair.reason


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


class PartFile(Strict):
    id: Name
    role: Literal["sender", "title", "body", "address", "button", "amount", "time", "account"]
    text: Short
    suspicious: bool
    reason: Text


class SpotFile(ItemFile):
    """Spot the trick: tap the suspicious parts of something rendered as a phone shows it."""

    type: Literal["spot"]
    scene: Literal["sms", "chat", "web", "pay"]
    parts: Annotated[list[PartFile], Field(min_length=4, max_length=8)]

    def faults(self) -> Faults:
        yield from _twice([part.id for part in self.parts], "parts", "phần")
        odd = sum(part.suspicious for part in self.parts)
        if not 1 <= odd < len(self.parts):
            yield "parts", "cần ít nhất một chỗ đáng ngờ và một chỗ bình thường"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, part in enumerate(self.parts):
            yield f"parts.{place}.text", part.text
            yield f"parts.{place}.reason", part.reason


class TurnFile(Strict):
    text: Short
    to: Name
    good: bool
    reason: Text


class NodeFile(Strict):
    id: Name
    says: Text
    who: Annotated[str, StringConstraints(max_length=60)] = ""
    turns: Annotated[list[TurnFile], Field(max_length=3)] = []
    end: Literal["", "safe", "risky"] = ""


class ScenarioFile(ItemFile):
    """A call or a payment unfolds; choices lead on. The first node begins it."""

    type: Literal["scenario"]
    nodes: Annotated[list[NodeFile], Field(min_length=4, max_length=12)]

    def faults(self) -> Faults:
        ids = [node.id for node in self.nodes]
        yield from _twice(ids, "nodes", "đoạn")
        for place, node in enumerate(self.nodes):
            if bool(node.turns) == bool(node.end):
                yield f"nodes.{place}", "mỗi đoạn hoặc có lối đi tiếp, hoặc là đoạn kết"
            for turn in node.turns:
                if turn.to not in ids:
                    yield f"nodes.{place}.turns", f"không có đoạn {turn.to}"
            if node.turns and len(node.turns) < 2:
                yield f"nodes.{place}.turns", "cần ít nhất hai lối"
        if not self._dangling(ids):
            yield from self._reach()

    def _dangling(self, ids: list[str]) -> bool:
        return any(turn.to not in ids for node in self.nodes for turn in node.turns)

    def _reach(self) -> Faults:
        """Every node is reached, no path runs in a circle, and both kinds of end exist."""
        by_id = {node.id: node for node in self.nodes}
        seen: set[str] = set()

        def walk(name: str, before: tuple[str, ...]) -> bool:
            if name in before:
                return False
            seen.add(name)
            return all(walk(turn.to, (*before, name)) for turn in by_id[name].turns)

        if not walk(self.nodes[0].id, ()):
            yield "nodes", "các đoạn đi thành vòng tròn"
        if missed := [node.id for node in self.nodes if node.id not in seen]:
            yield "nodes", f"không có lối nào tới đoạn {missed[0]}"
        if {node.end for node in self.nodes} < {"safe", "risky"}:
            yield "nodes", "cần cả đoạn kết an toàn và đoạn kết chưa an toàn"

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for place, node in enumerate(self.nodes):
            yield f"nodes.{place}.says", node.says
            for number, turn in enumerate(node.turns):
                yield f"nodes.{place}.turns.{number}.text", turn.text
                yield f"nodes.{place}.turns.{number}.reason", turn.reason


FILES: dict[str, type[ItemFile]] = {
    "single": SingleFile,
    "multiple": MultipleFile,
    "true_false": TrueFalseFile,
    "ordering": OrderingFile,
    "matching": MatchingFile,
    "numeric": NumericFile,
    "text": TextFile,
    "spot": SpotFile,
    "scenario": ScenarioFile,
}
COMMON = frozenset(ItemFile.model_fields)
