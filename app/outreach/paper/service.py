"""Printing question sheets: a draw of a quiz, and a number for each sheet."""

import random
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.core.errors import Invalid
from app.groups.models import Group
from app.outreach.classes.models import ClassSession
from app.outreach.paper.domain import PAPER, check_copies, number_of
from app.outreach.paper.models import PaperPrint, PaperSheet
from app.outreach.queries import reach_of
from app.people.directory import MOST_ID
from app.quizzes.domain import BLUEPRINTS, DRAWN, Drawn, draw
from app.quizzes.models import Quiz
from app.quizzes.queries import pool


def print_sheets(
    *,
    key: str,
    quiz_id: str,
    group_id: int,
    copies: str,
    class_id: int | None,
    by: int,
    now: datetime,
    chance: random.Random | None = None,
) -> int:
    """Draw a quiz for paper and number the sheets; returns the printing's id. The same key again returns the first.

    Args:
        group_id: The khu phố that they are for: who looks after it may key them in.
        class_id: The class that they are for, if any.

    Raises:
        Invalid: A value does not fit, or the quiz has too few questions that work on paper.
    """
    count, dice = check_copies(copies), chance or random.Random(secrets.randbits(64))  # noqa: S311 — no secret
    with transaction() as session:
        _check_where(session, group_id, class_id, by)
        values = {
            "key": key[:64] or secrets.token_urlsafe(16),
            "quiz_id": quiz_id,
            "group_id": group_id,
            "class_id": class_id,
            "draw": [one.as_json() for one in _draw(session, quiz_id, now, dice)],
            "printed_by": by,
            "printed_at": now,
        }
        statement = insert_for(session)(PaperPrint).values(**values).on_conflict_do_nothing()
        made = session.scalar(statement.returning(PaperPrint.id))
        if made is None:
            return session.scalars(select(PaperPrint.id).where(PaperPrint.key == values["key"])).one()
        _number(session, int(made), count)
        record(
            session, actor_id=by, action="paper.print", subject_kind="paper_print", subject_id=made, now=now,
            detail={"sheets": count},
        )  # fmt: skip
        return int(made)


def _check_where(session: Session, group_id: int, class_id: int | None, by: int) -> None:
    group = session.get(Group, group_id) if 0 < group_id < MOST_ID else None
    reach = reach_of(session, by)
    if group is None or group.kind == "chi_doan" or not reach.covers(group_id):
        raise Invalid("class_group", field="group")
    if class_id is not None:
        held_in = session.get(ClassSession, class_id) if class_id < MOST_ID else None
        if held_in is None or not reach.covers(held_in.group_id):
            raise Invalid("class_group", field="group")


def _draw(session: Session, quiz_id: str, now: datetime, dice: random.Random) -> tuple[Drawn, ...]:
    quiz = session.get(Quiz, quiz_id)
    if quiz is None:
        raise Invalid("class_quiz", field="quiz")
    fitting = [item for item in pool(session, quiz_id, local_date(now)) if item.kind.type in PAPER]
    if len(fitting) < DRAWN:
        raise Invalid("paper_none_fit", field="quiz")
    return draw(fitting, {}, dice, blueprint=BLUEPRINTS[quiz.tier])


def _number(session: Session, print_id: int, count: int) -> None:
    """Numbers are drawn, not counted: one that is misread is hardly ever another sheet's."""
    left = count
    while left:
        fives = [10_000 + secrets.randbelow(90_000) for _ in range(left)]
        rows = [{"print_id": print_id, "number": number} for number in sorted({number_of(five) for five in fives})]
        statement = insert_for(session)(PaperSheet).values(rows).on_conflict_do_nothing()
        left -= len(session.scalars(statement.returning(PaperSheet.id)).all())
