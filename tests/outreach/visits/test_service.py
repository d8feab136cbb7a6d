"""Visits: one at a time, on the volunteer's own phone, with everything that happens in them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach import service as outreach
from app.outreach.asking import service as asking
from app.outreach.models import HelpRequest
from app.outreach.practice.queries import practice
from app.outreach.visits import queries, service
from app.outreach.visits.domain import LASTS, Run
from app.outreach.visits.models import Visit
from tests.factories import NOON, make_person
from tests.outreach.field import STEPS, end, make_practice, tick, visit_and_practise
from tests.town import Town


def start(town: Town, person: int | None = None, **given: object) -> int:
    values: dict[str, object] = {"person_id": person or town.ada, "group_id": None, "by": town.dung, "now": NOON}
    return service.start_visit(**{**values, **given})  # type: ignore[arg-type]


def going(visit: int) -> Run:
    found = queries.run_of(reading(), visit, practice(reading(), "goi-thu"))
    assert found is not None
    return found


@pytest.mark.both
def test_visit_to_the_same_person_goes_on_and_to_another_waits(town: Town) -> None:
    with town.app.app_context():
        other = make_person("Đỗ Khác", group_id=town.groups["1"])
        visit = start(town)

        assert start(town) == visit
        with pytest.raises(Conflict) as refused:
            start(town, other)
        assert refused.value.code == "visit_open"
        end(visit, by=town.dung)
        assert start(town, other) != visit


@pytest.mark.both
def test_visit_that_nobody_ended_was_over_after_four_hours(town: Town) -> None:
    with town.app.app_context():
        other = make_person("Đỗ Khác", group_id=town.groups["1"])
        first = start(town)

        start(town, other, now=NOON + timedelta(days=1))

        assert reading().get_one(Visit, first).ended_at == NOON + LASTS


def test_nobody_visits_oneself_or_someone_out_of_reach(town: Town) -> None:
    with town.app.app_context():
        with pytest.raises(Invalid):
            start(town, town.dung)
        with pytest.raises(NotFound):
            start(town, town.ben)
        with pytest.raises(NotFound):
            service.start_visit(person_id=None, group_id=town.groups["2"], by=town.dung, now=NOON)


@pytest.mark.both
def test_database_refuses_a_second_open_visit_and_one_to_oneself(town: Town) -> None:
    with town.app.app_context():
        start(town)
        for person in (town.ben, town.dung):
            row = Visit(volunteer_id=town.dung, person_id=person, started_at=NOON, how="read_aloud")
            with pytest.raises(IntegrityError), transaction() as session:
                session.add(row)


@pytest.mark.both
def test_somebody_signed_up_in_a_visit_becomes_its_person(town: Town) -> None:
    with town.app.app_context():
        visit = service.start_visit(person_id=None, group_id=town.groups["1"], by=town.dung, now=NOON)

        made = outreach.sign_up_at_door(
            key="f", name="Ngô Cửa", address="bà", adult="yes", group_id=town.groups["1"], branch_id=None, agreed=True,
            guardian=False, by=town.dung, now=NOON, visit_id=visit,
        )  # fmt: skip

        shown = queries.visit_of(reading(), visit, town.dung, NOON)
        assert (shown.person_id, shown.name, shown.group) == (made.person_id, "Ngô Cửa", "Khu phố 1")
        beside = queries.beside(reading(), made.person_id, NOON)
        assert beside == queries.Beside("Phạm Dũng", "read_aloud")
        assert queries.beside(reading(), made.person_id, NOON + LASTS) is None


@pytest.mark.both
def test_steps_are_ticked_in_order_changed_and_begun_again(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = start(town)
        service.begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON)
        with pytest.raises(Conflict):
            service.mark_step(visit_id=visit, slug="goi-thu", run=1, step=STEPS[2], mark="self", by=town.dung, now=NOON)
        with pytest.raises(Conflict):
            service.start_over(visit_id=visit, slug="goi-thu", run=1, by=town.dung, now=NOON)

        tick(visit, 1, "prompted", "self", "self", "self", by=town.dung)
        tick(visit, 1, "self", by=town.dung)
        assert going(visit).prompted == 0
        for _ in range(2):  # a double tap begins once
            service.start_over(visit_id=visit, slug="goi-thu", run=1, by=town.dung, now=NOON)
        tick(visit, 1, "prompted", by=town.dung)  # a page of the first run that was left open

        assert (going(visit).number, going(visit).left) == (2, 4)


@pytest.mark.both
def test_alone_from_the_start_is_known(town: Town) -> None:
    with town.app.app_context():
        make_practice()

        visit = visit_and_practise(town.ada, by=town.dung)

        assert going(visit).alone is True
        service.begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON)
        assert going(visit).alone is True  # taken up again, it goes on where it was


def test_visit_of_another_and_one_that_is_over_take_nothing(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = start(town)
        with pytest.raises(NotFound):
            service.begin_practice(visit_id=visit, slug="goi-thu", by=town.cleo, now=NOON)
        with pytest.raises(NotFound):
            service.begin_practice(visit_id=visit, slug="khong-co", by=town.dung, now=NOON)
        with pytest.raises(Conflict) as over:
            service.begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON + LASTS)
        assert over.value.code == "visit_over"


@pytest.mark.both
def test_end_settles_what_was_asked_and_is_written_down_once(town: Town) -> None:
    with town.app.app_context():
        asking.ask_for_help(
            key="k", way="visit", person_id=town.ada, group_id=None, name="", contact="", page="/", now=NOON
        )
        visit = start(town)
        service.choose_how(visit_id=visit, how="demonstrated", by=town.dung, now=NOON)

        for _ in range(2):
            service.end_visit(visit_id=visit, note="hay quên", helped=True, by=town.dung, now=NOON)

        shown = queries.visit_of(reading(), visit, town.dung, NOON)
        request = reading().scalars(sa.select(HelpRequest)).one()
        actions = reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert (shown.how, shown.note, shown.live, request.state) == ("demonstrated", "hay quên", False, "done")
        assert actions == ["visit.start", "help.done", "visit.end"]
