"""Reading people: who is asking, who is known here, what they agreed to, and what the public may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.core.security import digest
from app.core.text import given_name
from app.groups.models import Group
from app.people.directory import MOST_ID
from app.people.domain import Accommodations, Actor, ConsentGiven, group_hint, public_name, role_of
from app.people.doubles.queries import final_ids, numbers_of
from app.people.grants import group_tree
from app.people.household.models import HouseholdMember
from app.people.models import (
    Accommodation,
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
from app.people.roles import Held, rights_of
from app.people.symbols import Symbol, symbols_of

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
    """One answer, newest first, with who wrote it down (``None``: on their own screen) and how it was given."""

    purpose: str
    choice: str
    giver: str
    given_at: datetime
    recorded_by: int | None
    how: str = ""  # "" where nobody noted it
    text_version: str = ""


def find_actor(session: Session, token: str, *, now: datetime) -> Actor | None:
    """Who holds this session token; ``None`` when the session has ended. One select, two for those with a role."""
    rows = session.execute(_who_holds(), {"token": digest(token), "moment": now}).all()
    if not rows:
        return None
    sign_in, person, membership, home_name, branch_id, chosen, *_ = rows[0]
    held = list(dict.fromkeys(Held(role, group_id) for *_, role, group_id in rows if role is not None))
    return Actor(
        id=person.id,
        name=person.name,
        address=person.address,
        adult=person.adult,
        role=role_of([one.role for one in held], sign_in.level),
        level=sign_in.level,
        home_id=membership.group_id if membership else None,
        home_name=home_name or "",
        branch_id=branch_id,
        confirmed=membership is not None and membership.confirmed_at is not None,
        sign_in_id=sign_in.id,
        accommodations=_chosen(chosen),
        rights=rights_of(held, sign_in.level, group_tree(session)) if held else {},
        records=_keeps_record({row.id: row for *_, row, _role, _group in rows if row is not None}.values()),
    )


@cache
def _who_holds() -> Any:
    """Asked in every request, so put together once; the type of its rows is :func:`find_actor`'s business."""
    home, branch = aliased(Membership), aliased(Membership)
    return (
        select(
            SignIn,
            Person,
            home,
            Group.name,
            branch.group_id,
            Accommodation,
            Consent,
            RoleGrant.role,
            RoleGrant.group_id,
        )
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(home, _current(home, "home"))
        .outerjoin(Group, Group.id == home.group_id)
        .outerjoin(branch, _current(branch, "branch"))
        .outerjoin(Accommodation, Accommodation.person_id == Person.id)
        .outerjoin(Consent, and_(Consent.person_id == Person.id, Consent.purpose == "record"))
        .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, RoleGrant.ended_at.is_(None)))
        .where(SignIn.token_hash == bindparam("token"), SignIn.expires_at > bindparam("moment"))
        .where(Person.closed_at.is_(None))
    )


def _keeps_record(answers: Iterable[Consent]) -> bool:
    """Not after the person, or a guardian, took that back."""
    last = {row.giver: row.choice for row in sorted(answers, key=lambda row: (row.given_at, row.id))}
    return "no" not in last.values()


def _chosen(row: Accommodation | None) -> Accommodations | None:
    if row is None:
        return None
    return Accommodations(row.text_size, row.contrast, row.fewer_options, row.read_first)


def accommodations_of(session: Session, person_id: int) -> Accommodations | None:
    """What makes reading easier for someone; ``None`` where nothing was chosen yet."""
    return _chosen(session.get(Accommodation, person_id)) if person_id < MOST_ID else None


def _current(membership: type[Membership], kind: str) -> ColumnElement[bool]:
    return and_(membership.person_id == Person.id, membership.kind == kind, membership.ended_at.is_(None))


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


def card_symbols(session: Session, person_id: int) -> tuple[Symbol, ...]:
    """The three pictures of the card in force; none where there is no card."""
    query = select(Card.token_hash).where(Card.person_id == person_id, Card.ended_at.is_(None))
    token_hash = session.scalar(query)
    return symbols_of(token_hash) if token_hash else ()


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
        ConsentRow(
            row.purpose,
            row.choice,
            row.giver,
            row.given_at,
            row.recorded_by,
            row.how or ("screen" if row.recorded_by is None else ""),
            row.text_version,
        )
        for row in session.scalars(query.order_by(Consent.given_at.desc(), Consent.id.desc()))
    ]


def own_name_consent(session: Session, person_id: int) -> str | None:
    """The person's own answer on their name in force: full | given | no, or ``None`` when not asked yet."""
    query = select(Consent.choice).where(
        Consent.person_id == person_id, Consent.purpose == "name", Consent.giver == "self"
    )
    return session.scalar(query.order_by(Consent.given_at.desc(), Consent.id.desc()).limit(1))


def public_names(session: Session, person_ids: Iterable[int]) -> dict[int, str | None]:
    """What the public may read for each id: the name, the given name, or nothing. Three selects.

    Who was merged into another is named as that one agreed.
    """
    asked = set(person_ids)
    if not asked:
        return {}
    finals = final_ids(session, asked)
    wanted = {finals.get(one, one) for one in asked}
    given: dict[int, list[ConsentGiven]] = {}
    answers = select(Consent).where(Consent.person_id.in_(wanted), Consent.purpose == "name")
    for row in session.scalars(answers.order_by(Consent.given_at, Consent.id)):
        answer = ConsentGiven(row.purpose, row.choice, row.giver, row.given_at)
        given.setdefault(row.person_id, []).append(answer)
    people = select(Person.id, Person.name, Person.adult).where(Person.id.in_(wanted), Person.closed_at.is_(None))
    names: dict[int, str | None] = dict.fromkeys(wanted)
    for person_id, name, adult in session.execute(people):
        names[person_id] = public_name(name, adult, given.get(person_id, []))
    return {one: names[finals.get(one, one)] for one in asked}


def same_household(session: Session, a: int, b: int) -> bool:
    """Whether two people belong to one household: one person, one phone number on record, or names on one phone.

    Who was merged with another counts as that one.
    """
    if a == b:
        return True
    all_a, all_b = numbers_of(session, a), numbers_of(session, b)
    if all_a & all_b:
        return True
    query = select(Person.id, Person.phone, HouseholdMember.household_id).outerjoin(
        HouseholdMember, and_(HouseholdMember.person_id == Person.id, HouseholdMember.ended_at.is_(None))
    )
    rows = session.execute(query.where(Person.id.in_(all_a | all_b))).all()
    ties = [
        {(kind, tie) for person_id, *both in rows if person_id in ids for kind, tie in enumerate(both) if tie}
        for ids in (all_a, all_b)
    ]
    return not ties[0].isdisjoint(ties[1])
