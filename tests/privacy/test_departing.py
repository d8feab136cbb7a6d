"""Moved away, or died: closed quietly, nothing lost, and open again when it was a mistake."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach.domain import Reach
from app.outreach.queries import waiting
from app.people.directory import find_people, get_person
from app.people.models import Card, Membership, SignIn
from app.people.queries import card_holder, has_pin, public_names
from app.people.service import record_consent
from app.privacy import departing
from app.standings.models import LedgerEntry
from tests.factories import NOON
from tests.privacy.traces import NAME, leave_traces
from tests.town import Town

pytestmark = pytest.mark.both
LATER = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        leave_traces(town)
        yield


def close(town: Town, why: str = "died") -> None:
    departing.close_file(person_id=town.ada, why=why, by=town.cleo, now=LATER)


def names_found() -> list[str]:
    return [one.name for one in find_people(reading()).rows]


@pytest.mark.parametrize("why", ["moved", "died"])
def test_closed_file_is_listed_apart_and_nobody_is_reminded(town: Town, why: str) -> None:
    town.as_ada()
    close(town, why)

    session = reading()
    assert NAME not in names_found()
    assert [(one.name, one.why) for one in departing.people_who_left(session)] == [(NAME, why)]
    assert public_names(session, [town.ada]) == {town.ada: None}
    assert [one.name for one in waiting(session, Reach(everyone=True), LATER)] == ["Trần Văn Ben"]
    assert session.scalars(select(SignIn).where(SignIn.person_id == town.ada)).all() == []
    with pytest.raises(NotFound):
        get_person(session, town.ada)


def test_what_they_learnt_still_counts(town: Town) -> None:
    before = len(reading().scalars(select(LedgerEntry)).all())

    close(town)

    assert len(reading().scalars(select(LedgerEntry)).all()) == before


def test_file_opened_again_is_as_before(town: Town) -> None:
    with transaction() as session:
        token_hash = session.scalars(select(Card.token_hash).where(Card.person_id == town.ada)).one()
    close(town)

    departing.open_file(person_id=town.ada, by=town.cleo, now=LATER + timedelta(days=1))

    session = reading()
    assert NAME in names_found()
    assert has_pin(session, town.ada)
    assert session.scalars(select(Membership.ended_at).where(Membership.person_id == town.ada)).all() == [None]
    card = session.scalars(select(Card).where(Card.person_id == town.ada)).one()
    assert (card.token_hash, card.ended_at) == (token_hash, None)
    assert public_names(session, [town.ada]) == {town.ada: NAME}
    assert card_holder(session, "nothing") is None
    assert departing.people_who_left(session) == []


def test_closed_twice_oneself_or_without_reason_is_refused(town: Town) -> None:
    with pytest.raises(Invalid):
        close(town, "bored")
    with pytest.raises(Invalid):
        departing.close_file(person_id=town.cleo, why="moved", by=town.cleo, now=LATER)
    with pytest.raises(Invalid) as role:
        departing.close_file(person_id=town.dung, why="moved", by=town.cleo, now=LATER)
    close(town)

    assert role.value.code == "erase_role"
    with pytest.raises(Conflict):
        close(town)
    with pytest.raises(NotFound):
        departing.open_file(person_id=town.ben, by=town.cleo, now=LATER)


def test_found_by_name_without_marks(town: Town) -> None:
    with transaction() as session:
        record_consent(session, town.ada, purpose="photo", choice="no", giver="self", recorded_by=None, now=NOON)
    close(town)

    assert [one.id for one in departing.people_who_left(reading(), text="quynh ngoc")] == [town.ada]
    assert departing.people_who_left(reading(), text="ben") == []
