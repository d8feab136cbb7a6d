"""Forgetting one person: what the register says, done in one transaction. The number stays and means nobody."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, delete, select, text, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.audit.service import record
from app.badges.credentials.service import withdraw_all
from app.core.db import Base, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import fold
from app.people.claims import make_claim, place_of
from app.people.directory import MOST_ID
from app.people.doubles.models import Merge
from app.people.grants import grants_of, holders
from app.people.models import Membership, Person, RoleGrant
from app.people.sessions import device_of
from app.people.tries import forgive
from app.privacy import journal
from app.privacy.domain import check_word, take_out
from app.privacy.models import Departure, Erasure, PrivacyRequest
from app.privacy.register import EMPTIED, REGISTER, Rule


def erase_self(
    *, person_id: int, secret: str, typed: str, device_token: str | None, network: str, folder: Path, now: datetime
) -> None:
    """Erase oneself: with the PIN (officers: the password) and the typed word.

    Args:
        network: The hashed address of the connection: wrong secrets are counted like a sign-in's.
        folder: Where the journal lies.

    Raises:
        Invalid: The word or the secret is wrong, or nobody else could grant roles any more.
        Locked: Too many wrong secrets.
    """
    check_word(typed)
    with transaction() as session:
        _check_not_last(session, person_id)
        place = place_of(session, device_of(session, device_token), person_id, otherwise="card")
        claim = make_claim(session, person_id, "", secret, place=place, network=network, now=now)
    claim.verify(secret, wrong="erase_pin_wrong", field="pin")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        _check_not_last(session, person_id)
        lines = erase_person(session, person_id, why="own", by=None, now=now)
    journal.append(folder, lines)


def erase_for(*, person_id: int, typed: str, by: int | None, folder: Path, now: datetime) -> None:
    """Erase someone who asked for it.

    Args:
        by: The officer; ``None`` from the command line.

    Raises:
        NotFound: No such person.
        Invalid: The word is wrong; oneself; or someone who holds a role, which is given back first.
        Conflict: Erased already.
    """
    check_word(typed)
    if by == person_id:
        raise Invalid("self_confirm")
    with transaction() as session:
        name = _name_of(session, person_id)
        if grants_of(session, person_id):
            raise Invalid("erase_role")
        lines = erase_person(session, person_id, why="request", by=by, now=now)
    journal.append(folder, lines)
    forget_lists(folder, name)


def _check_not_last(session: Session, person_id: int) -> None:
    if holders(session, "roles.grant") == [person_id]:
        raise Invalid("erase_last_officer")


def _name_of(session: Session, person_id: int) -> str:
    person = session.get(Person, person_id) if person_id < MOST_ID else None
    if person is None:
        raise NotFound
    return person.name


def forget_lists(folder: Path, name: str) -> int:
    """Take away lists that were sent and not yet brought in, where they name someone; returns how many."""
    gone = 0
    for path in sorted((folder / "uploads").glob("*.csv")) if name else ():
        data = path.read_bytes()
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        if fold(name) in fold(data.decode("utf-16" if wide else "utf-8", errors="replace")):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def erase_person(session: Session, person_id: int, *, why: str, by: int | None, now: datetime) -> list[journal.Line]:
    """Step: forget a person, and the records that were found to be theirs too and closed.

    Args:
        why: own | request | clock | restored.

    Returns:
        What the caller adds to the journal once all of it is committed.

    Raises:
        NotFound: No such person.
        Conflict: Erased already.
    """
    others = [one for one in same_person(session, person_id) if session.get(Erasure, one) is None]
    return [_erase_one(session, one, why=why, by=by, now=now) for one in (person_id, *others)]


def same_person(session: Session, person_id: int) -> list[int]:
    """Records that were merged into this one, and into those."""
    found: list[int] = []
    above = [person_id]
    while above:
        query = select(Merge.gone_id).where(Merge.kept_id.in_(above), Merge.undone_at.is_(None))
        above = [one for one in session.scalars(query) if one not in (person_id, *found)]
        found += above
    return found


def _erase_one(session: Session, person_id: int, *, why: str, by: int | None, now: datetime) -> journal.Line:
    person = session.get(Person, person_id, with_for_update=True) if person_id < MOST_ID else None
    if person is None:
        raise NotFound
    if session.get(Erasure, person_id) is not None:
        raise Conflict("erased_already")
    name, phone, since = person.name, person.phone, person.created_at
    _end_all(session, person_id, now)
    session.flush()
    session.expire_all()
    _empty_reasons(session, person_id)
    _empty_rows(session, person_id, name, phone)
    session.execute(update(Person).where(Person.id == person_id, Person.closed_at.is_(None)).values(closed_at=now))
    session.add(Erasure(person_id=person_id, why=why, at=now, by=by))
    record(
        session, actor_id=by, action="person.erase", subject_kind="person", subject_id=person_id, now=now,
        detail={"why": why},
    )  # fmt: skip
    session.flush()
    return journal.Line("erase", person_id, since, now)


def _empty_rows(session: Session, person_id: int, name: str, phone: str | None) -> None:
    """What the register says, table by table; then what others wrote."""
    for table in reversed(Base.metadata.sorted_tables):
        if rule := REGISTER.get(table.name):
            _apply(session, table, rule, person_id)
    session.execute(update(Merge).where(Merge.gone_id == person_id).values(detail={}, import_key=None))
    for table in Base.metadata.sorted_tables:
        if rule := REGISTER.get(table.name):
            _take_out(session, table, rule, name, phone)


def _end_all(session: Session, person_id: int, now: datetime) -> None:
    """Memberships, roles and open requests end; what they were stays under the number."""
    for table in (Membership, RoleGrant):
        open_ones = update(table).where(table.person_id == person_id, table.ended_at.is_(None))
        session.execute(open_ones.values(ended_at=now))
    waiting = update(PrivacyRequest).where(PrivacyRequest.person_id == person_id, PrivacyRequest.state != "closed")
    session.execute(waiting.where(PrivacyRequest.state == "new").values(state="acknowledged", acknowledged_at=now))
    session.execute(waiting.values(state="closed", outcome="done", answer=EMPTIED, closed_at=now))
    session.execute(delete(Departure).where(Departure.person_id == person_id))
    withdraw_all(session, person_id, now=now)


def mine(table: Table, rule: Rule, person_id: int) -> ColumnElement[bool]:
    """Which rows of a table with an owner are about this person."""
    column, _, parent = rule.owner.partition(">")
    if not parent:
        return table.c[column] == person_id
    above = Base.metadata.tables[parent]
    return table.c[column].in_(select(above.c.id).where(mine(above, REGISTER[parent], person_id)))


def _apply(session: Session, table: Table, rule: Rule, person_id: int) -> None:
    if rule.prefix:
        column, beginning = rule.prefix
        session.execute(delete(table).where(table.c[column].startswith(beginning.format(person_id), autoescape=True)))
    if not rule.owner:
        return
    owned = mine(table, rule, person_id)
    if rule.drop:
        session.execute(delete(table).where(owned, *_also(rule.where)))
    if rule.blank:
        session.execute(update(table).where(owned, *_also(rule.blank_where)).values(**rule.blank))
    for column in rule.own:
        session.execute(update(table).where(owned, table.c[column] != "").values({column: EMPTIED}))


def _also(condition: str) -> list[Any]:
    return [text(condition)] if condition else []


def _empty_reasons(session: Session, person_id: int) -> None:
    """Reasons in the trail that were given about this person or about rows of theirs."""
    for name, rule in REGISTER.items():
        if rule.subject:
            table = Base.metadata.tables[name]
            ids = select(cast(table.c.id, String)).where(mine(table, rule, person_id))
            about = and_(AuditEntry.subject_kind == rule.subject, AuditEntry.subject_id.in_(ids))
            session.execute(
                update(AuditEntry)
                .where(about, AuditEntry.reason != "")
                .values(reason=EMPTIED)
                .execution_options(synchronize_session=False)
            )


def _take_out(session: Session, table: Table, rule: Rule, name: str, phone: str | None) -> None:
    """Their name and number, wherever else people wrote them."""
    if rule.contact:
        _empty_contact(session, table, rule.contact, name, phone)
    for column in (*rule.own, *rule.mention):
        keys = list(table.primary_key)
        for *key, held in session.execute(select(*keys, table.c[column]).where(table.c[column].is_not(None))).all():
            if held and (left := _without(held, name, phone)) != held:
                where = [part == value for part, value in zip(keys, key, strict=True)]
                session.execute(update(table).where(*where).values({column: left}))


def _empty_contact(session: Session, table: Table, columns: tuple[str, str], name: str, phone: str | None) -> None:
    names, phones = (table.c[column] for column in columns)
    for key, held_name, held_phone in session.execute(select(table.c.id, names, phones)).all():
        if (held_name and fold(held_name) == fold(name)) or (phone and held_phone == phone):
            session.execute(update(table).where(table.c.id == key).values({names.name: "", phones.name: ""}))


def _without(held: Any, name: str, phone: str | None) -> Any:
    if isinstance(held, str):
        return take_out(held, name, phone)
    if isinstance(held, dict):
        return {key: _without(value, name, phone) for key, value in held.items()}
    if isinstance(held, list):
        return [_without(value, name, phone) for value in held]
    return held
