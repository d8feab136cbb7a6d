"""Every route asked as every kind of visitor; the table is ``matrix.txt``, the page ``docs/authorisation.md``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from app.badges.service import load_catalogue
from app.closing.service import open_due
from app.config import ROOT
from app.core.db import transaction
from app.outreach.asking.service import ask_for_help
from app.outreach.classes.service import plan_class
from app.outreach.paper.service import print_sheets
from app.people.access import Need, need_of
from app.people.models import Authenticator
from app.people.service import issue_card
from app.shell.authorisation import HIDDEN, OPEN, OTHER, SEATS, SIGN_IN, Seat, document, outcome, routes
from tests.factories import NOON, make_person, make_quiz
from tests.town import Town, make_town

TABLE = Path(__file__).with_name("matrix.txt")


@dataclass(frozen=True)
class Line:
    """One line of the table; ``unmade``: what the address names is not there, whoever asks."""

    need: Need
    unmade: bool


def table() -> dict[tuple[str, str], Line]:
    found = {}
    for text in TABLE.read_text("utf-8").splitlines():
        if text and not text.startswith("#"):
            method, endpoint, need, *rest = text.split()
            found[method, endpoint] = Line(Need(need.rstrip("@"), scoped=need.endswith("@")), rest == ["unmade"])
    return found


def test_every_route_has_its_line(app: Flask) -> None:
    there = {(method, endpoint) for _, method, endpoint, _ in routes(app)}

    assert there - table().keys() == set(), "decide who may open these, in tests/people/matrix.txt"
    assert table().keys() - there == set(), "these routes are gone: take their lines out of tests/people/matrix.txt"


def test_every_route_asks_for_what_its_line_says(app: Flask) -> None:
    written = table()
    wrong = {e: (need, written[m, e].need) for _, m, e, need in routes(app) if (m, e) in written}

    assert {endpoint: pair for endpoint, pair in wrong.items() if pair[0] != pair[1]} == {}


def test_page_is_the_one_made_from_the_code(app: Flask) -> None:
    page = (ROOT / "docs" / "authorisation.md").read_text("utf-8")

    assert page == document(app), "run: python3 run.py docs authorisation"


# --- the running program


@pytest.fixture
def town(app: Flask) -> Town:
    app.config["WTF_CSRF_ENABLED"] = False  # tokens have tests of their own
    town = make_town(app)
    with app.app_context():
        make_quiz()
        load_catalogue(ROOT / "badges")
        open_due(NOON)
    return town


def visitor(town: Town, seat: Seat) -> int:
    """Somebody new for each question: what one page changes is not there at the next."""
    where = town.groups["ward"] if seat.granted == 1 else town.groups["1"]
    with town.app.app_context():
        person = make_person("Kẻ Hỏi", group_id=town.groups["1"], role=seat.role or None, ward_id=where)
        with transaction() as session:
            session.add(Authenticator(person_id=person, kind="pin", secret="never tried here", set_at=NOON))
    return person


@dataclass(frozen=True)
class Asked:
    """What an address may name, made anew when it does: in the visitor's own group, or in another."""

    town: Town
    slug: str

    @property
    def group(self) -> int:
        return self.town.groups[self.slug]

    def person(self) -> int:
        return make_person("Người Được Hỏi", group_id=self.group, confirmed=False)

    def token(self) -> str:
        person = self.person()
        with transaction() as session:
            return issue_card(session, person, now=NOON).token

    def request(self) -> int:
        person = self.person()
        return ask_for_help(
            key=f"k{person}", way="visit", person_id=person, group_id=None, name="", contact="", page="/", now=NOON
        )

    def held_class(self) -> int:
        key, cleo = f"k{self.person()}", self.town.cleo
        return plan_class(
            key=key, day="2026-10-14", clock="12:00", group_id=self.group, place="Nhà văn hoá", quiz_id="cuoc-goi",
            trainer_id=cleo, expected="", by=cleo, now=NOON,
        )  # fmt: skip

    def printed(self) -> int:
        key = f"k{self.person()}"
        return print_sheets(
            key=key, quiz_id="cuoc-goi", group_id=self.group, copies="1", class_id=None, by=self.town.cleo, now=NOON
        )


MADE: dict[str, Callable[[Asked], object]] = {
    "person_id": Asked.person,
    "one": Asked.person,
    "other": Asked.person,
    "token": Asked.token,
    "request_id": Asked.request,
    "class_id": Asked.held_class,
    "print_id": Asked.printed,
}
THERE: dict[str, object] = {
    "quiz_id": "cuoc-goi", "topic_slug": "an-toan-so", "item_id": "cuoc-goi-1", "lang": "en", "period": "2026-10",
    "purpose": "name", "name": "x",
}  # fmt: skip
BADGES = ("badges.one", "console.badge_holders", "console.badge_preview", "console.badge_grant")
SLUGS = dict.fromkeys(BADGES, "tinh-mat") | {"glossary.term": "ma-otp"}


def first_choice(rule: Rule, name: str) -> object:
    """What stands in an address where nothing was made for it: 1, or one of the words that it allows."""
    converter = rule._converters[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else 1


def address(town: Town, seat: Seat, rule: Rule) -> str:
    asked = Asked(town, "2" if seat.asked == OTHER else "1")
    with town.app.app_context():
        filled = {name: MADE[name](asked) for name in rule.arguments if name in MADE}
    filled |= {name: THERE.get(name, first_choice(rule, name)) for name in rule.arguments - filled.keys()}
    if "slug" in rule.arguments:
        filled["slug"] = SLUGS.get(rule.endpoint, asked.slug)
    return town.app.url_map.bind("127.0.0.1").build(rule.endpoint, filled)


def answer(town: Town, seat: Seat, rule: Rule, method: str) -> tuple[str, int]:
    """``sign in``, ``404`` or ``yes``, and the status."""
    browser = town.as_person(visitor(town, seat), seat.level) if seat.level else town.guest()
    response = browser.client.open(address(town, seat, rule), method=method, data={})
    to = response.headers.get("Location", "")
    if response.status_code == 303 and to.startswith(("/vao?tu=", "/vao/can-bo?tu=")):
        return SIGN_IN, 303
    return (HIDDEN if response.status_code == 404 else OPEN), response.status_code


@pytest.mark.slow
@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_program_answers_as_the_table_says(town: Town, seat: Seat) -> None:
    wrong = []
    for (method, endpoint), line in sorted(table().items()):
        for rule in town.app.url_map.iter_rules(endpoint):
            if method not in (rule.methods or ()):
                continue
            expected = outcome(line.need, seat)
            given, status = answer(town, seat, rule, method)
            lacking = line.unmade and expected == OPEN and given == HIDDEN
            if (given != expected and not lacking) or status >= 500:
                wrong.append(f"{method} {rule.rule}: {given} ({status}), not {expected}")

    assert "\n".join(wrong) == ""


def test_view_that_asks_for_nothing_is_open() -> None:
    assert need_of(lambda: None) == Need("open")
