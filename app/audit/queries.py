"""Reading the trail, newest first."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry

PAGE = 50


@dataclass(frozen=True)
class Slice:
    """One page of entries; ``older`` is the key of the next page, ``None`` at the end."""

    entries: list[AuditEntry]
    older: int | None


def entries(
    session: Session, *, action: str = "", subject: tuple[str, str] | None = None, before: int | None = None
) -> Slice:
    """Up to a page of entries before a key (an entry's id), of one action or about one thing."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if action:
        query = query.where(AuditEntry.action == action)
    if subject is not None:
        query = query.where(AuditEntry.subject_kind == subject[0], AuditEntry.subject_id == subject[1])
    if before is not None:
        query = query.where(AuditEntry.id < before)
    found = list(session.scalars(query))
    return Slice(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def actions(session: Session) -> list[str]:
    """Every action that the trail holds."""
    return sorted(session.scalars(select(AuditEntry.action).distinct()))
