"""One tablet for a whole class: a tap on a name of those present, and back to the names; nobody's rights are on it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Conflict, NotFound
from app.outreach.classes.domain import is_on
from app.outreach.classes.models import ClassSession, ClassTablet
from app.outreach.classes.queries import is_present
from app.outreach.queries import reach_of
from app.people.claims import make_claim
from app.people.directory import MOST_ID, names_of
from app.people.domain import SignedIn
from app.people.sessions import begin, device_of, make_device, remember_device
from app.people.tries import forgive


@dataclass(frozen=True)
class Tablet:
    """The class that a device goes round in.

    Attributes:
        started_by: Whose PIN or password takes it out of the class.
    """

    id: int
    class_id: int
    started_by: int
    starter: str


@dataclass(frozen=True)
class Left:
    """A tablet that has left its class; ``signed_in`` where the PIN opened a session at once."""

    class_id: int
    signed_in: SignedIn | None


def tablet_of(session: Session, device_token: str | None, now: datetime) -> Tablet | None:
    """The class that this device goes round in just now."""
    device_id = device_of(session, device_token)
    query = select(ClassTablet, ClassSession).join(ClassSession, ClassSession.id == ClassTablet.class_id)
    row = session.execute(query.where(ClassTablet.device_id == device_id, ClassTablet.ended_at.is_(None))).first()
    if device_id is None or row is None:
        return None
    tablet, held_in = row
    if not is_on(held_in.starts_at, held_in.cancelled_at is not None, now):
        return None
    name = names_of(session, [tablet.started_by]).get(tablet.started_by, "")
    return Tablet(tablet.id, tablet.class_id, tablet.started_by, name)


def start_tablet(*, class_id: int, device_token: str | None, by: int, now: datetime) -> str | None:
    """Let this device go round in a class.

    Returns:
        The token for the browser's cookie, where it was not known before.

    Raises:
        NotFound: No such class in reach.
        Conflict: It is not on now.
    """
    with transaction() as session:
        row = session.get(ClassSession, class_id) if class_id < MOST_ID else None
        if row is None or not reach_of(session, by).covers(row.group_id):
            raise NotFound
        if not is_on(row.starts_at, row.cancelled_at is not None, now):
            raise Conflict("class_not_on")
        fresh = remember_device(session, device_token, by, now=now)  # so that the PIN takes it out again
        device_id, _ = make_device(session, device_token if fresh is None else fresh, now=now)
        _end(session, device_id, now)
        session.add(ClassTablet(class_id=class_id, device_id=device_id, started_by=by, started_at=now))
        record(session, actor_id=by, action="class.tablet", subject_kind="class", subject_id=class_id, now=now)
        return fresh


def _end(session: Session, device_id: int | None, now: datetime) -> None:
    going = update(ClassTablet).where(ClassTablet.device_id == device_id, ClassTablet.ended_at.is_(None))
    session.execute(going.values(ended_at=now))


def enter_by_name(*, person_id: int, device_token: str | None, old_token: str | None, now: datetime) -> SignedIn:
    """Begin a learning session by a tap on the name of someone who is there; the one before ends.

    Raises:
        NotFound: No class on this device, or nobody of that class.
    """
    with transaction() as session:
        tablet = tablet_of(session, device_token, now)
        if tablet is None or person_id >= MOST_ID or not is_present(session, tablet.class_id, person_id):
            raise NotFound
        return begin(session, person_id, "card", old_token=old_token, now=now)


def leave(*, secret: str, device_token: str | None, network: str, old_token: str | None, now: datetime) -> Left:
    """Take the tablet out of the class with the PIN or password of whoever put it there.

    A PIN opens a session at once; after a password the second step may still be asked for, so none begins.

    Raises:
        NotFound: This device goes round in no class.
        Invalid: A wrong PIN or password, with the tries left.
        Locked: Too many tries.
    """
    with transaction() as session:
        tablet = tablet_of(session, device_token, now)
        if tablet is None:
            raise NotFound
        place = f"device:{device_of(session, device_token)}"
        claim = make_claim(session, tablet.started_by, "", secret, place=place, network=network, now=now)
    by = claim.verify(secret, wrong="class_leave_wrong", field="secret")
    with transaction() as session:
        claim.still_holds(session)
        forgive(session, claim.counter)
        _end(session, device_of(session, device_token), now)
        record(
            session, actor_id=by, action="class.tablet_end", subject_kind="class", subject_id=tablet.class_id, now=now
        )
        if claim.kind != "pin":
            return Left(tablet.class_id, None)
        entered = begin(session, by, "pin", old_token=old_token, now=now)
        return Left(tablet.class_id, replace(entered, device_token=None))
