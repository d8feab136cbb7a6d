"""Joining the team of volunteers: when someone is free, what they can teach, how an offer ends. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.text import clean

PARTS = ("morning", "afternoon", "evening")
STATES = ("waiting", "accepted", "declined", "withdrawn", "left")
OPEN_STATES = ("waiting", "accepted")
REASON = 200
Slot = tuple[int, str]  # weekday (0 is Monday) and part of the day


@dataclass(frozen=True)
class Choices:
    """What someone offers: hours, topics (slugs) and khu phố (ids)."""

    times: frozenset[Slot]
    topics: frozenset[str]
    groups: frozenset[int]


NOTHING = Choices(frozenset(), frozenset(), frozenset())


def slot_name(slot: Slot) -> str:
    """How a form names an hour: ``5-morning``."""
    return f"{slot[0]}-{slot[1]}"


def read_slots(names: Iterable[str]) -> frozenset[Slot]:
    """The hours that a form names; whatever is none is left out."""
    known = {slot_name((day, part)): (day, part) for day in range(7) for part in PARTS}
    return frozenset(known[name] for name in names if name in known)


def check_choices(chosen: Choices) -> Choices:
    """An offer that somebody can plan with.

    Raises:
        Invalid: No hour, no topic, or no khu phố.
    """
    if not chosen.times:
        raise Invalid("team_times", field="times")
    if not chosen.topics:
        raise Invalid("team_topics", field="topics")
    if not chosen.groups:
        raise Invalid("team_groups", field="groups")
    return chosen


def check_reason(reason: str) -> str:
    """Why an offer is not taken up: a sentence that the person reads.

    Raises:
        Invalid: None, or too long.
    """
    text = clean(reason)
    if not text:
        raise Invalid("team_reason", field="reason")
    if len(text) > REASON:
        raise Invalid("visit_note", field="reason", most=REASON)
    return text
