"""Use cases of entering: sign up, sign in, open a card, show the PIN once more for one's own matters."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import security
from app.core.db import transaction
from app.core.errors import Invalid, NotFound
from app.core.text import phone as phone_number
from app.people import accommodations
from app.people.claims import Claim, make_claim, place_of
from app.people.domain import (
    Accommodations,
    Half,
    IssuedCard,
    SignedIn,
    check_address,
    check_adult,
    check_name,
    check_pin,
)
from app.people.models import Card, DeviceUse, Person
from app.people.second_step import enter_by_password
from app.people.service import add_person, issue_card, record_consent, store_secret
from app.people.sessions import begin, device_of, knows, remember_device
from app.people.tries import forgive


@dataclass(frozen=True)
class SignedUp:
    """A new person, signed in, with the card that is shown once."""

    signed_in: SignedIn
    card: IssuedCard


def sign_up(
    *,
    name: str,
    address: str,
    adult: str,
    group_id: int,
    branch_id: int | None,
    pin: str,
    repeat: str,
    record: bool,
    device_token: str | None,
    old_token: str | None,
    chosen: Accommodations | None = None,
    now: datetime,
) -> SignedUp:
    """Join alone: learn at once, counted when someone has confirmed the membership.

    Args:
        pin: "" for later; ``repeat`` is the same typed once more.
        record: Whether the box "keep my results" was ticked.
        chosen: How they read best, where they chose something in the first steps.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
    """
    check_name(name)  # in the order of the form, before any hashing
    check_address(address)
    check_adult(adult)
    if pin:
        check_pin(pin)
    if pin != repeat:
        raise Invalid("pin_repeat", field="repeat")
    if not record:
        raise Invalid("record_consent", field="record")
    hashed = security.hash_secret(pin) if pin else None
    with transaction() as session:
        person_id = add_person(
            session, name=name, address=address, adult=adult, group_id=group_id, branch_id=branch_id, now=now
        )
        record_consent(session, person_id, purpose="record", choice="full", giver="self", recorded_by=None, now=now)
        if hashed is not None:
            store_secret(session, person_id, "pin", hashed, now=now)
        if chosen is not None:
            accommodations.keep(session, person_id, chosen, now=now)
        card = issue_card(session, person_id, now=now)
        level = "card" if hashed is None else "pin"
        signed_in = begin(session, person_id, level, old_token=old_token, now=now)
        fresh = remember_device(session, device_token, person_id, now=now)
        return SignedUp(replace(signed_in, device_token=fresh), card)


def sign_in(
    *,
    code: str,
    secret: str,
    required: bool,
    device_token: str | None,
    network: str,
    old_token: str | None,
    now: datetime,
) -> SignedIn | Half:
    """Enter with the card's six digits and the PIN, or (officers) the password, after which the second step comes.

    A phone number stands for the code on a device that its one owner used before.
    An unknown code and a wrong secret are answered alike.

    Args:
        required: Whether a second step is required of everyone with a password.
        network: The hashed address of the connection.

    Raises:
        Invalid: The code's shape; or they do not fit together, with the tries left.
        Locked: Too many tries.
    """
    typed = "".join(code.split())
    if phone_number(typed) is None and not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        raise Invalid("code_shape", field="code")
    with transaction() as session:
        device_id = device_of(session, device_token)
        person_id = _owner(session, typed, device_id)
        place = place_of(session, device_id, person_id, otherwise="elsewhere")
        claim = make_claim(session, person_id, typed, secret, place=place, network=network, now=now)
    if claim.kind == "pin":
        return _enter(claim, secret, device_token=device_token, old_token=old_token, now=now)
    person_id = claim.verify(secret, wrong="sign_in_wrong", field="secret")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        return enter_by_password(
            session, person_id, required=required, device_token=device_token, old_token=old_token, now=now
        )


def sign_in_on_device(
    *, person_id: int, pin: str, device_token: str | None, network: str, old_token: str | None, now: datetime
) -> SignedIn:
    """Enter with the PIN alone where this browser knows the person.

    Raises:
        NotFound: It does not.
        Invalid: A wrong PIN, with the tries left.
        Locked: Too many tries.
    """
    with transaction() as session:
        device_id = device_of(session, device_token)
        if not knows(session, device_id, person_id):
            raise NotFound
        place = f"device:{device_id}"
        claim = make_claim(session, person_id, "", pin, kind="pin", place=place, network=network, now=now)
    return _enter(claim, pin, device_token=device_token, old_token=old_token, now=now)


def confirm_pin(
    *, person_id: int, pin: str, device_token: str | None, network: str, old_token: str, now: datetime
) -> SignedIn:
    """Raise a session that a card opened to one that may change one's own matters.

    Raises:
        Invalid: A wrong PIN, with the tries left.
        Locked: Too many tries.
    """
    with transaction() as session:
        place = place_of(session, device_of(session, device_token), person_id, otherwise="card")
        claim = make_claim(session, person_id, "", pin, kind="pin", place=place, network=network, now=now)
    return _enter(claim, pin, device_token=device_token, old_token=old_token, now=now)


def open_card(*, token: str, old_token: str | None, now: datetime) -> SignedIn:
    """Begin a learning session by the QR of a card, which stays valid until it is reprinted.

    Raises:
        NotFound: No card of today has this token.
    """
    with transaction() as session:
        person_id = session.scalar(
            select(Card.person_id)
            .join(Person, Person.id == Card.person_id)
            .where(Card.token_hash == security.digest(token), Card.ended_at.is_(None), Person.closed_at.is_(None))
        )
        if person_id is None:
            raise NotFound("card_unknown")
        return begin(session, person_id, "card", old_token=old_token, now=now)


def _owner(session: Session, typed: str, device_id: int | None) -> int | None:
    if len(typed) == 6:
        found = select(Card.person_id).join(Person, Person.id == Card.person_id)
        found = found.where(Card.code == typed, Card.ended_at.is_(None), Person.closed_at.is_(None))
        return session.scalar(found)
    on_device = select(Person.id).join(DeviceUse, DeviceUse.person_id == Person.id)
    on_device = on_device.where(
        Person.phone == phone_number(typed), DeviceUse.device_id == device_id, Person.closed_at.is_(None)
    )
    owners = session.scalars(on_device).all()
    return owners[0] if len(owners) == 1 else None  # a number that a family shares names nobody


def _enter(claim: Claim, secret: str, *, device_token: str | None, old_token: str | None, now: datetime) -> SignedIn:
    person_id = claim.verify(secret, wrong="sign_in_wrong", field="secret")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        signed_in = begin(session, person_id, "pin", old_token=old_token, now=now)
        fresh = remember_device(session, device_token, person_id, now=now)
        return replace(signed_in, device_token=fresh)
