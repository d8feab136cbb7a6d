"""Queueing what people are to be told, and marking it seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.db import insert_for, transaction
from app.notices.models import Notice


def queue(session: Session, person_id: int, kind: str, body: dict[str, Any], *, key: str, now: datetime) -> None:
    """Add a notice; the same key is never queued twice."""
    values = {"key": key, "person_id": person_id, "kind": kind, "body": body, "created_at": now}
    session.execute(insert_for(session)(Notice).values(**values).on_conflict_do_nothing(index_elements=["key"]))


def unseen(session: Session, person_id: int, kinds: tuple[str, ...]) -> list[Notice]:
    """What a person has not been shown yet, the oldest first."""
    query = select(Notice).where(Notice.person_id == person_id, Notice.seen_at.is_(None), Notice.kind.in_(kinds))
    return list(session.scalars(query.order_by(Notice.id)))


def mark_seen(person_id: int, notice_id: int, *, now: datetime) -> None:
    """The person has read it. Someone else's notice stays untouched."""
    with transaction() as session:
        session.execute(
            update(Notice)
            .where(Notice.id == notice_id, Notice.person_id == person_id, Notice.seen_at.is_(None))
            .values(seen_at=now)
        )
