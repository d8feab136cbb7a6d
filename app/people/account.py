"""Use cases of one's own matters, and of those who help: PIN, card, form of address, consents."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core import security
from app.core.db import transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.claims import find_secret, make_claim, place_of
from app.people.domain import IssuedCard, SignedIn, check_address, check_pin
from app.people.grants import grants_of, rights_in
from app.people.models import Person, SignIn
from app.people.service import clear_pin, end_sessions, issue_card, record_consent, store_secret
from app.people.sessions import begin, device_of, remember_device
from app.people.tries import forgive


def set_first_pin(
    *, person_id: int, pin: str, repeat: str, device_token: str | None, old_token: str, now: datetime
) -> SignedIn:
    """Choose a PIN where there is none; this browser is known from then on, other sessions end.

    Raises:
        Invalid: The PIN does not do, or was typed differently the second time.
        Conflict: There is one already.
    """
    hashed = _checked(pin, repeat)
    with transaction() as session:
        if find_secret(session, person_id, "pin") is not None:
            raise Conflict("pin_set")
        store_secret(session, person_id, "pin", hashed, now=now)
        return _start_afresh(session, person_id, device_token, old_token, now)


def change_pin(
    *,
    person_id: int,
    old: str,
    pin: str,
    repeat: str,
    device_token: str | None,
    network: str,
    old_token: str,
    now: datetime,
) -> SignedIn:
    """Choose another PIN; every session ends but the new one of this browser.

    Raises:
        Invalid: The new PIN does not do, or the old one is wrong (counted like a sign-in).
        Locked: Too many wrong ones.
    """
    hashed = _checked(pin, repeat)
    with transaction() as session:
        place = place_of(session, device_of(session, device_token), person_id, otherwise="card")
        claim = make_claim(session, person_id, "", old, kind="pin", place=place, network=network, now=now)
    claim.verify(old, wrong="pin_wrong_old", field="old")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        store_secret(session, person_id, "pin", hashed, now=now)
        return _start_afresh(session, person_id, device_token, old_token, now)


def _checked(pin: str, repeat: str) -> str:
    check_pin(pin)
    if pin != repeat:
        raise Invalid("pin_repeat", field="repeat")
    return security.hash_secret(pin)


def _start_afresh(
    session: Session, person_id: int, device_token: str | None, old_token: str, now: datetime
) -> SignedIn:
    """All sessions end, a fresh one begins; an officer's keeps its level and its end."""
    held = session.scalar(
        select(SignIn).where(SignIn.token_hash == security.digest(old_token), SignIn.person_id == person_id)
    )
    officer = held is not None and held.level == "password"
    level, expires_at = ("password", held.expires_at) if held is not None and officer else ("pin", None)
    end_sessions(session, person_id)
    signed_in = begin(session, person_id, level, old_token=None, now=now, expires_at=expires_at)
    return replace(signed_in, device_token=remember_device(session, device_token, person_id, now=now))


def reset_pin(*, person_id: int, by: int, now: datetime) -> None:
    """Clear a forgotten PIN. Nobody chooses the new one but its owner, after opening the card.

    Raises:
        NotFound: No such person.
        Invalid: One's own; or someone with a role, and ``by`` works beside learners only.
    """
    if by == person_id:
        raise Invalid("self_confirm")
    with transaction() as session:
        _person(session, person_id)
        if grants_of(session, person_id) and "people.edit" not in rights_in(session, by):
            raise Invalid("person_reset")
        clear_pin(session, person_id)
        record(session, actor_id=by, action="pin.reset", subject_kind="person", subject_id=person_id, now=now)


def reprint_card(*, person_id: int, by: int, now: datetime) -> IssuedCard:
    """A new card in place of the old one, for oneself or by staff.

    Raises:
        NotFound: No such person.
    """
    with transaction() as session:
        _person(session, person_id)
        card = issue_card(session, person_id, now=now)
        if by != person_id:
            record(
                session,
                actor_id=by,
                action="card.issue",
                subject_kind="person",
                subject_id=person_id,
                now=now,
            )
        return card


def change_address(*, person_id: int, address: str) -> None:
    """How one wants to be addressed.

    Raises:
        Invalid: None of the forms there are.
    """
    check_address(address)
    with transaction() as session:
        _person(session, person_id).address = address


def set_public_name_consent(*, person_id: int, choice: str, now: datetime) -> None:
    """An adult's own answer, on their own screen, to whether the public may read their name.

    Raises:
        Invalid: Not an adult, or not said: a guardian is needed too, with someone who writes it down.
    """
    with transaction() as session:
        if _person(session, person_id).adult != "yes":
            raise Invalid("consent_guardian", field="choice")
        record_consent(session, person_id, purpose="name", choice=choice, giver="self", recorded_by=None, now=now)


def record_consent_for(*, person_id: int, purpose: str, choice: str, giver: str, by: int, now: datetime) -> None:
    """Write down an answer that someone told a volunteer or officer, who may not answer for themselves.

    Raises:
        NotFound: No such person.
        Invalid: A word that is no answer; or one's own.
    """
    if by == person_id:
        raise Invalid("self_confirm")
    with transaction() as session:
        _person(session, person_id)
        record_consent(
            session, person_id, purpose=purpose, choice=choice, giver=giver, recorded_by=by, how="spoken", now=now
        )
        detail = {"purpose": purpose, "choice": choice, "giver": giver}
        record(
            session,
            actor_id=by,
            action="consent.record",
            subject_kind="person",
            subject_id=person_id,
            now=now,
            detail=detail,
        )


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.closed_at is not None:
        raise NotFound
    return person
