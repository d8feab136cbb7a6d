"""Types that show a scene: a screen to look over, a story that unfolds."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.quizzes.shapes.item import Faults, ItemFile, Name, Short, Strict, Text, twice


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
        yield from twice([part.id for part in self.parts], "parts", "phần")
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
    turns: Annotated[list[TurnFile], Field(max_length=3, default_factory=list)]
    end: Literal["", "safe", "risky"] = ""


class ScenarioFile(ItemFile):
    """A call or a payment unfolds; choices lead on. The first node begins it."""

    type: Literal["scenario"]
    nodes: Annotated[list[NodeFile], Field(min_length=4, max_length=12)]

    def faults(self) -> Faults:
        ids = [node.id for node in self.nodes]
        yield from twice(ids, "nodes", "đoạn")
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
