"""Items as plain values. What a participant sees has no key: it is another type, not a flag."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import Invalid
from app.core.text import clean
from app.quizzes.kinds.kind import Kind

DRAWN = 5  # items of the pool in one attempt
REPORT_REASONS = ("key", "rationale", "spelling", "unclear", "outdated", "other")
REPORT_STATES = ("open", "fixed", "kept")
REPORT_WORDS = 500  # letters of a report, and of the answer to one
REPORTS_A_DAY = 10  # of one person or guest
REPORTS_OF_GUESTS = 50  # open ones about one item: more say nothing new
PROPOSALS_WAITING = 10  # of one person at a time
PROPOSAL_POINTS = 10  # once an officer has accepted it
PROPOSAL_STATES = ("waiting", "accepted", "declined")


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    date: date


@dataclass(frozen=True)
class Item:
    """One revision of a question, key included. Never handed to a template before the answer."""

    id: str
    quiz_id: str
    objective_id: int
    revision_id: int
    stem: str
    hint: str
    kind: Kind  # options, key and reasons
    rationale: str
    source: Source

    @property
    def type(self) -> str:
        return self.kind.type


@dataclass(frozen=True)
class ItemView:
    """What a participant may see before answering: an allow-list, without key, reasons or rationale.

    ``body`` is what the item's type shows: options, steps, a screen, a story so far.
    """

    type: str
    stem: str
    hint: str
    body: Any


@dataclass(frozen=True)
class PoolItem:
    """What drawing needs to know of an item."""

    id: str
    revision_id: int
    objective_id: int
    difficulty: int
    kind: Kind


@dataclass(frozen=True)
class Drawn:
    """One item of an attempt: the revision pinned and the order in which its parts stand."""

    item: str
    revision_id: int
    order: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"item": self.item, "revision": self.revision_id, "order": list(self.order)}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Drawn":
        return Drawn(stored["item"], stored["revision"], tuple(stored["order"]))


def present(item: Item, drawn: Drawn, draft: str = "") -> ItemView:
    """The item as this attempt shows it, with what has been entered so far."""
    return ItemView(item.type, item.stem, item.hint, item.kind.view(drawn.order, draft))


@dataclass(frozen=True)
class Blueprint:
    """What an attempt is made of: how many items, and how many of each difficulty where the pool has them.

    Objectives always take turns, so that an attempt asks as evenly as it can after all of them.
    """

    count: int = DRAWN
    difficulty: tuple[int, int, int] = (2, 2, 1)


BLUEPRINTS = {"lam-quen": Blueprint(difficulty=(2, 2, 1)), "thu-suc": Blueprint(difficulty=(1, 2, 2))}


def draw(
    pool: Sequence[PoolItem],
    seen: Mapping[str, int],
    chance: random.Random,
    *,
    blueprint: Blueprint = BLUEPRINTS["lam-quen"],
    fewer: bool = False,
) -> tuple[Drawn, ...]:
    """Draw an attempt: objectives in turn, items met least often first, then the difficulty still wanted.

    Args:
        pool: The items that may be asked today.
        seen: How often this person has answered each item.
        chance: The randomness to use.
        blueprint: How many items, and of which difficulties.
        fewer: Leave a distractor out where an item has one to spare.
    """
    left: dict[int, list[PoolItem]] = {}
    for item in sorted(pool, key=lambda i: (i.id, chance.random())):
        left.setdefault(item.objective_id, []).append(item)
    objectives = list(left)
    chance.shuffle(objectives)
    wanted = Counter(dict(enumerate(blueprint.difficulty, start=1)))
    chosen: list[PoolItem] = []
    while len(chosen) < blueprint.count and any(left.values()):
        for objective in objectives:
            if left[objective] and len(chosen) < blueprint.count:
                item = min(
                    left[objective],
                    key=lambda i: (seen.get(i.id, 0), -wanted[i.difficulty], chance.random()),
                )
                left[objective].remove(item)
                wanted[item.difficulty] -= 1
                chosen.append(item)
    chance.shuffle(chosen)
    return tuple(Drawn(i.id, i.revision_id, i.kind.arrange(chance, fewer=fewer)) for i in chosen)


def check_report(reason: str, words: str) -> tuple[str, str]:
    """What is wrong with an item, and the reporter's own words in one spelling.

    Raises:
        Invalid: No reason was chosen, or the words are too long.
    """
    if reason not in REPORT_REASONS:
        raise Invalid("report_reason", field="reason")
    words = clean(words)
    if len(words) > REPORT_WORDS:
        raise Invalid("report_long", field="words", most=REPORT_WORDS)
    return reason, words


def check_answer(text: str, *, needed: bool = True) -> str:
    """An officer's words to whoever reported or proposed something.

    Raises:
        Invalid: Missing where they are needed, or too long.
    """
    answer = clean(text)
    if needed and not answer:
        raise Invalid("answer_missing", field="answer")
    if len(answer) > REPORT_WORDS:
        raise Invalid("report_long", field="answer", most=REPORT_WORDS)
    return answer
