"""Steps about people: added, placed, given a card, a PIN, a role. Callers write the audit trail."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.core import security
from app.core.calendar import local_date
from app.core.db import insert_for
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import fold, person_key
from app.core.text import phone as phone_number
from app.groups.models import Group
from app.people.domain import (
    CONSENT_TEXT,
    IssuedCard,
    check_address,
    check_adult,
    check_answer,
    check_birth_year,
    check_name,
    check_password,
    check_pin,
)
from app.people.household.models import DeviceMember
from app.people.models import Authenticator, Card, Consent, HalfSignIn, Membership, Person, RoleGrant, SignIn
from app.people.roles import ROLES

HOME_KINDS = ("khu_pho", "to")
MOST_ID = 2**31 - 1


def add_person(
    session: Session,
    *,
    name: str,
    address: str,
    adult: str,
    group_id: int,
    branch_id: int | None = None,
    birth_year: int | None = None,
    phone: str | None = None,
    import_key: str | None = None,
    now: datetime,
) -> int:
    """A new person with unconfirmed memberships; returns the id.

    Args:
        group_id: The khu phố or tổ where they live.
        branch_id: Their chi đoàn, if any.
        import_key: What a repeated import recognises them by; unique.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
    """
    name = check_name(name)
    person = Person(
        name=name,
        folded=fold(name),
        name_key=person_key(name),
        address=check_address(address),
        adult=check_adult(adult),
        birth_year=check_birth_year(birth_year, now),
        phone=_check_phone(phone),
        import_key=import_key,
        created_at=now,
    )
    _check_group(session, group_id, HOME_KINDS, "group", now)
    if branch_id is not None:
        _check_group(session, branch_id, ("chi_doan",), "branch", now)
    session.add(person)
    session.flush()
    join_group(session, person.id, group_id, kind="home", now=now)
    if branch_id is not None:
        join_group(session, person.id, branch_id, kind="branch", now=now)
    return person.id


def _check_phone(text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    number = phone_number(text)
    if number is None:
        raise Invalid("phone_shape", field="phone")
    return number


def _check_group(session: Session, group_id: int, kinds: tuple[str, ...], field: str, now: datetime) -> None:
    group = session.get(Group, group_id) if 0 < group_id <= MOST_ID else None  # a form may hold any number
    gone = group is None or (group.valid_to is not None and group.valid_to <= local_date(now))
    if group is None or gone or group.kind not in kinds:
        raise Invalid("group_missing", field=field)


def join_group(session: Session, person_id: int, group_id: int, *, kind: str, now: datetime) -> None:
    """Belong to a group from now on, unconfirmed; the membership of that kind before it ends."""
    session.execute(
        update(Membership)
        .where(Membership.person_id == person_id, Membership.kind == kind, Membership.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.add(Membership(person_id=person_id, group_id=group_id, kind=kind, started_at=now))
    session.flush()


def confirm_membership(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Someone who knows them says that they live here: from now on they count.

    Args:
        by: Who says so; ``None`` where the ward's own list does.

    Raises:
        Invalid: Nobody vouches for themselves.
        NotFound: No such person, or without a group.
        Conflict: Confirmed already.
    """
    if by == person_id:
        raise Invalid("self_confirm")
    current = select(Membership).where(Membership.person_id == person_id, Membership.ended_at.is_(None))
    memberships = session.scalars(current.with_for_update()).all()
    if not memberships:
        raise NotFound
    waiting = [membership for membership in memberships if membership.confirmed_at is None]
    if not waiting:
        raise Conflict("already_confirmed")
    for membership in waiting:
        membership.confirmed_at, membership.confirmed_by = now, by
    session.flush()


def issue_card(session: Session, person_id: int, *, now: datetime) -> IssuedCard:
    """A new card; the old one, and everything that it opened, end at once."""
    end_cards(session, [person_id], now=now)
    card = IssuedCard(code=_free_code(session), token=security.token())
    session.add(Card(person_id=person_id, code=card.code, token_hash=security.digest(card.token), issued_at=now))
    session.flush()
    return card


def end_cards(session: Session, person_ids: Collection[int], *, now: datetime) -> int:
    """End people's cards, the sessions that these opened, and entering by name on any device.

    Returns:
        How many cards there were.
    """
    session.execute(delete(SignIn).where(SignIn.person_id.in_(person_ids), SignIn.level == "card"))
    session.execute(delete(DeviceMember).where(DeviceMember.person_id.in_(person_ids)))
    ended = update(Card).where(Card.person_id.in_(person_ids), Card.ended_at.is_(None)).values(ended_at=now)
    return len(session.scalars(ended.returning(Card.id)).all())


