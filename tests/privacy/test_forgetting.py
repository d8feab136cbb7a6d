"""Forgetting by the clock: nothing early, nothing twice, and the counts stay."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import PrivacyTerms
from app.core.db import reading, transaction
from app.notices.models import Notice
from app.outreach.models import HelpRequest
from app.people.models import Person
from app.privacy import departing, forgetting, journal, service
from app.privacy.domain import GONE
from app.privacy.models import Erasure, PrivacyRequest
from tests.factories import NOON
from tests.privacy.traces import NAME, leave_traces
from tests.town import Town

pytestmark = pytest.mark.both
TERMS = PrivacyTerms(name_months=24, keep_months=24)


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        leave_traces(town)
        yield


def forget(folder: Path, *, days: int) -> datetime:
    now = NOON + timedelta(days=days)
    forgetting.forget(terms=TERMS, folder=folder, now=now)
    return now


def test_help_is_remembered_without_its_words(town: Town, tmp_path: Path) -> None:
    with transaction() as session:
        for request in session.scalars(select(HelpRequest)):
            request.state, request.done_at = "done", NOON
    words = []
    for days in (180, 184):
        forget(tmp_path, days=days)
        rows = reading().scalars(select(HelpRequest).order_by(HelpRequest.id))
        words.append([bool(row.contact or row.note or row.page) for row in rows])

    assert words == [[True, True], [False, False]]


def test_help_that_still_waits_keeps_its_words(town: Town, tmp_path: Path) -> None:
    forget(tmp_path, days=900)

    assert [bool(row.contact or row.note) for row in reading().scalars(select(HelpRequest))] == [True, True]


def test_answered_request_keeps_only_that_it_was_answered(town: Town, tmp_path: Path) -> None:
    service.ask(
        key="guest", kind="see", words="xin xem", person_id=None, name="Đỗ Lạ", contact="chợ", terms=TERMS, now=NOON
    )
    for row in reading().scalars(select(PrivacyRequest.id)).all():
        service.answer(request_id=row, outcome="done", answer="Đã làm.", by=town.cleo, now=NOON)
    forget(tmp_path, days=700)
    kept = reading().scalars(select(PrivacyRequest.answer)).all()
    forget(tmp_path, days=732)
    forget(tmp_path, days=733)

    rows = reading().scalars(select(PrivacyRequest)).all()
    assert set(kept) == {"Đã làm."}
    assert {(row.name, row.contact, row.words, row.answer, row.state) for row in rows} == {
        ("", GONE, "", GONE, "closed")
    }


def test_notices_of_a_year_ago_go(town: Town, tmp_path: Path) -> None:
    counts = []
    for days in (364, 367):
        forget(tmp_path, days=days)
        counts.append(len(reading().scalars(select(Notice)).all()))

    assert counts[0] > 0
    assert counts[1] == 0


def test_someone_who_left_two_years_ago_is_forgotten(town: Town, tmp_path: Path) -> None:
    departing.close_file(person_id=town.ada, why="died", by=town.cleo, now=NOON)
    forget(tmp_path, days=700)
    names = [reading().get_one(Person, town.ada).name]
    now = forget(tmp_path, days=732)
    names.append(reading().get_one(Person, town.ada).name)
    forget(tmp_path, days=733)

    assert names == [NAME, ""]
    kept = reading().get_one(Erasure, town.ada)
    assert (kept.why, kept.at) == ("clock", now)
    assert [line.person for line in journal.read(tmp_path)] == [town.ada]


def test_someone_who_came_back_is_not(town: Town, tmp_path: Path) -> None:
    departing.close_file(person_id=town.ada, why="moved", by=town.cleo, now=NOON)
    departing.open_file(person_id=town.ada, by=town.cleo, now=NOON + timedelta(days=9))

    forget(tmp_path, days=900)

    assert reading().get_one(Person, town.ada).name == NAME
