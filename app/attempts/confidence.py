"""How sure people feel about a topic, before it and after it. It earns nothing and decides nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.attempts.domain import MOMENTS
from app.attempts.models import Attempt, Confidence
from app.core.db import insert_for
from app.core.errors import Invalid
from app.quizzes.queries import topic, topics

FACES = (1, 2, 3)  # worried, so-so, sure
FEWEST = 5  # of fewer people nobody is told how they feel


@dataclass(frozen=True)
class Felt:
    """What one person said of a topic, 0 where they said nothing; ``after_at`` is when they said it last."""

    before: int
    after: int
    after_at: datetime | None


@dataclass(frozen=True)
class TopicConfidence:
    """What people who spoke at both moments said of a topic.

    Attributes:
        people: How many they are; 0 stands for fewer than :data:`FEWEST`, and then nothing else is told.
        before: How many were worried, so-so, sure.
        after: The same people later, in the same order.
    """

    slug: str
    title: str
    people: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def felt(session: Session, person_id: int, topic_slug: str) -> Felt:
    """What someone has said of a topic so far."""
    query = select(Confidence).where(Confidence.person_id == person_id, Confidence.topic_slug == topic_slug)
    said = {row.moment: row for row in session.scalars(query)}
    before, after = said.get("before"), said.get("after")
    return Felt(before.value if before else 0, after.value if after else 0, after.at if after else None)


def rate(session: Session, person_id: int, topic_slug: str, moment: str, value: int, *, now: datetime) -> None:
    """Step: note how sure someone feels. Said twice before a topic, the first stays; after it, the newest does.

    Raises:
        NotFound: No such topic.
        Invalid: No such moment or face.
    """
    if moment not in MOMENTS or value not in FACES:
        raise Invalid("face_missing", field="value")
    topic(session, topic_slug)
    statement = insert_for(session)(Confidence).values(
        person_id=person_id, topic_slug=topic_slug, moment=moment, value=value, at=now
    )
    keys = ["person_id", "topic_slug", "moment"]
    if moment == "before":
        session.execute(statement.on_conflict_do_nothing(index_elements=keys))
    else:
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"value": value, "at": now}))


def passed_earlier(session: Session, person_id: int, quiz_id: str, attempt_id: int) -> bool:
    """Whether someone had passed a quiz, in whatever way, before this attempt."""
    query = select(Attempt.id).where(
        Attempt.person_id == person_id,
        Attempt.quiz_id == quiz_id,
        Attempt.passed.is_(True),
        Attempt.id < attempt_id,
    )
    return session.scalar(query.limit(1)) is not None


def confidence_by_topic(session: Session) -> list[TopicConfidence]:
    """Every topic in order, before and after, for people who spoke at both moments."""
    before, after = aliased(Confidence), aliased(Confidence)
    same = and_(after.person_id == before.person_id, after.topic_slug == before.topic_slug, after.moment == "after")
    query = (
        select(before.topic_slug, before.value, after.value, func.count())
        .join(after, same)
        .where(before.moment == "before")
        .group_by(before.topic_slug, before.value, after.value)
    )
    pairs: dict[str, list[tuple[int, int, int]]] = {}
    for slug, first, last, people in session.execute(query):
        pairs.setdefault(slug, []).append((first, last, people))
    return [_of_topic(one.slug, one.title, pairs.get(one.slug, [])) for one in topics(session)]


def _of_topic(slug: str, title: str, pairs: list[tuple[int, int, int]]) -> TopicConfidence:
    people = sum(count for _, _, count in pairs)
    if people < FEWEST:
        return TopicConfidence(slug, title, 0, (), ())
    before = tuple(sum(n for first, _, n in pairs if first == face) for face in FACES)
    after = tuple(sum(n for _, last, n in pairs if last == face) for face in FACES)
    return TopicConfidence(slug, title, people, before, after)
