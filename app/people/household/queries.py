"""Reading who learns on a device, and who lives with whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.security import digest
from app.core.text import given_name
from app.people.household.domain import locks
from app.people.household.models import DeviceMember, HouseholdMember
from app.people.models import Authenticator, Card, Device, DeviceUse, Person
from app.people.symbols import Symbol, symbols_of

MOST_KNOWN = 8  # who entered here with a PIN, the last ones


@dataclass(frozen=True)
class NameHere:
    """A name button: as much as the family at home may read.

    Attributes:
        tap: Whether a tap opens a learning session; else it leads to the keypad.
        symbol: The first picture of the card in force, if there is one.
    """

    id: int
    given: str
    address: str
    tap: bool
    symbol: Symbol | None


def names_here(session: Session, device_token: str | None) -> list[NameHere]:
    """Who may enter on this device: first those who allowed a tap on their name, in the order they came; then the
    rest of those who entered with their PIN before, the last one first."""
    if not device_token:
        return []
    token_hash = digest(device_token)
    people = select(Person.id, Person.name, Person.address).where(Person.closed_at.is_(None))
    members = (
        people.join(DeviceMember, DeviceMember.person_id == Person.id)
        .join(Device, Device.id == DeviceMember.device_id)
        .where(Device.token_hash == token_hash)
        .order_by(DeviceMember.added_at, Person.id)
    )
    known = (
        people.join(DeviceUse, DeviceUse.person_id == Person.id)
        .join(Device, Device.id == DeviceUse.device_id)
        .join(Authenticator, (Authenticator.person_id == Person.id) & (Authenticator.kind == "pin"))
        .where(Device.token_hash == token_hash)
        .order_by(DeviceUse.used_at.desc(), Person.id)
        .limit(MOST_KNOWN)
    )
    tapped, typed = session.execute(members).all(), session.execute(known).all()
    taps = {row.id for row in tapped}
    rows = [*tapped, *(row for row in typed if row.id not in taps)]
    pictures = _pictures(session, [row.id for row in rows])
    return [NameHere(i, given_name(name), address, i in taps, pictures.get(i)) for i, name, address in rows]


def _pictures(session: Session, person_ids: Collection[int]) -> dict[int, Symbol]:
    query = select(Card.person_id, Card.token_hash).where(Card.person_id.in_(person_ids), Card.ended_at.is_(None))
    return {person_id: symbols_of(token_hash)[0] for person_id, token_hash in session.execute(query)}


def count_names(session: Session, device_token: str | None) -> int:
    """How many people learn on this device by a tap on their name."""
    if not device_token:
        return 0
    return session.scalar(_members(device_token).with_only_columns(func.count())) or 0


def device_locks(session: Session, device_token: str | None) -> bool:
    """Whether this device asks who goes on, after a lesson."""
    if not device_token:
        return False
    setting = session.scalar(select(Device.locks).where(Device.token_hash == digest(device_token)))
    return locks(setting, count_names(session, device_token))


def is_name_here(session: Session, device_token: str | None, person_id: int) -> bool:
    """Whether a tap on this name opens a session on this device."""
    if not device_token:
        return False
    return session.scalar(_members(device_token).where(DeviceMember.person_id == person_id)) is not None


def _members(device_token: str) -> Select[int]:
    return (
        select(DeviceMember.person_id)
        .join(Device, Device.id == DeviceMember.device_id)
        .join(Person, Person.id == DeviceMember.person_id)
        .where(Device.token_hash == digest(device_token), Person.closed_at.is_(None))
    )


def people_on(session: Session, device_id: int) -> list[int]:
    """The ids of those who learn on a device by a tap on their name."""
    query = select(DeviceMember.person_id).join(Person, Person.id == DeviceMember.person_id)
    return list(session.scalars(query.where(DeviceMember.device_id == device_id, Person.closed_at.is_(None))))


def households_of(session: Session, person_ids: Iterable[int]) -> dict[int, int]:
    """Person → household, for those who have one."""
    query = select(HouseholdMember.person_id, HouseholdMember.household_id)
    query = query.where(HouseholdMember.person_id.in_(set(person_ids)), HouseholdMember.ended_at.is_(None))
    return dict(session.execute(query).all())


def household_sizes(session: Session, household_ids: Iterable[int]) -> dict[int, int]:
    """Household → how many people are in it now."""
    query = (
        select(HouseholdMember.household_id, func.count())
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(
            HouseholdMember.household_id.in_(set(household_ids)),
            HouseholdMember.ended_at.is_(None),
            Person.closed_at.is_(None),
        )
        .group_by(HouseholdMember.household_id)
    )
    return dict(session.execute(query).all())


def housemates(session: Session, person_id: int) -> list[tuple[int, str]]:
    """Id and name of those who are one household with someone, without that one."""
    own = households_of(session, [person_id]).get(person_id)
    query = (
        select(Person.id, Person.name)
        .join(HouseholdMember, HouseholdMember.person_id == Person.id)
        .where(
            HouseholdMember.household_id == own,
            HouseholdMember.ended_at.is_(None),
            Person.id != person_id,
            Person.closed_at.is_(None),
        )
        .order_by(Person.name_key, Person.id)
    )
    return [(one, name) for one, name in session.execute(query)]
