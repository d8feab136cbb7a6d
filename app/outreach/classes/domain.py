"""Rules of a class: when it is on, the code that changes, heads beside names, what is asked before and after. Pure."""

import hashlib
import hmac
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.calendar import ZONE
from app.core.errors import Invalid
from app.core.text import clean
from app.quizzes.domain import Drawn, PoolItem

WINDOW = 60  # seconds that one code is shown; the one before is taken too
DIGITS = 6
EARLY = timedelta(hours=2)  # people come before it begins
LASTS = timedelta(hours=8)  # and are let in until here
PLACE = 120
MOST = 500  # people in one class: beyond it somebody mistyped
MOMENTS = ("before", "after")
WAYS_IN = ("qr", "hand", "signed_up")  # how someone came onto the list
ASKED = 3  # questions before, and as many after
QUICK = ("single", "true_false", "multiple")  # read and answered in a moment, all on one screen
FEWEST = 5  # below it no result is shown
MOST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """A class as it is planned: one spelling, nothing missing."""

    starts_at: datetime
    place: str
    expected: int


@dataclass(frozen=True)
class Change:
    """What a class knew before and after, in whole per cent.

    Attributes:
        people: How many answered both before and after.
        before, after: ``None`` below :data:`FEWEST` people.
    """

    people: int
    before: int | None
    after: int | None


def check_plan(day: str, clock: str, place: str, expected: str, *, now: datetime) -> Plan:
    """What a class needs so that people find it.

    Args:
        day: ``2026-11-24``, or as people write it, ``24/11/2026``.
        clock: ``14:30``.
        expected: How many people are expected; "" for not known.

    Raises:
        Invalid: ``field`` says which of them does not fit.
    """
    when = datetime.combine(_day(day), _clock(clock), ZONE)
    if not now - MOST_AHEAD < when < now + MOST_AHEAD:
        raise Invalid("class_day", field="day")
    place = clean(place)
    if not place:
        raise Invalid("class_place", field="place")
    if len(place) > PLACE:
        raise Invalid("class_place_long", field="place", most=PLACE)
    return Plan(when, place, check_heads(expected or "0", field="expected"))


def _day(text: str) -> date:
    typed = text.strip()
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 — a local day, no moment
        except ValueError:
            continue
    raise Invalid("class_day", field="day")


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Invalid("class_time", field="time") from None


def check_heads(text: str, *, field: str) -> int:
    """A number of people as typed.

    Raises:
        Invalid: Not a whole number, or more than :data:`MOST`.
    """
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 4 or int(typed) > MOST:
        raise Invalid("class_heads", field=field, most=MOST)
    return int(typed)


def check_counted(text: str, named: int) -> int:
    """How many heads were counted: never fewer than there are names.

    Raises:
        Invalid: No number, or fewer than the names.
    """
    heads = check_heads(text, field="counted")
    if heads < named:
        raise Invalid("class_heads_few", field="counted", named=named)
    return heads


def is_on(starts_at: datetime, cancelled: bool, now: datetime) -> bool:
    """Whether people come in now: from two hours before the start to eight hours after."""
    return not cancelled and starts_at - EARLY <= now < starts_at + LASTS


def has_come(starts_at: datetime, now: datetime) -> bool:
    """Whether somebody may be on the list yet."""
    return now >= starts_at - EARLY


# --- the code


def window_of(now: datetime) -> int:
    """The minute that a code belongs to."""
    return int(now.timestamp()) // WINDOW


def seconds_left(now: datetime) -> int:
    """Until the next code, 1 to 60."""
    return WINDOW - int(now.timestamp()) % WINDOW


def code_of(secret: str, window: int) -> str:
    """Six digits that nobody can tell without the class's secret."""
    told = hmac.new(secret.encode(), str(window).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(told[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def is_current(secret: str, code: str, now: datetime) -> bool:
    """Whether a code is the one of this minute, or of the one before."""
    here = window_of(now)
    fits = [hmac.compare_digest(code_of(secret, window).encode(), code.encode()) for window in (here, here - 1)]
    return any(fits)


# --- before and after


def choose(
    pools: Iterable[Sequence[PoolItem]],
    seen: Mapping[str, int],
    chance: random.Random,
    *,
    like: Sequence[int] | None = None,
    without: Collection[str] = (),
    fewer: bool = False,
) -> tuple[Drawn, ...]:
    """Which items are asked: an objective each as far as there are, the ones never met first.

    Args:
        pools: The items of the class's quiz, then those of the rest of its topic, which help out.
        seen: How often this person has met each item.
        like: The objectives asked before, in order: the same are asked again. ``None`` chooses them, and only
            objectives that have an item to spare for later.
        without: Items asked before: they are not asked again.
    """
    by_objective: dict[int, list[PoolItem]] = {}
    for pool in pools:
        for item in sorted(pool, key=lambda one: (one.id, chance.random())):
            if item.kind.type in QUICK and item not in by_objective.setdefault(item.objective_id, []):
                by_objective[item.objective_id].append(item)
    wanted = list(like) if like is not None else _objectives(by_objective)
    chosen: list[PoolItem] = []
    for objective in wanted:
        left = [i for i in by_objective.get(objective, []) if i.id not in without and i not in chosen]
        if left:
            chosen.append(min(left, key=lambda i: (seen.get(i.id, 0), chance.random())))
    return tuple(Drawn(i.id, i.revision_id, i.kind.arrange(chance, fewer=fewer)) for i in chosen)


def _objectives(by_objective: Mapping[int, Sequence[PoolItem]]) -> list[int]:
    """Three turns, the objectives in their order; each turn needs an item for before and one for after."""
    spare = {objective: len(items) // 2 for objective, items in by_objective.items()}
    chosen: list[int] = []
    while len(chosen) < ASKED and any(spare.values()):
        for objective, left in spare.items():
            if left and len(chosen) < ASKED:
                spare[objective] -= 1
                chosen.append(objective)
    return chosen


def change_of(pairs: Sequence[tuple[int, int]]) -> Change:
    """What a class learned, from each person's share before and after (0 to 100)."""
    count = len(pairs)
    if count < FEWEST:
        return Change(count, None, None)
    before, after = (round(sum(pair[side] for pair in pairs) / count) for side in (0, 1))
    return Change(count, before, after)
