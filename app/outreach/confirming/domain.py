"""Which confirmations are looked at a second time, and what may come of it. Pure; anyone can work it out again."""

import hashlib

from app.core.errors import Invalid
from app.core.text import clean

ONE_IN = 10
OUTCOMES = ("ok", "redo", "unreached")  # done alone indeed | to be practised once more | nobody answered
NOTE = 200


def digest_of(seed: str) -> str:
    """What is published when the month opens: nobody can change the seed afterwards."""
    return hashlib.sha256(seed.encode()).hexdigest()


def is_drawn(seed: str, confirmation_id: int, one_in: int = ONE_IN) -> bool:
    """Whether a confirmation is one of those that are looked at again: by chance one in so many."""
    digest = hashlib.sha256(f"{seed}|{confirmation_id}".encode()).hexdigest()
    return int(digest, 16) % one_in == 0


def check_outcome(outcome: str, note: str) -> str:
    """What the second look found; returns the note in one spelling.

    Raises:
        Invalid: No such outcome, the note is too long, or one is missing where something is to be done again.
    """
    if outcome not in OUTCOMES:
        raise Invalid("look_outcome", field="outcome")
    text = clean(note)
    if len(text) > NOTE:
        raise Invalid("visit_note", field="note", most=NOTE)
    if outcome == "redo" and not text:
        raise Invalid("look_note", field="note")
    return text
