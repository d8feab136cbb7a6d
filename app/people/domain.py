"""Rules about people that need no database: forms of address, roles, consent, secrets' shape."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.errors import Invalid
from app.core.text import clean, given_name
from app.people.roles import BRINGS, FIELD, NOWHERE, Rights, Scope

ADDRESSES = ("ông", "bà", "bác", "cô", "chú", "anh", "chị", "bạn")
ELDER = ("ông", "bà", "bác", "cô", "chú")
ADULT = ("yes", "no", "unsaid")
LEVELS = ("card", "pin", "password")
LINKS = ("password", "rescue")
PURPOSES = ("record", "name", "photo")
CHOICES = ("full", "given", "no")
GIVERS = ("self", "guardian")
WAYS = (
    "screen",
    "spoken",
    "paper",
    "phone",
)  # how an answer was given: on one's own screen, aloud, signed, by telephone
CONTRASTS = ("auto", "more")
CONSENT_TEXT = "2026-11"  # the version of the words that people are asked: app/people/consent_texts.py

PIN_DIGITS = (4, 6)
PASSWORD_LENGTH = (12, 128)
NAME_LENGTH = 80
TRIES = 5
LOCK_MINUTES = 15
LONGEST_LOCK = 24 * 60  # minutes
NETWORK_TRIES = 50  # a whole class shares one connection
LEARNER_STAYS = timedelta(days=30)
OFFICER_STAYS = timedelta(hours=12)
DEVICE_STAYS = timedelta(days=365)
HALF_STAYS = timedelta(minutes=10)  # between the password and the second step
LINK_STAYS = timedelta(minutes=30)


@dataclass(frozen=True)
class Accommodations:
    """What makes reading and answering easier for someone. A timer is never part of a lesson, so none is here.

    Attributes:
        text_size: vua | to | rat-to.
        contrast: auto (as the phone says) | more.
        fewer_options: One wrong option is left out where a question has one to spare.
        read_first: A question is read aloud by itself, where the browser has a voice for it.
    """

    text_size: str
    contrast: str
    fewer_options: bool
    read_first: bool


PLAIN = Accommodations("vua", "auto", fewer_options=False, read_first=False)  # nothing chosen


@dataclass(frozen=True)
class Actor:
    """Who is asking: what a request knows of the person signed in."""

    id: int
    name: str
    address: str
    adult: str
    role: str  # learner | volunteer | officer: one word for this session; what it may do is in ``rights``
    level: str
    home_id: int | None
    home_name: str
    branch_id: int | None
    confirmed: bool
    sign_in_id: int
    accommodations: Accommodations | None = None  # None: nothing chosen yet, the browser's own choices hold
    rights: Rights = field(default_factory=dict)
    records: bool = True  # whether results are kept in this person's name

    @property
    def given(self) -> str:
        return given_name(self.name)

    def may(self, permission: str, group_id: int | None = None) -> bool:
        """Whether this session may do that: in a group, or (without one) anywhere at all."""
        scope = self.scope(permission)
        return scope != NOWHERE if group_id is None else scope.covers(group_id)

    def scope(self, permission: str) -> Scope:
        """Where this session may do that."""
        return self.rights.get(permission, NOWHERE)


@dataclass(frozen=True)
class IssuedCard:
    """A card at the one moment when its token is known: the database keeps the digest alone."""

    code: str
    token: str


@dataclass(frozen=True)
class SignedIn:
    """A fresh session for a browser.

    Attributes:
        token: What the browser holds; the database keeps its digest.
        device_token: Set where the browser became known just now and needs its cookie.
    """

    person_id: int
    token: str
    level: str
    expires_at: datetime
    device_token: str | None = None


@dataclass(frozen=True)
class Half:
    """The password fitted; ``token`` is what the browser shows with the second step."""

    person_id: int
    token: str


@dataclass(frozen=True)
class ConsentGiven:
    """One recorded answer, as the rule about names needs it."""

    purpose: str
    choice: str
    giver: str
    given_at: datetime


def role_of(grants: Iterable[str], level: str) -> str:
    """One word for a session: officers' work needs the password, volunteers' the PIN. Rights say the rest."""
    held = set(grants)
    if "officer" in held and level == "password":
        return "officer"
    if any(BRINGS[role] >= FIELD for role in held) and level in ("pin", "password"):
        return "volunteer"
    return "learner"


def in_force(consents: Iterable[ConsentGiven], purpose: str, giver: str) -> str | None:
    """The last answer of one giver on one purpose; ``None`` when not asked yet.

    Of two at the same moment the one that comes later in ``consents`` holds.
    """
    answers = [c for c in consents if c.purpose == purpose and c.giver == giver]
    return sorted(answers, key=lambda c: c.given_at)[-1].choice if answers else None


def agreed(adult: str, consents: Iterable[ConsentGiven], purpose: str) -> str | None:
    """What holds for a purpose: full | given | no, or ``None`` where someone has not been asked yet.

    An adult's own answer is enough; everyone else (also "not said") needs their own and a
    guardian's, and the narrower of the two holds.
    """
    known = list(consents)
    answers = [in_force(known, purpose, "self")]
    if adult != "yes":
        answers.append(in_force(known, purpose, "guardian"))
    if "no" in answers:
        return "no"
    if None in answers:
        return None
    return "given" if "given" in answers else "full"


def public_name(name: str, adult: str, consents: Iterable[ConsentGiven]) -> str | None:
    """What the public may read, or ``None``."""
    answer = agreed(adult, consents, "name")
    if answer in (None, "no"):
        return None
    return given_name(name) if answer == "given" else name


def check_name(text: str) -> str:
    """A usable name: one to six words or so, any language's letters, kept as written.

    Raises:
        Invalid: Empty, too long, or without a letter.
    """
    name = clean(text)
    if not any(c.isalpha() for c in name):
        raise Invalid("name_missing", field="name")
    if len(name) > NAME_LENGTH:
        raise Invalid("name_too_long", field="name", most=NAME_LENGTH)
    return name


def check_pin(pin: str, *, field: str = "pin") -> str:
    """Four to six digits, not all the same and not a plain run.

    Raises:
        Invalid: Anything else.
    """
    low, high = PIN_DIGITS
    if not (pin.isascii() and pin.isdigit() and low <= len(pin) <= high):
        raise Invalid("pin_shape", field=field)
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "9876543210":
        raise Invalid("pin_easy", field=field)
    return pin


def check_password(password: str, *, field: str = "password") -> str:
    """Twelve characters or more, any characters.

    Raises:
        Invalid: Too short or too long.
    """
    low, high = PASSWORD_LENGTH
    if not low <= len(password) <= high:
        raise Invalid("password_length", field=field, least=low)
    return password


def check_address(address: str) -> str:
    """One of :data:`ADDRESSES`.

    Raises:
        Invalid: Anything else.
    """
    if address not in ADDRESSES:
        raise Invalid("address_missing", field="address")
    return address


def check_adult(adult: str) -> str:
    """``yes``, ``no`` or ``unsaid``.

    Raises:
        Invalid: Anything else.
    """
    if adult not in ADULT:
        raise Invalid("adult_missing", field="adult")
    return adult


def check_birth_year(year: int | None, now: datetime) -> int | None:
    """A year that someone living was born in.

    Raises:
        Invalid: Before 1900 or still to come.
    """
    if year is not None and not 1900 <= year <= now.year:
        raise Invalid("birth_year", field="birth_year")
    return year


def check_answer(purpose: str, choice: str, giver: str) -> None:
    """An answer to a question of consent that was really asked; only names have three answers.

    Raises:
        Invalid: Anything else.
    """
    choices = CHOICES if purpose == "name" else ("full", "no")
    if purpose not in PURPOSES or choice not in choices or giver not in GIVERS:
        raise Invalid("consent_choice", field="choice")


def stay(level: str) -> timedelta:
    """How long a session lasts: an officer's, on an office computer, is short."""
    return OFFICER_STAYS if level == "password" else LEARNER_STAYS