def _free_code(session: Session) -> str:
    while True:  # six digits, the first not 0: people drop it; no code is ever used twice
        code = random_code()
        if session.scalar(select(func.count()).where(Card.code == code)) == 0:
            return code


def random_code() -> str:
    """Six digits, which somebody may have already."""
    return str(secrets.randbelow(900_000) + 100_000)


def set_pin(session: Session, person_id: int, pin: str, *, now: datetime) -> None:
    """Store a PIN in place of the one before.

    Raises:
        Invalid: Its shape, or too easy to guess.
    """
    store_secret(session, person_id, "pin", security.hash_secret(check_pin(pin)), now=now)


def set_password(session: Session, person_id: int, password: str, *, now: datetime) -> None:
    """Store an officer's password in place of the one before.

    Raises:
        Invalid: Too short or too long.
    """
    store_secret(session, person_id, "password", security.hash_secret(check_password(password)), now=now)


def store_secret(session: Session, person_id: int, kind: str, hashed: str, *, now: datetime) -> None:
    """For callers that hashed beforehand: hashing takes 30 ms, too long inside a write transaction."""
    row = {"person_id": person_id, "kind": kind, "secret": hashed, "set_at": now}
    insert = insert_for(session)
    session.execute(
        insert(Authenticator)
        .values(**row)
        .on_conflict_do_update(index_elements=["person_id", "kind"], set_={"secret": hashed, "set_at": now})
    )


def clear_pin(session: Session, person_id: int) -> None:
    """Forget the PIN, end every session and entering by name: the person opens the card and chooses a new one."""
    session.execute(delete(DeviceMember).where(DeviceMember.person_id == person_id))
    session.execute(delete(Authenticator).where(Authenticator.person_id == person_id, Authenticator.kind == "pin"))
    end_sessions(session, person_id)


def end_sessions(session: Session, person_id: int, *, keep: int | None = None) -> None:
    """End a person's sessions, whoever holds a copy of the cookie; ``keep`` is the id of one that stays."""
    ended = delete(SignIn).where(SignIn.person_id == person_id)
    session.execute(ended if keep is None else ended.where(SignIn.id != keep))
    session.execute(delete(HalfSignIn).where(HalfSignIn.person_id == person_id))


def grant_role(
    session: Session, person_id: int, role: str, group_id: int, *, granted_by: int | None, now: datetime
) -> None:
    """Hold a role in a branch of the tree, besides what is held already.

    Sessions end: nobody goes on with more rights in a session that began with less.

    Raises:
        Invalid: No such role.
        Conflict: It is held there already.
    """
    if role not in ROLES:
        raise Invalid("bad_request")
    row = {"person_id": person_id, "role": role, "group_id": group_id, "granted_at": now, "granted_by": granted_by}
    made = session.execute(
        insert_for(session)(RoleGrant).values(**row).on_conflict_do_nothing().returning(RoleGrant.id)
    )
    if made.first() is None:
        raise Conflict("role_held")
    end_sessions(session, person_id)


def end_role(session: Session, person_id: int, role: str, *, group_id: int | None = None, now: datetime) -> None:
    """Hold a role no longer: in that group, or (without one) anywhere. Sessions end."""
    held = update(RoleGrant).where(
        RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.ended_at.is_(None)
    )
    session.execute((held if group_id is None else held.where(RoleGrant.group_id == group_id)).values(ended_at=now))
    end_sessions(session, person_id)


def record_consent(
    session: Session,
    person_id: int,
    *,
    purpose: str,
    choice: str,
    giver: str,
    recorded_by: int | None,
    now: datetime,
    how: str | None = None,
) -> None:
    """Add one answer; the last of each giver is in force.

    Args:
        purpose: record | name | photo.
        choice: full | given | no; for record and photo ``full`` means yes.
        giver: self | guardian.
        recorded_by: Who wrote it down; ``None`` on their own screen.
        how: screen | spoken | paper | phone; ``None``: on their own screen, or nobody noted it.

    Raises:
        Invalid: A word that is none of these.
    """
    check_answer(purpose, choice, giver)
    session.add(
        Consent(
            person_id=person_id,
            purpose=purpose,
            choice=choice,
            giver=giver,
            text_version=CONSENT_TEXT,
            given_at=now,
            recorded_by=recorded_by,
            how=how or ("screen" if recorded_by is None else None),
        )
    )
    session.flush()
