"""Requests: asked, acknowledged, answered, each once and within its clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.config import PrivacyTerms
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, Locked, NotFound
from app.people.service import issue_card
from app.privacy import service
from app.privacy.queries import count_late, count_open, get_request, open_requests, requests_of
from tests.factories import NOON
from tests.town import Town

pytestmark = pytest.mark.both
TERMS = PrivacyTerms()


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        yield


def ask(
    person_id: int | None, *, key: str = "k", kind: str = "see", now: datetime = NOON, network: str = "home",
    by: int | None = None,
) -> int:  # fmt: skip
    name, contact = ("", "") if person_id else ("Đỗ Lạ", "0912 345 678")
    return service.ask(
        key=key, kind=kind, words="", person_id=person_id, name=name, contact=contact, network=network, by=by,
        terms=TERMS, now=now,
    )  # fmt: skip


def test_request_starts_both_clocks(town: Town) -> None:
    made = ask(town.ada)

    found = get_request(reading(), made, NOON)
    assert (found.state, found.name, found.late) == ("new", "Nguyễn Thị Ada", False)
    assert found.ack_due == datetime(2026, 10, 16, 17, tzinfo=UTC)  # Friday's end
    assert found.due == datetime(2026, 10, 29, 17, tzinfo=UTC)
    assert (str(found.ack_day), str(found.due_day)) == ("2026-10-16", "2026-10-29")


def test_request_sent_twice_is_one(town: Town) -> None:
    assert ask(town.ada) == ask(town.ada)
    assert count_open(reading()) == 1


def test_sixth_request_of_one_person_waits(town: Town) -> None:
    for number in range(5):
        ask(town.ada, key=str(number))

    with pytest.raises(Invalid) as refused:
        ask(town.ada, key="six")

    assert refused.value.code == "request_enough"
    assert ask(town.ben, key="ben") > 0


def test_flood_of_strangers_from_one_connection_is_held_back(town: Town) -> None:
    for number in range(5):
        ask(None, key=str(number))

    with pytest.raises(Locked):
        ask(None, key="six")

    assert ask(None, key="elsewhere", network="shop") > 0
    assert ask(None, key="officer", by=town.cleo) > 0


def test_late_ones_are_marked_and_stand_first(town: Town) -> None:
    old = ask(town.ada, key="old")
    seen = ask(town.ben, key="seen", now=NOON + timedelta(days=1))
    service.acknowledge(request_id=seen, by=town.cleo, now=NOON + timedelta(days=1))
    new = ask(town.ben, key="new", now=NOON + timedelta(days=5))

    now = NOON + timedelta(days=5)
    assert [(one.id, one.late) for one in open_requests(reading(), now)] == [(old, True), (new, False), (seen, False)]
    assert count_late(reading(), now) == 1
    assert count_late(reading(), NOON + timedelta(days=30)) == 3


def test_answer_closes_and_acknowledges_and_its_reader_is_the_one_who_asked(town: Town) -> None:
    made = ask(town.ada)

    service.answer(request_id=made, outcome="done", answer="Đã gửi tệp.", by=town.cleo, now=NOON)

    found = requests_of(reading(), town.ada, NOON)[0]
    assert (found.state, found.outcome, found.answer, found.closed_by) == ("closed", "done", "Đã gửi tệp.", town.cleo)
    assert found.acknowledged_at == NOON
    assert requests_of(reading(), town.ben, NOON) == []


def test_answered_once_and_never_by_oneself(town: Town) -> None:
    own, other = ask(town.cleo, key="own"), ask(town.ada, key="other")
    service.answer(request_id=other, outcome="refused", answer="Chưa rõ ai.", by=town.cleo, now=NOON)

    with pytest.raises(Conflict):
        service.answer(request_id=other, outcome="done", answer="Xong.", by=town.cleo, now=NOON)
    with pytest.raises(Conflict):
        service.acknowledge(request_id=other, by=town.cleo, now=NOON)
    with pytest.raises(Invalid) as refused:
        service.answer(request_id=own, outcome="done", answer="Xong.", by=town.cleo, now=NOON)
    assert refused.value.code == "request_own"


def test_stranger_is_named_by_card_or_number(town: Town) -> None:
    with transaction() as session:
        code = issue_card(session, town.ada, now=NOON).code
    first, second = ask(None, key="1"), ask(None, key="2")

    service.name_person(request_id=first, who=f"{code[:3]} {code[3:]}", by=town.cleo, now=NOON)
    service.name_person(request_id=second, who=str(town.ben), by=town.cleo, now=NOON)

    assert [get_request(reading(), one, NOON).person_id for one in (first, second)] == [town.ada, town.ben]
    for who in ("", "abc", "9999", "99999999999999"):
        with pytest.raises(Invalid):
            service.name_person(request_id=first, who=who, by=town.cleo, now=NOON)


def test_written_down_for_someone_known_or_not(town: Town) -> None:
    values = {"kind": "erase", "words": "", "by": town.cleo, "terms": TERMS, "now": NOON}

    known = service.ask_for(key="a", who=str(town.ada), name="", contact="", **values)  # type: ignore[arg-type]
    unknown = service.ask_for(key="b", who=" ", name="Đỗ Lạ", contact="chợ", **values)  # type: ignore[arg-type]

    assert get_request(reading(), known, NOON).person_id == town.ada
    found = get_request(reading(), unknown, NOON)
    assert (found.person_id, found.name, found.received_by) == (None, "Đỗ Lạ", town.cleo)


def test_unknown_request_is_not_found(town: Town) -> None:
    for request_id in (9999, 2**40):
        with pytest.raises(NotFound):
            service.acknowledge(request_id=request_id, by=town.cleo, now=NOON)
        with pytest.raises(NotFound):
            get_request(reading(), request_id, NOON)


def test_every_step_is_in_the_trail_without_names(town: Town) -> None:
    made = ask(town.ada)
    service.acknowledge(request_id=made, by=town.cleo, now=NOON)
    service.acknowledge(request_id=made, by=town.cleo, now=NOON)
    service.answer(request_id=made, outcome="done", answer="Xong.", by=town.cleo, now=NOON)

    rows = reading().execute(select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.detail).order_by(AuditEntry.id))
    assert [tuple(row) for row in rows] == [
        ("request.receive", town.ada, {"kind": "see"}),
        ("request.acknowledge", town.cleo, {}),
        ("request.answer", town.cleo, {"outcome": "done"}),
    ]
