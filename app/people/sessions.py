"""Steps of a session's life: begun, renewed, ended; and of the browsers that people are known on."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import security
from app.core.db import insert_for, transaction
from app.people.domain import SignedIn, stay
from app.people.models import Device, DeviceUse, SignIn
from app.people.service import end_sessions


def begin(
    session: Session,
    person_id: int,
    level: str,
    *,
    old_token: str | None,
    now: datetime,
    expires_at: datetime | None = None,
) -> SignedIn:
    """A new session under a new token; the browser's old one ends, so that no token known before lives on.

    Args:
        expires_at: When it ends, where that was settled before; else as long as the level allows.
    """
    if old_token is not None:
        session.execute(delete(SignIn).where(SignIn.token_hash == security.digest(old_token)))
    signed_in = SignedIn(person_id, security.token(), level, expires_at or now + stay(level))
    session.add(
        SignIn(
            token_hash=security.digest(signed_in.token),
            person_id=person_id,
            level=level,
            created_at=now,
            expires_at=signed_in.expires_at,
        )
    )
    session.flush()
    return signed_in


def device_of(session: Session, device_token: str | None) -> int | None:
    """The id of the browser that holds this cookie."""
    if not device_token:
        return None
    return session.scalar(select(Device.id).where(Device.token_hash == security.digest(device_token)))


def knows(session: Session, device_id: int | None, person_id: int) -> bool:
    """Whether someone proved themselves on this device before."""
    return device_id is not None and session.get(DeviceUse, (device_id, person_id)) is not None


def make_device(session: Session, device_token: str | None, *, now: datetime) -> tuple[int, str | None]:
    """The id of the browser that holds this cookie; one that holds none is given a token for it.

    Returns:
        The id, and the token where it is new.
    """
    device_id = device_of(session, device_token)
    if device_id is not None:
        return device_id, None
    fresh = security.token()
    device = Device(token_hash=security.digest(fresh), created_at=now)
    session.add(device)
    session.flush()
    return device.id, fresh


def remember_device(session: Session, device_token: str | None, person_id: int, *, now: datetime) -> str | None:
    """Note that someone proved themselves in this browser.

    Returns:
        The token for the browser's cookie, where it was not known before.
    """
    device_id, fresh = make_device(session, device_token, now=now)
    insert = insert_for(session)
    session.execute(
        insert(DeviceUse)
        .values(device_id=device_id, person_id=person_id, used_at=now)
        .on_conflict_do_update(index_elements=["device_id", "person_id"], set_={"used_at": now})
    )
    return fresh


def forget_on_device(*, person_id: int, device_token: str | None) -> None:
    """This browser no longer offers to enter as that person."""
    with transaction() as session:
        device_id = device_of(session, device_token)
        session.execute(delete(DeviceUse).where(DeviceUse.device_id == device_id, DeviceUse.person_id == person_id))


def sign_out(*, token: str) -> None:
    """End the session, whoever holds a copy of its token."""
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == security.digest(token)))


def end_sign_in(*, person_id: int, sign_in_id: int) -> None:
    """End one of one's own sessions; someone else's stays."""
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id))


def end_other_sign_ins(*, person_id: int, keep: int) -> None:
    """End all of one's own sessions but the one with the id ``keep``."""
    with transaction() as session:
        end_sessions(session, person_id, keep=keep)
