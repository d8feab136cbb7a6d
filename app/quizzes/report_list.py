"""Reported items as officers read them, keys included: what is open, what was answered, what is out of the pool."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.models import Person
from app.quizzes.domain import Item
from app.quizzes.kinds.kind import Row
from app.quizzes.listing import told
from app.quizzes.models import Item as ItemRow
from app.quizzes.models import ItemHold, ItemReport, ItemRevision, Quiz
from app.quizzes.queries import item_of

SHOWN = 20  # reports of one item, and answered ones below


@dataclass(frozen=True)
class Reported:
    """One report. ``name`` is "" for someone without an account."""

    id: int
    reason: str
    words: str
    name: str
    created_at: datetime


@dataclass(frozen=True)
class ReportedItem:
    """An item with its open reports, the newest first.

    Attributes:
        item: As the newest reporter was asked; ``rows`` are its options as told after the right answer.
        newer: Whether its words have changed since.
        count: All its open reports; ``reports`` are the newest of them.
        seen: The newest report's id.
        reasons: How many gave which reason, the most frequent first.
    """

    item: Item
    rows: tuple[Row, ...]
    quiz_title: str
    newer: bool
    hidden: bool
    retired: bool
    count: int
    seen: int
    reasons: tuple[tuple[str, int], ...]
    reports: tuple[Reported, ...]


@dataclass(frozen=True)
class AnsweredReports:
    """Reports of one item that were answered together."""

    item_id: str
    quiz_id: str
    stem: str
    state: str
    answer: str
    count: int
    by: str
    at: datetime


@dataclass(frozen=True)
class HiddenItem:
    """An item that an officer took out of the pool."""

    item_id: str
    quiz_id: str
    quiz_title: str
    stem: str
    by: str
    at: datetime


def count_reported(session: Session) -> int:
    """How many items have open reports."""
    query = select(func.count(ItemReport.item_id.distinct())).where(ItemReport.state == "open")
    return session.scalar(query) or 0


def reported_items(session: Session) -> list[ReportedItem]:
    """Items with open reports, those with most of them first."""
    query = (
        select(ItemReport, Person.name)
        .outerjoin(Person, Person.id == ItemReport.person_id)
        .where(ItemReport.state == "open")
        .order_by(ItemReport.id.desc())
    )
    by_item: dict[str, list[tuple[ItemReport, str]]] = {}
    for report, name in session.execute(query):
        by_item.setdefault(report.item_id, []).append((report, name or ""))
    asked = _asked(session, [found[0][0].revision_id for found in by_item.values()])
    held = set(session.scalars(select(ItemHold.item_id).where(ItemHold.item_id.in_(by_item))))
    items = [_item(found, asked[found[0][0].revision_id], item_id in held) for item_id, found in by_item.items()]
    return sorted(items, key=lambda one: (-one.count, one.reports[-1].id))


Asked = tuple[ItemRow, ItemRevision, str]


def _asked(session: Session, revision_ids: Iterable[int]) -> Mapping[int, Asked]:
    query = (
        select(ItemRow, ItemRevision, Quiz.title)
        .join(ItemRevision, ItemRevision.item_id == ItemRow.id)
        .join(Quiz, Quiz.id == ItemRow.quiz_id)
        .where(ItemRevision.id.in_(tuple(revision_ids)))
    )
    return {revision.id: (item, revision, title) for item, revision, title in session.execute(query)}


def _item(found: list[tuple[ItemReport, str]], asked: Asked, hidden: bool) -> ReportedItem:
    row, revision, quiz_title = asked
    item = item_of(row, revision)
    reports = tuple(Reported(r.id, r.reason, r.words, name, r.created_at) for r, name in found)
    return ReportedItem(
        item=item,
        rows=told(item.kind),
        quiz_title=quiz_title,
        newer=revision.revision != row.revision,
        hidden=hidden,
        retired=row.retired_at is not None and not hidden,
        count=len(reports),
        seen=reports[0].id,
        reasons=tuple(Counter(r.reason for r in reports).most_common()),
        reports=reports[:SHOWN],
    )


def answered_reports(session: Session) -> list[AnsweredReports]:
    """What was answered last, the newest first: one line for what was answered together."""
    query = (
        select(
            ItemReport.item_id,
            ItemReport.state,
            ItemReport.answer,
            ItemReport.closed_at,
            func.count(),
            func.max(ItemReport.revision_id),
            Person.name,
        )
        .join(Person, Person.id == ItemReport.closed_by)
        .where(ItemReport.state != "open")
        .group_by(ItemReport.item_id, ItemReport.state, ItemReport.answer, ItemReport.closed_at, Person.name)
        .order_by(ItemReport.closed_at.desc(), ItemReport.item_id)
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    asked = _asked(session, {row[5] for row in rows})
    return [
        AnsweredReports(
            item_id, asked[revision_id][0].quiz_id, asked[revision_id][1].body["stem"], state, answer, count, by, at
        )
        for item_id, state, answer, at, count, revision_id, by in rows
        if at is not None
    ]


def hidden_by_officers(session: Session) -> list[HiddenItem]:
    """Items that officers took out, the newest first."""
    query = (
        select(ItemHold, ItemRow.quiz_id, Quiz.title, ItemRevision.body, Person.name)
        .join(ItemRow, ItemRow.id == ItemHold.item_id)
        .join(Quiz, Quiz.id == ItemRow.quiz_id)
        .join(ItemRevision, (ItemRevision.item_id == ItemRow.id) & (ItemRevision.revision == ItemRow.revision))
        .join(Person, Person.id == ItemHold.held_by)
        .order_by(ItemHold.held_at.desc(), ItemHold.item_id)
    )
    return [
        HiddenItem(hold.item_id, quiz_id, title, body["stem"], by, hold.held_at)
        for hold, quiz_id, title, body, by in session.execute(query)
    ]
