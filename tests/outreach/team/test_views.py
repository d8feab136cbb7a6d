"""The page for joining, for those inside and outside the team."""

import pytest

from tests.factories import make_person, make_quiz
from tests.town import Town

PAGE = "/huong-dan/tham-gia"


@pytest.fixture
def place(town: Town) -> Town:
    with town.app.app_context():
        make_quiz()
    return town


def offer(town: Town) -> dict[str, str]:
    return {"times": "5-morning", "topics": "an-toan-so", "groups": str(town.groups["1"])}


def test_guest_signs_in_first_and_a_card_alone_is_not_enough(place: Town) -> None:
    guest = place.guest().client.get(PAGE)
    by_card = place.as_person(place.ada, "card").client.get(PAGE)

    assert guest.headers["Location"].startswith("/vao?tu=")
    assert by_card.headers["Location"].startswith("/vao/pin?tu=")


def test_learner_offers_help_and_takes_it_back(place: Town) -> None:
    ada = place.as_ada()
    page = ada.open(PAGE)
    assert dict(page.form(PAGE).fields)["groups"] == str(place.groups["1"])  # where they live

    page = ada.submit(PAGE, offer(place))
    assert "Đã nhận lời của bác" in page.text

    page = ada.submit(f"{PAGE}/rut")
    assert "Đã nhận lời" not in page.text


def test_what_is_missing_is_said_and_what_was_ticked_stays(place: Town) -> None:
    ada = place.as_ada()
    ada.open(PAGE)

    page = ada.submit(PAGE, {"topics": "an-toan-so"})

    assert page.status == 422
    assert "Chọn ít nhất một buổi rảnh trong tuần." in page.text
    assert dict(page.form(PAGE).fields)["topics"] == "an-toan-so"


def test_volunteer_keeps_hours_and_leaves(place: Town) -> None:
    dung = place.as_dung()
    dung.open(PAGE)
    page = dung.submit(PAGE, offer(place))
    assert "đang ở trong đội" in page.text

    dung.submit(f"{PAGE}/roi")

    assert dung.client.get("/huong-dan").status_code == 303  # signed out with the role


def test_whoever_is_under_age_reads_why_there_is_no_form(place: Town) -> None:
    with place.app.app_context():
        young = make_person("Bé Ba", group_id=place.groups["1"], adult="no")

    page = place.as_person(young, "pin").open(PAGE)

    assert (page.status, "từ 16 tuổi" in page.text) == (200, True)
    assert [form.action for form in page.forms if form.action == PAGE] == []
