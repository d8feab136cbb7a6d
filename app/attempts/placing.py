"""Where someone begins: a handful of items from all topics, the easy ones first. Pure."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.attempts.domain import PASS_CREDIT

TIERS = ("lam-quen", "thu-suc")
COUNT = 6
QUICK = ("single", "true_false", "multiple")  # answered in a moment: two minutes are promised


@dataclass(frozen=True)
class Candidate:
    """An item that may be asked today, as far as choosing needs to know it."""

    item: str
    topic: str
    tier: str
    difficulty: int
    type: str


def choose(candidates: Iterable[Candidate], chance: random.Random) -> tuple[str, ...]:
    """Which items a placement asks: a topic each, the first half easy ones, the second half harder.

    Topics take another turn where there are fewer than items; an easy item stands in for a harder
    one that a topic does not have, and the other way round.
    """
    of: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda c: c.item):
        of.setdefault(one.topic, []).append(one)
    topics = sorted(of)
    chance.shuffle(topics)
    chosen: list[str] = []
    while len(chosen) < COUNT and any(of.values()):
        for topic in topics:
            if of[topic] and len(chosen) < COUNT:
                best = _best(of[topic], hard=len(chosen) >= COUNT // 2, chance=chance)
                of[topic].remove(best)
                chosen.append(best.item)
    return tuple(chosen)


def _best(candidates: Sequence[Candidate], *, hard: bool, chance: random.Random) -> Candidate:
    tier = TIERS[1] if hard else TIERS[0]
    level = (2, 3) if hard else (1, 2)
    return min(
        candidates,
        key=lambda c: (c.type not in QUICK, c.tier != tier, c.difficulty not in level, chance.random()),
    )


def tier_for(credit: int) -> str:
    """Where to begin after so much credit, 0 to 100."""
    return TIERS[1] if credit >= PASS_CREDIT else TIERS[0]
