"""Several people on one phone: a name is added with its owner's card or PIN, opens a session by a tap, and goes again.

Whoever adds a name says that both live together: they become one household, which the rules of honesty read.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core import security
from app.core.db import insert_for, transaction
from app.core.errors import Invalid, NotFound
from app.people.claims import make_claim, place_of
from app.people.domain import PIN_DIGITS, SignedIn
from app.people.household.domain import MOST, is_strange
from app.people.household.models import DeviceMember, Household, HouseholdMember
from app.people.household.queries import household_sizes, households_of, is_name_here, people_on
from app.people.models import Card, Device, DeviceUse, Person
from app.people.sessions import begin, device_of, make_device, remember_device
from app.people.tries import forgive


@dataclass(frozen=True)
class Added:
    """A name that is on the device now; ``device_token`` where the browser became known just now."""

    person_id: int
    device_token: str | None


def add_by_card(*, token: str, by: int, proof: str, device_token: str | None, now: datetime) -> Added:
    """Add whoever holds this card to the device, beside the one who is signed in there.

    Args:
        by: Who is signed in; their own name comes onto the device too.
        proof: How that one entered: card | pin.

    Raises:
        NotFound: No card of today has this token.
        Invalid: The device is full, or the card is of another family.
    """
    with transaction() as session:
        person_id = session.scalar(
            select(Card.person_id)
            .join(Person, Person.id == Card.person_id)
            .where(Card.token_hash == security.digest(token), Card.ended_at.is_(None), Person.closed_at.is_(None))
        )
        if person_id is None:
            raise NotFound("card_unknown")
        device_id, fresh = make_device(session, device_token, now=now)
        _add(session, device_id, person_id, proof="card", by=by, by_proof=proof, now=now)
        return Added(person_id, fresh)


def add_by_pin(
    *, code: str, pin: str, by: int, proof: str, device_token: str | None, network: str, now: datetime
) -> Added:
    """The same with the card's six digits and the PIN; wrong ones are counted as in signing in.

    Raises:
        Invalid: The code's shape; they do not fit together; or as :func:`add_by_card`.
        Locked: Too many tries.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        raise Invalid("code_shape", field="code")
    if len(pin) > PIN_DIGITS[1]:
        raise Invalid("pin_shape", field="secret")  # an officer's password is for an officer's desk
    with transaction() as session:
        owner = select(Card.person_id).join(Person, Person.id == Card.person_id)
        person_id = session.scalar(owner.where(Card.code == typed, Card.ended_at.is_(None), Person.closed_at.is_(None)))
        place = place_of(session, device_of(session, device_token), person_id, otherwise="elsewhere")
        claim = make_claim(session, person_id, typed, pin, place=place, network=network, now=now)
    proved = claim.verify(pin, wrong="sign_in_wrong", field="secret")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        fresh = remember_device(session, device_token, proved, now=now)
        device_id, _ = make_device(session, device_token or fresh, now=now)
        _add(session, device_id, proved, proof="pin", by=by, by_proof=proof, now=now)
        return Added(proved, fresh)


def _add(
    session: Session, device_id: int, person_id: int, *, proof: str, by: int, by_proof: str, now: datetime
) -> None:
    session.get(Device, device_id, with_for_update=True)  # two at once: one after the other
    here = people_on(session, device_id)
    together = {*here, by, person_id}
    if len(together) > MOST:
        raise Invalid("device_full", field="", most=MOST)
    join_household(session, together, newcomer=person_id, by=by, now=now)
    put_name(session, device_id, by, proof=by_proof, by=by, now=now)
    put_name(session, device_id, person_id, proof=proof, by=by, now=now)


def put_name(session: Session, device_id: int, person_id: int, *, proof: str, by: int, now: datetime) -> None:
    """Let a tap on someone's name open a learning session on a device. A step; a device of a class uses it alone."""
    values = {"device_id": device_id, "person_id": person_id, "proof": proof, "added_by": by, "added_at": now}
    session.execute(insert_for(session)(DeviceMember).values(**values).on_conflict_do_nothing())


def join_household(session: Session, together: set[int], *, newcomer: int, by: int, now: datetime) -> None:
    """Make one household of people who share a phone. A step.

    Raises:
        Invalid: The newcomer belongs to another family.
    """
    session.scalars(select(Person.id).where(Person.id.in_(together)).order_by(Person.id).with_for_update()).all()
    own = households_of(session, together)
    sizes = household_sizes(session, own.values())
    here = {own[one] for one in together - {newcomer} if one in own}
    if is_strange(own.get(newcomer), here, sizes):
        raise Invalid("household_other", field="")
    real = sorted({*here, *own.values()}, key=lambda one: (-sizes.get(one, 0), one))
    target = real[0] if real else _new_household(session, now)
    for person_id in sorted(together):
        if own.get(person_id) != target and sizes.get(own.get(person_id, 0), 0) < 2:
            end_membership(session, person_id, now=now)
            member = HouseholdMember(household_id=target, person_id=person_id, added_by=by, added_at=now)
            session.add(member)
    session.flush()


def _new_household(session: Session, now: datetime) -> int:
    made = Household(created_at=now)
    session.add(made)
    session.flush()
    return made.id


def end_membership(session: Session, person_id: int, *, now: datetime) -> bool:
    """Belong to no household from now on; whether there was one. A step."""
    ended = update(HouseholdMember).where(HouseholdMember.person_id == person_id, HouseholdMember.ended_at.is_(None))
    return session.execute(ended.values(ended_at=now).returning(HouseholdMember.id)).first() is not None


def leave_household(*, person_id: int, by: int, now: datetime) -> None:
    """An officer writes down that someone lives with these people no longer; their names on phones go too.

    Raises:
        NotFound: They belong to no household.
        Invalid: Oneself.
    """
    if by == person_id:
        raise Invalid("self_confirm")
    with transaction() as session:
        if not end_membership(session, person_id, now=now):
            raise NotFound
        session.execute(delete(DeviceMember).where(DeviceMember.person_id == person_id))
        record(session, actor_id=by, action="household.leave", subject_kind="person", subject_id=person_id, now=now)


def enter_by_name(*, person_id: int, device_token: str | None, old_token: str | None, now: datetime) -> SignedIn:
    """Begin a learning session by a tap on a name; the session of whoever learned before ends.

    Raises:
        NotFound: That name is not on this device.
    """
    with transaction() as session:
        if not is_name_here(session, device_token, person_id):
            raise NotFound
        return begin(session, person_id, "card", old_token=old_token, now=now)


def take_name_off(*, person_id: int, device_token: str | None) -> None:
    """A name goes from this device, and with it entering here by the PIN alone; the household stays."""
    with transaction() as session:
        device_id = device_of(session, device_token)
        for table in (DeviceMember, DeviceUse):
            session.execute(delete(table).where(table.device_id == device_id, table.person_id == person_id))


def set_lock(*, on: bool, device_token: str | None) -> None:
    """Whether this device asks who goes on, after a lesson."""
    with transaction() as session:
        device_id = device_of(session, device_token)
        session.execute(update(Device).where(Device.id == device_id).values(locks=on))
