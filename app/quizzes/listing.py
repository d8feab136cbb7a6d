"""The bank as officers read it: what can be asked, what hides itself, what the ward has approved. With keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import local_date
from app.core.errors import NotFound
from app.people.models import Person
from app.quizzes.domain import Item
from app.quizzes.kinds.kind import Kind, Row
from app.quizzes.models import Item as ItemRow
from app.quizzes.models import ItemRevision, Objective, Quiz
from app.quizzes.queries import QuizCard, item_of, quiz_cards

SOON = timedelta(days=30)  # this long before the day, an item is marked as due for review
STATES = ("hidden", "soon", "live", "retired")


@dataclass(frozen=True)
class QuizState:
    """A quiz with its counts.

    Attributes:
        live: Items that may be asked today; ``soon`` of them are due for review before long.
        hidden: Items past their review date.
        changed: Items in use whose words are newer than the approval.
    """

    card: QuizCard
    live: int
    soon: int
    hidden: int
    retired: int
    reviewed_on: date | None
    findings: str
    approved_at: datetime | None
    approved_by: str
    changed: int

    @property
    def waits(self) -> bool:
        """Whether an officer of the ward still has to read it."""
        return self.approved_at is None or self.changed > 0


@dataclass(frozen=True)
class ItemState:
    """An item as it would be asked, key included, with what officers need to check it."""

    item: Item
    rows: tuple[Row, ...]  # as told after the right answer
    objective: str
    difficulty: int
    revision: int
    valid_as_of: date
    review_by: date
    created_at: datetime
    state: str  # one of STATES
    changed: bool


def quiz_states(session: Session, now: datetime) -> list[QuizState]:
    """Every quiz in learning order. The number of selects does not depend on how many there are."""
    query = select(Quiz, Person.name).outerjoin(Person, Person.id == Quiz.approved_by)
    rows = {quiz.id: (quiz, name or "") for quiz, name in session.execute(query)}
    items: dict[str, list[ItemState]] = {quiz_id: [] for quiz_id in rows}
    for quiz_id, item in _items(session, now):
        items[quiz_id].append(item)
    return [_state(card, *rows[card.id], items[card.id]) for card in quiz_cards(session)]


def quiz_state(session: Session, quiz_id: str, now: datetime) -> tuple[QuizState, list[ItemState]]:
    """One quiz with all its items, those due for review first, those taken out last.

    Raises:
        NotFound: No such quiz.
    """
    card = next((card for card in quiz_cards(session) if card.id == quiz_id), None)
    quiz = session.get(Quiz, quiz_id)
    if card is None or quiz is None:
        raise NotFound
    by = session.get(Person, quiz.approved_by) if quiz.approved_by is not None else None
    items = [item for _, item in _items(session, now, quiz_id)]
    items.sort(key=lambda i: (STATES.index(i.state), i.review_by, i.item.id))
    return _state(card, quiz, by.name if by else "", items), items


def _items(session: Session, now: datetime, quiz_id: str | None = None) -> Iterable[tuple[str, ItemState]]:
    query = (
        select(ItemRow, ItemRevision, Objective.text, Quiz.approved_at)
        .join(Quiz, Quiz.id == ItemRow.quiz_id)
        .join(Objective, Objective.id == ItemRow.objective_id)
        .join(ItemRevision, (ItemRevision.item_id == ItemRow.id) & (ItemRevision.revision == ItemRow.revision))
        .order_by(ItemRow.id)
    )
    if quiz_id is not None:
        query = query.where(ItemRow.quiz_id == quiz_id)
    today = local_date(now)
    for row, revision, objective, approved_at in session.execute(query):
        item = item_of(row, revision)
        yield (
            row.quiz_id,
            ItemState(
                item=item,
                rows=told(item.kind),
                objective=objective,
                difficulty=revision.difficulty,
                revision=revision.revision,
                valid_as_of=revision.valid_as_of,
                review_by=revision.review_by,
                created_at=revision.created_at,
                state=item_state(row.retired_at, revision.review_by, today),
                changed=approved_at is not None and row.retired_at is None and revision.created_at > approved_at,
            ),
        )


def told(kind: Kind) -> tuple[Row, ...]:
    """Everything that there is to choose, as told after the right answer."""
    return kind.rows(kind.solution(), kind.arrange(Random(0)))  # noqa: S311 — any order will do


def item_state(retired_at: datetime | None, review_by: date, today: date) -> str:
    """One of :data:`STATES`: retired, past its review date, due before long, or simply in use."""
    if retired_at is not None:
        return "retired"
    if review_by < today:
        return "hidden"
    return "soon" if review_by - SOON <= today else "live"


def _state(card: QuizCard, quiz: Quiz, by: str, items: list[ItemState]) -> QuizState:
    states = [item.state for item in items]
    return QuizState(
        card=card,
        live=states.count("live") + states.count("soon"),
        soon=states.count("soon"),
        hidden=states.count("hidden"),
        retired=states.count("retired"),
        reviewed_on=quiz.reviewed_on,
        findings=quiz.findings,
        approved_at=quiz.approved_at,
        approved_by=by,
        changed=sum(1 for item in items if item.changed),
    )
