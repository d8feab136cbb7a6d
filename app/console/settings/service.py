"""Changing what the whole ward goes by, and taking the last change back: one entry in the trail each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.audit.service import record
from app.config import PrivacyTerms
from app.console.settings.queries import ACTION, get_settings, last_changes, next_period
from app.core.db import transaction
from app.core.errors import Conflict, Invalid
from app.groups.models import Ward
from app.groups.service import set_settings
from app.groups.settings import BY_NAME, check_part


def change_settings(
    *, part: str, typed: Mapping[str, str], seen: int, plain: PrivacyTerms, by: int, now: datetime
) -> bool:
    """Change the settings of one form; whether anything is different now.

    Args:
        part: One of :data:`app.groups.settings.PARTS`.
        typed: The form's fields.
        seen: The number of the last change that the page showed; 0 where there was none.
        plain: What the installation is configured with.

    Raises:
        Invalid: A value does not fit, or somebody else changed something meanwhile; nothing is changed then.
        NotFound: Before set-up.
    """
    values = check_part(part, typed)
    with transaction() as session:
        _lock(session)
        _check_seen(session, seen)
        held = get_settings(session, plain)
        after = {name: value for name, value in values.items() if value != held[name]}
        if not after:
            return False
        set_settings(session, after)
        _tell(session, {name: held[name] for name in after}, after, {}, by, now)
        return True


def undo_change(*, seen: int, by: int, now: datetime) -> None:
    """Set back what the last change changed. The same again does it once more.

    Raises:
        Conflict: Nothing to undo, or the trail does not hold the values.
        Invalid: Somebody else changed something meanwhile.
    """
    with transaction() as session:
        _lock(session)
        _check_seen(session, seen)
        last = next(iter(last_changes(session, most=1)), None)
        if last is None:
            raise Conflict("settings_nothing")
        if last.private:
            raise Conflict("settings_private")
        set_settings(session, last.before)
        _tell(session, last.after, last.before, {"undo": last.id}, by, now)


def _lock(session: Session) -> None:
    session.get(Ward, 1, with_for_update=True)


def _check_seen(session: Session, seen: int) -> None:
    last = next(iter(last_changes(session, most=1)), None)
    if seen != (last.id if last else 0):
        raise Invalid("settings_moved")


def _tell(
    session: Session, before: dict[str, Any], after: dict[str, Any], more: dict[str, Any], by: int, now: datetime
) -> None:
    """One entry: old and new values, but no name and no number of anybody."""
    hidden = sorted(name for name in after if BY_NAME[name].private)
    detail: dict[str, Any] = {
        "before": {name: value for name, value in before.items() if name not in hidden},
        "after": {name: value for name, value in after.items() if name not in hidden},
        **more,
    }
    if hidden:
        detail["private"] = hidden
    if any(BY_NAME[name].counts for name in after):
        detail["period"] = next_period(session, now)
    record(session, actor_id=by, action=ACTION, subject_kind="ward", subject_id=1, now=now, detail=detail)
