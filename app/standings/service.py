"""Posting into the ledger. The rollups move in the same transaction, the person's before the group's."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import local_date
from app.cycles.domain import Bounds, before, month_of
from app.cycles.models import Cycle
from app.cycles.queries import find_cycle
from app.cycles.service import create
from app.groups.models import Ward
from app.people.models import Person
from app.standings.counted import Counted, settled
from app.standings.models import CountedAs, GroupCycle, PersonCycle
from app.standings.posting import New, ensure_group, post
from app.standings.queries import counted_as, khu_pho_ids, memberships_for


def current_cycle(session: Session, now: datetime) -> tuple[Cycle, bool]:
    """The month in which something that happens now counts; made when it is not there yet.

    Its row is held (FOR SHARE on PostgreSQL), so that it cannot close under the entry. A month
    that has closed already passes what comes late on to the next.

    Returns:
        The cycle, and whether it was made just now.
    """
    bounds = month_of(now)
    while True:
        held = session.scalar(select(Cycle).where(Cycle.period == bounds.period).with_for_update(read=True))
        if held is None:
            return _open(session, bounds, now), True
        if held.state == "open":
            return held, False
        bounds = month_of(bounds.ends_at)


def _open(session: Session, bounds: Bounds, now: datetime) -> Cycle:
    ward = session.get(Ward, 1)
    create(session, bounds, rate=rate_before(session, bounds), now=now, **_rules_of(ward))
    cycle = session.scalars(select(Cycle).where(Cycle.period == bounds.period)).one()
    for group_id in khu_pho_ids(session, local_date(max(now, bounds.starts_at))):
        ensure_group(session, cycle.id, group_id, now)
    return cycle


def _rules_of(ward: Ward | None) -> dict[str, Any]:
    """What officers have set, as a cycle that opens now keeps it."""
    if ward is None:
        return {"cushion": 100, "points_cap": 600}
    rules = {"cushion": ward.cushion, "points_cap": ward.points_cap, "adult_age": ward.adult_age}
    return rules | {"leagues": ward.leagues, "comment_days": ward.comment_days}


def rate_before(session: Session, bounds: Bounds) -> float | None:
    """p0 for a month: the ward's rate in the month before, once that has frozen.

    ``None`` while it has not; the ward's setting where there was no month before.
    """
    previous = find_cycle(session, before(bounds).period)
    if previous is None:
        ward = session.get(Ward, 1)
        return ward.first_rate if ward else 0.10
    return ward_rate(session, previous) if previous.frozen_at is not None else None


def ward_rate(session: Session, cycle: Cycle) -> float:
    """The share of the ward's people who were counted in a cycle: sum of x over sum of n."""
    rows = session.execute(
        select(GroupCycle.counted, GroupCycle.people).where(GroupCycle.cycle_id == cycle.id, GroupCycle.people > 0)
    ).all()
    people = sum(row.people for row in rows)
    return sum(row.counted for row in rows) / people if people else 0.10


def whom(session: Session, person_id: int, cycle: Cycle) -> Counted:
    """A person as entries of this cycle carry them: the groups stay what they were at its first entry."""
    person_id, also = _numbers(session, cycle.id, person_id)
    row = session.get(PersonCycle, (cycle.id, person_id))
    if (found := settled(row)) is not None:
        return replace(found, also=also, points=None if also else found.points)
    adult = session.scalars(select(Person.adult).where(Person.id == person_id)).one()
    home, branch = memberships_for(session, person_id, cycle.starts_at)
    if row is not None:
        home = row.group_id if row.group_id is not None else home
        branch = row.branch_id if row.branch_id is not None else branch
    return Counted(person_id, adult == "yes", home, branch, also)


def _numbers(session: Session, cycle_id: int, person_id: int) -> tuple[int, tuple[int, ...]]:
    """The number that someone counts under in a cycle, and the others that count for it."""
    merged = (CountedAs.person_id == person_id) | (CountedAs.counts_as == person_id)
    if session.scalar(select(CountedAs.cycle_id).where(CountedAs.cycle_id == cycle_id, merged).limit(1)) is None:
        return person_id, ()
    finals = counted_as(session, cycle_id)
    final = finals.get(person_id, person_id)
    return final, tuple(one for one, whom in finals.items() if whom == final)


def post_pass(
    session: Session, cycle: Cycle, who: Counted, *, quiz_id: str, how: str, source: str, now: datetime
) -> bool:
    """A quiz passed. ``source`` names what is new about it; the same source again is refused.

    Returns:
        Whether it was new.
    """
    entry = New("pass", how, quiz_id, 0, source, now)
    return post(session, cycle, who, entry) is not None


def post_points(
    session: Session, cycle: Cycle, who: Counted, points: int, *, quiz_id: str, source: str, now: datetime
) -> int:
    """Points for a first response, up to the cycle's cap.

    A response worth nothing is posted too: it was the first, so no later one earns.

    Returns:
        The points granted.
    """
    entry = New("points", "independent", quiz_id, points, source, now)
    return post(session, cycle, who, entry) or 0


def post_credit(
    session: Session, cycle: Cycle, who: Counted, points: int, *, quiz_id: str | None, source: str, now: datetime
) -> int:
    """Points for work that is not answering, up to the cycle's cap. It makes no day of learning.

    Returns:
        The points granted; none where the source was posted before.
    """
    return post(session, cycle, who, New("points", "none", quiz_id, points, source, now)) or 0


def post_day(session: Session, cycle: Cycle, who: Counted, *, how: str, now: datetime) -> None:
    """Someone learned today, whatever came of it: the weekly rhythm rests on these."""
    source = f"day:{who.person_id}:{local_date(now)}"
    post(session, cycle, who, New("day", how, None, 0, source, now))


def post_join(session: Session, person_id: int, *, now: datetime) -> None:
    """A membership was confirmed: what was passed this month counts for that group from now on."""
    cycle, _ = current_cycle(session, now)
    row = session.get(PersonCycle, (cycle.id, person_id))
    if row is None or row.group_id is not None:
        return  # nothing passed yet, or the month's group stands
    who = whom(session, person_id, cycle)
    if who.group_id is not None:
        post(session, cycle, who, New("join", "none", None, 0, f"join:{cycle.period}:{person_id}", now))
