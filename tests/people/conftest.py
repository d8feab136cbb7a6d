"""A small ward: Ada (owner), Ben (another learner), Cleo (an officer), each with a card and a secret."""

from dataclasses import dataclass

import pytest
from flask import Flask

from app.core import clock
from app.core.db import transaction
from app.people.domain import IssuedCard
from app.people.service import issue_card, set_password, set_pin
from tests.factories import NOON, make_person, make_ward

PIN = "2580"
PASSWORD = "mat khau rat dai"


@dataclass(frozen=True)
class World:
    ada: int
    ben: int
    cleo: int
    cards: dict[int, IssuedCard]
    groups: dict[str, int]


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context():
        groups = make_ward()
        ada = make_person("Nguyễn Thị Ada", group_id=groups["1"])
        ben = make_person("Trần Ben", group_id=groups["2"], address="anh")
        cleo = make_person("Lê Cleo", group_id=groups["3"], role="officer", ward_id=groups["ward"], address="cô")
        with transaction() as session:
            cards = {person: issue_card(session, person, now=NOON) for person in (ada, ben, cleo)}
            set_pin(session, ada, PIN, now=NOON)
            set_pin(session, ben, "9713", now=NOON)
            set_password(session, cleo, PASSWORD, now=NOON)
    clock.use(lambda: NOON)
    return World(ada, ben, cleo, cards, groups)
