"""Rules of a visit: how long one lasts, what is ticked, when a skill may be confirmed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.attempts.domain import HOW
from app.core.errors import Invalid
from app.core.text import clean

LASTS = timedelta(hours=4)  # nobody sits beside someone longer: a visit left open is over then
NOTE = 200
MARKS = ("self", "prompted")  # done without a word | a word was needed
MOST_RUNS = 20
ALONE_FROM = 2  # the first run is for learning; from the second on nobody prompts


@dataclass(frozen=True)
class Run:
    """One go through a checklist: ``marks`` are the ticks so far, by step."""

    number: int
    steps: tuple[str, ...]
    marks: Mapping[str, str]

    @property
    def next(self) -> str | None:
        """The first step without a tick."""
        return next((step for step in self.steps if step not in self.marks), None)

    @property
    def left(self) -> int:
        return sum(1 for step in self.steps if step not in self.marks)

    @property
    def prompted(self) -> int:
        """Steps at which a word was needed."""
        return sum(1 for step in self.steps if self.marks.get(step) == "prompted")

    @property
    def again(self) -> bool:
        """Whether nobody prompts in this run."""
        return self.number >= ALONE_FROM

    @property
    def alone(self) -> bool:
        """Done again from the start, every step without a word: what a confirmation rests on."""
        return self.again and self.left == 0 and self.prompted == 0

    @property
    def may_restart(self) -> bool:
        """The first run is finished first; later ones may begin anew as soon as a word was needed."""
        return self.number < MOST_RUNS and (self.left == 0 or (self.again and self.prompted > 0))

    def may_mark(self, step: str) -> bool:
        """Steps are ticked in order; what was ticked may be ticked otherwise."""
        return step in self.marks or step == self.next


def run(number: int, steps: Sequence[str], marks: Mapping[str, str]) -> Run:
    """A run with the ticks of steps that the checklist still has."""
    return Run(number, tuple(steps), {step: mark for step, mark in marks.items() if step in steps})


def is_live(started_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a visit goes on."""
    return ended_at is None and now < started_at + LASTS


def check_how(how: str) -> str:
    """How quizzes are done while someone sits beside.

    Raises:
        Invalid: None of the ways there are.
    """
    if how not in HOW:
        raise Invalid("visit_how", field="how")
    return how


def check_note(note: str) -> str:
    """What a volunteer writes down of a visit.

    Raises:
        Invalid: Too long.
    """
    text = clean(note)
    if len(text) > NOTE:
        raise Invalid("visit_note", field="note", most=NOTE)
    return text
