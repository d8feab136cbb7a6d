"""The ledger: caps, newcomers, movers, and rollups that are always the sum of the entries."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.domain import Learner
from app.core.db import reading, transaction
from app.cycles.models import Cycle
from app.groups.models import Group, Ward
from app.people.models import Membership
from app.people.service import confirm_membership
from app.standings.domain import add_up, is_counted, is_reached
from app.standings.models import GroupCycle, LedgerEntry, PersonCycle
from app.standings.queries import entries_of
from app.standings.service import current_cycle, post_join
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both


def counted() -> dict[int, tuple[int, int]]:
    rows = reading().execute(select(GroupCycle.group_id, GroupCycle.counted, GroupCycle.reached))
    return {group: (x, reach) for group, x, reach in rows}


def test_points_stop_at_the_cap(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        with transaction() as session:
            session.get_one(Ward, 1).points_cap = 35
        make_quiz()
        answer_all(Learner(person_id=make_person(group_id=ids["1"])))
        assert sorted(reading().scalars(select(LedgerEntry.points))) == [0, 0, 0, 5, 10, 10, 10]
        assert reading().scalars(select(PersonCycle.points)).one() == 35


def test_newcomer_counts_once_confirmed_with_what_was_passed_before(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        ada = make_person(group_id=ids["2"], confirmed=False)
        cleo = make_person("Phạm Thị Cleo", role="volunteer", ward_id=ids["ward"])
        answer_all(Learner(person_id=ada))
        assert counted()[ids["2"]] == (0, 0)
        with transaction() as session:
            confirm_membership(session, ada, by=cleo, now=NOON)
            post_join(session, ada, now=NOON)
            post_join(session, ada, now=NOON)
        reading().expire_all()
        assert counted()[ids["2"]] == (1, 1)


def test_mover_counts_all_month_where_the_month_began(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        make_quiz("tin-nhan", skill="vung-tay")
        ada = make_person(group_id=ids["1"])
        answer_all(Learner(person_id=ada))
        with transaction() as session:
            old = session.scalars(select(Membership).where(Membership.person_id == ada)).one()
            old.ended_at = NOON
            session.flush()
            session.add(Membership(person_id=ada, group_id=ids["2"], kind="home", started_at=NOON, confirmed_at=NOON))
        answer_all(Learner(person_id=ada), "tin-nhan", now=NOON + timedelta(days=1))
        reading().expire_all()
        assert (counted()[ids["1"]], counted()[ids["2"]]) == ((1, 1), (0, 0))
        answer_all(Learner(person_id=ada), now=NOON + timedelta(days=31))
        reading().expire_all()
        november = reading().scalars(select(Cycle.id).where(Cycle.period == "2026-11")).one()
        groups = reading().scalars(select(LedgerEntry.group_id).where(LedgerEntry.cycle_id == november))
        assert set(groups) == {ids["2"]}


def test_rollups_are_the_sum_of_the_ledger(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        for number, (group, adult, wrong) in enumerate(
            [("1", "yes", 0), ("1", "no", 1), ("2", "yes", 3), ("3", "yes", 1)]
        ):
            answer_all(Learner(person_id=make_person(f"N {number}", group_id=ids[group], adult=adult)), wrong=wrong)
        cycle = reading().scalars(select(Cycle.id)).one()
        sums = add_up(entries_of(reading(), cycle))
        for row in reading().scalars(select(PersonCycle)):
            mine = sums[row.person_id]
            assert (row.passes, row.points, row.adult, row.group_id) == (
                mine.passes,
                mine.points,
                mine.adult,
                mine.group_id,
            )
        for group in ("1", "2", "3"):
            own = [s for s in sums.values() if s.group_id == ids[group]]
            x = sum(is_counted(adult=s.adult, passes=s.passes, group_id=s.group_id) for s in own)
            reach = sum(is_reached(passes=s.passes, helped=s.helped, group_id=s.group_id) for s in own)
            assert counted()[ids[group]] == (x, reach)


def test_opening_a_month_freezes_each_groups_population(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        with transaction() as session:
            _, made = current_cycle(session, NOON)
            _, again = current_cycle(session, NOON)
        rows = reading().execute(select(GroupCycle.group_id, GroupCycle.people, GroupCycle.people_source)).all()
        assert (made, again) == (True, False)
        assert rows == [(ids[k], n, "Danh sách thử") for k, n in (("1", 640), ("2", 910), ("3", 720))]


def test_ward_set_up_in_mid_month_has_its_groups_at_once(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        with transaction() as session:
            session.get_one(Group, ids["1"]).valid_from = NOON.date()
        with transaction() as session:
            current_cycle(session, NOON)
        assert set(reading().scalars(select(GroupCycle.group_id))) == {ids["1"], ids["2"], ids["3"]}
