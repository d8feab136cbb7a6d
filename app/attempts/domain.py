"""An attempt as a row of steps: the first round, then the return of what went wrong. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.quizzes.domain import Drawn
from app.quizzes.kinds.kind import FULL

HOW = ("independent", "read_aloud", "demonstrated")
PURPOSES = ("lesson", "review", "placement")  # what an attempt is for; only a lesson belongs to one quiz
MOMENTS = ("before", "after")  # when someone says how sure they feel about a topic
POINTS = 10  # for a right first answer; time never counts
PASS_CREDIT = 80  # hundredths of what could be earned in the first round


@dataclass(frozen=True)
class Learner:
    """Who is answering: a person, or a guest known by the hash of a cookie. Exactly one is set."""

    person_id: int | None = None
    guest: str | None = None


@dataclass(frozen=True)
class Answered:
    """A recorded response."""

    item: str
    round: int
    choice: str  # as the item's type stores it
    credit: int  # 0 to 100

    @property
    def right(self) -> bool:
        """Wholly right: a part of the credit comes back in the second round like none."""
        return self.credit == FULL


@dataclass(frozen=True)
class Step:
    """One asking: its number in the attempt, which round, and the answer if there is one."""

    number: int
    round: int
    drawn: Drawn
    answer: Answered | None


@dataclass(frozen=True)
class Plan:
    """Where an attempt stands."""

    asked: int  # items of the first round
    steps: tuple[Step, ...]
    returns: bool = True  # what is not wholly right is asked again at the end

    @property
    def first_round(self) -> tuple[Step, ...]:
        return self.steps[: self.asked]

    @property
    def next(self) -> Step | None:
        """The first step without an answer; ``None`` when all is done."""
        return next((step for step in self.steps if step.answer is None), None)

    @property
    def first_round_done(self) -> bool:
        return all(step.answer for step in self.first_round)

    @property
    def right(self) -> int:
        """Answers of the first round that were wholly right."""
        return sum(1 for step in self.first_round if step.answer and step.answer.right)

    @property
    def credit(self) -> int:
        """What the first round earned, in hundredths of one item."""
        return sum(step.answer.credit for step in self.first_round if step.answer)

    @property
    def passed(self) -> bool:
        """At least 80 % of the credit of the first round."""
        return self.first_round_done and self.credit >= PASS_CREDIT * self.asked

    def step(self, number: int) -> Step | None:
        return self.steps[number - 1] if 1 <= number <= len(self.steps) else None

    def segments(self, current: int) -> list[str]:
        """One word per item of the first round, for the progress bar: done, retry, current, todo."""
        again = {s.drawn.item: s for s in self.steps[self.asked :]}
        here = self.steps[current - 1].drawn.item if 1 <= current <= len(self.steps) else ""
        return [self._segment(step, again.get(step.drawn.item), here) for step in self.first_round]

    def _segment(self, step: Step, again: Step | None, here: str) -> str:
        last = again.answer if again and again.answer else step.answer
        open_here = step.drawn.item == here and (step.answer is None or (again is not None and again.answer is None))
        if open_here:
            return "current"
        if last is None:
            return "todo"
        return "done" if last.right or not self.returns or (again and again.answer) else "retry"


def plan(draw: Sequence[Drawn], answers: Sequence[Answered], *, returns: bool = True) -> Plan:
    """Steps of an attempt: every drawn item once; when all are answered, the wrong ones again.

    Args:
        draw: What is asked, in order.
        answers: What has been answered so far.
        returns: Whether wrong ones come back at all; a placement asks once.
    """
    by_round = {(answer.item, answer.round): answer for answer in answers}
    first = [Step(place + 1, 1, drawn, by_round.get((drawn.item, 1))) for place, drawn in enumerate(draw)]
    back: list[Step] = []
    if returns and all(step.answer for step in first):
        wrong = [step.drawn for step in first if step.answer and not step.answer.right]
        back = [
            Step(len(first) + place + 1, 2, drawn, by_round.get((drawn.item, 2))) for place, drawn in enumerate(wrong)
        ]
    return Plan(len(first), tuple(first + back), returns)


def score_response(credit: int, *, round: int) -> int:
    """Score one response. Time never counts.

    Args:
        credit: What the answer is worth, 0 to 100.
        round: 1 for the first asking, 2 where one that was not right came back.

    Returns:
        Whole points: the share of all of them that the credit earns in round 1, else none.
    """
    return (POINTS * credit + FULL // 2) // FULL if round == 1 else 0
