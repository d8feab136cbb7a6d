"""When what was learnt comes back, what to ask then, and whether a skill still holds. Pure."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.attempts.domain import PASS_CREDIT
from app.quizzes.domain import Drawn, PoolItem

STAGES = (1, 7, 30, 90)  # days until an objective is asked again
LAST = len(STAGES) - 1
LATER = 30  # from so many days after the first answer on, an answer shows what has stayed
HOLDS = 183  # days for which such an answer is good: six months
SITTING = 5  # items in one review
FRESHNESS = ("new", "fresh", "stale")  # not checked yet | holds | to be refreshed


@dataclass(frozen=True)
class Due:
    """Where an objective stands with someone; ``due_on`` is ``None`` when the last stage is behind them."""

    stage: int
    due_on: date | None

    def is_due(self, today: date) -> bool:
        return self.due_on is not None and self.due_on <= today


@dataclass(frozen=True)
class Check:
    """An answer that came late enough to show what has stayed."""

    objective_id: int
    day: date
    credit: int  # 0 to 100


def begin(today: date) -> Due:
    """An objective that someone meets for the first time and knows: everybody is asked again after 30 days."""
    stage = STAGES.index(LATER)
    return Due(stage, today + timedelta(days=STAGES[stage]))


def after_answer(now: Due, *, known: bool, today: date) -> Due:
    """Where an objective stands after one answer, in a lesson or in a review alike.

    Not known, it comes back tomorrow. Known when its turn had come, it moves a stage on, and the
    last stage ends it. Known before its turn, it stays: the days in between are what counts.
    """
    if not known:
        return Due(0, today + timedelta(days=STAGES[0]))
    if not now.is_due(today):
        return now
    if now.stage == LAST:
        return Due(LAST, None)
    return Due(now.stage + 1, today + timedelta(days=STAGES[now.stage + 1]))


def draw_review(
    objectives: Sequence[int],
    pool: Iterable[PoolItem],
    seen: Mapping[str, int],
    chance: random.Random,
    *,
    fewer: bool = False,
) -> tuple[Drawn, ...]:
    """One item for each objective, in the order given; items never met come first.

    An objective without any item is left out.
    """
    of: dict[int, list[PoolItem]] = {}
    for item in pool:
        of.setdefault(item.objective_id, []).append(item)
    chosen = [
        min(sorted(of[one], key=lambda i: i.id), key=lambda i: (seen.get(i.id, 0), chance.random()))
        for one in objectives
        if one in of
    ]
    return tuple(Drawn(i.id, i.revision_id, i.kind.arrange(chance, fewer=fewer)) for i in chosen[:SITTING])


def freshness(checks: Iterable[Check], today: date) -> str:
    """Whether a skill that someone has begun to learn still holds: one of :data:`FRESHNESS`.

    The newest check of each objective counts, for six months; 80 % of their credit are enough.
    """
    newest: dict[int, Check] = {}
    for check in sorted(checks, key=lambda c: c.day):
        newest[check.objective_id] = check
    if not newest:
        return "new"
    good = [check.credit for check in newest.values() if (today - check.day).days < HOLDS]
    return "fresh" if good and sum(good) >= PASS_CREDIT * len(good) else "stale"
