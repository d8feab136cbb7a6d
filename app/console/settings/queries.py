"""Reading the settings: what holds now, from when a change will, who changed what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.config import PrivacyTerms
from app.core.errors import NotFound
from app.cycles.domain import month_of
from app.cycles.models import Cycle
from app.cycles.queries import find_cycle, open_month
from app.groups.models import Ward
from app.groups.queries import get_ward
from app.groups.settings import SETTINGS, Setting

ACTION = "ward.settings"
SHOWN = 8
PLAIN = ("ack_days", "answer_days", "name_months", "keep_months")  # as configured where the ward says nothing


@dataclass(frozen=True)
class Change:
    """One change as the page tells it; ``private`` names what the trail does not tell the value of."""

    id: int
    at: datetime
    actor_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    private: tuple[str, ...]
    from_period: str
    undo: bool


def get_settings(session: Session, plain: PrivacyTerms) -> dict[str, Any]:
    """Every setting's value, by name; where the ward says nothing, as the installation is configured.

    Raises:
        NotFound: Before set-up.
    """
    ward = get_ward(session)
    if ward is None:
        raise NotFound
    return {one.name: value_of(ward, one, plain) for one in SETTINGS}


def value_of(ward: Ward, one: Setting, plain: PrivacyTerms) -> Any:
    """One setting's value as it holds."""
    value = getattr(ward, one.name)
    return getattr(plain, one.name) if value is None and one.name in PLAIN else value


def next_period(session: Session, now: datetime) -> str:
    """The first month that will open with what is set now."""
    bounds = month_of(now)
    while find_cycle(session, bounds.period) is not None:
        bounds = month_of(bounds.ends_at)
    return bounds.period


def current_cycle(session: Session, now: datetime) -> Cycle | None:
    """The month that is open, with the rules that it opened with."""
    return open_month(session, now)


def last_changes(session: Session, *, most: int = SHOWN) -> list[Change]:
    """The newest changes, newest first."""
    query = select(AuditEntry).where(AuditEntry.action == ACTION).order_by(AuditEntry.id.desc()).limit(most)
    return [_change(entry) for entry in session.scalars(query)]


def _change(entry: AuditEntry) -> Change:
    told = entry.detail
    return Change(
        id=entry.id,
        at=entry.at,
        actor_id=entry.actor_id,
        before=told.get("before", {}),
        after=told.get("after", {}),
        private=tuple(told.get("private", ())),
        from_period=told.get("period", ""),
        undo="undo" in told,
    )
