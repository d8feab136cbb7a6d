"""What happens when: the demo's events in the order of their moments. Pure, seeded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.core.calendar import ZONE, local, local_date, start_of, week_of
from app.cycles.domain import Bounds, before, month_of
from app.shell.demo.cast import STAFFED, Actor

WEEK_DAYS = 3  # what a full week takes
COME_BACK = 0.4  # how many come for nothing but a review, a month or two after their first lesson
MOST_VISITS = 12
LATE = time(21, 15)  # nobody begins later, so that no sitting crosses midnight


@dataclass(frozen=True)
class Event:
    """``kind`` names a method of the builder; ``number`` an actor, where there is one."""

    at: datetime
    kind: str
    number: int = -1
    detail: str = ""


def first_month(now: datetime, months: int) -> Bounds:
    """The month so many months before the present one."""
    bounds = month_of(now)
    for _ in range(months):
        bounds = before(bounds)
    return bounds


def write_script(cast: list[Actor], *, start: datetime, now: datetime, chance: Random, hero: int) -> list[Event]:
    """Everything but the hero's own week."""
    events = [Event(actor.joins, "join", actor.number) for actor in cast]
    for actor in cast:
        if actor.number != hero and actor.part != "officer":
            events += _lessons(actor, start, now, chance)
    events += _months(start, now)
    events += _help(cast, now, chance, hero)
    events += _visits(cast, start, now, chance, hero)
    story = heros_story(max(start, cast[hero].joins), now)
    events += [Event(at, "lesson", hero, detail) for at, detail in story]
    return sorted(events, key=lambda event: event.at)


def _lessons(actor: Actor, start: datetime, now: datetime, chance: Random) -> Iterator[Event]:
    first = max(actor.joins, start) + timedelta(minutes=4)
    if actor.part == "newcomer":
        yield Event(first, "lesson", actor.number)
        return
    latest, met = now - timedelta(minutes=40), False
    for day in _days(actor, local_date(first), local_date(now), chance):
        moment = datetime.combine(day, time(6), ZONE) + timedelta(minutes=chance.randint(0, 15 * 60))
        if first < moment < latest and local(moment).time() < LATE:
            yield Event(moment, "lesson", actor.number)
            back = moment + timedelta(days=chance.randint(31, 60))
            if not met and chance.random() < COME_BACK and back < latest:
                yield Event(back, "review", actor.number)
            met = True


def _days(actor: Actor, first: date, last: date, chance: Random) -> list[date]:
    """The days on which someone learns: the keen in weeks of three days, others on any day."""
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if not actor.keen:
        return [day for day in every if chance.random() < actor.habit / 30]
    monday = week_of(first)
    days: set[date] = set()
    while monday <= last:
        if chance.random() < 0.55:
            days |= {monday + timedelta(days=n) for n in chance.sample(range(7), WEEK_DAYS)}
        monday += timedelta(days=7)
    return sorted(day for day in days if first <= day <= last)


def _months(start: datetime, now: datetime) -> Iterator[Event]:
    """Every month that has ended: closed at midnight, decided and announced in the days that follow."""
    bounds = month_of(start)
    while bounds.ends_at + timedelta(minutes=2) < now:
        latest = now - timedelta(minutes=1)
        yield Event(bounds.ends_at + timedelta(minutes=1), "close", detail=bounds.period)
        yield Event(min(bounds.ends_at + timedelta(days=2, hours=9), latest), "decide", detail=bounds.period)
        yield Event(min(bounds.ends_at + timedelta(days=4, hours=10), latest), "publish", detail=bounds.period)
        bounds = month_of(bounds.ends_at)


def _help(cast: list[Actor], now: datetime, chance: Random, hero: int) -> Iterator[Event]:
    """Help asked for: older ones are done, the last few wait."""
    asking = [a for a in cast if a.part == "resident" and a.number != hero]
    chance.shuffle(asking)
    near = [a for a in asking if a.khu == STAFFED][:1]  # the printed volunteer finds one waiting
    asking = near + [a for a in asking if a not in near]
    for place, actor in enumerate(asking[: max(3, len(asking) // 25)]):
        waiting = place < 3
        ago = timedelta(hours=chance.randint(2, 44)) if waiting else timedelta(days=chance.randint(5, 40))
        at = now - ago
        if at > actor.joins:
            yield Event(at, "help", actor.number)
            if not waiting:
                yield Event(at + timedelta(hours=20), "helped", actor.number)


def _visits(cast: list[Actor], start: datetime, now: datetime, chance: Random, hero: int) -> Iterator[Event]:
    """A few visits of the last weeks, most of them ending in a skill shown alone; and a youth who offers to join.

    One a day, by daylight: whoever sits beside one person is not somewhere else.
    """
    people = [a for a in cast if a.part == "resident" and a.number != hero]
    ahead = chance.sample(people, min(len(people), max(3, len(people) // 20), MOST_VISITS))
    for place, actor in enumerate(ahead):
        day = local_date(now) - timedelta(days=2 + place)
        at = datetime.combine(day, time(8), ZONE) + timedelta(minutes=chance.randint(0, 8 * 60))
        if at > max(start, actor.joins + timedelta(minutes=5)):
            yield Event(at, "visit", actor.number, "" if place % 4 == 3 else "alone")
    grown = [a for a in cast if a.part == "youth" and a.who.adult and a.joins < now - timedelta(hours=30)]
    if grown:
        yield Event(now - timedelta(hours=26), "offer", grown[0].number)


def heros_story(start: datetime, now: datetime) -> list[tuple[datetime, str]]:
    """The printed resident: one skill passed each month, three days this week, a lesson half done today.

    It was begun nine days ago with an answer that missed, so that something is due for review.
    Each entry is a moment and what to do: ``pass``, ``slip`` or ``half``.
    """
    moments = [(start_of(local_date(start)) + timedelta(days=6, hours=9), "pass")]
    week = this_week(now)
    moments += [(_on(day, now), "pass") for day in week[-WEEK_DAYS:]]
    moments += [(now - timedelta(days=9), "slip"), (now - timedelta(minutes=6), "half")]
    return [(at, what) for at, what in moments if start < at < now]


def this_week(now: datetime) -> list[date]:
    """The days of this week up to today; today only where some minutes of it have passed."""
    today = local_date(now)
    days = [week_of(today) + timedelta(days=n) for n in range(today.weekday() + 1)]
    return days if local(now) - datetime.combine(today, time.min, ZONE) > timedelta(minutes=20) else days[:-1]


def _on(day: date, now: datetime) -> datetime:
    """Some time on a day of this week, in any case before the half-done lesson."""
    return min(datetime.combine(day, time(8, 20), ZONE), now - timedelta(minutes=15))
