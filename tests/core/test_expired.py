"""A page that lay open too long loses nothing, and gives no secret back."""

from flask import Flask

from tests.factories import make_quiz
from tests.town import make_town

OURS = {"Sec-Fetch-Site": "same-origin"}


def test_what_was_typed_can_be_sent_again(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
    guest = town.guest()

    page = guest.post(
        "/can-giup", {"name": "Bác Hoa", "contact": "nhà văn hoá", "way": "visit", "key": "k1"}, headers=OURS
    )

    assert page.status == 400
    assert ("name", "Bác Hoa") in page.form("/can-giup").fields
    assert guest.submit("/can-giup", button="Gửi lại").status == 200


def test_secret_does_not_come_back_in_the_page(app: Flask) -> None:
    page = make_town(app).guest().post("/vao", {"code": "123456", "secret": "258046"}, headers=OURS)
    assert (page.status, "258046" in page.html) == (400, False)
