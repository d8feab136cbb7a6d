"""A week of the contest for tests: a bank to draw from, moments, and someone who answers."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.contests import service
from app.contests.models import Contest, ContestEntry
from app.core.db import reading
from app.quizzes.domain import Drawn
from app.quizzes.queries import get_item
from app.shell.demo.answers import right_form, wrong_form
from tests.factories import make_quiz

PERIOD = "2026-w42"
BEFORE = datetime(2026, 10, 12, 11, 59, tzinfo=UTC)  # Monday 18:59 in Uông Bí
OPEN = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)  # 19:00
NOON = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)  # Wednesday
LAST = datetime(2026, 10, 18, 13, 59, tzinfo=UTC)  # Sunday 20:59
CLOSE = datetime(2026, 10, 18, 14, 0, tzinfo=UTC)  # 21:00
CLOSED = CLOSE + timedelta(minutes=1)
RESULTS = datetime(2026, 10, 18, 14, 30, tzinfo=UTC)


def make_bank(quizzes: int = 3, items: int = 8) -> None:
    """Quizzes ``thi-1`` … of single choice, key ``b``."""
    for number in range(1, quizzes + 1):
        make_quiz(f"thi-{number}", items=items)


def contest(period: str = PERIOD) -> Contest:
    return reading().scalars(select(Contest).where(Contest.period == period)).one()


def entry_of(person_id: int, period: str = PERIOD) -> ContestEntry:
    query = select(ContestEntry).join(Contest, Contest.id == ContestEntry.contest_id)
    return reading().scalars(query.where(Contest.period == period, ContestEntry.person_id == person_id)).one()


def form_for(person_id: int, number: int, *, right: bool) -> dict[str, list[str]]:
    drawn = Drawn.from_json(entry_of(person_id).draw[number - 1])
    kind = get_item(reading(), drawn.revision_id).kind
    if right:
        return right_form(kind, drawn.order, "")
    return wrong_form(kind, drawn.order, random.Random(1), "")


def take_part(person_id: int, *, right: int = 10, answers: int = 10, now: datetime = NOON) -> None:
    """Answer so many questions, the first ``right`` of them rightly."""
    service.enter(person_id=person_id, period=PERIOD, now=now)
    for number in range(1, answers + 1):
        form = form_for(person_id, number, right=number <= right)
        service.answer(person_id=person_id, period=PERIOD, number=number, form=form, now=now)


def all_take_part(people: Iterable[int], *, right: int = 10) -> None:
    for person_id in people:
        take_part(person_id, right=right)
