"""Closing a month: once, entirely, dated right; what comes late counts next month."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attempts.domain import Learner
from app.awards.models import Nomination
from app.closing.service import close_cycle, close_due_cycles, digest_of, open_due, overdue
from app.core.db import reading, transaction
from app.cycles.models import Cycle
from app.cycles.queries import find_cycle
from app.standings.models import FrozenGroup, FrozenPerson, LedgerEntry
from app.standings.queries import frozen_table
from tests.factories import NOON, answer_all, make_award_rules, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
END = datetime(2026, 10, 31, 17, tzinfo=UTC)  # midnight in Uông Bí


def october(app: Flask, *, learners: int = 6) -> dict[str, int]:
    """Six people of Khu phố 1 pass in October."""
    ids = make_ward()
    make_quiz()
    make_award_rules()
    for number in range(learners):
        answer_all(Learner(person_id=make_person(f"Người {number}", group_id=ids["1"])))
    return ids


def test_month_freezes_with_its_figures_and_hash(app: Flask) -> None:
    with app.app_context():
        ids = october(app)
        closed = close_due_cycles(END + timedelta(minutes=5))
        cycle = find_cycle(reading(), "2026-10")
        assert cycle is not None
        assert [c.period for c in closed] == ["2026-10"]
        assert (cycle.state, cycle.digest) == ("frozen", digest_of(reading(), cycle))
        best = frozen_table(reading(), cycle).rows[0]
        assert (best.group_id, best.counted, best.place) == (ids["1"], 6, 1)
        assert best.score == pytest.approx(100 * (6 + 10) / 740)


def test_closing_again_changes_nothing(app: Flask) -> None:
    with app.app_context():
        october(app)
        close_due_cycles(END + timedelta(minutes=5))
        proposals = reading().scalar(select(func.count()).select_from(Nomination))
        assert close_due_cycles(END + timedelta(minutes=6)) == []
        assert close_cycle("2026-10", END + timedelta(minutes=6)) is None
        assert reading().scalar(select(func.count()).select_from(Nomination)) == proposals


@pytest.mark.parametrize(("late", "closed"), [(timedelta(seconds=59), 0), (timedelta(seconds=60), 1)])
def test_month_closes_a_minute_after_its_end(app: Flask, late: timedelta, closed: int) -> None:
    with app.app_context():
        october(app)
        assert len(close_due_cycles(END + late)) == closed


def test_server_down_for_three_months_closes_each_once_in_order(app: Flask) -> None:
    with app.app_context():
        october(app)
        closed = close_due_cycles(datetime(2027, 1, 3, tzinfo=UTC))
        states = reading().execute(select(Cycle.period, Cycle.state).order_by(Cycle.starts_at)).all()
        assert [c.period for c in closed] == ["2026-10", "2026-11", "2026-12"]
        assert states == [
            ("2026-10", "frozen"),
            ("2026-11", "frozen"),
            ("2026-12", "frozen"),
            ("2027-01", "open"),
        ]


def test_next_month_takes_the_wards_rate_when_this_one_freezes(app: Flask) -> None:
    with app.app_context():
        october(app)
        open_due(END + timedelta(seconds=5))
        november = find_cycle(reading(), "2026-11")
        assert november is not None
        assert november.rate is None
        close_due_cycles(END + timedelta(minutes=2))
        reading().expire_all()
        assert november.rate == pytest.approx(6 / (640 + 910 + 720))


@pytest.mark.parametrize(("moment", "period"), [(END - timedelta(microseconds=1), "2026-10"), (END, "2026-11")])
def test_answer_counts_in_the_half_open_month_of_its_moment(app: Flask, moment: datetime, period: str) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        answer_all(Learner(person_id=make_person(group_id=ids["1"])), now=moment)
        periods = set(reading().scalars(select(Cycle.period).join(LedgerEntry, LedgerEntry.cycle_id == Cycle.id)))
        assert periods == {period}


def test_answer_into_a_month_already_frozen_counts_in_the_next(app: Flask) -> None:
    with app.app_context():
        ids = october(app)
        close_due_cycles(END + timedelta(minutes=5))
        answer_all(Learner(person_id=make_person(group_id=ids["2"])), now=NOON)
        periods = (
            reading()
            .execute(
                select(Cycle.period, func.count())
                .join(LedgerEntry, LedgerEntry.cycle_id == Cycle.id)
                .group_by(Cycle.period)
            )
            .all()
        )
        assert dict(periods) == {"2026-10": 42, "2026-11": 7}


def test_run_that_died_is_swept_and_done_again(app: Flask) -> None:
    with app.app_context():
        october(app)
        now = END + timedelta(minutes=5)
        with transaction() as session:
            cycle = find_cycle(session, "2026-10")
            assert cycle is not None
            cycle.run, cycle.run_until = "dead", now + timedelta(minutes=1)
            session.add(
                FrozenGroup(
                    cycle_id=cycle.id, run="dead", group_id=2, people=1, people_source="", counted=9, reached=9,
                    score=9, place=1,
                )
            )  # fmt: skip
        assert close_due_cycles(now) == []  # the run may still be alive
        assert [c.period for c in close_due_cycles(now + timedelta(minutes=2))] == ["2026-10"]
        assert reading().scalar(select(func.count()).where(FrozenGroup.run == "dead")) == 0
        assert reading().scalar(select(func.count()).select_from(FrozenPerson)) == 6


def test_rules_propose_the_leading_group(app: Flask) -> None:
    with app.app_context():
        ids = october(app)
        close_due_cycles(END + timedelta(minutes=5))
        rows = reading().execute(select(Nomination.award, Nomination.subject, Nomination.group_id)).all()
        assert rows == [("khu-pho-dan-dau", "group", ids["1"])]


def test_overdue_counts_what_the_scheduler_missed(app: Flask) -> None:
    with app.app_context():
        october(app)
        assert overdue(reading(), END + timedelta(minutes=9)) == 0
        assert overdue(reading(), END + timedelta(minutes=11)) == 1
