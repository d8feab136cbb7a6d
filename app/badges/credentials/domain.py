"""Rules of badges that leave the house: codes on paper, masked names, what someone is told. Pure."""

import re
from datetime import datetime

from app.core.errors import Invalid
from app.core.text import clean

ENDINGS = ("revoked", "superseded", "withdrawn")
LIST_LENGTH = 131_072  # places in one status list: the least that hides a single badge among many
LIST_FULL = LIST_LENGTH // 2  # a random free place is found at once until then
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L
CODE = re.compile(rf"HS-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
SERIAL = TOKEN
HOLDER_LETTERS = 28  # of ALPHABET: 138 random bits
REASON_LENGTH = 300


def make_code(letters: str) -> str:
    """Eight letters of :data:`ALPHABET` as they are printed: ``7K3M9QXD`` → ``HS-7K3M-9QXD``."""
    return f"HS-{letters[:4]}-{letters[4:]}"


def read_code(typed: str) -> str | None:
    """A short code as people type it, in its printed spelling; ``None`` where it cannot be one."""
    letters = re.sub(r"[\s.\-–—]", "", typed.upper())
    code = make_code(letters.removeprefix("HS")) if len(letters) in (8, 10) else ""
    return code if CODE.fullmatch(code) else None


def in_fours(text: str) -> str:
    """A holder code in its one spelling, however it was typed: ``7k3m 9qxd…`` → ``7K3M-9QXD-…``."""
    letters = re.sub(r"[\s.\-–—]", "", text.upper())[:100]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def read_token(text: str) -> str | None:
    """What the QR carries: from an address or by itself; ``None`` where it cannot be one."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    return last if TOKEN.fullmatch(last) else None


def masked(name: str) -> str:
    """Initials alone: ``Nguyễn Thị Hoa`` → ``N… T… H…``."""
    return " ".join(f"{word[0]}…" for word in name.split())


def check_reason(text: str) -> str:
    """Why a badge is taken back or issued anew, in a sentence.

    Raises:
        Invalid: Empty or too long.
    """
    reason = clean(text)
    if len(reason) < 3:
        raise Invalid("credential_reason", field="reason")
    if len(reason) > REASON_LENGTH:
        raise Invalid("request_long", field="reason", most=REASON_LENGTH)
    return reason


def stamp(moment: datetime) -> str:
    """A moment as credentials write it, whole seconds in UTC: ``2026-11-24T05:00:00Z``; ``moment`` is in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
