"""The demo's volunteers at work: hours they are free, visits with a checklist, skills confirmed, one of them drawn."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from app.badges.service import confirm_skill
from app.core.calendar import local_date
from app.core.db import reading
from app.cycles.domain import month_of
from app.groups.queries import khu_pho_list
from app.outreach.confirming.domain import is_drawn
from app.outreach.confirming.queries import skills_confirmed
from app.outreach.confirming.service import ensure_seed
from app.outreach.practice.domain import Practice
from app.outreach.practice.queries import practices
from app.outreach.team.domain import PARTS, Choices
from app.outreach.team.service import offer_help
from app.outreach.visits import service as visits
from app.people.queries import same_household
from app.quizzes.queries import topics

DRAWN, OTHERS = 1, range(2, 13)  # the first confirmation is looked at again, the few after it are not


def decide_draws(session: Session, start: datetime, now: datetime) -> None:
    """The seeds of the demo's months, chosen so that there is something to call about. A step."""
    bounds = month_of(start)
    while bounds.starts_at <= now:
        seed = next(
            s
            for n in range(100_000)
            if is_drawn(s := f"thu-{bounds.period}-{n:040d}", DRAWN) and not any(is_drawn(s, o) for o in OTHERS)
        )
        ensure_seed(session, bounds.period, now=bounds.starts_at, seed=seed)
        bounds = month_of(bounds.ends_at)


def offer_hours(person_id: int, home_id: int, chance: Random, now: datetime) -> None:
    """Say when someone is free and what they teach; whoever is not in the team yet waits for an answer."""
    session = reading()
    times = frozenset((day, chance.choice(PARTS)) for day in chance.sample(range(7), 2))
    taught = frozenset(chance.sample([topic.slug for topic in topics(session)], 3))
    near = frozenset({home_id, chance.choice(khu_pho_list(session)).id})
    offer_help(person_id=person_id, chosen=Choices(times, taught, near), now=now)


def sit_beside(person_id: int, by: int, chance: Random, now: datetime, *, alone: bool) -> None:
    """A visit with one checklist; ``alone``: it ends with a skill that is confirmed."""
    tried = _next_practice(person_id, chance, now)
    if tried is None:
        return
    visit = visits.start_visit(person_id=person_id, group_id=None, by=by, now=now)
    visits.begin_practice(visit_id=visit, slug=tried.slug, by=by, now=now)
    now = _tick(visit, tried, 1, chance.randrange(len(tried.steps)), by, now)
    visits.start_over(visit_id=visit, slug=tried.slug, run=1, by=by, now=now)
    now = _tick(visit, tried, 2, None if alone else chance.randrange(len(tried.steps)), by, now)
    if alone and not same_household(reading(), by, person_id):
        confirm_skill(visit_id=visit, practice=tried.slug, by=by, now=now)
    note = "" if alone else "Lần sau tập lại một lượt (thử)"
    visits.end_visit(visit_id=visit, note=note, helped=False, by=by, now=now)


def _next_practice(person_id: int, chance: Random, now: datetime) -> Practice | None:
    """One whose skill is not shown yet."""
    session = reading()
    shown = skills_confirmed(session, person_id)
    ahead = [one for one in practices(session, local_date(now)) if one.skill not in shown]
    return chance.choice(ahead) if ahead else None


def _tick(visit: int, tried: Practice, run: int, prompted: int | None, by: int, now: datetime) -> datetime:
    """Every step of a run, a minute each; at ``prompted`` a word was needed. Returns the moment after it."""
    for place, step in enumerate(tried.steps):
        now += timedelta(minutes=1)
        mark = "prompted" if place == prompted else "self"
        visits.mark_step(visit_id=visit, slug=tried.slug, run=run, step=step.id, mark=mark, by=by, now=now)
    return now
