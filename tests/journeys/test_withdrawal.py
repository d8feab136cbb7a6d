"""A name that was public is taken back on one's own phone, and is followed over every page and file at once."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from app.awards.service import load_rules, publish
from app.config import ROOT
from app.core.db import transaction
from app.core.text import fold, person_key
from app.people.models import Person
from app.people.service import set_pin
from tests.awards.month import LATER, OCTOBER, approve, begin_month, close, consent, learn, proposal
from tests.journeys.conftest import Clock
from tests.journeys.seats import seat
from tests.journeys.visitor import Visitor
from tests.privacy.test_withdrawal import addresses
from tests.privacy.traces import NAME
from tests.town import Town, make_town

pytestmark = pytest.mark.browser
HONOUR = "/tuyen-duong/2026-10"
SPELLINGS = (NAME, NAME.split()[-1], NAME.upper(), fold(NAME))


def honoured(app: Flask) -> Town:
    """Quỳnh learnt steadily in October, agreed to her name, and was announced."""
    town = make_town(app)
    with app.app_context():
        with transaction() as session:
            person = session.get_one(Person, town.ada)
            person.name, person.folded, person.name_key = NAME, fold(NAME), person_key(NAME)
            set_pin(session, town.ada, "2580", now=OCTOBER)
        load_rules(ROOT / "badges" / "awards")
        begin_month()
        learn(town.ada)
        consent(town.ada, "full", at=OCTOBER)
        close()
        approve(proposal(person_id=town.ada).id, town.cleo)
        publish("2026-10", typed="tháng 10/2026", number="", by=town.cleo, now=LATER)
    town.at(LATER)
    return town


def linked(reader: Visitor) -> set[str]:
    """The places that the pages of honour and of the groups lead to: posters, files, single entries."""
    found = set()
    for page in ("/", "/tuyen-duong", HONOUR, "/khu-pho"):
        reader.page.goto(reader.site + page)
        links = reader.page.eval_on_selector_all("a[href], link[rel=alternate]", "all => all.map(e => e.href)")
        found |= {urlsplit(one).path for one in links if urljoin(reader.site, one).startswith(reader.site)}
    return found - {"/ra"}


def places_of_the_name(reader: Visitor, paths: set[str]) -> set[str]:
    """Where the name stands in what comes over the wire, pages and files alike."""
    found = set()
    for path in sorted(paths):
        answer = reader.context.request.get(reader.site + path)
        body = answer.body().decode("utf-8", errors="replace")
        if any(spelling in body for spelling in SPELLINGS):
            found.add(path)
    return found


def test_name_taken_back_is_gone_from_every_surface(app: Flask, visit: Callable[..., Visitor]) -> None:
    town = honoured(app)
    Clock(LATER)
    readers = [visit("public", phone=False), seat(visit("ben"), town, town.ben)]
    officer = seat(visit("officer", phone=False), town, town.cleo, "password")
    with app.test_request_context():
        everywhere = set(addresses(town))
    paths = [everywhere | linked(reader) for reader in readers]
    before = [places_of_the_name(reader, known) for reader, known in zip(readers, paths, strict=True)]
    assert all(HONOUR in found for found in before)
    assert NAME in readers[0].open(HONOUR).text

    quynh = seat(visit("quynh"), town, town.ada)
    quynh.open("/toi/quyen")
    quynh.page.locator("#name input[name=choice][value=no]").check(force=True)
    quynh.page.locator("#name button[type=submit]").click()
    quynh.page.wait_for_load_state()
    assert "Có hiệu lực từ bây giờ" in quynh.look().text

    after = [places_of_the_name(reader, known) for reader, known in zip(readers, paths, strict=True)]
    assert after == [set(), set()]
    assert "người học được tuyên dương" in readers[0].open(HONOUR).text
    assert NAME in officer.open("/to-chuc/nguoi-hoc?tim=quynh").text  # officers still know whom they teach