def lock_minutes(failures: int, tries: int) -> int:
    """How long to rest after so many wrong tries; 0 while tries are left. Each further lock doubles."""
    if failures == 0 or failures % tries:
        return 0
    doublings = min(failures // tries - 1, 10)
    return min(LOCK_MINUTES << doublings, LONGEST_LOCK)


def press(typed: str, key: str, shown: bool) -> tuple[str, bool]:
    """What the keypad holds after one key: a digit, ``xoa`` (the last goes) or ``hien`` (show or hide)."""
    digits = "".join(c for c in typed if c in "0123456789")
    if key == "xoa":
        return digits[:-1], shown
    if key == "hien":
        return digits, not shown
    longest = PIN_DIGITS[1]
    return (digits + key)[:longest] if len(key) == 1 and key in "0123456789" else digits[:longest], shown


def group_hint(name: str) -> str:
    """Enough of a group's name for its own people: ``Khu phố 5`` → ``5``, ``Khu phố Đền Công 1`` → ``Đ…``.

    A card that lies on the street tells a stranger no more than that.
    """
    rest = re.sub(r"^(khu phố|khu|tổ dân phố|tổ|thôn)\s+", "", name, flags=re.IGNORECASE)
    digits = re.match(r"\d+", rest)
    return digits.group() if digits else f"{rest[:1]}…"
