"""A badge that was added or changed later, for the past: who would get it, giving it to them; taking one back.

Nothing is ever taken away because a criterion changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.audit.service import record
from app.badges.credentials import service as credentials
from app.badges.credentials.domain import check_reason
from app.badges.credentials.models import Credential
from app.badges.credentials.queries import live_id
from app.badges.criteria import is_of_group, progress
from app.badges.facts import facts_of
from app.badges.groups import GroupReached, groups_reached, issue_to_group
from app.badges.models import Achievement, Badge
from app.badges.queries import achievement
from app.badges.service import issue
from app.core.db import transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.models import Group
from app.outreach.confirming.models import HelperNaming
from app.outreach.visits.models import Visit
from app.people.models import Membership, Person

STEP = 50  # people looked at between two looks at the progress


class Decision(Protocol):
    """Taking a badge back, or putting it right."""

    def __call__(self, badge_id: int, *, reason: str, by: int, now: datetime) -> None: ...


@dataclass(frozen=True)
class Reached:
    """Someone who has reached an achievement and does not hold it."""

    person_id: int
    name: str
    group: str


@dataclass(frozen=True)
class Preview:
    """Who would get a badge now.

    Attributes:
        looked: How many people without it have learnt or helped, and so were looked at.
        held: How many hold it already.
    """

    slug: str
    title: str
    people: tuple[Reached, ...]
    groups: tuple[GroupReached, ...]
    looked: int
    held: int


@dataclass(frozen=True)
class Granted:
    """One stretch of giving.

    Attributes:
        new: How many got it just now.
        after: After whom it goes on; ``None`` at the end.
        left: How many are still to be looked at.
    """

    new: int
    after: int | None
    left: int


def preview(session: Session, slug: str) -> Preview:
    """Who would get it. Nobody gets anything.

    Raises:
        NotFound: No such achievement.
    """
    found = achievement(session, slug)
    holding = select(func.count()).where(Badge.achievement_slug == slug, Badge.revoked_at.is_(None))
    held = session.scalar(holding) or 0
    if is_of_group(found.criterion):
        return Preview(slug, found.title, (), tuple(groups_reached(session, found)), 0, held)
    candidates = _people(session, _candidates(slug))
    people = tuple(one for one in candidates if progress(found.criterion, facts_of(session, one.person_id)).reached)
    return Preview(slug, found.title, people, (), len(candidates), held)


def _candidates(slug: str, after: int = 0) -> Select[int, str, str]:
    """People here who never had it and have learnt or helped, by id: who lost it does not get it back in this way."""
    had = select(Badge.person_id).where(Badge.achievement_slug == slug)
    active = or_(
        exists().where(Attempt.person_id == Person.id),
        exists().where(Visit.volunteer_id == Person.id),
        exists().where(HelperNaming.helper_id == Person.id),
    )
    return (
        select(Person.id, Person.name, Group.name)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Person.closed_at.is_(None), Person.id > after, Person.id.not_in(had), active)
        .order_by(Person.id)
    )


def _people(session: Session, query: Select[int, str, str]) -> list[Reached]:
    return [Reached(person_id, name, group or "") for person_id, name, group in session.execute(query)]


def grant(slug: str, *, after: int = 0, by: int | None, now: datetime) -> Granted:
    """Give a badge to the next people who have reached it; called again with ``after`` until that is ``None``.

    Any number of times: nobody gets it twice. The trail has one entry for each stretch that gave something.

    Raises:
        NotFound: No such achievement.
    """
    with transaction() as session:
        found = achievement(session, slug)
        if is_of_group(found.criterion):
            new = sum(issue_to_group(session, found, one, now=now) for one in groups_reached(session, found))
            people: list[Reached] = []
        else:
            people = _people(session, _candidates(slug, after).limit(STEP))
            new = _give(session, found, people, now)
        if new:
            _note(session, "badge.grant", "achievement", slug, by, now, detail={"new": new})
        if len(people) < STEP:
            return Granted(new, None, 0)
        rest = _candidates(slug, people[-1].person_id).with_only_columns(func.count()).order_by(None)
        return Granted(new, people[-1].person_id, session.scalar(rest) or 0)


def grant_all(slug: str, *, by: int | None, now: datetime) -> int:
    """Give a badge to everyone who has reached it, stretch by stretch; returns how many got it.

    Raises:
        NotFound: No such achievement.
    """
    new, after = 0, 0
    while True:
        stretch = grant(slug, after=after, by=by, now=now)
        new += stretch.new
        if stretch.after is None:
            return new
        after = stretch.after


def _give(session: Session, found: Achievement, people: Iterable[Reached], now: datetime) -> int:
    reached = (one for one in people if progress(found.criterion, facts_of(session, one.person_id)).reached)
    return sum(issue(session, one.person_id, found, now) for one in reached)


def _note(
    session: Session, action: str, kind: str, subject: object, by: int | None, now: datetime, *,
    reason: str = "", detail: dict[str, int] | None = None,
) -> None:  # fmt: skip
    record(
        session, actor_id=by, action=action, subject_kind=kind, subject_id=subject, now=now, reason=reason,
        detail=detail,
    )  # fmt: skip


def take_back(badge_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Take a badge back, and what was signed for it.

    Raises:
        NotFound: No such badge.
        Invalid: No reason, or one's own.
        Conflict: It was taken back already.
    """
    why = check_reason(reason)
    with transaction() as session:
        badge = _other_peoples(session, badge_id, by)
        if badge.revoked_at is not None:
            raise Conflict("credential_ended")
        signed = live_id(session, badge_id)
        if signed is None:
            badge.revoked_at, badge.revoked_reason = now, why
            _note(session, "badge.revoke", "badge", badge_id, by, now, reason=why)
    if signed is not None:
        credentials.revoke(signed, reason=why, by=by, now=now)


def put_right(badge_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Issue a badge anew: after a mistake in it (the name, the sentence), or after it was taken back by mistake.

    Raises:
        NotFound: No such badge.
        Invalid: No reason, or one's own.
        Conflict: Nothing was signed and nothing taken back; or there is no address to sign under.
    """
    why = check_reason(reason)
    with transaction() as session:
        badge = _other_peoples(session, badge_id, by)
        newest = select(Credential.id).where(Credential.badge_id == badge_id).order_by(Credential.id.desc()).limit(1)
        signed = session.scalar(newest)
        if signed is None:
            if badge.revoked_at is None:
                raise Conflict("badge_unsigned")
            badge.revoked_at, badge.revoked_reason = None, ""
            _note(session, "badge.restore", "badge", badge_id, by, now, reason=why)
    if signed is not None:
        credentials.reissue(signed, reason=why, by=by, now=now)


def _other_peoples(session: Session, badge_id: int, by: int) -> Badge:
    badge = session.get(Badge, badge_id, with_for_update=True) if badge_id < 2**31 else None
    if badge is None:
        raise NotFound
    if badge.person_id == by:
        raise Invalid("credential_own")
    return badge
