"""The week by the clock: opened, closed and published once each, whatever was missed and however often called."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contests import running
from app.contests.models import Contest, ContestAnswer, ContestTeam
from app.contests.queries import frozen_figures, unscored
from app.contests.running import Ran, close_contest, overdue, run_due
from app.contests.scoring import score_entries
from app.core.db import reading, transaction
from app.people.service import record_consent
from app.quizzes.models import ItemReserve
from app.quizzes.queries import pool
from app.standings.checking import check
from app.standings.models import LedgerEntry, PersonCycle
from tests.contests.week import (
    BEFORE,
    CLOSE,
    CLOSED,
    LAST,
    NOON,
    OPEN,
    PERIOD,
    RESULTS,
    contest,
    entry_of,
    make_bank,
    take_part,
)
from tests.factories import make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
NOTHING = Ran((), (), (), ())


@pytest.fixture
def ward(app: Flask) -> dict[str, int]:
    with app.app_context():
        make_bank()
        return make_ward()


def test_contest_opens_on_monday_evening_with_ten_questions(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        early = run_due(BEFORE)
        opened = run_due(OPEN)
        again = run_due(OPEN)

        found = contest()
        items = [one["item"] for one in found.draw or ()]
        assert (early, opened, again) == (NOTHING, Ran((PERIOD,), (), (), ()), NOTHING)
        assert (found.state, len(set(items)), len(found.seed or "")) == ("open", 10, 32)


def test_questions_follow_from_the_seed_that_is_kept(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        run_due(OPEN)
        found = contest()
        drawn, seed = found.draw, found.seed or ""
        with transaction() as session:
            session.query(ItemReserve).delete()
            session.query(Contest).delete()

        assert [one.as_json() for one in running.draw(reading(), seed, OPEN)] == drawn


def test_questions_of_an_open_contest_are_asked_nowhere_else(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        run_due(OPEN)
        asked = {one["item"] for one in contest().draw or ()}

        def open_on(day: int) -> set[str]:
            today = NOON.date().replace(day=day)
            return {one.id for n in (1, 2, 3) for one in pool(reading(), f"thi-{n}", today)}

        assert asked & open_on(14) == set()
        assert asked & open_on(18) == set()
        assert asked <= open_on(19)


def test_contest_without_ten_questions_waits(app: Flask) -> None:
    with app.app_context():
        make_ward()
        make_quiz("it-cau", items=9)

        ran = run_due(OPEN)

        assert (ran, contest().state) == (NOTHING, "draft")


def test_outage_of_some_days_is_caught_up(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        run_due(BEFORE)

        assert run_due(LAST).opened == (PERIOD,)


def test_outage_over_the_whole_week_skips_it(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        run_due(BEFORE)

        assert run_due(RESULTS) == Ran((), (PERIOD,), (), ())
        assert contest().state == "cancelled"


def test_contest_closes_scores_and_publishes_once(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada, right=7)

        steps = [run_due(moment) for moment in (CLOSE, CLOSED, CLOSED, RESULTS, RESULTS)]

        assert [one.closed for one in steps] == [(), (PERIOD,), (), (), ()]
        assert [one.published for one in steps] == [(), (), (), (PERIOD,), ()]
        entry = entry_of(ada)
        assert (entry.answered, entry.right, entry.credit, entry.points) == (10, 7, 700, 70)
        points = reading().execute(select(LedgerEntry.source, LedgerEntry.points, LedgerEntry.how)).all()
        assert points == [(f"points:{PERIOD}:{ada}", 70, "none")]
        assert check(reading()).lines == ()
        actions = select(AuditEntry.action).where(AuditEntry.subject_kind == "contest").order_by(AuditEntry.id)
        assert reading().scalars(actions).all() == ["contest.open", "contest.closed", "contest.published"]


def test_outage_on_sunday_evening_closes_and_publishes_together(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada, right=10)

        ran = run_due(RESULTS + timedelta(days=2))

        assert (ran.closed, ran.published, ran.opened) == ((PERIOD,), (PERIOD,), ("2026-w43",))
        assert entry_of(ada).points == 100


def test_nothing_in_the_database_tells_right_from_wrong_before_the_close(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada, right=4)

        entry = entry_of(ada)
        worth = reading().scalars(select(ContestAnswer.credit)).all()
        assert (worth, entry.right, entry.credit, entry.scored_at) == ([None] * 10, None, None, None)
        assert reading().scalar(select(func.count()).select_from(LedgerEntry)) == 0


def test_points_stay_under_the_months_cap(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada)
        with transaction() as session:
            from app.standings.service import current_cycle

            cycle, _ = current_cycle(session, NOON)
            cycle.points_cap = 60

        run_due(CLOSED)

        assert entry_of(ada).points == 60
        assert reading().scalar(select(PersonCycle.points)) == 60


def test_unfinished_attempt_counts_with_what_was_answered(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada, answers=3, right=2)

        run_due(CLOSED)

        entry = entry_of(ada)
        assert (entry.answered, entry.right, entry.points, entry.ended_at) == (3, 2, 20, None)


def test_result_of_whoever_took_the_record_back_counts_nowhere(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=ward["1"])
        run_due(OPEN)
        take_part(ada)
        with transaction() as session:
            record_consent(session, ada, purpose="record", choice="no", giver="self", recorded_by=None, now=LAST)

        run_due(CLOSED)

        entry = entry_of(ada)
        assert (entry.right, entry.points, entry.group_id) == (10, 0, None)
        assert reading().scalar(select(func.count()).select_from(LedgerEntry)) == 0


def test_run_that_died_is_taken_over_and_counts_nothing_twice(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        people = [make_person(name, group_id=ward["1"]) for name in ("Ada", "Ben", "Dũng")]
        run_due(OPEN)
        for person in people:
            take_part(person, right=5)
        with transaction() as session:  # what a process had done when it was killed
            row = session.scalars(select(Contest).where(Contest.period == PERIOD)).one()
            row.run, row.run_until = "dead", CLOSED + timedelta(minutes=5)
            score_entries(session, row, unscored(session, row.id, limit=1), now=CLOSED)

        held = close_contest(PERIOD, CLOSED + timedelta(minutes=4))
        taken_over = close_contest(PERIOD, CLOSED + timedelta(minutes=6))

        assert (held, taken_over) == (False, True)
        assert [entry_of(person).points for person in people] == [50, 50, 50]
        assert reading().scalar(select(func.sum(LedgerEntry.points))) == 150


def test_results_of_teams_and_questions_are_frozen(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        people = [make_person(f"Người {n}", group_id=ward["1"]) for n in range(6)]
        ben = make_person("Ben", group_id=ward["2"])
        run_due(OPEN)
        for place, person in enumerate(people):
            take_part(person, right=5 + place)
        take_part(ben, right=10)

        run_due(RESULTS)

        rows = reading().execute(
            select(ContestTeam.group_id, ContestTeam.people, ContestTeam.score, ContestTeam.place).order_by(
                ContestTeam.group_id
            )
        )
        assert rows.all() == [(ward["1"], 6, 800, 1), (ward["2"], 1, None, None)]
        figures = frozen_figures(reading(), contest().id)
        assert [(one.answered, one.right) for one in figures] == [(7, n) for n in (7, 7, 7, 7, 7, 6, 5, 4, 3, 2)]


def test_overdue_is_what_nobody_closed(app: Flask, ward: dict[str, int]) -> None:
    with app.app_context():
        run_due(OPEN)

        assert [overdue(reading(), CLOSE + timedelta(minutes=m)) for m in (9, 10)] == [0, 1]
