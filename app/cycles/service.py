"""Steps that make a cycle and move it on. Each move is one entry in the trail."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import insert_for
from app.cycles.domain import Bounds, step
from app.cycles.models import Cycle


def create(
    session: Session,
    bounds: Bounds,
    *,
    cushion: int,
    rate: float | None,
    points_cap: int,
    adult_age: int | None = None,
    leagues: str | None = None,
    comment_days: int | None = None,
    now: datetime,
) -> bool:
    """Make the row of a period, open, with the rules as they are set now; ``False`` when it was there already."""
    values = {
        "period": bounds.period,
        "kind": bounds.kind,
        "starts_at": bounds.starts_at,
        "ends_at": bounds.ends_at,
        "state": "open",
        "cushion": cushion,
        "rate": rate,
        "points_cap": points_cap,
        "adult_age": adult_age,
        "leagues": leagues,
        "comment_days": comment_days,
        "opened_at": now,
    }
    statement = insert_for(session)(Cycle).values(**values).on_conflict_do_nothing(index_elements=["period"])
    made = session.execute(statement.returning(Cycle.id)).first() is not None
    if made:
        record(
            session,
            actor_id=None,
            action="cycle.open",
            subject_kind="cycle",
            subject_id=bounds.period,
            now=now,
        )
    return made


def move(session: Session, cycle: Cycle, to: str, *, by: int | None, now: datetime, reason: str = "") -> None:
    """Take a cycle to its next state.

    Raises:
        Conflict: The order of states does not allow it.
    """
    before = cycle.state
    cycle.state = step(before, to)
    if to == "announced":
        cycle.announced_at = now
    record(
        session,
        actor_id=by,
        action=f"cycle.{to}",
        subject_kind="cycle",
        subject_id=cycle.period,
        now=now,
        reason=reason,
        detail={"from": before},
    )
    session.flush()
