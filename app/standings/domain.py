"""The fair rule, by hand: group score, shared places, what the ledger adds up to. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import ceil

from app.core.calendar import local_date, week_of

KINDS = ("pass", "points", "day", "join")
BAND = 1.0  # places are shared by all who are less than this below the band's highest
FEW = 5  # fewer people than this are shown as "dưới 5"
WEEK_GOAL = 3  # learning days that make a week count
SMALL = 200  # below this population figures jump easily, and the page says so


@dataclass(frozen=True)
class Entry:
    """A ledger entry as recomputation reads it, in the order of posting."""

    person_id: int
    kind: str
    how: str
    adult: bool
    group_id: int | None
    branch_id: int | None
    points: int
    at: datetime


@dataclass
class PersonSum:
    """What one person's entries of a cycle add up to."""

    person_id: int
    group_id: int | None = None
    branch_id: int | None = None
    adult: bool = False
    passes: int = 0
    helped: int = 0
    points: int = 0
    learned_on: set[date] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        self.group_id = self.group_id if self.group_id is not None else entry.group_id
        self.branch_id = self.branch_id if self.branch_id is not None else entry.branch_id
        self.adult = self.adult or entry.adult
        self.points += entry.points
        if entry.kind == "pass":
            self.passes += entry.how == "independent"
            self.helped += entry.how != "independent"
        if entry.how != "none":  # a confirmation, or credit for other work: nobody learned that day
            self.learned_on.add(local_date(entry.at))

    @property
    def weeks(self) -> int:
        """Weeks with at least three days of learning."""
        days: dict[date, int] = defaultdict(int)
        for day in self.learned_on:
            days[week_of(day)] += 1
        return sum(1 for count in days.values() if count >= WEEK_GOAL)


def is_counted(*, adult: bool, passes: int, group_id: int | None) -> bool:
    """Whether a person is one of x: of age, in a group, something new passed on their own."""
    return adult and passes > 0 and group_id is not None


def is_reached(*, passes: int, helped: int, group_id: int | None) -> bool:
    """Whether a person learned something here, helped or not."""
    return passes + helped > 0 and group_id is not None


def add_up(entries: Iterable[Entry]) -> dict[int, PersonSum]:
    """Every person's sum from the ledger alone: the slow, obviously right way."""
    sums: dict[int, PersonSum] = {}
    for entry in entries:
        sums.setdefault(entry.person_id, PersonSum(entry.person_id)).add(entry)
    return sums


def own_source(source: str, number: int, as_number: int) -> str:
    """What the source of an entry would be called under another number; others hold no number of a person."""
    return re.sub(rf"^(day|(?:pass|points|join):[^:]+):{number}(?=:|$)", rf"\g<1>:{as_number}", source)


def as_one(entries: Iterable[tuple[str, Entry]], finals: Mapping[int, int], cap: int) -> list[Entry]:
    """Entries of a cycle with those of several numbers as one person's, in the order of posting.

    What was posted under two numbers counts once, and points go up to the cap; an entry that does not
    count stays in the list, worth nothing: the number of entries is the ledger's.

    Args:
        entries: Each with its source.
        finals: Number → the number that its entries count for.
        cap: The most points of one person in the cycle.
    """
    several, seen, points = set(finals.values()), set[str](), defaultdict[int, int](int)
    found = []
    for source, entry in entries:
        whom = finals.get(entry.person_id, entry.person_id)
        if whom in several:
            named = own_source(source, entry.person_id, whom)
            granted = min(entry.points, cap - points[whom])
            if named in seen:
                entry = replace(entry, kind="points", how="none", adult=False, group_id=None, branch_id=None, points=0)
            else:
                entry = replace(entry, points=granted)
            seen.add(named)
            points[whom] += entry.points
        found.append(replace(entry, person_id=whom))
    return found


def group_score(counted: int, people: int, cushion: int, rate: float) -> float:
    """100 · (x + m·p0) / (n + m).

    Args:
        counted: x, adults of the group who passed something new on their own.
        people: n, the group's population of that age.
        cushion: m, the same for every group.
        rate: p0, the ward's rate in the cycle before, as a share.
    """
    return 100 * (counted + cushion * rate) / (people + cushion)


def places(scores: Sequence[float]) -> list[int]:
    """Places for scores sorted from high to low: a band shares its place, the next is one plus those above."""
    result: list[int] = []
    top = 0.0
    for index, score in enumerate(scores):
        if index == 0 or top - score >= BAND - 1e-9:
            top = score
            result.append(index + 1)
        else:
            result.append(result[-1])
    return result


def people_to_reach(target: float, counted: int, people: int, cushion: int, rate: float) -> int:
    """How many more people must pass for a group to have at least the target score."""
    needed = target * (people + cushion) / 100 - cushion * rate
    return max(0, ceil(needed - counted - 1e-9))


def is_public_place(place: int, groups: int) -> bool:
    """Places are shown for the upper half only; a shared place counts as its first."""
    return place <= ceil(groups / 2)


def gains(now: Mapping[int, float], before: Mapping[int, float]) -> list[tuple[int, float]]:
    """Who has more than in the cycle before, the largest gain first; who was not there before is left out."""
    found = [(group, score - before[group]) for group, score in now.items() if group in before]
    return sorted(((group, gain) for group, gain in found if gain > 1e-9), key=lambda pair: (-pair[1], pair[0]))
