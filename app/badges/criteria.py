"""When an achievement is reached: a small set of pure predicates over facts. Awards are never read here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.calendar import week_of


@dataclass(frozen=True)
class Facts:
    """What is known of one person when badges are looked at."""

    skills_passed: frozenset[str]
    lessons: int  # first rounds finished
    days: tuple[date, ...]  # local days of learning
    skills_confirmed: frozenset[str] = frozenset()  # shown to a volunteer, alone and from the start
    skills_taught: frozenset[str] = frozenset()  # learnt from this person by someone of another household
    visits: int = 0  # people whom this volunteer sat beside, in visits that are over
    went_alone: int = 0  # people who practised beside this volunteer and later passed alone
    contests: int = 0  # weekly contests in which every question was answered, once they have closed


@dataclass(frozen=True)
class GroupFacts:
    """What is known of a khu phố: its best closed month."""

    people: int  # of the counted age
    counted: int  # who passed something new on their own


@dataclass(frozen=True)
class Progress:
    """How far someone is: reached when ``have`` is at least ``need``. ``unit``: lesson | week | visit | person |
    people (volunteers' own) | percent (of a khu phố)."""

    have: int
    need: int
    unit: str

    @property
    def reached(self) -> bool:
        return self.have >= self.need

    @property
    def left(self) -> int:
        return max(0, self.need - self.have)


def full_weeks(days: Iterable[date], goal: int) -> int:
    """Weeks with at least so many days of learning; they need not follow each other."""
    return sum(1 for count in Counter(week_of(day) for day in days).values() if count >= goal)


def _skill_passed(facts: Facts, *, skill: str) -> Progress:
    return Progress(int(skill in facts.skills_passed), 1, "lesson")


def _lessons(facts: Facts, *, count: int) -> Progress:
    return Progress(facts.lessons, count, "lesson")


def _weeks(facts: Facts, *, count: int, days: int) -> Progress:
    return Progress(full_weeks(facts.days, days), count, "week")


def _skill_confirmed(facts: Facts, *, skill: str) -> Progress:
    return Progress(int(skill in facts.skills_confirmed), 1, "visit")


def _skill_taught(facts: Facts, *, skill: str) -> Progress:
    return Progress(int(skill in facts.skills_taught), 1, "person")


def _skills_passed(facts: Facts, *, skills: list[str]) -> Progress:
    return Progress(len(facts.skills_passed.intersection(skills)), len(skills), "lesson")


def _skills_count(facts: Facts, *, count: int) -> Progress:
    return Progress(len(facts.skills_passed), count, "lesson")


def _visits(facts: Facts, *, count: int) -> Progress:
    return Progress(facts.visits, count, "people")


def _went_alone(facts: Facts, *, count: int) -> Progress:
    return Progress(facts.went_alone, count, "people")


def _contests(facts: Facts, *, count: int) -> Progress:
    return Progress(facts.contests, count, "contest")


def _group_share(facts: GroupFacts, *, percent: int) -> Progress:
    """Whole per cent, rounded down: 9.9 is not yet 10."""
    return Progress(100 * facts.counted // facts.people if facts.people else 0, percent, "percent")


PREDICATES: dict[str, Callable[..., Progress]] = {
    "skill_passed": _skill_passed,
    "skill_confirmed": _skill_confirmed,
    "skill_taught": _skill_taught,
    "lessons": _lessons,
    "weeks": _weeks,
    "skills_passed": _skills_passed,
    "skills_count": _skills_count,
    "visits": _visits,
    "went_alone": _went_alone,
    "contests": _contests,
}
OF_GROUPS: dict[str, Callable[..., Progress]] = {"group_share": _group_share}


def is_of_group(criterion: Mapping[str, Any]) -> bool:
    """Whether a whole khu phố reaches this, not a person."""
    return criterion["type"] in OF_GROUPS


def progress(criterion: Mapping[str, Any], facts: Facts) -> Progress:
    """Where a person stands with one criterion.

    Args:
        criterion: ``{"type": name of a predicate, …its arguments}``.
        facts: What is known of the person.
    """
    arguments = dict(criterion)
    return PREDICATES[arguments.pop("type")](facts, **arguments)


def group_progress(criterion: Mapping[str, Any], facts: GroupFacts) -> Progress:
    """Where a khu phố stands with one criterion, as :func:`progress` for a person."""
    arguments = dict(criterion)
    return OF_GROUPS[arguments.pop("type")](facts, **arguments)
