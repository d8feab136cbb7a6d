"""Codes of the second step: six digits from an authenticator app (RFC 6238), and recovery codes on paper. Pure."""

import re
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP

from app.core.errors import Invalid

STEP = 30  # seconds that a code lasts
WINDOW = 1  # a phone's clock may be one step off, either way
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12  # the first one says which of the ten it is; eleven random ones are left to guess


def check_code(text: str, *, field: str = "code") -> str:
    """Six digits, however they were grouped.

    Raises:
        Invalid: Anything else.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{6}", digits, re.ASCII):
        raise Invalid("factor_shape", field=field)
    return digits


def check_recovery(text: str, *, field: str = "code") -> tuple[int, str]:
    """A recovery code: its place among the ten (0–9), and all its digits.

    Raises:
        Invalid: Anything but twelve digits.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise Invalid("recovery_shape", field=field)
    return int(digits[0]), digits


def is_recovery(text: str) -> bool:
    """Whether what was typed has rather the length of a recovery code."""
    return sum(c.isdigit() for c in text) > 6


def in_fours(text: str) -> str:
    """``ABCD EFGH …``, as people type it."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def step_at(now: datetime) -> int:
    """The number of the half minute that a moment lies in."""
    return int(now.timestamp()) // STEP


def code_of(key: str, step: int) -> str:
    """The six digits that an app with this key shows in a step."""
    return TOTP(key).generate_otp(step)


def matching_step(key: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step that a code belongs to: the present one or a neighbour, and later than any taken before."""
    here = step_at(now)
    steps = [step for step in range(here - WINDOW, here + WINDOW + 1) if step > after]
    fitting = [step for step in steps if compare_digest(code_of(key, step), code)]
    return fitting[0] if fitting else None


def address_of_key(key: str, *, who: str, issuer: str) -> str:
    """What the QR holds: ``otpauth://totp/…``, which authenticator apps understand."""
    return TOTP(key, name=who, issuer=issuer).provisioning_uri()
