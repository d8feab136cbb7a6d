"""Rules of field work: what a request for help must say, how long is long. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import Invalid
from app.core.text import clean, phone

WAYS = ("call", "visit")
LATE = timedelta(days=2)  # where the ward says nothing else: then a request is marked, others may take it over
LENGTH = 120


@dataclass(frozen=True)
class Reach:
    """Whom a volunteer looks after: everyone, or the members of some groups."""

    everyone: bool
    group_ids: frozenset[int] = frozenset()

    def covers(self, group_id: int | None) -> bool:
        """Whether someone of this group is theirs; whoever has no group is everyone's."""
        return self.everyone or group_id is None or group_id in self.group_ids


@dataclass(frozen=True)
class Asked:
    """A request for help as it is kept: one spelling, nothing missing."""

    way: str
    name: str
    contact: str


def check_request(way: str, name: str, contact: str, *, known: bool, phones: Collection[str] = ()) -> Asked:
    """What a volunteer needs in order to come or call.

    Args:
        known: Whether the one who asks is signed in, so that the name is known.
        phones: Numbers that are on record for them.

    Raises:
        Invalid: Nobody could find this person; ``field`` says what is missing.
    """
    if way not in WAYS:
        raise Invalid("help_way", field="way")
    name, contact = clean(name)[:LENGTH], clean(contact)[:LENGTH]
    if not known and not name:
        raise Invalid("name_missing", field="name")
    if way == "call" and not phones and phone(contact) is None:
        raise Invalid("help_phone", field="contact")
    if way == "visit" and not known and not contact:
        raise Invalid("contact_missing", field="contact")
    return Asked(way, name, phone(contact) or contact)


def is_late(created_at: datetime, now: datetime, late: timedelta = LATE) -> bool:
    """Whether someone has waited too long."""
    return now - created_at > late
