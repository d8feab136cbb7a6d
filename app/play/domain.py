"""What is being answered, and what its screens show. Built from plain values; no key before the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.attempts.domain import Plan, Step
from app.quizzes.domain import Item, ItemView
from app.quizzes.kinds.kind import Row


@dataclass(frozen=True)
class Heading:
    """What stands above a question."""

    title: str
    tag: str
    icon: str


@dataclass(frozen=True)
class Sitting:
    """What is being answered, as its pages name it: a quiz, or items mixed for a purpose.

    Attributes:
        url: Where its steps live: step 3 is at ``url/3``, the end at ``url/xong``.
        heading: Reads what stands above it, where a page shows that.
    """

    purpose: str
    quiz_id: str | None
    url: str
    exit_url: str
    heading: Callable[[], Heading]

    @property
    def title(self) -> str:
        return self.heading().title

    @property
    def tag(self) -> str:
        return self.heading().tag

    @property
    def icon(self) -> str:
        return self.heading().icon

    def step_url(self, number: int | None) -> str:
        return f"{self.url}/xong" if number is None else f"{self.url}/{number}"


@dataclass(frozen=True)
class Question:
    """A step that waits for an answer. Holds no key."""

    attempt_id: int
    number: int
    asked: int
    round: int
    view: ItemView
    draft: str
    segments: tuple[str, ...]
    how: str
    key: str  # of this form: sending it twice counts once


@dataclass(frozen=True)
class Verdict:
    """A step that has been answered, with everything there is to learn from it."""

    attempt_id: int
    item_id: str
    number: int
    asked: int
    round: int
    type: str
    scene: str
    stem: str
    rows: tuple[Row, ...]
    credit: int  # 0 to 100
    rationale: str
    source_title: str
    source_date: str
    segments: tuple[str, ...]
    returns: bool  # one of the first round that was not wholly right is asked again at the end
    next_number: int | None

    @property
    def right(self) -> bool:
        return self.credit == 100

    @property
    def level(self) -> str:
        """right | partly | wrong"""
        return "right" if self.right else "partly" if self.credit else "wrong"


@dataclass(frozen=True)
class Feeling:
    """The question with three faces: how sure someone feels about a topic.

    Attributes:
        moment: before | after
        back: The page that asks.
        value: What was said just now, 1 worried to 3 sure; 0 while it is asked.
        before: What was said before the topic; 0 where nothing was.
        title: The topic's, where the page does not speak of it anyway.
    """

    topic_slug: str
    moment: str
    back: str
    value: int = 0
    before: int = 0
    title: str = ""


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended."""

    attempt_id: int
    right: int
    asked: int
    passed: bool
    how: str
    started_at: datetime
    segments: tuple[str, ...]


def verdict(attempt_id: int, steps: Plan, step: Step, item: Item) -> Verdict:
    """The answered state of a step that has an answer."""
    assert step.answer is not None
    following = steps.next
    return Verdict(
        attempt_id=attempt_id,
        item_id=item.id,
        number=step.number,
        asked=steps.asked,
        round=step.round,
        type=item.type,
        scene=getattr(item.kind, "scene", ""),
        stem=item.stem,
        rows=item.kind.rows(step.answer.choice, step.drawn.order) if step.answer.choice else (),  # blank on paper
        credit=step.answer.credit,
        rationale=item.rationale,
        source_title=item.source.title,
        source_date=f"{item.source.date:%d/%m/%Y}",
        segments=tuple(steps.segments(step.number)),
        returns=steps.returns and step.round == 1 and not step.answer.right,
        next_number=following.number if following else None,
    )
