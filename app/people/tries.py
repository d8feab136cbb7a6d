"""Wrong tries, counted in the database before any hashing: a restart or a second process forgets nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.core import security
from app.core.db import insert_for, transaction
from app.core.errors import Locked
from app.people.domain import DEVICE_STAYS, NETWORK_TRIES, TRIES, lock_minutes
from app.people.models import Device, DeviceUse, EntryLink, FailureCount, HalfSignIn, SignIn

FORGET = timedelta(days=1)  # a series of wrong tries is forgotten after a day of rest


@dataclass(frozen=True)
class Counter:
    """What a try is counted under: the person at a place, and for strangers their network too."""

    key: str
    network: str | None


@dataclass(frozen=True)
class Tally:
    """After a try was counted: how many are left, and how long to rest when none is."""

    left: int
    minutes: int


def counter_for(person_id: int | None, typed: str, place: str, network: str) -> Counter:
    """Whom a try is counted for, and where.

    A trusted place has a count of its own, so that a stranger elsewhere locks nobody out of
    their own phone. Unknown codes are counted like known ones: the answers must not differ.

    Args:
        place: ``device:<id>`` (this person used it before), ``card`` (their card is open) or ``elsewhere``.
        network: The hashed address of the connection.
    """
    subject = f"person:{person_id}" if person_id is not None else f"typed:{security.digest(typed)[:24]}"
    return Counter(f"{subject}@{place}", f"net:{network}" if place == "elsewhere" else None)


def count_try(session: Session, counter: Counter, *, now: datetime) -> Tally:
    """Count a try as wrong before it is checked.

    Raises:
        Locked: Too many before this one; ``minutes`` says how long to rest.
    """
    own = _count(session, counter.key, TRIES, now)
    if counter.network is None:
        return own
    shared = _count(session, counter.network, NETWORK_TRIES, now)
    return Tally(min(own.left, shared.left), max(own.minutes, shared.minutes))


def _count(session: Session, key: str, tries: int, now: datetime) -> Tally:
    fresh = insert_for(session)(FailureCount).values(key=key, failures=0, since=now)
    kept = {"failures": FailureCount.failures}  # changes nothing but holds the row: a right answer elsewhere deletes it
    session.execute(fresh.on_conflict_do_update(index_elements=["key"], set_=kept))
    row = session.scalars(select(FailureCount).where(FailureCount.key == key).with_for_update()).one()
    if row.locked_until is not None and row.locked_until > now:
        raise Locked("sign_in_locked", minutes=minutes_until(row.locked_until, now))
    if now - (row.locked_until or row.since) >= FORGET:
        row.failures, row.since, row.locked_until = 0, now, None
    row.failures += 1
    minutes = lock_minutes(row.failures, tries)
    if minutes:  # others trying at this very moment are refused already; a right answer lifts it
        row.locked_until = now + timedelta(minutes=minutes)
    session.flush()
    return Tally(-row.failures % tries, minutes)


def minutes_until(moment: datetime, now: datetime) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -(-int((moment - now).total_seconds()) // 60))


def forgive(session: Session, counter: Counter) -> None:
    """The secret fitted: the person's count starts anew, and the network gets its one try back."""
    session.execute(delete(FailureCount).where(FailureCount.key == counter.key))
    if counter.network is None:
        return
    row = session.get(FailureCount, counter.network, with_for_update=True)
    if row is not None and row.failures:
        if row.failures % NETWORK_TRIES == 0:
            row.locked_until = None  # this very try had locked it
        row.failures -= 1


def forgive_everywhere(session: Session, person_id: int) -> None:
    """All counts of one person start anew, wherever the tries were made."""
    session.execute(delete(FailureCount).where(FailureCount.key.startswith(f"person:{person_id}@", autoescape=True)))


def sweep(*, now: datetime) -> None:
    """Forget what has lost its meaning: old counts, sessions that ended, browsers not seen for long."""
    with transaction() as session:
        session.execute(
            delete(FailureCount).where(
                or_(FailureCount.failures == 0, FailureCount.since < now - FORGET),
                or_(FailureCount.locked_until.is_(None), FailureCount.locked_until < now - FORGET),
            )
        )
        session.execute(delete(SignIn).where(SignIn.expires_at <= now))
        session.execute(delete(HalfSignIn).where(HalfSignIn.expires_at <= now))
        session.execute(delete(EntryLink).where(EntryLink.expires_at <= now))
        session.execute(delete(DeviceUse).where(DeviceUse.used_at < now - DEVICE_STAYS))
        used = select(DeviceUse.device_id)
        session.execute(delete(Device).where(Device.created_at < now - FORGET, Device.id.not_in(used)))
