"""Steps and use cases around items that someone says are not right: reported, answered, taken out, brought back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.calendar import local_date, start_of
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.quizzes.domain import REPORTS_A_DAY, REPORTS_OF_GUESTS, check_answer, check_report
from app.quizzes.models import Item, ItemHold, ItemReport


def report_key(attempt_id: int, item_id: str) -> str:
    """What a report is known by: one for each item of an attempt, however often it is sent."""
    return f"{attempt_id}:{item_id}"


def add_report(
    session: Session,
    *,
    key: str,
    item_id: str,
    revision_id: int,
    person_id: int | None,
    guest: str | None,
    reason: str,
    words: str,
    now: datetime,
) -> None:
    """Keep a report. The same key again changes nothing.

    Args:
        person_id: Who reports; ``guest`` is set instead for someone without an account.

    Raises:
        Invalid: No reason, too many words, or too many reports today.
    """
    reason, words = check_report(reason, words)
    if is_reported(session, key):
        return
    _hold_back(session, item_id, person_id, guest, now)
    values = {
        "key": key,
        "item_id": item_id,
        "revision_id": revision_id,
        "person_id": person_id,
        "guest": guest,
        "reason": reason,
        "words": words,
        "created_at": now,
        "state": "open",
        "answer": "",
    }
    session.execute(insert_for(session)(ItemReport).values(**values).on_conflict_do_nothing(index_elements=["key"]))


def is_reported(session: Session, key: str) -> bool:
    return session.scalar(select(ItemReport.id).where(ItemReport.key == key)) is not None


def _hold_back(session: Session, item_id: str, person_id: int | None, guest: str | None, now: datetime) -> None:
    """A flood helps nobody: so many a day from one, so many about one item from people without a name."""
    own = ItemReport.person_id == person_id if person_id is not None else ItemReport.guest == guest
    today = select(func.count()).where(own, ItemReport.created_at >= start_of(local_date(now)))
    if (session.scalar(today) or 0) >= REPORTS_A_DAY:
        raise Invalid("report_enough", most=REPORTS_A_DAY)
    if person_id is None:
        about = select(func.count()).where(
            ItemReport.item_id == item_id, ItemReport.state == "open", ItemReport.guest.is_not(None)
        )
        if (session.scalar(about) or 0) >= REPORTS_OF_GUESTS:
            raise Invalid("report_known")


def close_open(
    session: Session, item_id: str, *, state: str, answer: str, seen: int, by: int, now: datetime
) -> Sequence[ItemReport]:
    """Answer an item's open reports, all those that the officer has seen.

    Args:
        state: fixed | kept.
        seen: The newest report's id on the officer's screen; later ones stay open.

    Returns:
        The reports answered now.

    Raises:
        Invalid: No answer, or no decision.
        Conflict: None is open any more: someone else was faster.
    """
    if state not in ("fixed", "kept"):
        raise Invalid("report_decision", field="answer")
    answer = check_answer(answer)
    mine = (ItemReport.item_id == item_id, ItemReport.state == "open", ItemReport.id <= seen)
    values = {"state": state, "answer": answer, "closed_at": now, "closed_by": by}
    statement = update(ItemReport).where(*mine).values(**values).returning(ItemReport)
    closed = session.scalars(statement.execution_options(synchronize_session=False)).all()
    if not closed:
        raise Conflict("report_closed")
    return sorted(closed, key=lambda report: report.id)


def hide_item(item_id: str, *, by: int, now: datetime) -> None:
    """Take an item out of the pool at once; files do not bring it back. Hidden already, nothing changes.

    Raises:
        NotFound: No such item.
        Conflict: It left the pool with its file.
    """
    with transaction() as session:
        item = _locked(session, item_id)
        if session.get(ItemHold, item_id) is not None:
            return
        if item.retired_at is not None:
            raise Conflict("item_retired")
        hold = ItemHold(item_id=item_id, origin=item.origin, revision=item.revision, held_at=now, held_by=by)
        session.add(hold)
        item.origin, item.retired_at = "ward", now
        record(session, actor_id=by, action="item.hide", subject_kind="item", subject_id=item_id, now=now)


def return_item(item_id: str, *, by: int, now: datetime) -> None:
    """Bring back an item that an officer took out. In the pool already, nothing changes.

    It belongs to its file again, unless its words were changed on screen meanwhile.

    Raises:
        NotFound: No such item.
    """
    with transaction() as session:
        item = _locked(session, item_id)
        hold = session.get(ItemHold, item_id)
        if hold is None:
            return
        item.origin = hold.origin if hold.revision == item.revision else "ward"
        item.retired_at = None
        session.execute(delete(ItemHold).where(ItemHold.item_id == item_id))
        record(session, actor_id=by, action="item.return", subject_kind="item", subject_id=item_id, now=now)


def _locked(session: Session, item_id: str) -> Item:
    item = session.get(Item, item_id, with_for_update=True)
    if item is None:
        raise NotFound
    return item
