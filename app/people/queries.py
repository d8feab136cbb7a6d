"""Reading people: who is asking, who is known here, what they agreed to, and what the public may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from app.core.security import digest
from app.core.text import given_name
from app.groups.models import Group
from app.people.domain import Actor, ConsentGiven, group_hint, public_name, role_of
from app.people.models import (
    Authenticator,
    Card,
    Consent,
    Device,
    DeviceUse,
    Membership,
    Person,
    RoleGrant,
    SignIn,
)

MOST_KNOWN = 8


@dataclass(frozen=True)
class KnownPerson:
    """Someone who has entered on this device before: as much as the family at home may read."""

    id: int
    given: str
    address: str
    group: str


@dataclass(frozen=True)
class CardHolder:
    """Whose card it is, told to whoever holds it."""

    person_id: int
    given: str
    address: str
    group_hint: str


@dataclass(frozen=True)
class SignInRow:
    """One session in a person's own list."""

    id: int
    level: str
    created_at: datetime
    here: bool


@dataclass(frozen=True)
class ConsentRow:
    """One answer, newest first, with who wrote it down (``None``: on their own screen)."""

    purpose: str
    choice: str
    giver: str
    given_at: datetime
    recorded_by: int | None


def find_actor(session: Session, token: str, *, now: datetime) -> Actor | None:
    """Who holds this session token, in one select; ``None`` when the session has ended."""
    home, branch = aliased(Membership), aliased(Membership)
    officer, volunteer = aliased(RoleGrant), aliased(RoleGrant)
    query = (
        select(
            SignIn.id,
            SignIn.level,
            Person.id,
            Person.name,
            Person.address,
            Person.adult,
            home.group_id,
            home.confirmed_at,
            Group.name,
            branch.group_id,
            officer.role,
            volunteer.role,
        )
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(home, _current(home, "home"))
        .outerjoin(Group, Group.id == home.group_id)
        .outerjoin(branch, _current(branch, "branch"))
        .outerjoin(officer, _held(officer, "officer"))
        .outerjoin(volunteer, _held(volunteer, "volunteer"))
        .where(SignIn.token_hash == digest(token), SignIn.expires_at > now, Person.closed_at.is_(None))
    )
    row = session.execute(query).first()
    if row is None:
        return None
    sign_in_id, level, person_id, name, address, adult, home_id, confirmed, home_name, branch_id, *roles = row
    return Actor(
        id=person_id,
        name=name,
        address=address,
        adult=adult,
        role=role_of([role for role in roles if role], level),
        level=level,
        home_id=home_id,
        home_name=home_name or "",
        branch_id=branch_id,
        confirmed=confirmed is not None,
        sign_in_id=sign_in_id,
    )


def _current(membership: type[Membership], kind: str) -> ColumnElement[bool]:
    return and_(membership.person_id == Person.id, membership.kind == kind, membership.ended_at.is_(None))


def _held(grant: type[RoleGrant], role: str) -> ColumnElement[bool]:
    return and_(grant.person_id == Person.id, grant.role == role, grant.ended_at.is_(None))


def known_here(session: Session, device_token: str | None) -> list[KnownPerson]:
    """Who may enter on this device with the PIN alone, the last one first."""
    if not device_token:
        return []
    query = (
        select(Person.id, Person.name, Person.address, Group.name)
        .join(DeviceUse, DeviceUse.person_id == Person.id)
        .join(Device, Device.id == DeviceUse.device_id)
        .join(Authenticator, and_(Authenticator.person_id == Person.id, Authenticator.kind == "pin"))
        .outerjoin(Membership, _current(Membership, "home"))
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Device.token_hash == digest(device_token), Person.closed_at.is_(None))
        .order_by(DeviceUse.used_at.desc(), Person.id)
        .limit(MOST_KNOWN)
    )
    return [
        KnownPerson(person_id, given_name(name), address, group or "")
        for person_id, name, address, group in session.execute(query)
    ]


def card_holder(session: Session, token: str) -> CardHolder | None:
    """Whose card has this token, or ``None`` when it was reprinted or never was."""
    query = (
        select(Person.id, Person.name, Person.address, Group.name)
        .join(Card, Card.person_id == Person.id)
        .outerjoin(Membership, _current(Membership, "home"))
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Card.token_hash == digest(token), Card.ended_at.is_(None), Person.closed_at.is_(None))
    )
    row = session.execute(query).first()
    if row is None:
        return None
    person_id, name, address, group = row
    return CardHolder(person_id, given_name(name), address, group_hint(group) if group else "")


def card_code(session: Session, person_id: int) -> str | None:
    """The six digits of the card in force."""
    return session.scalar(select(Card.code).where(Card.person_id == person_id, Card.ended_at.is_(None)))


def has_pin(session: Session, person_id: int) -> bool:
    """Whether the person has chosen a PIN."""
    query = select(Authenticator.id).where(Authenticator.person_id == person_id, Authenticator.kind == "pin")
    return session.scalar(query) is not None


def sign_ins_of(session: Session, person_id: int, *, here: int, now: datetime) -> list[SignInRow]:
    """A person's open sessions, newest first; ``here`` is the id of the one that asks."""
    query = select(SignIn).where(SignIn.person_id == person_id, SignIn.expires_at > now)
    return [
        SignInRow(row.id, row.level, row.created_at, row.id == here)
        for row in session.scalars(query.order_by(SignIn.created_at.desc(), SignIn.id.desc()))
    ]


def consents_of(session: Session, person_id: int) -> list[ConsentRow]:
    """Every answer a person or their guardian gave, newest first."""
    query = select(Consent).where(Consent.person_id == person_id)
    return [
        ConsentRow(row.purpose, row.choice, row.giver, row.given_at, row.recorded_by)
        for row in session.scalars(query.order_by(Consent.given_at.desc(), Consent.id.desc()))
    ]


def own_name_consent(session: Session, person_id: int) -> str | None:
    """The person's own answer on their name in force: full | given | no, or ``None`` when not asked yet."""
    query = select(Consent.choice).where(
        Consent.person_id == person_id, Consent.purpose == "name", Consent.giver == "self"
    )
    return session.scalar(query.order_by(Consent.given_at.desc(), Consent.id.desc()).limit(1))


def public_names(session: Session, person_ids: Iterable[int]) -> dict[int, str | None]:
    """What the public may read for each id: the name, the given name, or nothing. Two selects."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    given: dict[int, list[ConsentGiven]] = {}
    answers = select(Consent).where(Consent.person_id.in_(wanted), Consent.purpose == "name")
    for row in session.scalars(answers.order_by(Consent.given_at, Consent.id)):
        answer = ConsentGiven(row.purpose, row.choice, row.giver, row.given_at)
        given.setdefault(row.person_id, []).append(answer)
    people = select(Person.id, Person.name, Person.adult).where(Person.id.in_(wanted), Person.closed_at.is_(None))
    names: dict[int, str | None] = dict.fromkeys(wanted)
    for person_id, name, adult in session.execute(people):
        names[person_id] = public_name(name, adult, given.get(person_id, []))
    return names
