"""Boards of individuals: who may appear, under which name, in which order. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.text import clean

SHOWN_AS = ("name", "nickname")
NICKNAME = (2, 24)  # letters
AROUND = 3  # neighbours above and below oneself
FEWEST = 5  # a board of fewer people would tell who is who
MOST = 20  # rows from the top; everyone further down sees their own neighbourhood
BANDS: Mapping[str, tuple[int, int]] = {"duoi-16": (0, 15), "16-30": (16, 30), "31-59": (31, 59), "tu-60": (60, 200)}


@dataclass(frozen=True)
class Row:
    """One person on a board. ``place`` is shared by equals; the next one is one more than those above."""

    person_id: int
    name: str
    points: int
    place: int
    tied: bool


@dataclass(frozen=True)
class Board:
    """A whole board, best first; without rows where fewer than five people are on it."""

    rows: tuple[Row, ...]

    @property
    def top(self) -> tuple[Row, ...]:
        return self.rows[:MOST]

    def around(self, person_id: int) -> tuple[Row, ...]:
        """Oneself with the nearest three above and below; nothing for someone who is not on it."""
        at = next((n for n, row in enumerate(self.rows) if row.person_id == person_id), None)
        return () if at is None else self.rows[max(0, at - AROUND) : at + AROUND + 1]


def ranked(points: Mapping[int, int], names: Mapping[int, str]) -> Board:
    """Those who have a name to show and at least one point, the highest first, equals by name."""
    scored = ((name, points[person], person) for person, name in names.items() if points.get(person, 0) > 0)
    shown = sorted(scored, key=lambda row: (-row[1], row[0], row[2]))
    if len(shown) < FEWEST:
        return Board(())
    scores = [score for _, score, _ in shown]
    rows = (Row(p, name, score, scores.index(score) + 1, scores.count(score) > 1) for name, score, p in shown)
    return Board(tuple(rows))


def band_of(birth_year: int | None, year: int) -> str | None:
    """The age band of someone, by the age that they reach in a year; ``None`` where the year of birth is unknown."""
    if birth_year is None:
        return None
    return next((name for name, (low, high) in BANDS.items() if low <= year - birth_year <= high), None)


def check_choice(shown_as: str, nickname: str) -> tuple[str, str]:
    """How someone wants to appear.

    Raises:
        Invalid: Nothing chosen; or a nickname that is too short, too long, or holds a number or an address.
    """
    if shown_as not in SHOWN_AS:
        raise Invalid("board_choice", field="shown_as")
    return shown_as, check_nickname(nickname) if shown_as == "nickname" else ""


def check_nickname(text: str) -> str:
    """A name to play under.

    Raises:
        Invalid: Too short or too long, no letter in it, or something by which strangers could reach someone.
    """
    name, (least, most) = clean(text), NICKNAME
    if not least <= len(name) <= most or not any(c.isalpha() for c in name):
        raise Invalid("nickname_length", field="nickname", least=least, most=most)
    if len(re.sub(r"\D", "", name)) > 4 or re.search(r"[@/\\<>]|www|https?:|\.(com|vn|net|org)\b", name, re.IGNORECASE):
        raise Invalid("nickname_contact", field="nickname")
    return name


def total(parts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Points of several numbers of one person, added up."""
    sums: dict[int, int] = {}
    for person, points in parts:
        sums[person] = sums.get(person, 0) + points
    return sums
