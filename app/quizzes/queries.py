"""Reading the bank. A key leaves this module only inside an :class:`Item`, for scoring and for the reveal."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.quizzes.domain import Item, PoolItem, Source
from app.quizzes.kinds import kind_of
from app.quizzes.models import Item as ItemRow
from app.quizzes.models import ItemReserve, ItemRevision, Quiz, Skill, Topic

_kept: WeakKeyDictionary[Any, dict[int, Item]] = WeakKeyDictionary()  # database → revision → item


@dataclass(frozen=True)
class QuizCard:
    """A quiz as lists and headings show it."""

    id: str
    topic_slug: str
    topic_title: str
    topic_icon: str
    topic_palette: str
    title: str
    summary: str
    learned: str
    tier: str
    minutes: int
    skill_slug: str
    skill_title: str
    approved: bool


def topics(session: Session) -> list[Topic]:
    return list(session.scalars(select(Topic).order_by(Topic.position)))


def topic(session: Session, slug: str) -> Topic:
    found = session.get(Topic, slug)
    if found is None:
        raise NotFound
    return found


def quiz_cards(session: Session, topic_slug: str | None = None) -> list[QuizCard]:
    """All quizzes in the order in which they are learnt, or one topic's."""
    query = (
        select(Quiz, Topic, Skill)
        .join(Topic, Topic.slug == Quiz.topic_slug)
        .join(Skill, Skill.slug == Quiz.skill_slug)
        .order_by(Topic.position, Quiz.position)
    )
    if topic_slug is not None:
        query = query.where(Quiz.topic_slug == topic_slug)
    return [_card(*row) for row in session.execute(query)]


def quiz_card(session: Session, topic_slug: str, quiz_id: str) -> QuizCard:
    """One quiz at its address.

    Raises:
        NotFound: There is none, or not in that topic.
    """
    found = [card for card in quiz_cards(session, topic_slug) if card.id == quiz_id]
    if not found:
        raise NotFound
    return found[0]


def quiz_titles(session: Session, quiz_ids: Iterable[str]) -> dict[str, str]:
    """Quiz → its title."""
    return dict(session.execute(select(Quiz.id, Quiz.title).where(Quiz.id.in_(list(quiz_ids)))).all())


def _card(quiz: Quiz, topic: Topic, skill: Skill) -> QuizCard:
    return QuizCard(
        id=quiz.id,
        topic_slug=topic.slug,
        topic_title=topic.title,
        topic_icon=topic.icon,
        topic_palette=topic.palette,
        title=quiz.title,
        summary=quiz.summary,
        learned=quiz.learned,
        tier=quiz.tier,
        minutes=quiz.minutes,
        skill_slug=skill.slug,
        skill_title=skill.title,
        approved=quiz.approved_at is not None,
    )


def next_card(cards: Iterable[QuizCard], passed: Container[str], tier: str | None = None) -> QuizCard | None:
    """The first quiz in learning order that has not been passed; with ``tier``, one of that tier if there is any."""
    ahead = [card for card in cards if card.id not in passed]
    fitting = [card for card in ahead if card.tier == tier]
    return next(iter(fitting or ahead), None)


def pool(session: Session, quiz_id: str, today: date) -> list[PoolItem]:
    """A quiz's items that may be asked today: neither retired nor past their review date."""
    return _pool(session, today, ItemRow.quiz_id == quiz_id)


def pool_of_objectives(session: Session, objectives: Iterable[int], today: date) -> list[PoolItem]:
    """Items of some objectives, of whatever quiz, that may be asked today."""
    return _pool(session, today, ItemRow.objective_id.in_(tuple(objectives)))


def pool_of_items(session: Session, items: Iterable[str], today: date) -> list[PoolItem]:
    """Those of some items that may be asked today."""
    return _pool(session, today, ItemRow.id.in_(tuple(items)))


def _pool(session: Session, today: date, condition: ColumnElement[bool]) -> list[PoolItem]:
    query = select(ItemRow.id, ItemRow.objective_id, ItemRevision).where(condition, *askable(today))
    return [
        PoolItem(item, row.id, objective, row.difficulty, kind_of(row.type, row.body))
        for item, objective, row in session.execute(query.order_by(ItemRow.id))
    ]


def askable(today: date) -> tuple[ColumnElement[bool], ...]:
    """What holds for an item and its revision in use when it may be asked today."""
    return (
        ItemRevision.item_id == ItemRow.id,
        ItemRevision.revision == ItemRow.revision,
        ItemRow.retired_at.is_(None),
        ItemRevision.review_by >= today,
        ItemRow.id.not_in(select(ItemReserve.item_id).where(ItemReserve.until >= today)),
    )


def get_item(session: Session, revision_id: int) -> Item:
    """One pinned revision, key included. A revision never changes: each process reads it once.

    Raises:
        NotFound: There is no such revision.
    """
    kept = _kept.setdefault(session.get_bind().engine, {})
    if revision_id not in kept:
        kept[revision_id] = _read_item(session, revision_id)
    return kept[revision_id]


def forget_items(session: Session) -> None:
    """New files may have moved an item to another quiz or objective."""
    _kept.pop(session.get_bind().engine, None)


def _read_item(session: Session, revision_id: int) -> Item:
    query = select(ItemRow, ItemRevision).join(ItemRevision, ItemRevision.item_id == ItemRow.id)
    found = session.execute(query.where(ItemRevision.id == revision_id)).first()
    if found is None:
        raise NotFound
    return item_of(*found)


def item_of(item: ItemRow, row: ItemRevision) -> Item:
    """A revision as a plain value, key included."""
    body, source = row.body, row.body["source"]
    return Item(
        id=item.id,
        quiz_id=item.quiz_id,
        objective_id=item.objective_id,
        revision_id=row.id,
        stem=body["stem"],
        hint=body["hint"],
        kind=kind_of(row.type, body),
        rationale=body["rationale"],
        source=Source(source["title"], source["url"], date.fromisoformat(source["date"])),
    )


def hidden_items(session: Session, today: date) -> int:
    """How many items hide themselves because their facts are due for review."""
    query = (
        select(func.count())
        .select_from(ItemRow)
        .join(ItemRevision, (ItemRevision.item_id == ItemRow.id) & (ItemRevision.revision == ItemRow.revision))
        .where(ItemRow.retired_at.is_(None), ItemRevision.review_by < today)
    )
    return session.scalar(query) or 0
