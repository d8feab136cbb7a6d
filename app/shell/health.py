"""Is everything alive and on time? What `/healthz` answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.closing.service import overdue
from app.core.db import reading


@dataclass(frozen=True)
class Health:
    """``status``: ok | overdue (a month waits to be closed) | fault (the store cannot be read)."""

    status: str
    overdue_cycles: int

    @property
    def code(self) -> int:
        return 200 if self.status == "ok" else 503


def health(now: datetime) -> Health:
    """Ask the store; never raises for a store that is away."""
    session = reading()
    try:
        late = overdue(session, now)
    except SQLAlchemyError:
        session.rollback()
        return Health("fault", 0)
    return Health("overdue" if late else "ok", late)
