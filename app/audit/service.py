"""Writing the trail."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.audit.models import AuditEntry


def record(
    session: Session,
    *,
    actor_id: int | None,
    action: str,
    subject_kind: str,
    subject_id: object,
    now: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one entry in the transaction of what it tells of. Ids only, never names."""
    session.add(
        AuditEntry(
            at=now,
            actor_id=actor_id,
            action=action,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            reason=reason,
            detail=detail or {},
        )
    )
