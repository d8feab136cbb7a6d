"""From "Cần giúp?" to closed: tried, given back, handed back by the clock, withdrawn."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.config import PrivacyTerms
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, Locked, NotFound
from app.groups.models import Ward
from app.outreach.asking import queries, service
from app.outreach.asking.domain import MOST_TRIES
from app.outreach.domain import Reach
from app.outreach.models import HelpRequest
from app.outreach.queries import waiting
from app.people.domain import NETWORK_TRIES
from app.privacy.forgetting import forget
from tests.town import Town

EVERYONE = Reach(everyone=True)


def ask(town: Town, *, key: str = "k1", person_id: int | None = None, **given: object) -> int:
    values: dict[str, object] = {"way": "call", "name": "Bà Tư", "contact": "0912 345 678"}
    values |= {"group_id": town.groups["1"], "now": town.now} | given
    return service.ask_for_help(key=key, person_id=person_id, page="/hoc", **values)  # type: ignore[arg-type]


def taken(town: Town, **given: object) -> int:
    request = ask(town, **given)  # type: ignore[arg-type]
    service.take_request(request_id=request, by=town.dung, now=town.now)
    return request


def row(request_id: int) -> HelpRequest:
    return reading().get_one(HelpRequest, request_id, populate_existing=True)


def trail() -> list[tuple[str, int | None, object]]:
    entries = reading().scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [(one.action, one.actor_id, one.detail.get("outcome", one.detail.get("why"))) for one in entries]


@pytest.mark.both
@pytest.mark.parametrize(
    ("way", "outcome", "kept"),
    [
        ("call", None, "called"),
        ("visit", None, "visited"),
        ("call", "visited", "visited"),
        ("call", "unneeded", "unneeded"),
    ],
)
def test_end_of_a_request_says_how(town: Town, way: str, outcome: str | None, kept: str) -> None:
    with town.app.app_context():
        request = taken(town, way=way)

        assert service.finish_request(request_id=request, by=town.dung, outcome=outcome, now=town.now)

        assert (row(request).state, row(request).outcome, row(request).done_at) == ("done", kept, town.now)
        assert trail()[-1] == ("help.done", town.dung, kept)


def test_outcome_that_there_is_not_is_refused(town: Town) -> None:
    with town.app.app_context():
        request = taken(town)

        with pytest.raises(Invalid):
            service.finish_request(request_id=request, by=town.dung, outcome="fine", now=town.now)


@pytest.mark.both
def test_nobody_there_keeps_the_request_until_the_third_try(town: Town) -> None:
    with town.app.app_context():
        request = taken(town)
        over = []
        for number in range(MOST_TRIES):
            moment = town.now + timedelta(hours=number)
            form = {"request_id": request, "by": town.dung, "outcome": "unreached", "tries": number, "now": moment}
            over.append(service.finish_request(**form))  # type: ignore[arg-type]
            service.finish_request(**form)  # type: ignore[arg-type]  # the same form once more counts nothing

        assert over == [False, False, True]
        assert (row(request).tries, row(request).outcome) == (MOST_TRIES, "unreached")
        assert [action for action, *_ in trail()] == ["help.take", "help.try", "help.try", "help.done"]


@pytest.mark.both
def test_given_back_it_waits_for_everyone(town: Town) -> None:
    with town.app.app_context():
        request = taken(town)
        with pytest.raises(Conflict):
            service.give_back(request_id=request, by=town.cleo, now=town.now)

        service.give_back(request_id=request, by=town.dung, now=town.now)
        service.take_request(request_id=request, by=town.cleo, now=town.now)

        assert row(request).taken_by == town.cleo
        assert [action for action, *_ in trail()] == ["help.take", "help.return", "help.take"]


@pytest.mark.both
def test_taken_and_left_lying_goes_back_by_itself_once(town: Town) -> None:
    with town.app.app_context():
        request, fresh = taken(town), taken(town, key="k2", now=town.now + timedelta(days=2))
        with transaction() as session:
            session.get_one(HelpRequest, fresh).taken_at = town.now + timedelta(days=2)
        late = town.now + timedelta(days=3, minutes=1)

        assert service.return_late(town.now + timedelta(days=3)) == 0
        assert [service.return_late(late), service.return_late(late)] == [1, 0]

        assert (row(request).state, row(request).taken_by, row(request).returned_at) == ("waiting", None, late)
        assert row(fresh).taken_by == town.dung
        assert trail()[-1] == ("help.return", None, "clock")


def test_days_are_those_that_officers_set(town: Town) -> None:
    with town.app.app_context():
        request = taken(town)
        with transaction() as session:
            session.get_one(Ward, 1).help_hold_days = 1

        assert service.return_late(town.now + timedelta(days=1, minutes=1)) == 1
        assert row(request).state == "waiting"


@pytest.mark.both
def test_who_waits_too_long_comes_first_and_is_counted(town: Town) -> None:
    with town.app.app_context():
        taken(town, name="Đã nhận", key="a")
        ask(town, name="Bỏ quên", key="b", now=town.now + timedelta(hours=1))
        ask(town, name="Mới", key="c", now=town.now + timedelta(days=2))
        later = town.now + timedelta(days=2, hours=2)

        assert [one.name for one in waiting(reading(), EVERYONE, later)] == ["Bỏ quên", "Đã nhận", "Mới"]
        assert queries.count_late(reading(), EVERYONE, later) == 1
        assert queries.count_late(reading(), EVERYONE, town.now) == 0


@pytest.mark.both
def test_asker_reads_where_it_stands_and_withdraws(town: Town) -> None:
    with town.app.app_context():
        request = ask(town, person_id=town.ada, way="visit")
        service.take_request(request_id=request, by=town.dung, now=town.now)
        own = queries.own_request(reading(), person_id=town.ada, request_id=None, now=town.now)
        assert own is not None
        assert (own.state, own.taker) == ("taken", "Phạm Dũng")

        with pytest.raises(NotFound):
            service.withdraw(request_id=request, person_id=town.ben, now=town.now)
        with pytest.raises(NotFound):
            service.withdraw(request_id=request, person_id=None, now=town.now)
        service.withdraw(request_id=request, person_id=town.ada, now=town.now)
        service.withdraw(request_id=request, person_id=town.ada, now=town.now)

        assert (row(request).state, row(request).outcome) == ("done", "withdrawn")
        assert trail()[-1] == ("help.withdraw", town.ada, None)
        assert [action for action, *_ in trail()].count("help.withdraw") == 1


def test_guest_reads_only_what_a_guest_asked(town: Town) -> None:
    with town.app.app_context():
        guests, adas = ask(town), ask(town, key="k2", person_id=town.ada)
        service.take_request(request_id=guests, by=town.dung, now=town.now)
        own = queries.own_request(reading(), person_id=None, request_id=guests, now=town.now)

        assert own is not None
        assert (own.state, own.taker) == ("taken", "")  # a stranger's browser learns no volunteer's name
        assert queries.own_request(reading(), person_id=None, request_id=adas, now=town.now) is None
        assert queries.own_request(reading(), person_id=None, request_id=2**70, now=town.now) is None


def test_request_that_is_done_is_told_of_for_a_week(town: Town) -> None:
    with town.app.app_context():
        ask(town, person_id=town.ada)
        service.withdraw(request_id=1, person_id=town.ada, now=town.now)

        def told(days: int) -> bool:
            moment = town.now + timedelta(days=days)
            return queries.own_request(reading(), person_id=town.ada, request_id=None, now=moment) is not None

        assert (told(7), told(8)) == (True, False)


@pytest.mark.both
def test_guests_name_and_number_go_a_set_time_after_the_help(town: Town) -> None:
    with town.app.app_context():
        request = taken(town)
        service.finish_request(request_id=request, by=town.dung, now=town.now)
        with transaction() as session:
            session.get_one(Ward, 1).help_keep_months = 1
        folder = town.app.config["SETTINGS"].data

        forget(terms=PrivacyTerms(), folder=folder, now=town.now + timedelta(days=20))
        assert (row(request).name, row(request).contact) == ("Bà Tư", "0912345678")
        forget(terms=PrivacyTerms(), folder=folder, now=town.now + timedelta(days=40))

        kept = row(request)
        assert (kept.name, kept.contact, kept.page, kept.outcome) == ("", "", "", "called")


def test_flood_from_one_connection_is_held_back(town: Town) -> None:
    with town.app.app_context():
        for number in range(NETWORK_TRIES):
            ask(town, key=f"k{number}", network="n1")

        with pytest.raises(Locked):
            ask(town, key="more", network="n1")
        ask(town, key="elsewhere", network="n2")
        ask(town, key="known", network="n1", person_id=town.ada)


def test_words_that_a_guest_agreed_to_are_written_down(town: Town) -> None:
    with town.app.app_context():
        assert (row(ask(town)).consent_text, row(ask(town, key="k2", person_id=town.ada)).consent_text) == (
            "2026-11",
            "",
        )
