"""Between the password and the session: the second step, or setting it up. Nothing of anyone is shown meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import security
from app.core.db import reading, transaction
from app.core.errors import NotFound
from app.people.domain import HALF_STAYS, Half, SignedIn
from app.people.factors import Proof, factor_of, in_use, keep_codes, new_codes, note, offer_key, prove, take
from app.people.models import Card, HalfSignIn, Person, SignIn
from app.people.sessions import begin, remember_device


@dataclass(frozen=True)
class Waiting:
    """Who is half signed in, as far as the second step's page needs it.

    Attributes:
        key: The key to show where the second step is being set up; ``None`` where a code is asked for.
        code: The card's six digits, by which an app names the key; "" without a card.
    """

    person_id: int
    key: str | None
    code: str


def enter_by_password(
    session: Session,
    person_id: int,
    *,
    required: bool,
    device_token: str | None,
    old_token: str | None,
    now: datetime,
) -> SignedIn | Half:
    """The password fitted: the second step comes next; without one, where none is required, the session begins."""
    if not required and not in_use(session, person_id):
        return _begin(session, person_id, device_token, old_token, now)
    if old_token is not None:  # a shared computer: whoever was here before is not any more
        session.execute(delete(SignIn).where(SignIn.token_hash == security.digest(old_token)))
    half = Half(person_id, security.token())
    ends = now + HALF_STAYS
    session.add(
        HalfSignIn(token_hash=security.digest(half.token), person_id=person_id, created_at=now, expires_at=ends)
    )
    if not in_use(session, person_id):
        offer_key(session, person_id)
    session.flush()
    return half


def _begin(
    session: Session, person_id: int, device_token: str | None, old_token: str | None, now: datetime
) -> SignedIn:
    signed_in = begin(session, person_id, "password", old_token=old_token, now=now)
    return replace(signed_in, device_token=remember_device(session, device_token, person_id, now=now))


def waiting_for(session: Session, token: str | None, *, now: datetime) -> Waiting | None:
    """Who is half signed in with this token; ``None`` once ten minutes have passed, or it is done."""
    if not token:
        return None
    query = select(HalfSignIn.person_id).join(Person, Person.id == HalfSignIn.person_id)
    person_id = session.scalar(
        query.where(
            HalfSignIn.token_hash == security.digest(token), HalfSignIn.expires_at > now, Person.closed_at.is_(None)
        )
    )
    if person_id is None:
        return None
    state = factor_of(session, person_id)
    code = session.scalar(select(Card.code).where(Card.person_id == person_id, Card.ended_at.is_(None)))
    return Waiting(person_id, state.key if state.set_at is None else None, code or "")


def finish(*, token: str, code: str, device_token: str | None, now: datetime) -> SignedIn:
    """The code from the app, or one on paper, turns the half session into a whole one.

    Raises:
        NotFound: Nothing is half signed in with this token.
        Invalid: A wrong code, with the tries left.
        Locked: Too many wrong ones.
        Conflict: This very code was taken already.
    """
    proof = prove(_who(token, now).person_id, code, now=now)
    with transaction() as session:
        take(session, proof, now=now)
        return _consume(session, token, proof, device_token, now)


def finish_setup(*, token: str, code: str, device_token: str | None, now: datetime) -> tuple[SignedIn, list[str]]:
    """The first code of a new key turns it on and signs in; the recovery codes are told this once.

    Raises:
        NotFound: Nothing is being set up with this token.
        Invalid, Locked, Conflict: As for :func:`finish`.
    """
    waiting = _who(token, now)
    if waiting.key is None:
        raise NotFound
    proof = prove(waiting.person_id, code, fresh=True, now=now)
    codes = new_codes()
    with transaction() as session:
        take(session, proof, now=now)
        keep_codes(session, proof.person_id, codes)
        note(session, "factor.set", proof.person_id, proof.person_id, now)
        return _consume(session, token, proof, device_token, now), [code for code, _ in codes]


def _who(token: str, now: datetime) -> Waiting:
    waiting = waiting_for(reading(), token, now=now)
    if waiting is None:
        raise NotFound
    return waiting


def _consume(session: Session, token: str, proof: Proof, device_token: str | None, now: datetime) -> SignedIn:
    half = delete(HalfSignIn).where(HalfSignIn.token_hash == security.digest(token), HalfSignIn.expires_at > now)
    if session.execute(half.returning(HalfSignIn.id)).first() is None:
        raise NotFound
    return _begin(session, proof.person_id, device_token, None, now)
