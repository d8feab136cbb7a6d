"""Two numbers of one human: counted once while a cycle is open, apart again when undone, the ledger as it was."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attempts.domain import Learner
from app.closing import service as closing
from app.closing.service import close_due_cycles
from app.core.db import reading, transaction
from app.cycles.models import Cycle
from app.standings.checking import check, rebuild
from app.standings.domain import Entry, as_one, own_source
from app.standings.merging import count_apart, count_as_one
from app.standings.models import FrozenPerson, GroupCycle, LedgerEntry, PersonCycle
from app.standings.service import current_cycle, post_pass, whom
from tests.factories import NOON, answer_all, make_award_rules, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
AFTER = datetime(2026, 10, 31, 17, 5, tzinfo=UTC)


def twice(*, wrong: int = 0) -> tuple[int, int]:
    """One human signed up twice in khu phố 1, both learned the same quiz; the kept number first."""
    groups = make_ward()
    make_quiz()
    make_award_rules()
    kept = make_person("Nguyễn Thị Ada", group_id=groups["1"])
    gone = make_person("Nguyen Thi Ada", group_id=groups["1"])
    answer_all(Learner(person_id=gone), wrong=wrong)
    answer_all(Learner(person_id=kept))
    return kept, gone


def join(gone: int, kept: int) -> None:
    with transaction() as session:
        count_as_one(session, gone=gone, kept=kept)


def part(gone: int, kept: int) -> None:
    with transaction() as session:
        count_apart(session, gone=gone, kept=kept)


def counted() -> list[int]:
    return list(reading().scalars(select(GroupCycle.counted).where(GroupCycle.counted > 0)))


def ledger() -> list[tuple[object, ...]]:
    return [tuple(row) for row in reading().execute(select(*LedgerEntry.__table__.columns).order_by(LedgerEntry.id))]


def test_counted_once_with_no_difference_and_an_untouched_ledger(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        before = ledger()
        assert counted() == [2]

        join(gone, kept)

        assert (counted(), check(reading()).lines, ledger()) == ([1], (), before)
        row = reading().scalars(select(PersonCycle)).one()
        assert (row.person_id, row.passes, row.points) == (kept, 1, 50)  # the same quiz, its points once


def test_undone_it_is_as_before(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice(wrong=1)
        rows = select(PersonCycle.person_id, PersonCycle.passes, PersonCycle.points).order_by(PersonCycle.person_id)
        before = reading().execute(rows).all()
        join(gone, kept)
        part(gone, kept)
        assert (reading().execute(rows).all(), counted(), check(reading()).lines) == (before, [2], ())


def test_rebuilding_changes_nothing(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        join(gone, kept)
        assert rebuild(NOON) == 0
        assert counted() == [1]


def test_what_was_passed_under_the_other_number_is_not_new(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        make_quiz()
        kept = make_person("Nguyễn Thị Ada", group_id=groups["1"])
        gone = make_person("Nguyen Thi Ada", group_id=groups["1"])
        answer_all(Learner(person_id=gone))
        join(gone, kept)

        answer_all(Learner(person_id=kept))

        row = reading().scalars(select(PersonCycle)).one()
        assert (row.person_id, row.passes, row.points <= 100) == (kept, 1, True)
        assert (counted(), check(reading()).lines) == ([1], ())


def test_what_is_still_posted_for_the_closed_number_goes_to_the_other(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        make_quiz("khac", topic="khac", skill="khac")
        join(gone, kept)
        with transaction() as session:
            cycle, _ = current_cycle(session, NOON)
            who = whom(session, gone, cycle)
            post_pass(session, cycle, who, quiz_id="khac", how="independent", source="pass:late", now=NOON)
        assert reading().scalars(select(PersonCycle.person_id)).all() == [kept]
        assert check(reading()).lines == ()


def test_a_frozen_month_keeps_what_it_froze_with(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        close_due_cycles(AFTER)
        digest = reading().scalars(select(Cycle.digest).where(Cycle.period == "2026-10")).one()

        join(gone, kept)

        assert check(reading()).lines == ()
        assert reading().scalars(select(Cycle.digest).where(Cycle.period == "2026-10")).one() == digest
        assert reading().scalar(select(func.count()).select_from(FrozenPerson)) == 2


def test_a_month_that_froze_with_one_stays_so_when_undone(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        join(gone, kept)
        close_due_cycles(AFTER)
        part(gone, kept)
        assert check(reading()).lines == ()
        assert reading().scalars(select(FrozenPerson.person_id)).all() == [kept]


def test_closing_in_small_chunks_meets_each_human_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "CHUNK", 1)
    with app.app_context():
        kept, gone = twice()
        make_person("Trần Ben", group_id=1)
        join(gone, kept)
        assert [one.period for one in close_due_cycles(AFTER)] == ["2026-10"]
        assert (reading().scalars(select(FrozenPerson.person_id)).all(), check(reading()).lines) == ([kept], ())


def test_a_merge_while_a_month_closes_makes_it_begin_anew(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        run = closing._claim("2026-10", AFTER)
        assert run is not None
        staged = closing._stage("2026-10", run, AFTER)

        join(gone, kept)

        assert closing._finish("2026-10", run, staged, AFTER) is None
        assert [one.period for one in close_due_cycles(AFTER)] == ["2026-10"]
        frozen = reading().scalars(select(FrozenPerson.person_id).join(Cycle, Cycle.run == FrozenPerson.run)).all()
        assert (frozen, check(reading()).lines) == ([kept], ())


def test_a_chain_counts_as_its_end(app: Flask) -> None:
    with app.app_context():
        kept, gone = twice()
        third = make_person("Ada Nguyen", group_id=1)
        answer_all(Learner(person_id=third))
        join(third, gone)
        join(gone, kept)
        assert reading().scalars(select(PersonCycle.person_id)).all() == [kept]
        part(gone, kept)
        assert sorted(reading().scalars(select(PersonCycle.person_id))) == sorted((kept, gone))
        assert check(reading()).lines == ()


def entry(person: int, points: int) -> Entry:
    return Entry(person, "points", "independent", True, 1, None, points, NOON)


def test_rules_by_hand() -> None:
    assert own_source("pass:2026-10:12:quiz:independent", 12, 5) == "pass:2026-10:5:quiz:independent"
    assert own_source("points:2026-10:12:12", 12, 5) == "points:2026-10:5:12"
    assert own_source("day:12:2026-10-14", 12, 5) == "day:5:2026-10-14"
    assert own_source("day:123:2026-10-14", 12, 5) == "day:123:2026-10-14"
    assert own_source("proposal:12", 12, 5) == "proposal:12"

    found = as_one(
        [
            ("points:2026-10:12:1", entry(12, 70)),
            ("points:2026-10:5:1", entry(5, 60)),
            ("points:2026-10:5:2", entry(5, 60)),
            ("points:2026-10:9:1", entry(9, 150)),
        ],
        {12: 5},
        cap=100,
    )

    assert [(one.person_id, one.points) for one in found] == [(5, 70), (5, 0), (5, 30), (9, 150)]
