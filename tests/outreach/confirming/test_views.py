"""A learner names, with the other one's card, who teaches them."""

import pytest

from app.core.db import transaction
from app.people.service import issue_card
from tests.factories import NOON
from tests.outreach.field import make_practice
from tests.town import Town

PAGE = "/toi/nguoi-chi"


@pytest.fixture
def code(town: Town) -> str:
    """The six digits of Ben's card."""
    with town.app.app_context():
        make_practice()
        with transaction() as session:
            return issue_card(session, town.ben, now=NOON).code


def test_helper_is_named_by_card_and_forgotten_again(town: Town, code: str) -> None:
    ada = town.as_person(town.ada, "card")
    ada.open(f"{PAGE}?ky-nang=tinh-mat")

    page = ada.submit(PAGE, {"code": f"{code[:3]} {code[3:]}"})

    assert ("Người chỉ: Ben" in page.text, "Trần" in page.text) == (True, False)  # as much as a card tells
    assert "Người chỉ: Ben" not in ada.submit(f"{PAGE}/thoi").text


def test_code_of_nobody_is_refused_and_stays_typed(town: Town, code: str) -> None:
    ada = town.as_ada()
    ada.open(PAGE)

    page = ada.submit(PAGE, {"skill": "tinh-mat", "code": "100000" if code != "100000" else "100001"})

    assert (page.status, "Không có thẻ nào mang mã này" in page.text) == (422, True)
    assert dict(page.form(PAGE).fields)["skill"] == "tinh-mat"


def test_guest_signs_in_first(town: Town) -> None:
    assert town.guest().client.get(PAGE).headers["Location"].startswith("/vao?tu=")
