"""The ledger alone says what is right: rollups and frozen figures are compared with it, and rebuilt from it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.attempts.domain import Learner
from app.audit.models import AuditEntry
from app.closing.service import close_due_cycles
from app.core.db import reading, transaction
from app.cycles.models import Cycle
from app.standings.checking import check, rebuild
from app.standings.models import FrozenGroup, FrozenPerson, GroupCycle, PersonCycle
from tests.factories import NOON, answer_all, make_award_rules, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
AFTER = datetime(2026, 10, 31, 17, 5, tzinfo=UTC)


def learn(*, wrong: int = 0) -> int:
    """Ada of Khu phố 1 and Ben, who belongs nowhere yet, sit a quiz; returns Ada's id."""
    ids = make_ward()
    make_quiz()
    make_award_rules()
    ada = make_person(group_id=ids["1"])
    ben = make_person("Trần Văn Ben", group_id=ids["2"], confirmed=False)
    answer_all(Learner(person_id=ada), wrong=wrong)
    answer_all(Learner(person_id=ben), wrong=2)
    return ada


def test_rollups_agree_with_the_ledger(app: Flask) -> None:
    with app.app_context():
        learn()
        found = check(reading())
        assert (found.entries, found.differences, found.lines) == (13, 0, ())


def test_closed_month_agrees_with_the_ledger_down_to_its_digest(app: Flask) -> None:
    with app.app_context():
        learn()
        close_due_cycles(AFTER)
        assert check(reading()).lines == ()


def test_empty_installation_has_nothing_to_differ(app: Flask) -> None:
    with app.app_context():
        assert check(reading()).differences == 0


def test_wrong_person_and_group_are_named(app: Flask) -> None:
    with app.app_context():
        ada = learn()
        with transaction() as session:
            session.execute(update(PersonCycle).where(PersonCycle.person_id == ada).values(points=70))
            session.execute(update(GroupCycle).where(GroupCycle.counted == 1).values(counted=4))
        lines = check(reading()).lines
        assert [line.split(":")[0] for line in lines] == [f"2026-10 person {ada}", "2026-10 group 2"]


def test_rebuild_mends_and_leaves_a_trace(app: Flask) -> None:
    with app.app_context():
        learn()
        with transaction() as session:
            session.execute(update(PersonCycle).values(points=1, passes=0))
            session.execute(update(GroupCycle).values(reached=9))
        assert rebuild(NOON) == 5
        assert check(reading()).lines == ()
        entry = reading().scalars(select(AuditEntry).where(AuditEntry.action == "standings.rebuild")).one()
        assert entry.detail == {"differences": 5}


def test_rebuild_of_what_is_right_changes_nothing(app: Flask) -> None:
    with app.app_context():
        learn()
        assert rebuild(NOON) == 0


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (update(FrozenPerson).values(points=5), 3),  # two people and the digest is still the ledger's
        (update(FrozenGroup).where(FrozenGroup.counted == 1).values(counted=2), 1),
        (update(Cycle).where(Cycle.period == "2026-10").values(digest="0" * 64), 1),
    ],
)
def test_tampered_frozen_figures_are_found(app: Flask, change: object, lines: int) -> None:
    with app.app_context():
        learn()
        close_due_cycles(AFTER)
        with transaction() as session:
            session.execute(change)  # type: ignore[call-overload]
        assert check(reading()).differences == min(lines, 2)


def test_frozen_figures_are_never_rebuilt(app: Flask) -> None:
    with app.app_context():
        learn()
        close_due_cycles(AFTER)
        with transaction() as session:
            session.execute(update(FrozenPerson).values(points=5))
        rebuild(AFTER)
        assert check(reading()).differences == 2
