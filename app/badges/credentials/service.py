"""Issuing, taking back and re-issuing signed badges."""

import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.badges.credentials import keys, openbadges, signing
from app.badges.credentials.domain import (
    ALPHABET,
    HOLDER_LETTERS,
    LIST_FULL,
    LIST_LENGTH,
    check_reason,
    in_fours,
    make_code,
    stamp,
)
from app.badges.credentials.endings import append, ending_of
from app.badges.credentials.models import Credential, Issuer
from app.badges.credentials.queries import HOLDER_SEAL, TOKEN_SEAL, address_for, certified, live_id
from app.badges.models import Badge
from app.config import Settings
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.core.sealing import seal
from app.core.security import digest, token
from app.groups.queries import get_ward
from app.people.models import Person


def ensure_credential(session: Session, badge_id: int, *, now: datetime, settings: Settings) -> int:
    """Step: the live credential of a badge, issued now where there is none.

    Raises:
        NotFound: No such badge, it was taken back, or its owner has gone.
        Conflict: No https address to issue under, or another than before.
    """
    badge = session.get(Badge, badge_id, with_for_update=True)
    if badge is None or badge.revoked_at is not None or session.get_one(Person, badge.person_id).closed_at is not None:
        raise NotFound
    return live_id(session, badge_id) or _issue(session, badge, now, settings)


def issue(*, person_id: int, slug: str, now: datetime) -> int:
    """Issue someone's badge, or find the one issued before; returns the credential's id.

    Raises:
        NotFound: They do not hold that badge.
        Conflict: See :func:`ensure_credential`.
    """
    with transaction() as session:
        held = select(Badge.id).where(Badge.person_id == person_id, Badge.achievement_slug == slug)
        return ensure_credential(session, session.scalar(held) or 0, now=now, settings=keys.installation())


def issue_badge(badge_id: int, *, now: datetime) -> int:
    """As :func:`issue`, by the number of a badge that somebody holds."""
    with transaction() as session:
        return ensure_credential(session, badge_id, now=now, settings=keys.installation())


def revoke(credential_id: int, *, reason: str, by: int | None, now: datetime) -> None:
    """Take a badge back for good: its credential ends, and none is issued for it until someone re-issues it.

    Args:
        by: The officer; ``None`` from the command line.

    Raises:
        NotFound: No such credential.
        Invalid: No reason, or one's own badge.
        Conflict: It has ended already.
    """
    why = check_reason(reason)
    with transaction() as session:
        row, badge = _held(session, credential_id, by)
        if row.ended_at is not None:
            raise Conflict("credential_ended")
        _end(row, "revoked", by, why, now)
        badge.revoked_at, badge.revoked_reason = now, why
        _note(session, "credential.revoke", row.id, by, now, why)
        ending = ending_of(row)
    append(keys.installation().data, [ending])


def reissue(credential_id: int, *, reason: str, by: int | None, now: datetime) -> int:
    """Issue a badge anew, corrected or after it was taken back by mistake; returns the new credential's id.

    The one before is superseded, so that one alone is live.

    Raises:
        NotFound: No such credential, or its owner has gone.
        Invalid: No reason, or one's own badge.
        Conflict: It was replaced already; or see :func:`ensure_credential`.
    """
    why = check_reason(reason)
    with transaction() as session:
        row, badge = _held(session, credential_id, by)
        if live_id(session, badge.id) not in (None, row.id):
            raise Conflict("credential_ended")
        if row.ended_at is None:
            _end(row, "superseded", by, why, now)
        badge.revoked_at, badge.revoked_reason = None, ""
        session.flush()
        made = ensure_credential(session, badge.id, now=now, settings=keys.installation())
        _note(session, "credential.reissue", row.id, by, now, why, {"new": made})
        ending = ending_of(row)
    append(keys.installation().data, [ending])
    return made


def hide_name(credential_id: int, *, person_id: int, hidden: bool) -> None:
    """The owner's own choice whether the page behind the QR may show the name.

    Raises:
        NotFound: Not theirs.
    """
    with transaction() as session:
        row = session.get(Credential, credential_id)
        if row is None or session.get_one(Badge, row.badge_id).person_id != person_id:
            raise NotFound
        row.name_hidden = hidden


