"""Eight processes open, close and publish the same week: each happens once. A naive close doubles on PostgreSQL."""

from multiprocessing.synchronize import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.audit.service import record
from app.contests.models import Contest, ContestTeam
from app.contests.running import run_due
from app.core.db import reading, transaction
from app.standings.checking import check
from app.standings.models import LedgerEntry
from tests.closing.test_races import race
from tests.contests.week import NOON, PERIOD, RESULTS, contest, entry_of, make_bank, take_part
from tests.factories import make_person, make_ward

TAKING_PART = 12


def open_all(_barrier: Barrier) -> list[str]:
    return list(run_due(NOON).opened)


def close_all(_barrier: Barrier) -> list[str]:
    """Ours: call until the results are out, as schedulers do minute by minute."""
    done: list[str] = []
    while not is_out():
        ran = run_due(RESULTS)
        done += [f"closed {one}" for one in ran.closed] + [f"published {one}" for one in ran.published]
    return done


def is_out() -> bool:
    with transaction() as session:
        return session.scalars(select(Contest.state).where(Contest.period == PERIOD)).one() == "published"


def close_naively(barrier: Barrier) -> list[str]:
    """Check, then write: what READ COMMITTED lets eight processes do at the same time."""
    with transaction() as session:
        state = session.scalars(select(Contest.state).where(Contest.period == PERIOD)).one()
        barrier.wait()  # everyone has read before anyone writes, as it happens under load
        if state == "open":
            record(session, actor_id=None, action="naive.close", subject_kind="contest", subject_id=PERIOD, now=RESULTS)
    return [PERIOD]


@pytest.mark.slow
@pytest.mark.both
def test_eight_processes_open_close_and_publish_once(app: Flask) -> None:
    with app.app_context():
        make_bank()
        ids = make_ward()

    opened = race(app, open_all)

    with app.app_context():
        people = [make_person(f"Người {n}", group_id=ids["1"]) for n in range(TAKING_PART)]
        for person in people:
            take_part(person, right=6)

    done = race(app, close_all)

    with app.app_context():
        session = reading()
        told = session.execute(
            select(AuditEntry.action, func.count()).where(AuditEntry.subject_id == PERIOD).group_by(AuditEntry.action)
        )
        assert opened == [PERIOD]
        assert sorted(done) == [f"closed {PERIOD}", f"published {PERIOD}"]
        assert dict(told.all()) == {"contest.open": 1, "contest.closed": 1, "contest.published": 1}
        assert [entry_of(person).points for person in people] == [60] * TAKING_PART
        assert session.scalars(select(LedgerEntry.points)).all() == [60] * TAKING_PART
        assert session.execute(select(ContestTeam.people, ContestTeam.score)).all() == [(TAKING_PART, 600)]
        assert (contest().state, check(session).lines) == ("published", ())


@pytest.mark.slow
@pytest.mark.postgresql
def test_naive_close_doubles_on_postgresql(app: Flask) -> None:
    with app.app_context():
        make_bank()
        make_ward()
        run_due(NOON)

    race(app, close_naively)

    with app.app_context():
        query = select(func.count()).where(AuditEntry.action == "naive.close")
        assert reading().scalar(query) == 8
