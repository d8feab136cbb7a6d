"""Taking part: once, in order, final, and only while the contest is open."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contests import service
from app.contests.models import ContestAnswer, ContestEntry
from app.contests.running import run_due
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.service import record_consent
from tests.contests.week import BEFORE, CLOSE, LAST, NOON, OPEN, PERIOD, entry_of, form_for, make_bank, take_part
from tests.factories import make_person, make_ward

pytestmark = pytest.mark.both


@pytest.fixture
def ada(app: Flask) -> int:
    """The contest is open, and Ada of khu phố 1 learns here."""
    with app.app_context():
        make_bank()
        ids = make_ward()
        run_due(OPEN)
        return make_person("Ada", group_id=ids["1"])


def answer(person: int, number: int, *, right: bool = True, now: object = NOON) -> int | None:
    form = form_for(person, number, right=right)
    return service.answer(person_id=person, period=PERIOD, number=number, form=form, now=now)  # type: ignore[arg-type]


def test_everyone_is_asked_the_same_questions_in_the_same_order(app: Flask, ada: int) -> None:
    with app.app_context():
        ben = make_person("Ben")
        for person in (ada, ben):
            service.enter(person_id=person, period=PERIOD, now=NOON)

        asked = [[one["item"] for one in entry_of(person).draw] for person in (ada, ben)]
        orders = [[one["order"] for one in entry_of(person).draw] for person in (ada, ben)]
        assert asked[0] == asked[1]
        assert orders[0] != orders[1]


def test_answers_come_in_order_and_lead_to_the_end(app: Flask, ada: int) -> None:
    with app.app_context():
        first = service.enter(person_id=ada, period=PERIOD, now=NOON)
        led = [answer(ada, number) for number in range(1, 11)]

        assert (first, led) == (1, [2, 3, 4, 5, 6, 7, 8, 9, 10, None])
        assert entry_of(ada).ended_at == NOON


def test_entering_again_goes_on_where_one_stopped(app: Flask, ada: int) -> None:
    with app.app_context():
        take_part(ada, answers=4)

        assert service.enter(person_id=ada, period=PERIOD, now=LAST) == 5
        assert reading().scalar(select(func.count()).select_from(ContestEntry)) == 1


def test_answer_sent_twice_keeps_the_first(app: Flask, ada: int) -> None:
    with app.app_context():
        service.enter(person_id=ada, period=PERIOD, now=NOON)
        first = answer(ada, 1, right=False)
        again = answer(ada, 1, right=True)

        choices = reading().scalars(select(ContestAnswer.choice)).all()
        assert (first, again, len(choices)) == (2, 2, 1)
        assert choices != ["b"]


def test_question_ahead_of_its_turn_is_refused(app: Flask, ada: int) -> None:
    with app.app_context():
        service.enter(person_id=ada, period=PERIOD, now=NOON)

        with pytest.raises(Conflict) as refused:
            answer(ada, 3)

        assert refused.value.code == "not_yet"


def test_nothing_is_taken_before_and_after(app: Flask, ada: int) -> None:
    with app.app_context():
        service.enter(person_id=ada, period=PERIOD, now=NOON)
        with pytest.raises(Conflict) as late:
            answer(ada, 1, now=CLOSE)
        with pytest.raises(Conflict) as begun_late:
            service.enter(person_id=ada, period=PERIOD, now=CLOSE)
        with pytest.raises(Conflict) as early:
            service.enter(person_id=ada, period="2026-w43", now=NOON)

        codes = [error.value.code for error in (late, begun_late, early)]
        assert codes == ["contest_over", "contest_over", "contest_early"]
        assert answer(ada, 1, now=LAST) == 2


def test_contest_that_is_not_there_is_not_found(app: Flask, ada: int) -> None:
    with app.app_context():
        with pytest.raises(NotFound):
            service.enter(person_id=ada, period="2026-w01", now=NOON)
        with pytest.raises(NotFound):
            service.look(reading(), ada, PERIOD, 1, NOON)


def test_nothing_chosen_is_refused(app: Flask, ada: int) -> None:
    with app.app_context():
        service.enter(person_id=ada, period=PERIOD, now=NOON)

        with pytest.raises(Invalid):
            service.answer(person_id=ada, period=PERIOD, number=1, form={}, now=NOON)


def test_whoever_can_read_the_keys_does_not_take_part(app: Flask, ada: int) -> None:
    with app.app_context():
        ward = make_person("Người Khác")
        cleo = make_person("Cleo", role="officer", ward_id=1)

        with pytest.raises(Conflict) as refused:
            service.enter(person_id=cleo, period=PERIOD, now=NOON)

        assert refused.value.code == "contest_staff"
        assert service.enter(person_id=ward, period=PERIOD, now=NOON) == 1


def test_whoever_took_the_record_back_does_not_take_part(app: Flask, ada: int) -> None:
    with app.app_context():
        with transaction() as session:
            record_consent(session, ada, purpose="record", choice="no", giver="self", recorded_by=None, now=NOON)

        with pytest.raises(Invalid) as refused:
            service.enter(person_id=ada, period=PERIOD, now=NOON)

        assert refused.value.code == "record_withdrawn"


def test_contest_has_not_opened_a_minute_before(app: Flask, ada: int) -> None:
    with app.app_context(), pytest.raises(Conflict):
        service.enter(person_id=ada, period="2026-w43", now=BEFORE)
