"""Eight processes race to close the same months: each closes once. A naive close doubles on PostgreSQL."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.attempts.domain import Learner
from app.audit.models import AuditEntry
from app.audit.service import record
from app.awards.models import Nomination
from app.closing.service import close_due_cycles
from app.config import Settings
from app.core.db import db, reading, transaction
from app.cycles.models import Cycle
from app.standings.checking import check
from app.standings.models import FrozenGroup
from tests.factories import answer_all, make_award_rules, make_person, make_quiz, make_ward

PROCESSES = 8
MONTHS = (5, 6, 7, 8, 9, 10)
PERIODS = [f"2026-{month:02d}" for month in MONTHS]
NOW = datetime(2026, 11, 1, 5, tzinfo=UTC)
FORKS = multiprocessing.get_context("forkserver")  # eight processes that need not import anything anew
FORKS.set_forkserver_preload([__name__])
Racer = Callable[[Barrier], list[str]]


def six_months(app: Flask) -> None:
    """Five people of one khu phố learn in each of six months; none of the months has closed."""
    with app.app_context():
        ids = make_ward()
        make_quiz()
        make_award_rules()
        people = [
            make_person(name, group_id=ids["1"], at=datetime(2026, 4, 1, tzinfo=UTC))
            for name in ("Ada", "Ben", "Cleo", "Dũng", "Én")
        ]
        for month in MONTHS:
            for person_id in people:
                answer_all(Learner(person_id=person_id), now=datetime(2026, month, 10, 5, tzinfo=UTC))


def race(app: Flask, racer: Racer) -> list[str]:
    """The periods that eight processes say they have closed, all together."""
    settings: Settings = app.config["SETTINGS"]
    barrier, told = FORKS.Barrier(PROCESSES, timeout=120), FORKS.Queue()
    arguments = (racer, settings.data, settings.database_url, barrier, told)
    racers = [FORKS.Process(target=run_racer, args=arguments) for _ in range(PROCESSES)]
    for process in racers:
        process.start()
    closed = [period for _ in racers for period in told.get(timeout=200)]
    for process in racers:
        process.join()
    assert [process.exitcode for process in racers] == [0] * PROCESSES
    return closed


def run_racer(racer: Racer, data: Path, url: str, barrier: Barrier, told: Any) -> None:
    """What one process does: get ready, wait for the others, go."""
    app = create_app(Settings(data=data, database_url=url, base_url="http://127.0.0.1:8000"))
    with app.app_context():
        barrier.wait()
        told.put(racer(barrier))
        db.session.remove()
        db.engine.dispose()


def close_all(_barrier: Barrier) -> list[str]:
    """Ours: call until nothing is due, as schedulers do minute by minute."""
    closed: list[str] = []
    while any_open():
        closed += [one.period for one in close_due_cycles(NOW)]
    return closed


def any_open() -> bool:
    with transaction() as session:
        query = select(func.count()).where(Cycle.state == "open", Cycle.period.in_(PERIODS))
        return bool(session.scalar(query))


def close_naively(barrier: Barrier) -> list[str]:
    """Check, then insert: what READ COMMITTED lets eight processes do at the same time."""
    closed: list[str] = []
    for period in PERIODS:
        with transaction() as session:
            state = session.scalars(select(Cycle.state).where(Cycle.period == period)).one()
            barrier.wait()  # everyone has read before anyone writes, as it happens under load
            if state == "open":
                record(session, actor_id=None, action="naive.award", subject_kind="cycle", subject_id=period, now=NOW)
                closed.append(period)
    return closed


@pytest.mark.slow
@pytest.mark.both
def test_eight_processes_close_each_month_once(app: Flask) -> None:
    six_months(app)

    closed = race(app, close_all)

    with app.app_context():
        session = reading()
        frozen = session.execute(
            select(AuditEntry.subject_id, func.count())
            .where(AuditEntry.action == "cycle.frozen")
            .group_by("subject_id")
        )
        runs = session.execute(
            select(Cycle.period, func.count(FrozenGroup.run.distinct())).join(FrozenGroup).group_by(Cycle.period)
        )
        merits = select(Nomination.cycle_id, Nomination.award, Nomination.person_id, Nomination.group_id)
        proposed = session.scalar(select(func.count()).select_from(Nomination))
        twice = [row for row, count in Counter(session.execute(merits).all()).items() if count > 1]
        assert sorted(closed) == PERIODS
        assert dict(frozen.all()) == dict.fromkeys(PERIODS, 1)
        assert dict(runs.all()) == dict.fromkeys(PERIODS, 1)
        assert (proposed, twice, check(session).lines) == (len(PERIODS), [], ())


@pytest.mark.slow
@pytest.mark.postgresql
def test_naive_close_doubles_every_month_on_postgresql(app: Flask) -> None:
    six_months(app)

    race(app, close_naively)

    with app.app_context():
        query = select(AuditEntry.subject_id, func.count()).where(AuditEntry.action == "naive.award")
        doubled = reading().execute(query.group_by(AuditEntry.subject_id)).all()
        assert dict(doubled) == dict.fromkeys(PERIODS, PROCESSES)
