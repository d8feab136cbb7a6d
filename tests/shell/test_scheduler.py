"""The scheduler nudges; whatever a job meets, the next minute comes. A stop over a month's end is caught up."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.domain import Learner
from app.core import clock
from app.core.db import reading
from app.cycles.models import Cycle
from app.shell import lease
from app.shell.jobs import JOBS, Job, run_job
from app.shell.scheduler import build, owner_name, tick
from tests.factories import NOON, answer_all, make_award_rules, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
TURN = JOBS[0]


def learn_in_october() -> None:
    ids = make_ward()
    make_quiz()
    make_award_rules()
    answer_all(Learner(person_id=make_person(group_id=ids["1"])))


def test_month_missed_while_stopped_is_closed_once_and_dated_right(app: Flask) -> None:
    with app.app_context():
        learn_in_october()
    back = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)  # the machine was off over the end of October

    for minute in range(3):
        clock.use(lambda minute=minute: back + timedelta(minutes=minute))
        tick(app, TURN, "ada")

    with app.app_context():
        found = reading().execute(select(Cycle.period, Cycle.state, Cycle.ends_at, Cycle.frozen_at).order_by(Cycle.id))
        assert [tuple(row) for row in found] == [
            ("2026-10", "frozen", datetime(2026, 10, 31, 17, tzinfo=UTC), back),
            ("2026-11", "open", datetime(2026, 11, 30, 17, tzinfo=UTC), None),
        ]


def test_first_tick_opens_the_month(app: Flask) -> None:
    with app.app_context():
        make_ward()
    clock.use(lambda: NOON)

    assert tick(app, TURN, "ada")

    with app.app_context():
        assert reading().scalars(select(Cycle.period)).all() == ["2026-10"]


def test_nothing_happens_before_the_ward_is_there(app: Flask) -> None:
    assert not tick(app, TURN, "ada")


def test_scheduler_without_the_lease_does_nothing(app: Flask) -> None:
    with app.app_context():
        make_ward()
        lease.take("ben", NOON)
        assert not run_job(TURN, "ada", NOON)
        assert reading().scalars(select(Cycle.period)).all() == []


def test_failing_job_does_not_stop_the_scheduler(app: Flask) -> None:
    def fail(_now: datetime) -> None:
        raise OSError("disk full")

    with app.app_context():
        assert not run_job(Job("fail", timedelta(minutes=1), fail), "ada", NOON)


def test_jobs_run_at_start_and_then_at_their_interval(app: Flask) -> None:
    clock.use(lambda: NOON)
    scheduler = build(app, "ada")

    jobs = scheduler.get_jobs()

    assert [(job.id, job.next_run_time, job.trigger.interval) for job in jobs] == [
        ("turn-months", NOON, timedelta(minutes=1)),
        ("contests", NOON, timedelta(minutes=1)),
        ("forget", NOON, timedelta(hours=6)),
        ("privacy", NOON, timedelta(minutes=10)),
        ("badges", NOON, timedelta(minutes=15)),
        ("overwrite", NOON, timedelta(minutes=1)),
        ("help", NOON, timedelta(minutes=10)),
    ]
    assert (str(scheduler.timezone), scheduler._job_defaults) == (
        "Asia/Ho_Chi_Minh",
        {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600},
    )


def test_owner_names_differ() -> None:
    assert owner_name() != owner_name()
