"""Sittings that mix items of several quizzes: what has come back for review, and where someone begins."""

import random
import secrets
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.attempts.domain import Learner
from app.attempts.lasting import candidates, due, met_of_skill
from app.attempts.models import Attempt
from app.attempts.placing import choose
from app.attempts.queries import find_open, plan_of, times_seen
from app.attempts.reviewing import SITTING, draw_review
from app.attempts.service import open_attempt
from app.core.calendar import local_date
from app.core.db import transaction
from app.people.consents import check_record
from app.quizzes.domain import Drawn
from app.quizzes.queries import pool_of_items, pool_of_objectives


def start_review(
    person_id: int,
    *,
    skill: str | None = None,
    how: str,
    now: datetime,
    chance: random.Random | None = None,
    fewer: bool = False,
) -> int | None:
    """Begin a review, or go on with the one that is open.

    Args:
        skill: Ask after this skill at once, due or not; otherwise after what is due.
        fewer: Leave a distractor out, for whoever asked for that.

    Returns:
        The number of the step to answer next; ``None`` when there is nothing to ask.

    Raises:
        Invalid: This person took back that results are recorded.
    """
    learner, today, dice = Learner(person_id=person_id), local_date(now), chance or _dice()
    with transaction() as session:
        check_record(session, person_id)
        attempt = find_open(session, learner, None, purpose="review")
        if attempt is None:
            drawn = _draw_review(session, learner, person_id, skill, today, dice, fewer=fewer)
            if not drawn:
                return None
            attempt = open_attempt(session, learner, None, purpose="review", drawn=lambda: drawn, how=how, now=now)
        return _next_number(attempt)


def _draw_review(
    session: Session,
    learner: Learner,
    person_id: int,
    skill: str | None,
    today: date,
    dice: random.Random,
    *,
    fewer: bool,
) -> Sequence[Drawn]:
    if skill is None:
        objectives = [one.objective_id for one in due(session, person_id, today, most=SITTING)]
    else:
        objectives = met_of_skill(session, person_id, skill)
    pool = pool_of_objectives(session, objectives, today)
    seen = times_seen(session, learner, [item.id for item in pool])
    return draw_review(objectives, pool, seen, dice, fewer=fewer)


def start_placement(
    learner: Learner, *, now: datetime, chance: random.Random | None = None, fewer: bool = False
) -> int:
    """Begin a placement, or go on with the one that is open.

    Returns:
        The number of the step to answer next.

    Raises:
        Conflict: Nothing can be asked today.
    """
    today, dice = local_date(now), chance or _dice()
    with transaction() as session:

        def drawn() -> Sequence[Drawn]:
            names = choose(candidates(session, today), dice)
            pool = {item.id: item for item in pool_of_items(session, names, today)}
            return [Drawn(n, pool[n].revision_id, pool[n].kind.arrange(dice, fewer=fewer)) for n in names]

        attempt = open_attempt(session, learner, None, purpose="placement", drawn=drawn, how="independent", now=now)
        return _next_number(attempt)


def _next_number(attempt: Attempt) -> int:
    following = plan_of(attempt).next
    return following.number if following else 1


def _dice() -> random.Random:
    return random.Random(secrets.randbits(64))  # noqa: S311 — a seeded shuffle, no secret
