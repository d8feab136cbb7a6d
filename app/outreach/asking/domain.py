"""Rules of a request for help once it is there: how it ends, when it goes back, what its owner reads. Pure."""

from datetime import datetime, timedelta

from app.core.errors import Invalid

OUTCOMES = ("called", "visited", "unneeded", "unreached")  # what a volunteer may say; "withdrawn" is the asker's
MOST_TRIES = 3  # so often nobody answers before a request may end unreached
CONSENT = "2026-11"  # the version of the words that a guest agrees to: templates/outreach/help.html
TOLD_FOR = timedelta(days=7)  # how long a request that is done is still told of


def check_outcome(outcome: str | None, way: str) -> str:
    """How a request ended, or that nobody was there; without a word it was what had been asked for.

    Raises:
        Invalid: No such outcome.
    """
    if outcome is None:
        return "visited" if way == "visit" else "called"
    if outcome not in OUTCOMES:
        raise Invalid("help_outcome", field="outcome")
    return outcome


def ends(outcome: str, tries: int) -> bool:
    """Whether a request is over with this: nobody being there ends it only after a few tries."""
    return outcome != "unreached" or tries >= MOST_TRIES


def lies_too_long(taken_at: datetime, days: int, now: datetime) -> bool:
    """Whether a request that was taken goes back to the desk."""
    return now - taken_at > timedelta(days=days)
