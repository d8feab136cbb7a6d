"""Use cases of help: asked for, taken, given back, done, withdrawn. Nobody is forgotten: what lies goes back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import insert_for, reading, transaction
from app.core.errors import Conflict, NotFound
from app.core.text import clean
from app.outreach.asking.domain import CONSENT, check_outcome, ends
from app.outreach.asking.queries import terms_of
from app.outreach.domain import LENGTH, check_request
from app.outreach.models import HelpRequest
from app.outreach.queries import home_of, phone_of, request_in_reach
from app.people.directory import MOST_ID
from app.people.tries import Counter, count_try


def ask_for_help(
    *,
    key: str,
    way: str,
    person_id: int | None,
    group_id: int | None,
    name: str,
    contact: str,
    page: str,
    network: str = "",
    now: datetime,
) -> int:
    """Ask to be called or visited; returns the request's id.

    The same key again, and a second request of someone who waits already, return the first.

    Args:
        network: The hashed address of a guest's connection: a flood is held back.

    Raises:
        Invalid: Nobody could find this person.
        Locked: Too many from one connection.
    """
    with transaction() as session:
        phones = [number] if person_id and (number := phone_of(session, person_id)) else []
        asked = check_request(way, name, contact, known=person_id is not None, phones=phones)
        group_id = home_of(session, person_id) if person_id else group_id
        if (found := _open_request(session, person_id)) is not None:
            return found
        if person_id is None and network:
            count_try(session, Counter(f"help@{key[:32]}", f"net:help:{network}"), now=now)
        values = {
            "key": key[:64] or f"none:{now.isoformat()}",
            "person_id": person_id,
            "group_id": group_id,
            "way": asked.way,
            "name": "" if person_id else asked.name,
            "contact": asked.contact,
            "note": "",
            "page": clean(page)[:LENGTH],
            "state": "waiting",
            "created_at": now,
            "consent_text": "" if person_id else CONSENT,
        }
        statement = insert_for(session)(HelpRequest).values(**values).on_conflict_do_nothing()
        made = session.scalar(statement.returning(HelpRequest.id))
        if made is None:
            made = session.scalars(select(HelpRequest.id).where(HelpRequest.key == values["key"])).one()
        return int(made)


def _open_request(session: Session, person_id: int | None) -> int | None:
    if person_id is None:
        return None
    query = select(HelpRequest.id).where(HelpRequest.person_id == person_id, HelpRequest.state != "done")
    return session.scalar(query.order_by(HelpRequest.id).limit(1))


def take_request(*, request_id: int, by: int, now: datetime) -> None:
    """A volunteer says "mine"; of two at once one wins. One that lay too long may be taken over.

    Raises:
        NotFound: No such request in this volunteer's reach.
        Conflict: Someone else has it, or it is done.
    """
    with transaction() as session:
        _get_request(session, request_id, by)
        late = timedelta(days=terms_of(session).wait_days)
        stale = and_(HelpRequest.state == "taken", HelpRequest.taken_at < now - late)
        statement = (
            update(HelpRequest)
            .where(HelpRequest.id == request_id, or_(HelpRequest.state == "waiting", stale))
            .values(state="taken", taken_by=by, taken_at=now)
            .returning(HelpRequest.id)
        )
        if session.execute(statement).first() is None:
            raise Conflict("help_taken")
        _note(session, "help.take", request_id, by, now, {})


def finish_request(
    *, request_id: int, by: int, now: datetime, outcome: str | None = None, tries: int | None = None
) -> bool:
    """The one who took a request says how it went; whether it is over. Once is enough.

    Nobody being there is written down and the request stays; after three tries it is over.

    Args:
        outcome: called | visited | unneeded | unreached; ``None``: what had been asked for was done.
        tries: How many tries the form knew of: the same form sent twice counts one.

    Raises:
        NotFound: No such request in this volunteer's reach.
        Conflict: Someone else has it, or nobody yet.
        Invalid: No such outcome.
    """
    with transaction() as session:
        request = _get_request(session, request_id, by)
        if request.state == "done":
            return True
        if request.taken_by != by:
            raise Conflict("help_not_yours")
        found = check_outcome(outcome, request.way)
        if tries is not None and tries != request.tries:
            return False
        request.tries += found == "unreached"
        over = ends(found, request.tries)
        if over:
            request.state, request.done_at, request.outcome = "done", now, found
        else:
            request.taken_at = now
        _note(session, "help.done" if over else "help.try", request_id, by, now, {"outcome": found})
        return over


def give_back(*, request_id: int, by: int, now: datetime) -> None:
    """The one who took a request cannot do it after all: it waits for everyone again.

    Raises:
        NotFound: No such request in this volunteer's reach.
        Conflict: Someone else has it, or it is done.
    """
    with transaction() as session:
        request = _get_request(session, request_id, by)
        if request.state != "taken" or request.taken_by != by:
            raise Conflict("help_not_yours")
        request.state, request.taken_by, request.taken_at, request.returned_at = "waiting", None, None, now
        _note(session, "help.return", request_id, by, now, {})


def return_late(now: datetime) -> int:
    """Put back on the desk what was taken and lies too long; returns how many. May be called any number of times."""
    before = now - timedelta(days=terms_of(reading()).hold_days)
    lying = (HelpRequest.state == "taken", HelpRequest.taken_at < before)
    if reading().scalar(select(HelpRequest.id).where(*lying).limit(1)) is None:
        return 0
    with transaction() as session:
        back = {"state": "waiting", "taken_by": None, "taken_at": None, "returned_at": now}
        statement = update(HelpRequest).where(*lying).values(**back).returning(HelpRequest.id)
        found = sorted(session.scalars(statement.execution_options(synchronize_session=False)))
        for request_id in found:
            _note(session, "help.return", request_id, None, now, {"why": "clock"})
        return len(found)


def withdraw(*, request_id: int, person_id: int | None, now: datetime) -> None:
    """The one who asked needs it no more. Done already, nothing changes.

    Args:
        person_id: Who is signed in; ``None`` for a guest, whose browser knows what it asked for.

    Raises:
        NotFound: No such request of theirs.
    """
    with transaction() as session:
        query = select(HelpRequest).where(HelpRequest.id == request_id).with_for_update()
        request = session.scalar(query) if request_id < MOST_ID else None
        if request is None or request.person_id != person_id:
            raise NotFound
        if request.state == "done":
            return
        request.state, request.done_at, request.outcome = "done", now, "withdrawn"
        _note(session, "help.withdraw", request_id, person_id, now, {})


def _get_request(session: Session, request_id: int, by: int) -> HelpRequest:
    request = request_in_reach(session, request_id, by) if request_id < MOST_ID else None
    if request is None:
        raise NotFound
    return request


def _note(
    session: Session, action: str, request_id: int, by: int | None, now: datetime, detail: dict[str, Any]
) -> None:
    record(
        session, actor_id=by, action=action, subject_kind="help_request", subject_id=request_id, now=now, detail=detail
    )
