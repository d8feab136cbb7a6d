"""Reading cycles."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.cycles.models import Cycle


def find_cycle(session: Session, period: str) -> Cycle | None:
    return session.scalar(select(Cycle).where(Cycle.period == period))


def get_cycle(session: Session, period: str) -> Cycle:
    """A cycle by its written name.

    Raises:
        NotFound: There is none.
    """
    found = find_cycle(session, period)
    if found is None:
        raise NotFound
    return found


def all_cycles(session: Session) -> list[Cycle]:
    """Every cycle, the newest first."""
    return list(session.scalars(select(Cycle).order_by(Cycle.starts_at.desc())))


def open_month(session: Session, now: datetime) -> Cycle | None:
    """The open month that a moment falls in."""
    query = select(Cycle).where(
        Cycle.kind == "month", Cycle.state == "open", Cycle.starts_at <= now, Cycle.ends_at > now
    )
    return session.scalar(query)


def due_cycles(session: Session, until: datetime) -> list[Cycle]:
    """Open cycles that ended at or before a moment, the oldest first."""
    query = select(Cycle).where(Cycle.state == "open", Cycle.ends_at <= until).order_by(Cycle.ends_at)
    return list(session.scalars(query))


def announced(session: Session) -> list[Cycle]:
    """Cycles with a public page, the newest first."""
    query = select(Cycle).where(Cycle.announced_at.is_not(None)).order_by(Cycle.starts_at.desc())
    return list(session.scalars(query))
