"""Whom to visit and why: names of one's own places only, each reason as it stands."""

from datetime import timedelta

import pytest

from app.attempts.domain import Learner
from app.core.db import reading, transaction
from app.groups.queries import get_group
from app.groups.service import add_group
from app.outreach.asking import service as asking
from app.outreach.queries import reach_of
from app.outreach.visits import route
from app.outreach.visits.homes import Homes
from app.outreach.visits.route import Line, area_of
from app.play.service import start
from tests.factories import NOON, answer_all, make_person, make_quiz
from tests.outreach.field import make_practice, share_phone, visit_and_practise
from tests.town import Town


def lines(town: Town, reason: str, *, now: object = NOON) -> list[Line]:
    session = reading()
    area = area_of(session, get_group(session, town.groups["1"]))
    return route.lines(session, area, town.dung, now, reason=reason)  # type: ignore[arg-type]


def names(town: Town, reason: str, *, now: object = NOON) -> list[str]:
    return [line.name for line in lines(town, reason, now=now)]


@pytest.mark.both
def test_reasons_hold_for_whom_they_should(town: Town) -> None:
    with town.app.app_context():
        make_quiz()
        ada, idle = Learner(person_id=town.ada), "Đỗ Mới"
        make_person(idle, group_id=town.groups["1"])
        start(ada, "an-toan-so", "cuoc-goi", how="independent", now=NOON)
        asking.ask_for_help(
            key="k", way="visit", person_id=town.ada, group_id=None, name="", contact="", page="/", now=NOON
        )

        assert names(town, "idle") == [idle]
        assert names(town, "asked") == ["Nguyễn Thị Ada"]
        assert names(town, "stuck") == []
        later = NOON + timedelta(days=3, minutes=1)
        (line,) = lines(town, "stuck", now=later)
        assert line.stuck == route.Stuck("Bài cuoc-goi", 1, 5)
        answer_all(ada, now=NOON)
        assert names(town, "stuck", now=later) == []
        month = NOON + timedelta(days=31)
        assert [(line.due, line.idle) for line in lines(town, "due", now=month)] == [(2, False)]


@pytest.mark.both
def test_figures_count_people_and_visits_of_the_place(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        make_person("Đỗ Mới", group_id=town.groups["1"])
        share_phone(town.ada)
        visit_and_practise(town.ada, by=town.dung)
        session = reading()

        found = route.figures(session, area_of(session, get_group(session, town.groups["1"])), town.dung, NOON)

        assert (found.adults, found.known, found.visited) == (640, 2, 1)
        assert found.homes == Homes(known=2, visited=1)
        assert found.waiting == {"asked": 0, "stuck": 0, "due": 0, "idle": 2}
        ada = next(line for line in lines(town, "idle") if line.person_id == town.ada)
        assert (ada.phone, ada.last_visit) == ("0912345678", NOON)
        sheet = route.sheet(session, area_of(session, get_group(session, town.groups["1"])), town.dung, NOON)
        assert {line.name for line in sheet} == {"Nguyễn Thị Ada", "Đỗ Mới"}


def test_pages_hold_a_walk_in_the_order_of_places_and_names(town: Town) -> None:
    with town.app.app_context():
        with transaction() as session:
            tenth = add_group(session, kind="to", name="Tổ 10", parent_id=town.groups["1"], now=NOON)
            second = add_group(session, kind="to", name="Tổ 2", parent_id=town.groups["1"], now=NOON)
        make_person("An Mười", group_id=tenth)
        make_person("An Hai", group_id=second)
        for number in range(route.PAGE):
            make_person(f"Người {number}", group_id=town.groups["1"])
        session = reading()
        area = area_of(session, get_group(session, town.groups["1"]))

        pages = [route.lines(session, area, town.dung, NOON, reason="idle", page=page) for page in (1, 2)]

        assert [len(page) for page in pages] == [route.PAGE, 3]
        assert [line.name for line in pages[1]][-2:] == ["An Hai", "An Mười"]


def test_places_are_those_of_the_role(town: Town) -> None:
    with town.app.app_context():
        session = reading()

        of_dung = [area.name for area in route.areas(session, reach_of(session, town.dung))]
        of_cleo = [area.name for area in route.areas(session, reach_of(session, town.cleo))]

        assert (of_dung, of_cleo) == (["Khu phố 1"], ["Khu phố 1", "Khu phố 2", "Khu phố 3"])
