"""A name that was public is nowhere any more the moment its owner takes it back, leaves, is erased, or time is up."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from app.awards.service import load_rules, publish
from app.awards.takedown import take_down_names
from app.config import ROOT, PrivacyTerms
from app.core.db import transaction
from app.core.text import fold, person_key
from app.groups.models import Ward
from app.people import consents
from app.people.models import Person
from app.privacy import departing, erasing, forgetting
from app.privacy.domain import months_before
from tests.awards.month import CLOSED, LATER, OCTOBER, approve, begin_month, close, consent, learn, proposal
from tests.privacy.traces import NAME
from tests.town import Town

pytestmark = pytest.mark.both
GIVEN = NAME.split()[-1]
PAGE = "/tuyen-duong/2026-10"
SAMPLES = {"period": "2026-10", "slug": "1", "lang": "vi"}  # what an address asks for; anything else is 1
PRIVATE = ("/to-chuc", "/huong-dan", "/toi")  # behind a sign-in; the rest is the public's


@pytest.fixture(autouse=True)
def honoured(app: Flask, town: Town) -> Iterator[None]:
    """Quỳnh learnt steadily in October, agreed to her name, and was announced."""
    with app.app_context():
        with transaction() as session:
            person = session.get_one(Person, town.ada)
            person.name, person.folded, person.name_key = NAME, fold(NAME), person_key(NAME)
        load_rules(ROOT / "badges" / "awards")
        begin_month()
        learn(town.ada)
        consent(town.ada, "full", at=OCTOBER)
        close()
        approve(proposal(person_id=town.ada).id, town.cleo)
        publish("2026-10", typed="tháng 10/2026", number="", by=town.cleo, now=LATER)
        town.at(LATER)
        yield


def addresses(town: Town) -> Iterator[str]:
    """Every address that anybody may open."""
    bound = town.app.url_map.bind("127.0.0.1")
    for rule in town.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not str(rule).startswith(PRIVATE):
            yield bound.build(rule.endpoint, {name: sample(rule, name) for name in rule.arguments})


def sample(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if "int" in type(converter).__name__.lower() else SAMPLES.get(name, "1")


def places_of_the_name(town: Town) -> set[str]:
    """Where a guest, or another learner, reads the name in whatever spelling."""
    spellings = [word.encode() for word in (NAME, GIVEN, NAME.upper(), fold(NAME))]
    spellings += [json.dumps(word)[1:-1].encode() for word in (NAME, GIVEN)]
    found = set()
    for browser in (town.guest(), town.as_person(town.ben, "pin")):
        for address in addresses(town):
            page = browser.client.get(address).get_data()
            if any(spelling in page for spelling in spellings):
                found.add(address)
    return found


def take_back(town: Town, _folder: Path) -> None:
    consents.answer_own(person_id=town.ada, purpose="name", choice="no", now=LATER)


def stop_by_officer(town: Town, _folder: Path) -> None:
    consents.stop_for(person_id=town.ada, how="spoken", by=town.cleo, now=LATER)


def move_away(town: Town, _folder: Path) -> None:
    departing.close_file(person_id=town.ada, why="moved", by=town.cleo, now=LATER)


def be_erased(town: Town, folder: Path) -> None:
    erasing.erase_for(person_id=town.ada, typed="xoa", by=town.cleo, folder=folder, now=LATER)


def become_unsaid(town: Town, _folder: Path) -> None:
    with transaction() as session:
        session.get_one(Person, town.ada).adult = "unsaid"


def outlive(town: Town, folder: Path) -> None:
    now = datetime(2028, 11, 3, tzinfo=LATER.tzinfo)
    forgetting.forget(terms=PrivacyTerms(), folder=folder, now=now)


def outlive_what_officers_set(_town: Town, folder: Path) -> None:
    with transaction() as session:
        session.get_one(Ward, 1).name_months = 1
    forgetting.forget(terms=PrivacyTerms(), folder=folder, now=datetime(2026, 12, 3, tzinfo=LATER.tzinfo))


@pytest.mark.parametrize(
    "go", [take_back, stop_by_officer, move_away, be_erased, become_unsaid, outlive, outlive_what_officers_set]
)
def test_name_is_nowhere_in_public_at_once(town: Town, tmp_path: Path, go: Callable[[Town, Path], None]) -> None:
    assert PAGE in places_of_the_name(town)

    go(town, tmp_path)

    assert places_of_the_name(town) == set()
    assert "người học được tuyên dương" in town.guest().open(PAGE).text or go in (outlive, outlive_what_officers_set)


def test_given_name_alone_when_that_was_the_answer(town: Town) -> None:
    consents.answer_own(person_id=town.ada, purpose="name", choice="given", now=LATER)

    page = town.guest().open(PAGE)

    assert (NAME in page.html, f"Bác {GIVEN}" in page.text) == (False, True)


def test_after_two_years_the_page_speaks_of_one_who_learns(town: Town) -> None:
    early = months_before(datetime(2028, 11, 1, tzinfo=LATER.tzinfo), 24)
    late = months_before(datetime(2028, 11, 3, tzinfo=LATER.tzinfo), 24)

    counts = [take_down_names(before=moment, now=CLOSED) for moment in (early, late, late)]
    page = town.guest().open(PAGE)

    assert counts == [0, 1, 0]
    assert "Một người học" in page.text
    assert NAME not in page.html
