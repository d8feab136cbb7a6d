"""A practice checklist: something real that someone does on their own phone, step by step. Pure."""

from dataclasses import dataclass
from datetime import date

PEERS = {"anh": "em", "chị": "em", "bạn": "mình"}  # how a volunteer calls themselves; to everyone else "cháu"


@dataclass(frozen=True)
class Step:
    """One step: what the resident does, what the volunteer says, what counts as done."""

    id: str
    do: str
    say: str
    done: str


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    date: date


@dataclass(frozen=True)
class Practice:
    """A checklist. Done alone from the start, it is what ring 2 of a skill rests on."""

    slug: str
    title: str
    skill: str
    topic: str
    minutes: int
    needs: tuple[str, ...]
    safety: str
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    valid_as_of: date
    review_by: date
    reviewed: bool

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


def speak(text: str, x: str) -> str:
    """A sentence that a volunteer says to someone addressed as ``x``.

    ``{x}``, ``{X}`` and ``{a}`` are the person, ``{t}`` and ``{T}`` the volunteer: cháu, em or mình.
    """
    me = PEERS.get(x, "cháu")
    words = {"{x}": x, "{X}": x[:1].upper() + x[1:], "{a}": "" if x in PEERS else " ạ"}
    words |= {"{t}": me, "{T}": me[:1].upper() + me[1:]}
    for place, word in words.items():
        text = text.replace(place, word)
    return text
