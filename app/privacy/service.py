"""Use cases of requests about one's own data: asked, acknowledged, answered, each within its clock."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.config import PrivacyTerms
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.directory import MOST_ID, get_person
from app.people.models import Card, Person
from app.people.tries import Counter, count_try
from app.privacy.departing import get_known
from app.privacy.domain import MOST_OPEN, acknowledge_by, answer_by, check_answer, check_request
from app.privacy.models import PrivacyRequest


def ask(
    *,
    key: str,
    kind: str,
    words: str,
    person_id: int | None,
    name: str = "",
    contact: str = "",
    by: int | None = None,
    network: str = "",
    terms: PrivacyTerms,
    now: datetime,
) -> int:
    """Ask to see, correct, restrict, erase, or object; returns the request's id. The same key again is the same.

    Args:
        key: Of the form.
        person_id: Who asks, where that is known; otherwise ``name`` and ``contact`` say who and how to reach them.
        by: The officer who writes it down for them.
        network: The hashed address of the connection, for someone unknown: a flood is held back.

    Raises:
        NotFound: No such person here.
        Invalid: Something is missing, or too many wait already.
        Locked: Too many from one connection.
    """
    asked = check_request(kind, words, name, contact, known=person_id is not None)
    with transaction() as session:
        if (found := _by_key(session, key)) is not None:
            return found
        if person_id is not None:
            _check_few(session, get_person(session, person_id).id)
        elif by is None:
            count_try(session, Counter(f"request@net:{network}", None), now=now)
        values = {
            "key": key[:64] or f"none:{now.isoformat()}",
            "kind": asked.kind,
            "person_id": person_id,
            "name": "" if person_id is not None else asked.name,
            "contact": asked.contact,
            "words": asked.words,
            "received_at": now,
            "received_by": by,
            "ack_due": acknowledge_by(now, terms.ack_days, terms.holidays),
            "due": answer_by(now, terms.answer_days),
            "state": "new",
            "answer": "",
        }
        statement = insert_for(session)(PrivacyRequest).values(**values).on_conflict_do_nothing(index_elements=["key"])
        session.execute(statement)
        made = _by_key(session, str(values["key"]))
        assert made is not None
        _note(session, "request.receive", made, by if by is not None else person_id, now, kind=asked.kind)
        return made


def ask_for(
    *,
    key: str,
    kind: str,
    words: str,
    who: str,
    name: str,
    contact: str,
    by: int,
    terms: PrivacyTerms,
    now: datetime,
) -> int:
    """Write down a request that someone made aloud or on paper; returns its id.

    Args:
        who: The six digits of their card, or their number here; "" for someone who is not known.

    Raises:
        Invalid: Something is missing, or nobody has that code or number.
    """
    person_id = None
    if who.strip():
        with transaction() as session:
            person_id = find_one(session, who)
        if person_id is None:
            raise Invalid("person_unknown", field="who")
    return ask(
        key=key, kind=kind, words=words, person_id=person_id, name=name, contact=contact, by=by, terms=terms, now=now
    )


def _by_key(session: Session, key: str) -> int | None:
    return session.scalar(select(PrivacyRequest.id).where(PrivacyRequest.key == key[:64])) if key else None


def _check_few(session: Session, person_id: int) -> None:
    waiting = select(func.count()).where(PrivacyRequest.person_id == person_id, PrivacyRequest.state != "closed")
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise Invalid("request_enough", most=MOST_OPEN)


def acknowledge(*, request_id: int, by: int, now: datetime) -> None:
    """Say that a request has arrived and is being looked at. Once is enough.

    Raises:
        NotFound: No such request.
        Conflict: It is answered.
    """
    with transaction() as session:
        row = _held(session, request_id)
        if row.state == "acknowledged":
            return
        if row.state == "closed":
            raise Conflict("request_closed")
        row.state, row.acknowledged_at, row.acknowledged_by = "acknowledged", now, by
        _note(session, "request.acknowledge", request_id, by, now)


def answer(*, request_id: int, outcome: str, answer: str, by: int, now: datetime) -> None:
    """Answer a request and close it; that acknowledges it too. Nobody answers their own.

    Args:
        outcome: done | refused.

    Raises:
        NotFound: No such request.
        Invalid: No outcome or words; or one's own.
        Conflict: It is answered.
    """
    words = check_answer(outcome, answer)
    with transaction() as session:
        row = _held(session, request_id)
        if row.state == "closed":
            raise Conflict("request_closed")
        if row.person_id == by:
            raise Invalid("request_own")
        if row.state == "new":
            row.acknowledged_at, row.acknowledged_by = now, by
        row.state, row.outcome, row.answer, row.closed_at, row.closed_by = "closed", outcome, words, now, by
        _note(session, "request.answer", request_id, by, now, outcome=outcome)


def name_person(*, request_id: int, who: str, by: int, now: datetime) -> None:
    """Say whom a request of someone unknown comes from, once they have shown who they are.

    Args:
        who: The six digits of their card, or their number here.

    Raises:
        NotFound: No such request.
        Invalid: Nobody has that code or number.
        Conflict: It is answered.
    """
    with transaction() as session:
        row = _held(session, request_id)
        if row.state == "closed":
            raise Conflict("request_closed")
        person_id = find_one(session, who)
        if person_id is None:
            raise Invalid("person_unknown", field="who")
        row.person_id = person_id
        _note(session, "request.name", request_id, by, now)


def note_export(*, person_id: int, by: int | None, now: datetime) -> None:
    """Write into the trail that someone's data were taken out for them.

    Raises:
        NotFound: No such person.
    """
    with transaction() as session:
        get_known(session, person_id)
        record(session, actor_id=by, action="person.export", subject_kind="person", subject_id=person_id, now=now)


def find_one(session: Session, who: str) -> int | None:
    """The person with a card code of six digits, or with that number here; ``None`` where there is nobody.

    ``HS-12`` is a number as lists carry it, whatever its length.
    """
    written = "".join(who.split()).upper()
    digits = written.removeprefix("HS").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return None
    if len(digits) == 6 and written == digits:
        holder = select(Card.person_id).join(Person, Person.id == Card.person_id)
        found = session.scalar(holder.where(Card.code == digits, Card.ended_at.is_(None), Person.closed_at.is_(None)))
        if found is not None:
            return found
    person = session.get(Person, int(digits)) if int(digits) < MOST_ID else None
    return person.id if person is not None and person.closed_at is None else None


def _held(session: Session, request_id: int) -> PrivacyRequest:
    found = session.get(PrivacyRequest, request_id, with_for_update=True) if request_id < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def _note(session: Session, action: str, request_id: int, by: int | None, now: datetime, **detail: str) -> None:
    record(
        session, actor_id=by, action=action, subject_kind="privacy_request", subject_id=request_id, now=now,
        detail=detail,
    )  # fmt: skip
