"""One scheduler at a time: a row that must be renewed, so that another takes over when its owner dies.

Nothing rests on it (a cycle closes once whoever calls); it only spares needless work. The token
grows with every change of owner, so that a writer can tell whether it was overtaken.
"""

from datetime import datetime, timedelta

from sqlalchemy import case, or_, update

from app.core.db import insert_for, transaction
from app.shell.models import Lease

NAME = "scheduler"
LASTS = timedelta(seconds=90)  # one missed minute is forgiven


def take(owner: str, now: datetime, *, name: str = NAME, lasts: timedelta = LASTS) -> int | None:
    """Take or renew the lease; the fencing token, or ``None`` while another holds it."""
    with transaction() as session:
        blank = {"name": name, "owner": "", "until": now, "token": 0}
        session.execute(insert_for(session)(Lease).values(**blank).on_conflict_do_nothing())
        statement = (
            update(Lease)
            .where(Lease.name == name, or_(Lease.owner.in_((owner, "")), Lease.until <= now))
            .values(owner=owner, until=now + lasts, token=Lease.token + case((Lease.owner == owner, 0), else_=1))
            .returning(Lease.token)
            .execution_options(synchronize_session=False)
        )
        return session.scalar(statement)


def release(owner: str, now: datetime, *, name: str = NAME) -> None:
    """Hand the lease back at an orderly stop, so that the next owner need not wait."""
    with transaction() as session:
        session.execute(
            update(Lease)
            .where(Lease.name == name, Lease.owner == owner)
            .values(owner="", until=now)
            .execution_options(synchronize_session=False)
        )
