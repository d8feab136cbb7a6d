"""Opening, closing and publishing contests by the clock. The clock only nudges: what counts is the contest's row.

Every change of state is one UPDATE that names the state before; of any number of processes one makes it.
A close scores in short transactions under a run's token. A run that died is taken over where it stopped:
an entry is scored once, and its points have a source of their own in the ledger.
"""

import logging
import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.contests.domain import QUESTIONS, TIER, choose, weeks_ahead
from app.contests.models import Contest
from app.contests.queries import asked_before, players, question_figures, unscored
from app.contests.scoring import freeze, score_entries
from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.quizzes.domain import Drawn
from app.quizzes.queries import pool, quiz_cards
from app.quizzes.reserving import reserve

log = logging.getLogger("hocso")
GRACE = timedelta(minutes=1)  # an answer given at the last moment is committed by then
RUN_LASTS = timedelta(minutes=5)  # without a chunk written, another may take over
CHUNK = 100  # entries scored in one transaction


@dataclass(frozen=True)
class Ran:
    """What one call has done: the weeks that it opened, closed and published, each as a contest's name."""

    opened: tuple[str, ...]
    missed: tuple[str, ...]
    closed: tuple[str, ...]
    published: tuple[str, ...]


def run_due(now: datetime) -> Ran:
    """Do everything that is due; any number of calls, at any time, do each thing once."""
    plan_weeks(now)
    missed = _each(now, "draft", Contest.closes_at <= now, _miss)
    opened = _each(now, "draft", Contest.opens_at <= now, open_contest)
    closed = _each(now, "open", Contest.closes_at <= now - GRACE, close_contest)
    published = _each(now, "closed", Contest.results_at <= now, _publish)
    return Ran(opened, missed, closed, published)


def _each(now: datetime, state: str, due: Any, run: Any) -> tuple[str, ...]:
    """Run it for every contest of a state that is due; the names of those where this call did it."""
    with transaction() as session:
        query = select(Contest.period).where(Contest.state == state, due).order_by(Contest.opens_at)
        periods = list(session.scalars(query))
    return tuple(period for period in periods if run(period, now))


def plan_weeks(now: datetime) -> None:
    """See that this week's contest and the next one have their rows, so that officers can skip one beforehand."""
    with transaction() as session:
        for week in weeks_ahead(now):
            values = {
                "period": week.period, "opens_at": week.opens_at, "closes_at": week.closes_at,
                "results_at": week.results_at, "state": "draft", "reason": "",
            }  # fmt: skip
            session.execute(insert_for(session)(Contest).values(**values).on_conflict_do_nothing())


def _move(session: Session, period: str, before: str, to: str, **values: Any) -> bool:
    """Change a contest's state if it is still the one before; whether it was this call that did it."""
    statement = (
        update(Contest)
        .where(Contest.period == period, Contest.state == before)
        .values(state=to, **values)
        .returning(Contest.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None


def _note(session: Session, period: str, to: str, now: datetime, **detail: Any) -> None:
    record(
        session, actor_id=None, action=f"contest.{to}", subject_kind="contest", subject_id=period, now=now,
        detail=detail,
    )  # fmt: skip


def _miss(period: str, now: datetime) -> bool:
    """A week that nothing opened in time is skipped: nobody could have taken part."""
    with transaction() as session:
        if not _move(session, period, "draft", "cancelled"):
            return False
        _note(session, period, "missed", now)
        return True


def open_contest(period: str, now: datetime) -> bool:
    """Draw the ten questions and open. Not where the bank has fewer than ten to ask today."""
    seed = secrets.token_hex(16)
    with transaction() as session:
        contest = session.scalars(select(Contest).where(Contest.period == period)).one()
        drawn = draw(session, seed, now)
        if len(drawn) < QUESTIONS:
            log.warning("contest has too few questions", extra={"period": period, "count": len(drawn)})
            return False
        rows = [one.as_json() for one in drawn]
        until = local_date(contest.closes_at)
        if not _move(session, period, "draft", "open", seed=seed, draw=rows, opened_at=now):
            return False
        reserve(session, [one.item for one in drawn], until)
        _note(session, period, "open", now, items=[one.item for one in drawn])
    log.info("contest opened", extra={"period": period})
    return True


def draw(session: Session, seed: str, now: datetime) -> list[Drawn]:
    """The questions that a seed draws from the bank as it is now; where options stand comes with each entry."""
    cards = quiz_cards(session)
    pools = {card.id: pool(session, card.id, local_date(now)) for card in cards}
    first = [card.id for card in cards if card.tier == TIER]
    chosen = choose(pools, asked_before(session), random.Random(seed), order=first)  # noqa: S311 — recorded
    return [Drawn(item.id, item.revision_id, ()) for item in chosen]


def close_contest(period: str, now: datetime) -> bool:
    """Score every entry and freeze the results; ``False`` when it is not due, closed already or another's run."""
    run = _claim(period, now)
    if run is None:
        return False
    while _score_some(period, run, now):
        pass
    closed = _finish(period, run, now)
    if closed:
        log.info("contest closed", extra={"period": period})
    return closed


def _claim(period: str, now: datetime) -> str | None:
    run = secrets.token_hex(8)
    due = (Contest.period == period, Contest.state == "open", Contest.closes_at <= now - GRACE)
    with transaction() as session:
        claimed = session.execute(
            update(Contest)
            .where(*due, or_(Contest.run_until.is_(None), Contest.run_until < now))
            .values(run=run, run_until=now + RUN_LASTS)
            .returning(Contest.id)
            .execution_options(synchronize_session=False)
        ).first()
    return run if claimed is not None else None


def _score_some(period: str, run: str, now: datetime) -> bool:
    """Score the next entries; whether there were any, and the run is still ours."""
    with transaction() as session:
        contest = session.scalar(select(Contest).where(Contest.period == period).with_for_update())
        if contest is None or contest.run != run or contest.state != "open":
            return False
        entries = unscored(session, contest.id, limit=CHUNK)
        score_entries(session, contest, entries, now=now)
        contest.run_until = now + RUN_LASTS
        return bool(entries)


def _finish(period: str, run: str, now: datetime) -> bool:
    """The short last transaction: teams and questions frozen, the state changed. Entirely or not at all."""
    with transaction() as session:
        contest = session.scalar(select(Contest).where(Contest.period == period).with_for_update())
        if contest is None or contest.run != run or contest.state != "open":
            return False
        if unscored(session, contest.id, limit=1):
            contest.run_until = now  # the next round goes on
            return False
        found = players(session, contest.id)
        freeze(session, contest.id, found, question_figures(session, contest.id))
        contest.state, contest.closed_at = "closed", now
        _note(session, period, "closed", now, people=len(found))
        return True


def _publish(period: str, now: datetime) -> bool:
    with transaction() as session:
        if not _move(session, period, "closed", "published", published_at=now):
            return False
        _note(session, period, "published", now)
        return True


def overdue(session: Session, now: datetime) -> int:
    """Contests that should have closed more than ten minutes ago: the scheduler is not doing its work."""
    query = select(func.count()).where(Contest.state == "open", Contest.closes_at <= now - timedelta(minutes=10))
    return session.scalar(query) or 0
