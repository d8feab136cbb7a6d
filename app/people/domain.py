"""Rules about people that need no database: forms of address, roles, consent, secrets' shape."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import Invalid
from app.core.text import clean, given_name

ADDRESSES = ("ông", "bà", "bác", "cô", "chú", "anh", "chị", "bạn")
ELDER = ("ông", "bà", "bác", "cô", "chú")
ADULT = ("yes", "no", "unsaid")
ROLES = ("volunteer", "officer")
LEVELS = ("card", "pin", "password")
PURPOSES = ("record", "name", "photo")
CHOICES = ("full", "given", "no")
GIVERS = ("self", "guardian")
CONSENT_TEXT = "2026-11"  # the version of the words that people are asked

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


@dataclass(frozen=True)
class Actor:
    """Who is asking: what a request knows of the person signed in."""

    id: int
    name: str
    address: str
    adult: str
    role: str  # learner | volunteer | officer: the most that this session may do
    level: str
    home_id: int | None
    home_name: str
    branch_id: int | None
    confirmed: bool
    sign_in_id: int

    @property
    def given(self) -> str:
        return given_name(self.name)


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
class ConsentGiven:
    """One recorded answer, as the rule about names needs it."""

    purpose: str
    choice: str
    giver: str
    given_at: datetime


def role_of(grants: Iterable[str], level: str) -> str:
    """The most that a session may do: officers' work needs the password, volunteers' the PIN."""
    held = set(grants)
    if "officer" in held and level == "password":
        return "officer"
    if held & {"volunteer", "officer"} and level in ("pin", "password"):
        return "volunteer"
    return "learner"


def in_force(consents: Iterable[ConsentGiven], purpose: str, giver: str) -> str | None:
    """The last answer of one giver on one purpose; ``None`` when not asked yet.

    Of two at the same moment the one that comes later in ``consents`` holds.
    """
    answers = [c for c in consents if c.purpose == purpose and c.giver == giver]
    return sorted(answers, key=lambda c: c.given_at)[-1].choice if answers else None


def public_name(name: str, adult: str, consents: Iterable[ConsentGiven]) -> str | None:
    """What the public may read, or ``None``.

    An adult's own yes is enough; everyone else (also "not said") needs their own and a
    guardian's, and the narrower of the two holds.
    """
    known = list(consents)
    answers = [in_force(known, "name", "self")]
    if adult != "yes":
        answers.append(in_force(known, "name", "guardian"))
    if None in answers or "no" in answers:
        return None
    return given_name(name) if "given" in answers else name


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
