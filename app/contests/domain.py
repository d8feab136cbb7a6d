"""The weekly contest: when it is, what it asks, how people and teams are scored. Pure."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.calendar import ZONE, local_date
from app.core.errors import Invalid
from app.core.text import clean
from app.quizzes.domain import Drawn, PoolItem
from app.quizzes.kinds.kind import FULL, Kind

QUESTIONS = 10
STATES = ("draft", "open", "closed", "published", "cancelled")
RUNNING = ("open", "closed", "published")  # these have questions
DONE = ("closed", "published")  # from here on the keys may be told
TIER = "thu-suc"  # the harder quizzes come first
BEST = 5  # a team's result is the mean of so many of its best; with fewer people it has none
FEW = 5  # figures of fewer people are not shown
OPENS, CLOSES, RESULTS = time(19), time(21), time(21, 30)
SUNDAY = timedelta(days=6)
REASON = 200  # letters of why a week is skipped
PRACTICE = "practice"  # whose arrangement the copy for practice has


@dataclass(frozen=True)
class Week:
    """One ISO week's contest: its name and its three moments, aware."""

    period: str
    opens_at: datetime
    closes_at: datetime
    results_at: datetime


@dataclass(frozen=True)
class Player:
    """Someone who took part, as teams are made of them; ``credit`` in hundredths of a question."""

    person_id: int
    credit: int
    group_id: int | None
    branch_id: int | None


@dataclass(frozen=True)
class Team:
    """A team's result. ``score`` is the mean of its best in hundredths of a question, ``None`` with too few."""

    group_id: int
    people: int
    score: int | None
    place: int | None


@dataclass(frozen=True)
class QuestionFigures:
    """How a question went, of those who answered it."""

    place: int
    answered: int
    right: int


def week_of(day: date) -> Week:
    """The contest of the week that a day falls in: Monday 19:00 to Sunday 21:00, results at 21:30."""
    monday = day - timedelta(days=day.weekday())
    return Week(
        period_of(day),
        datetime.combine(monday, OPENS, ZONE),
        datetime.combine(monday + SUNDAY, CLOSES, ZONE),
        datetime.combine(monday + SUNDAY, RESULTS, ZONE),
    )


def period_of(day: date) -> str:
    """``2026-w48``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-w{week:02d}"


def week_number(period: str) -> int:
    """The number of the week in a contest's name.

    Raises:
        Invalid: Not a week.
    """
    found = re.fullmatch(r"\d{4}-w(\d{2})", period)
    if not found:
        raise Invalid("period_shape", period=period)
    return int(found[1])


def weeks_ahead(now: datetime) -> list[Week]:
    """The contest of this week, unless it is over, and the next one."""
    today = local_date(now)
    return [week for week in (week_of(today), week_of(today + timedelta(days=7))) if week.closes_at > now]


def choose(
    pools: Mapping[str, Sequence[PoolItem]], used: Mapping[str, int], chance: random.Random, *, order: Sequence[str]
) -> list[PoolItem]:
    """Ten questions: quizzes take turns, those not asked in contests lately come first.

    Stories are left out: how they go on tells whether a turn was good.

    Args:
        pools: Quiz → what may be asked of it.
        used: Item → in how many contests it has been.
        order: The quizzes of the first choice, before all others.

    Returns:
        Ten items, or fewer where there are not so many.
    """
    left = {name: [item for item in items if not item.kind.by_turns] for name, items in sorted(pools.items())}
    chosen: list[PoolItem] = []
    for names in ([n for n in left if n in order], [n for n in left if n not in order]):
        chance.shuffle(names)
        while len(chosen) < QUESTIONS and any(left[name] for name in names):
            for name in [n for n in names if left[n]][: QUESTIONS - len(chosen)]:
                item = min(left[name], key=lambda one: (used.get(one.id, 0), chance.random()))
                left[name].remove(item)
                chosen.append(item)
    chance.shuffle(chosen)
    return chosen


def arranged(asked: Iterable[tuple[Drawn, Kind]], seed: str, whose: object) -> list[Drawn]:
    """The same questions in the same order; where the options stand is everyone's own, and always the same."""
    return [
        Drawn(drawn.item, drawn.revision_id, kind.arrange(random.Random(f"{seed}:{whose}:{drawn.item}")))  # noqa: S311
        for drawn, kind in asked
    ]


def teams(players: Iterable[Player], *, branch: bool) -> list[Team]:
    """Every team with somebody in it, best first; places are shared where the scores are equal.

    Args:
        branch: Chi đoàn; otherwise khu phố.
    """
    of: dict[int, list[int]] = {}
    for player in players:
        group = player.branch_id if branch else player.group_id
        if group is not None:
            of.setdefault(group, []).append(player.credit)
    found = [(group, len(each), team_score(each)) for group, each in of.items()]
    scores = [score for _, _, score in found if score is not None]
    made = [Team(g, n, s, None if s is None else placed(s, scores)) for g, n, s in found]
    return sorted(made, key=lambda team: (team.place is None, team.place or 0, team.group_id))


def team_score(each: Sequence[int]) -> int | None:
    """The mean of the best five; ``None`` with fewer."""
    best = sorted(each, reverse=True)[:BEST]
    return round(sum(best) / BEST) if len(best) == BEST else None


def placed(score: int, scores: Iterable[int]) -> int:
    """One more than how many are better: equals share a place."""
    return 1 + sum(1 for other in scores if other > score)


def hardest(figures: Iterable[QuestionFigures]) -> QuestionFigures | None:
    """The question that the smallest share got wholly right; ``None`` where too few answered to say so."""
    known = [one for one in figures if one.answered >= FEW]
    return min(known, key=lambda one: (one.right / one.answered, one.place), default=None)


def is_right(credit: int) -> bool:
    return credit == FULL


def check_reason(text: str) -> str:
    """Why a week is skipped.

    Raises:
        Invalid: Missing or too long.
    """
    reason = clean(text)
    if not reason:
        raise Invalid("contest_reason", field="reason")
    if len(reason) > REASON:
        raise Invalid("report_long", field="reason", most=REASON)
    return reason
