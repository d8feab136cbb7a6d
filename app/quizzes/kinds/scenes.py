"""A screen to look over, and a story that unfolds."""

import random
from dataclasses import dataclass
from typing import ClassVar

from app.core.errors import Invalid
from app.quizzes.kinds.kind import (
    FULL,
    LETTERS,
    Body,
    Choice,
    Form,
    Kind,
    Order,
    Row,
    at,
    first,
    share,
    shuffled,
    state_of,
)


@dataclass(frozen=True)
class Part:
    id: str
    role: str
    text: str
    suspicious: bool
    reason: str


@dataclass(frozen=True)
class Shown:
    """A part of the screen that can be tapped."""

    letter: str
    role: str
    text: str


@dataclass(frozen=True)
class SpotView:
    """``scene``: sms | chat | web | pay."""

    scene: str
    parts: tuple[Shown, ...]


@dataclass(frozen=True)
class Spot(Kind):
    """Spot the trick: hits less false alarms, over what there was to find."""

    scene: str
    parts: tuple[Part, ...]
    type: ClassVar[str] = "spot"

    @classmethod
    def of(cls, body: Body) -> "Spot":
        return cls(body["scene"], tuple(Part(**part) for part in body["parts"]))

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        """As on the phone: nothing is shuffled."""
        return tuple(part.id for part in self.parts)

    def view(self, order: Order, draft: str = "") -> SpotView:
        parts = (Shown(LETTERS[n], part.role, part.text) for n, part in enumerate(self.parts))
        return SpotView(self.scene, tuple(parts))

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        chosen = sorted({at(order, letter) for letter in form.get("choice", ())})
        if not chosen:
            raise Invalid("spot_first", field="choice")
        return ",".join(chosen)

    def solution(self) -> str:
        return ",".join(part.id for part in self.parts if part.suspicious)

    def credit(self, answer: str) -> int:
        odd = {part.id for part in self.parts if part.suspicious}
        chosen = set(answer.split(","))
        return share(len(chosen & odd) - len(chosen - odd), len(odd))

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        chosen = answer.split(",")
        return tuple(
            Row(LETTERS[n], part.text, part.reason, state_of(part.suspicious, part.id in chosen), role=part.role)
            for n, part in enumerate(self.parts)
        )


@dataclass(frozen=True)
class Turn:
    text: str
    to: str
    good: bool
    reason: str


@dataclass(frozen=True)
class Node:
    id: str
    says: str
    who: str
    turns: tuple[Turn, ...]
    end: str


@dataclass(frozen=True)
class Said:
    """What happened at one point of the story: who said what, and what was chosen then ("" at its end)."""

    who: str
    says: str
    chose: str


@dataclass(frozen=True)
class StoryView:
    """What has happened, what is said now, and the ways to go on. ``place`` counts the turns taken."""

    before: tuple[Said, ...]
    who: str
    says: str
    turns: tuple[Choice, ...]
    place: int


@dataclass(frozen=True)
class Scenario(Kind):
    """A story whose choices lead on. A turn is stored as ``node/number``, an answer as the turns in their order.

    Credit: the share of good turns on the way, nothing where it ends at risk.
    """

    nodes: tuple[Node, ...]
    type: ClassVar[str] = "scenario"
    by_turns: ClassVar[bool] = True

    @classmethod
    def of(cls, body: Body) -> "Scenario":
        return cls(
            tuple(
                Node(n["id"], n["says"], n["who"], tuple(Turn(**turn) for turn in n["turns"]), n["end"])
                for n in body["nodes"]
            )
        )

    def node(self, node_id: str) -> Node:
        return next(node for node in self.nodes if node.id == node_id)

    def arrange(self, chance: random.Random, *, fewer: bool = False) -> Order:
        return shuffled([f"{node.id}/{number}" for node in self.nodes for number in range(len(node.turns))], chance)

    def walk(self, path: str) -> tuple[list[tuple[Node, Turn]], Node]:
        """The nodes passed with the turns taken, and where the story stands."""
        here, passed = self.nodes[0], []
        for step in path.split(",") if path else ():
            turn = here.turns[int(step.rpartition("/")[2])]
            passed.append((here, turn))
            here = self.node(turn.to)
        return passed, here

    def is_whole(self, answer: str) -> bool:
        return self.walk(answer)[1].end != ""

    def _ways(self, here: Node, order: Order) -> Order:
        return tuple(way for way in order if way.rpartition("/")[0] == here.id)

    def view(self, order: Order, draft: str = "") -> StoryView:
        passed, here = self.walk(draft)
        ways = self._ways(here, order)
        turns = tuple(Choice(LETTERS[n], here.turns[int(way.rpartition("/")[2])].text) for n, way in enumerate(ways))
        before = tuple(Said(node.who, node.says, turn.text) for node, turn in passed)
        return StoryView(before, here.who, here.says, turns, len(passed))

    def read(self, form: Form, order: Order, draft: str = "") -> str:
        """The path so far with the turn chosen now. It may not have come to its end yet."""
        ways = self._ways(self.walk(draft)[1], order)
        return ",".join(filter(None, (draft, at(ways, first(form, "choice")))))

    def solution(self) -> str:
        """The way on which every turn is good, where the story has one; else its best."""
        return max(self._ways_from(self.nodes[0], ""), key=self.credit)

    def _ways_from(self, here: Node, path: str) -> list[str]:
        if not here.turns:
            return [path]
        steps = (",".join(filter(None, (path, f"{here.id}/{n}"))) for n in range(len(here.turns)))
        ways = (self._ways_from(self.node(turn.to), step) for turn, step in zip(here.turns, steps, strict=True))
        return [way for found in ways for way in found]

    def credit(self, answer: str) -> int:
        passed, last = self.walk(answer)
        return 0 if last.end == "risky" else share(sum(turn.good for _, turn in passed), len(passed) or FULL)

    def rows(self, answer: str, order: Order) -> tuple[Row, ...]:
        """Every turn that was open on the way, with its reason; then how the story ended."""
        passed, last = self.walk(answer)
        rows = [
            Row(node.says, turn.text, turn.reason, state_of(turn.good, turn is taken), role=node.who)
            for node, taken in passed
            for turn in node.turns
        ]
        ended = Row("", last.says, "", "right" if last.end == "safe" else "chosen", role="end")
        return (*rows, ended)
