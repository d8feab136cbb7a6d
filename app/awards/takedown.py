"""Names of honour are taken down after a time: the page stays, and speaks of "one who learns"."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.awards.models import Publication, TakeDown
from app.core.db import insert_for, transaction


def names_are_down(session: Session, publication_ids: Iterable[int]) -> set[int]:
    """Of these publications, those whose names are shown no longer, wherever the publication is shown."""
    query = select(TakeDown.publication_id).where(TakeDown.publication_id.in_(tuple(publication_ids)))
    return set(session.scalars(query))


def take_down_names(*, before: datetime, now: datetime) -> int:
    """Take down the names of everything that was announced before a moment; returns of how many publications."""
    with transaction() as session:
        down = select(TakeDown.publication_id)
        query = select(Publication.id).where(Publication.announced_at < before, Publication.id.not_in(down))
        ids = list(session.scalars(query.order_by(Publication.id)))
        for publication_id in ids:
            values = {"publication_id": publication_id, "at": now}
            session.execute(insert_for(session)(TakeDown).values(**values).on_conflict_do_nothing())
            record(
                session, actor_id=None, action="publication.names_down", subject_kind="publication",
                subject_id=publication_id, now=now,
            )  # fmt: skip
        return len(ids)
