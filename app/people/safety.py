"""Use cases of how officers sign in: another phone, new recovery codes, another password, links, another's reset."""

from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from app.core import security
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from app.people.claims import make_claim, place_of
from app.people.directory import get_person
from app.people.domain import LINK_STAYS, Half, SignedIn, check_password
from app.people.factors import clear_factor, in_use, keep_codes, new_codes, note, offer_key, prove, take
from app.people.granting import outranks
from app.people.models import EntryLink
from app.people.second_step import enter_by_password
from app.people.service import end_sessions, store_secret
from app.people.sessions import device_of
from app.people.tries import forgive, forgive_everywhere


def begin_other_phone(*, person_id: int, code: str, now: datetime) -> None:
    """Have a new key ready to be shown; the one in use stays until the new one has proved itself.

    Args:
        code: From the app in use, or on paper; not asked for where no app is in use.

    Raises:
        Invalid, Locked, Conflict: As for :func:`app.people.factors.prove` and ``take``.
    """
    with transaction() as session:
        first = not in_use(session, person_id)
        if first:
            offer_key(session, person_id)
    if first:
        return
    proof = prove(person_id, code, now=now)
    with transaction() as session:
        take(session, proof, now=now)
        offer_key(session, person_id, anew=True)


def confirm_phone(*, person_id: int, keep: int, code: str, now: datetime) -> list[str]:
    """The first code of the new key: it replaces the old one. Returns new recovery codes; other sessions end.

    Args:
        keep: The id of the session that stays.

    Raises:
        Invalid, Locked, Conflict: As for :func:`app.people.factors.prove` and ``take``.
    """
    proof = prove(person_id, code, fresh=True, now=now)
    codes = new_codes()
    with transaction() as session:
        take(session, proof, now=now)
        keep_codes(session, person_id, codes)
        end_sessions(session, person_id, keep=keep)
        note(session, "factor.set", person_id, person_id, now)
    return [code for code, _ in codes]


def renew_codes(*, person_id: int, code: str, now: datetime) -> list[str]:
    """Ten new recovery codes; those before are void.

    Raises:
        Invalid, Locked, Conflict: As for :func:`app.people.factors.prove` and ``take``.
    """
    proof = prove(person_id, code, now=now)
    codes = new_codes()
    with transaction() as session:
        take(session, proof, now=now)
        keep_codes(session, person_id, codes)
        note(session, "factor.codes", person_id, person_id, now)
    return [code for code, _ in codes]


def change_password(
    *,
    person_id: int,
    keep: int,
    old: str,
    password: str,
    repeat: str,
    device_token: str | None,
    network: str,
    now: datetime,
) -> None:
    """Choose another password; every session ends but the one that asks.

    Raises:
        Invalid: The new one does not do, or the old one is wrong (counted like a sign-in).
        Locked: Too many wrong ones.
        Conflict: It was changed elsewhere meanwhile.
    """
    hashed = _checked(password, repeat)
    with transaction() as session:
        place = place_of(session, device_of(session, device_token), person_id, otherwise="card")
        claim = make_claim(session, person_id, "", old, kind="password", place=place, network=network, now=now)
    claim.verify(old, wrong="password_wrong_old", field="old")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        store_secret(session, person_id, "password", hashed, now=now)
        end_sessions(session, person_id, keep=keep)
        note(session, "password.change", person_id, person_id, now)


def _checked(password: str, repeat: str) -> str:
    check_password(password)
    if password != repeat:
        raise Invalid("password_repeat", field="repeat")
    return security.hash_secret(password)


def reset_factor(*, person_id: int, by: int, now: datetime) -> None:
    """Someone lost phone and paper: their next sign-in sets the second step up anew.

    Raises:
        NotFound: No such person.
        Invalid: One's own, or of someone who may do more than ``by``.
    """
    with transaction() as session:
        _check_outranked(session, person_id, by)
        clear_factor(session, person_id)
        end_sessions(session, person_id)
        note(session, "factor.reset", person_id, by, now)


def issue_link(*, person_id: int, by: int, now: datetime) -> str:
    """A link by which someone chooses a password themselves; returns its token, which is told this once.

    Raises:
        NotFound: No such person.
        Invalid: One's own, or of someone who may do more than ``by``.
    """
    with transaction() as session:
        _check_outranked(session, person_id, by)
        return make_link(session, person_id, "password", by=by, now=now)


def _check_outranked(session: Session, person_id: int, by: int) -> None:
    get_person(session, person_id)
    if by == person_id:
        raise Invalid("signin_own")
    if not outranks(session, by, person_id):
        raise Invalid("signin_beyond")


def make_link(session: Session, person_id: int, kind: str, *, by: int | None, now: datetime) -> str:
    """:func:`issue_link` as a step. A ``rescue`` also begins the second step anew; it is made on the server alone."""
    open_ones = update(EntryLink).where(EntryLink.person_id == person_id, EntryLink.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=now))
    token = security.token()
    session.add(
        EntryLink(
            person_id=person_id,
            token_hash=security.digest(token),
            kind=kind,
            created_at=now,
            created_by=by,
            expires_at=now + LINK_STAYS,
        )
    )
    note(session, "signin.link" if kind == "password" else "signin.rescue", person_id, by, now)
    return token


def use_link(
    *,
    token: str,
    password: str,
    repeat: str,
    required: bool,
    device_token: str | None,
    old_token: str | None,
    now: datetime,
) -> SignedIn | Half:
    """Choose a password by a link, which is void from then on; what follows is the second step.

    Args:
        required: Whether a second step is required of everyone with a password.

    Raises:
        NotFound: The link was used, is older than half an hour, or never was.
        Invalid: The password does not do.
    """
    valid = and_(
        EntryLink.token_hash == security.digest(token), EntryLink.ended_at.is_(None), EntryLink.expires_at > now
    )
    if reading().scalar(select(EntryLink.id).where(valid)) is None:  # before any hashing: a flood must cost little
        raise NotFound("link_gone")
    hashed = _checked(password, repeat)
    with transaction() as session:
        used = update(EntryLink).where(valid).values(ended_at=now)
        row = session.execute(used.returning(EntryLink.person_id, EntryLink.kind)).first()
        if row is None:
            raise NotFound("link_gone")
        person_id, kind = get_person(session, row.person_id).id, row.kind
        store_secret(session, person_id, "password", hashed, now=now)
        end_sessions(session, person_id)
        if kind == "rescue":
            clear_factor(session, person_id)
            forgive_everywhere(session, person_id)
        note(session, "signin.link_used", person_id, person_id, now)
        return enter_by_password(
            session, person_id, required=required, device_token=device_token, old_token=old_token, now=now
        )