def withdraw_all(session: Session, person_id: int, *, now: datetime) -> None:
    """Step: someone asks to be forgotten; all that was signed for them ends."""
    _end_live(session, person_id, "withdrawn", now)


def supersede_all(session: Session, person_id: int, *, now: datetime) -> None:
    """Step: what stays with a record that was merged into another: the badge lives on under the other number."""
    _end_live(session, person_id, "superseded", now)


def _end_live(session: Session, person_id: int, how: str, now: datetime) -> None:
    own = select(Badge.id).where(Badge.person_id == person_id)
    for row in session.scalars(select(Credential).where(Credential.badge_id.in_(own), Credential.ended_at.is_(None))):
        _end(row, how, None, "", now)
    session.flush()


def _held(session: Session, credential_id: int, by: int | None) -> tuple[Credential, Badge]:
    row = session.get(Credential, credential_id, with_for_update=True) if credential_id < 2**31 else None
    if row is None:
        raise NotFound
    badge = session.get_one(Badge, row.badge_id, with_for_update=True)
    if by is not None and badge.person_id == by:
        raise Invalid("credential_own")
    return row, badge


def _end(row: Credential, how: str, by: int | None, why: str, now: datetime) -> None:
    row.ended_at, row.ended_how, row.ended_by, row.reason = now, how, by, why


def _note(
    session: Session, action: str, subject: int, by: int | None, now: datetime, why: str,
    detail: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    record(
        session, actor_id=by, action=action, subject_kind="credential", subject_id=subject, now=now, reason=why,
        detail=detail,
    )  # fmt: skip


def _issue(session: Session, badge: Badge, now: datetime, settings: Settings) -> int:
    issuer = _issuer(session, settings, now)
    ward = get_ward(session)
    secret, holder = token(), openbadges.Holder(in_fours(_letters(HOLDER_LETTERS)), token())
    serial, place = token(), _free_place(session)
    document = openbadges.credential(
        issuer.base_url,
        serial=serial,
        issuer=ward.unit if ward else "",
        certified=certified(session, badge.achievement_slug),
        holder=holder,
        place=place,
        awarded=stamp(badge.issued_at),
        issued=stamp(now),
    )
    controller = openbadges.issuer_id(issuer.base_url)
    signed = signing.sign(document, keys.signing_key(now), controller=controller, created=stamp(now))
    row = Credential(
        badge_id=badge.id, serial=serial, code=_free_code(session), body=as_text(signed), list_no=place.list_no,
        list_index=place.index, issued_at=now, token_hash=digest(secret),
    )  # fmt: skip
    session.add(row)
    session.flush()  # what is sealed is bound to the row's number
    row.token_sealed = seal(secret, purpose=TOKEN_SEAL, owner=row.id)
    row.holder_sealed = seal(holder.code, purpose=HOLDER_SEAL, owner=row.id)
    session.flush()
    return row.id


def as_text(document: openbadges.Json) -> str:
    """A signed document as it is stored and served; never ends the CDATA that it is baked into."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("]]>", "]]\\u003e")


def _issuer(session: Session, settings: Settings, now: datetime) -> Issuer:
    """The one issuer, frozen at the first badge; held, so that issuing goes one after the other."""
    wanted = address_for(session, settings)
    first = insert_for(session)(Issuer).values(id=1, base_url=wanted, frozen_at=now)
    session.execute(first.on_conflict_do_nothing())
    issuer = session.get_one(Issuer, 1, with_for_update=True)
    if issuer.base_url != wanted:
        raise Conflict("credential_base", was=issuer.base_url, wanted=wanted)
    return issuer


def _free_place(session: Session) -> openbadges.Place:
    """A random free place: from its number nobody learns when a badge was issued, or to whom before."""
    newest = session.scalar(select(Credential.list_no).order_by(Credential.list_no.desc()).limit(1)) or 1
    taken = set(session.scalars(select(Credential.list_index).where(Credential.list_no == newest)))
    if len(taken) >= LIST_FULL:
        newest, taken = newest + 1, set()
    while (index := secrets.randbelow(LIST_LENGTH)) in taken:
        pass
    return openbadges.Place(newest, index)


def _free_code(session: Session) -> str:
    while True:
        code = make_code(_letters(8))
        if session.scalar(select(Credential.id).where(Credential.code == code)) is None:
            return code


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
