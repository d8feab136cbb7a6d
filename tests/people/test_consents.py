"""The consent book: what holds, who said it and how; taken back at once."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from app.people import consents
from app.people.consent_texts import CURRENT, TEXTS, words_of
from app.people.domain import CONSENT_TEXT, PURPOSES
from app.people.service import record_consent
from tests.factories import NOON, make_person
from tests.people.conftest import World

LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield


def own(person_id: int, purpose: str, choice: str, minute: int = 0) -> None:
    now = NOON + timedelta(minutes=minute)
    consents.answer_own(person_id=person_id, purpose=purpose, choice=choice, now=now)


def guardian(person_id: int, purpose: str, choice: str) -> None:
    with transaction() as session:
        record_consent(
            session, person_id, purpose=purpose, choice=choice, giver="guardian", recorded_by=None, how="paper",
            now=NOON,
        )  # fmt: skip


def answers(person_id: int) -> dict[str, str | None]:
    return {page.purpose: page.answer for page in consents.book(reading(), person_id)}


@pytest.mark.both
def test_book_tells_every_purpose_asked_or_not(world: World) -> None:
    own(world.ada, "name", "given")
    own(world.ada, "name", "no", 1)

    pages = {page.purpose: page for page in consents.book(reading(), world.ada)}

    assert answers(world.ada) == {"record": None, "name": "no", "photo": None}
    rows = [(row.choice, row.giver, row.how, row.text_version, row.recorded_by) for row in pages["name"].rows]
    assert rows == [("no", "self", "screen", CONSENT_TEXT, None), ("given", "self", "screen", CONSENT_TEXT, None)]


@pytest.mark.both
def test_same_answer_again_is_not_written_twice(world: World) -> None:
    own(world.ada, "photo", "full")
    own(world.ada, "photo", "full", 1)

    assert [len(page.rows) for page in consents.book(reading(), world.ada)] == [0, 0, 1]


@pytest.mark.both
@pytest.mark.parametrize("adult", ["no", "unsaid"])
def test_under_age_needs_both_and_one_no_closes(world: World, adult: str) -> None:
    young = make_person("Đỗ Em", group_id=world.groups["1"], adult=adult)

    seen = [answers(young)["photo"]]
    own(young, "photo", "full")
    seen.append(answers(young)["photo"])
    guardian(young, "photo", "full")
    seen.append(answers(young)["photo"])
    allowed = consents.photo_allowed(reading(), [young, world.ada])
    own(young, "photo", "no", 2)
    seen.append(answers(young)["photo"])

    assert seen == [None, None, "full", "no"]
    assert allowed == {young}
    assert consents.photo_allowed(reading(), [young]) == set()


@pytest.mark.both
def test_guardians_no_closes_an_answer_that_is_not_given_yet(world: World) -> None:
    young = make_person("Đỗ Em", group_id=world.groups["1"], adult="no")
    guardian(young, "name", "no")

    assert answers(young)["name"] == "no"


@pytest.mark.both
def test_record_taken_back_stops_the_recording_until_it_is_given_again(world: World) -> None:
    kept = [consents.keeps_record(reading(), world.ada)]
    for minute, choice in enumerate(("full", "no", "full")):
        own(world.ada, "record", choice, minute)
        kept.append(consents.keeps_record(reading(), world.ada))

    assert kept == [True, True, False, True]


@pytest.mark.both
def test_officer_stops_everything_for_someone_who_asked(world: World) -> None:
    own(world.ada, "name", "full")

    changed = consents.stop_for(person_id=world.ada, how="phone", by=world.cleo, now=LATER)
    again = consents.stop_for(person_id=world.ada, how="phone", by=world.cleo, now=LATER)

    assert (changed, again) == (3, 0)
    assert set(answers(world.ada).values()) == {"no"}
    assert {row.how for page in consents.book(reading(), world.ada) for row in page.rows} == {"screen", "phone"}
    rows = reading().execute(select(AuditEntry.action, AuditEntry.actor_id)).all()
    assert [tuple(row) for row in rows] == [("consent.record", world.cleo)] * 3


@pytest.mark.both
def test_answers_that_are_none_are_refused(world: World) -> None:
    for purpose, choice in (("name", "maybe"), ("photo", "given"), ("shoe", "full")):
        with pytest.raises(Invalid):
            own(world.ada, purpose, choice)
    for how, by in (("", world.cleo), ("screen", world.cleo), ("paper", world.ada)):
        with pytest.raises(Invalid):
            consents.stop_for(person_id=world.ada, how=how, by=by, now=NOON)
    with pytest.raises(NotFound):
        own(9999, "name", "no")


def test_words_that_were_asked_once_never_change() -> None:
    """A new wording gets a version of its own: people agreed to the words that they read."""
    digests = {
        version: hashlib.sha256(
            json.dumps({p: asdict(asked) for p, asked in texts.items()}, sort_keys=True).encode()
        ).hexdigest()[:16]
        for version, texts in TEXTS.items()
    }

    assert digests == {"2026-11": "227f95cc65c202c4"}


def test_every_version_asks_every_purpose() -> None:
    assert {tuple(texts) for texts in TEXTS.values()} == {PURPOSES}
    assert words_of("1999-01", "name") == CURRENT["name"]
