"""Seeding the bank from its files, matched by id and hash; approving a quiz."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import NotFound
from app.quizzes.models import Item, ItemRevision, Objective, Quiz, Skill, Topic
from app.quizzes.parser import Bank, Fault, ParsedQuiz, read_bank
from app.quizzes.queries import forget_items
from app.quizzes.shapes import ItemFile


@dataclass(frozen=True)
class Loaded:
    """What seeding did: items new, revised and retired, and the faults of what was left out."""

    new: int
    revised: int
    retired: int
    faults: tuple[Fault, ...]


def load_bank(folder: Path, *, now: datetime) -> Loaded:
    """Bring the database up to the files. The same files again change nothing."""
    bank = read_bank(folder)
    with transaction() as session:
        _load_topics(session, bank)
        counts = [_load_quiz(session, quiz, now) for quiz in bank.quizzes]
        retired = _retire(session, bank, now)
        forget_items(session)
    return Loaded(sum(c[0] for c in counts), sum(c[1] for c in counts), retired, bank.faults)


def _load_topics(session: Session, bank: Bank) -> None:
    for topic in bank.topics:
        values = topic.model_dump()
        session.merge(Topic(position=values.pop("order"), **values))
    session.flush()
    for quiz in bank.quizzes:
        session.merge(Skill(slug=quiz.head.skill.id, title=quiz.head.skill.title, topic_slug=quiz.topic))
    session.flush()


def _load_quiz(session: Session, quiz: ParsedQuiz, now: datetime) -> tuple[int, int]:
    head = quiz.head
    session.merge(
        Quiz(
            id=head.id,
            topic_slug=quiz.topic,
            skill_slug=head.skill.id,
            position=head.order,
            reviewed_on=head.reviewed.date if head.reviewed else None,
            findings=head.reviewed.findings if head.reviewed else "",
            **head.model_dump(include={"title", "summary", "learned", "tier", "minutes", "lang"}),
        )
    )
    session.flush()
    objectives = {o.id: _objective(session, head.skill.id, o.id, o.text) for o in head.objectives}
    outcomes = [_load_item(session, item, head.id, objectives[item.objective], now) for item in quiz.items]
    return outcomes.count("new"), outcomes.count("revised")


def _objective(session: Session, skill: str, name: str, text: str) -> int:
    row = session.scalar(select(Objective).where(Objective.skill_slug == skill, Objective.name == name))
    if row is None:
        row = Objective(skill_slug=skill, name=name, text=text)
        session.add(row)
    row.text = text
    session.flush()
    return row.id


def body_of(item: ItemFile) -> tuple[dict[str, object], str]:
    """What a revision stores, and the hash that tells whether it changed."""
    columns = {"id", "type", "objective", "difficulty", "valid_as_of", "review_by"}
    body = item.model_dump(mode="json", exclude=columns)
    whole = json.dumps([body, item.difficulty, str(item.valid_as_of), str(item.review_by)], sort_keys=True)
    return body, hashlib.sha256(whole.encode()).hexdigest()


def _load_item(session: Session, item: ItemFile, quiz: str, objective: int, now: datetime) -> str:
    body, digest = body_of(item)
    row = session.get(Item, item.id)
    if row is not None and row.origin == "ward":
        return "kept"  # edited on screen: the ward's own words stand
    known = None if row is None else _digest(session, row)
    if row is None:
        row = Item(id=item.id, quiz_id=quiz, objective_id=objective, revision=0)
        session.add(row)
    row.quiz_id, row.objective_id, row.retired_at = quiz, objective, None
    if known == digest:
        return "same"
    row.revision += 1
    session.flush()
    session.add(
        ItemRevision(
            item_id=item.id, revision=row.revision, type=item.type, body=body, digest=digest,
            difficulty=item.difficulty, valid_as_of=item.valid_as_of, review_by=item.review_by, created_at=now,
        )
    )  # fmt: skip
    session.flush()
    return "new" if known is None else "revised"


def _digest(session: Session, row: Item) -> str | None:
    query = select(ItemRevision.digest).where(ItemRevision.item_id == row.id, ItemRevision.revision == row.revision)
    return session.scalar(query)


def _retire(session: Session, bank: Bank, now: datetime) -> int:
    """Items that left the files leave the pool; what could not be read stays as it last was."""
    kept = {item.id for item in bank.items} | {fault.item for fault in bank.faults}
    rows = session.execute(select(Item, Quiz.topic_slug).join(Quiz, Quiz.id == Item.quiz_id))
    gone = [
        item
        for item, topic in rows
        if item.origin == "file"
        and item.retired_at is None
        and item.id not in kept
        and not bank.unsure_of(topic, item.quiz_id)
    ]
    for item in gone:
        item.retired_at = now
    return len(gone)


def approve_quiz(quiz_id: str, *, by: int, now: datetime) -> None:
    """An officer of the ward has read the quiz and stands for it.

    Approved already, it is approved again only where items are newer than that.

    Raises:
        NotFound: No such quiz.
    """
    with transaction() as session:
        quiz = session.get(Quiz, quiz_id, with_for_update=True)
        if quiz is None:
            raise NotFound
        if quiz.approved_at is None or _changed_since(session, quiz_id, quiz.approved_at):
            quiz.approved_at, quiz.approved_by = now, by
            record(session, actor_id=by, action="quiz.approve", subject_kind="quiz", subject_id=quiz_id, now=now)


def _changed_since(session: Session, quiz_id: str, moment: datetime) -> bool:
    query = (
        select(ItemRevision.id)
        .join(Item, (Item.id == ItemRevision.item_id) & (Item.revision == ItemRevision.revision))
        .where(Item.quiz_id == quiz_id, Item.retired_at.is_(None), ItemRevision.created_at > moment)
    )
    return session.scalar(query.limit(1)) is not None
