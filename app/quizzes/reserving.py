"""Items that a contest asks: kept out of lessons while it lasts, because an answered lesson tells the key. Steps."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core.db import insert_for
from app.quizzes.models import ItemReserve


def reserve(session: Session, item_ids: Iterable[str], until: date) -> None:
    """Ask these nowhere else up to a day, that day included."""
    for item_id in item_ids:
        statement = insert_for(session)(ItemReserve).values(item_id=item_id, until=until)
        session.execute(statement.on_conflict_do_update(index_elements=["item_id"], set_={"until": until}))


def release(session: Session, item_ids: Iterable[str]) -> None:
    """Let these be asked anywhere again."""
    session.execute(delete(ItemReserve).where(ItemReserve.item_id.in_(list(item_ids))))
