"""What stays of what was learnt, in figures for groups of people. Pure.

Each person's answers become one mean first, so that nobody counts more for answering more; the
figures are means over people. The interval is Wilson's, for 95 %, with each person as one yes or
no: the widest that values between 0 and 100 can spread. It errs on the wide side, stays between 0
and 100, and does not collapse to a point where everybody had everything right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

FEWEST = 5  # for fewer people there is no figure
SOONEST, LATEST = 30, 90  # days between the first answer and the check
Z = 1.959964  # the normal quantile of a two-sided 95 %


@dataclass(frozen=True)
class PersonMeans:
    """One person's means over the objectives that were checked, 0 to 100 each."""

    first: float
    after: float
    later: float


@dataclass(frozen=True)
class Figure:
    """Means over people, 0 to 100: at the first answer, right after learning, 30 to 90 days later.

    ``low`` and ``high`` are the interval of ``later``.
    """

    people: int
    first: float
    after: float
    later: float
    low: float
    high: float


@dataclass(frozen=True)
class Part:
    """What is known of one part of the whole (a khu phố): a figure, or none that may be told."""

    key: int | None
    figure: Figure | None


def figure(people: Sequence[PersonMeans]) -> Figure | None:
    """The figure for these people; ``None`` for fewer than five."""
    if len(people) < FEWEST:
        return None
    later = fmean(p.later for p in people)
    low, high = interval(later, len(people))
    return Figure(len(people), fmean(p.first for p in people), fmean(p.after for p in people), later, low, high)


def interval(mean: float, people: int) -> tuple[float, float]:
    """The Wilson interval of a mean between 0 and 100."""
    share, z2 = mean / 100, Z * Z
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    half = Z / (1 + z2 / people) * sqrt(share * (1 - share) / people + z2 / (4 * people * people))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def parts(people: Iterable[tuple[int | None, PersonMeans]]) -> list[Part]:
    """The figure of each part, by key.

    Where the parts without a figure hold fewer than five people together, the smallest part with
    one is withheld as well: the whole minus the others would tell about those few.
    """
    of: dict[int | None, list[PersonMeans]] = {}
    for key, means in people:
        of.setdefault(key, []).append(means)
    told = {key: figure(one) for key, one in of.items()}
    hidden = sum(len(of[key]) for key, one in told.items() if one is None)
    shown = [key for key, one in told.items() if one is not None]
    if 0 < hidden < FEWEST and shown:
        told[min(shown, key=lambda key: (len(of[key]), key is None, key or 0))] = None
    return [Part(key, one) for key, one in told.items()]
