"""The demo's weekly contests: last week's with its results, this week's open with some who have begun."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from app.contests import service
from app.contests.domain import Week, week_of
from app.contests.models import ContestEntry
from app.contests.running import open_contest, plan_weeks, run_due
from app.core.calendar import local_date
from app.core.db import reading
from app.people.models import Membership, RoleGrant
from app.quizzes.domain import Drawn
from app.quizzes.queries import get_item
from app.shell.demo.answers import right_form, wrong_form
from app.standings.boards_service import join

RIGHT = 0.7  # how likely an answer is right
BEGAN, STOPPED = 3, 4  # one in three has begun this week, and stands at the fourth question
NICKNAMES = ("Sóc nâu", "Sen hồng", "Gió biển", "Hạt dẻ", "Cá heo", "Mưa rào", "Thông xanh", "Mèo mun")


def hold_contests(start: datetime, now: datetime, chance: Random) -> None:
    """Last week's contest and this week's, where the demo reaches back so far."""
    people, before = _youth(), week_of(local_date(now) - timedelta(days=7))
    if before.opens_at >= start:
        _last_week(before, people, chance)
    run_due(now)
    this_week = week_of(local_date(now))
    if this_week.opens_at <= now < this_week.closes_at:
        for person_id in people[::BEGAN]:
            _answer(person_id, this_week.period, chance, now, most=STOPPED)


def _youth() -> list[int]:
    """Members of a chi đoàn whose work does not show them the keys."""
    staff = select(RoleGrant.person_id).where(RoleGrant.role != "volunteer")
    query = select(Membership.person_id).where(Membership.kind == "branch", Membership.person_id.not_in(staff))
    return list(reading().scalars(query.distinct().order_by(Membership.person_id)))


def _last_week(week: Week, people: Sequence[int], chance: Random) -> None:
    plan_weeks(week.opens_at)
    if not open_contest(week.period, week.opens_at):
        return
    for place, person_id in enumerate(people):
        at = week.opens_at + timedelta(hours=1 + chance.randrange(120))
        _answer(person_id, week.period, chance, at)
        if place < len(NICKNAMES):
            join(person_id=person_id, shown_as="nickname", nickname=f"{NICKNAMES[place]} (thử)", now=at)


def _answer(person_id: int, period: str, chance: Random, at: datetime, *, most: int = 10) -> None:
    number = service.enter(person_id=person_id, period=period, now=at)
    while number is not None and number <= most:
        newest = select(ContestEntry).where(ContestEntry.person_id == person_id).order_by(ContestEntry.id.desc())
        drawn = Drawn.from_json(reading().scalars(newest.limit(1)).one().draw[number - 1])
        kind = get_item(reading(), drawn.revision_id).kind
        right = chance.random() < RIGHT
        form = right_form(kind, drawn.order, "") if right else wrong_form(kind, drawn.order, chance, "")
        number = service.answer(person_id=person_id, period=period, number=number, form=form, now=at)
