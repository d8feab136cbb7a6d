"""Someone signed in scans a neighbour's card: nothing secret is told, nothing changes until they press."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attempts.domain import Learner
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading, transaction
from app.people.models import Person, SignIn
from app.people.service import issue_card, set_pin
from app.quizzes.service import load_bank
from tests.factories import answer_all
from tests.journeys.conftest import Clock
from tests.journeys.seats import seat
from tests.town import make_town

pytestmark = pytest.mark.browser
MORNING = datetime(2026, 10, 5, 2, tzinfo=UTC)


def sign_ins() -> list[int]:
    return sorted(reading().scalars(select(SignIn.person_id)))


def test_neighbours_card_tells_nothing_and_changes_nothing_until_pressed(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    town = make_town(app)
    Clock(MORNING)
    town.now = MORNING
    with app.app_context():
        load_bank(ROOT / "quizzes", now=MORNING)
        load_catalogue(ROOT / "badges")
        answer_all(Learner(person_id=town.ada), "cuoc-goi", now=MORNING)
        with transaction() as session:
            session.get_one(Person, town.ben).phone = "0912345678"
            card = issue_card(session, town.ben, now=MORNING)
            set_pin(session, town.ben, "2580", now=MORNING)
    phone = seat(visit("phone of Ada"), town, town.ada)
    phone.open("/huy-hieu")
    with app.app_context():
        before = sign_ins()

    phone.open(f"/the/{card.token}")

    shown = phone.text
    assert "Ben" in shown
    assert [secret for secret in ("Trần Văn Ben", "Trần", "0912", card.code) if secret in shown] == []
    with app.app_context():
        assert sign_ins() == before
    assert "Ada!" in phone.open("/").text
    phone.open(f"/the/{card.token}").press("Không phải tôi")
    assert "Ada!" in phone.open("/").text  # still Ada's

    phone.open(f"/the/{card.token}").press("Đúng, vào học")

    assert "Ben!" in phone.open("/").text
    assert "Ada" not in phone.text
    with app.app_context():
        held = reading().scalar(select(func.count()).select_from(SignIn).where(SignIn.person_id == town.ada))
        assert held == 0  # Ada's session on this phone has ended with it
    assert "Ada" not in phone.open("/huy-hieu").text
    phone.open("/toi/du-lieu")  # a card opens no personal data
    assert phone.path == "/vao/pin"
