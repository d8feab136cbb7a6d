"""Printing cards on screen: said before, asked for, shown once."""

import re

import sqlalchemy as sa

from app.core.db import reading, transaction
from app.groups.models import Ward
from app.people.models import Card, DeviceUse, SignIn
from app.people.service import issue_card
from tests.page import Browser, Page
from tests.town import Town


def cards(town: Town) -> list[tuple[int, bool]]:
    with town.app.app_context():
        rows = reading().execute(sa.select(Card.person_id, Card.ended_at).order_by(Card.id))
        return [(person_id, ended is None) for person_id, ended in rows]


def check(browser: Browser, *people: int, size: str = "8") -> Page:
    page = browser.open("/to-chuc/the?ai=tat-ca")
    token = next(value for form in page.forms for name, value in form.fields if name == "csrf_token")
    data = {"csrf_token": token, "person": [str(one) for one in people], "kho": size}
    return browser.post("/to-chuc/the?ai=tat-ca", data)  # type: ignore[arg-type]


def printed(browser: Browser) -> Page:
    assert browser.page is not None
    form = next(one for one in browser.page.forms if one.action == "/to-chuc/the/in")
    data: dict[str, list[str]] = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    return browser.post("/to-chuc/the/in", data)  # type: ignore[arg-type]


def test_what_ends_is_said_before_and_nothing_happens_until_asked(town: Town) -> None:
    with town.app.app_context(), transaction() as session:
        issue_card(session, town.ada, now=town.now)
    cleo = town.as_cleo()

    page = check(cleo, town.ada, town.ben)

    assert ("1 thẻ cũ dừng ngay" in page.text, "In 2 thẻ?" in page.text) == (True, True)
    assert cards(town) == [(town.ada, True)]


def test_the_sheet_is_shown_once_and_kept_nowhere(town: Town) -> None:
    with town.app.app_context(), transaction() as session:
        session.get_one(Ward, 1).help_phone = "0912345678"
        issue_card(session, town.ada, now=town.now)
    cleo = town.as_cleo()
    check(cleo, town.ada, town.ben)
    form = cleo.page

    sheet = printed(cleo)

    assert (sheet.status, sheet.response.headers["Cache-Control"]) == (200, "private, no-store")
    assert cards(town) == [(town.ada, False), (town.ada, True), (town.ben, True)]
    assert ("Nguyễn Thị Ada" in sheet.text, "Trần Văn Ben" in sheet.text) == (True, True)
    assert ("Cần giúp? 0912 345 678" in sheet.text, "127.0.0.1:8000" in sheet.text) == (True, True)
    assert sheet.text.count("Đoàn phường không bao giờ hỏi mã OTP") == 2
    assert (sheet.html.count('class="qr"'), len(re.findall(r"card-symbols\.[0-9a-f]+\.svg#", sheet.html))) == (2, 6)
    assert "<script" not in sheet.html.partition("<body")[2]
    cleo.page = form
    again = printed(cleo)
    assert (again.status, "đã làm thẻ rồi" in again.text) == (409, True)
    assert cards(town) == [(town.ada, False), (town.ada, True), (town.ben, True)]


def test_ten_or_eight_to_a_sheet(town: Town) -> None:
    cleo = town.as_cleo()
    check(cleo, town.ada, size="10")
    assert 'class="a4 up10"' in printed(cleo).html
    check(cleo, town.ada, size="<b>")
    assert 'class="a4 up8"' in printed(cleo).html


def test_nobody_ticked_is_said(town: Town) -> None:
    page = check(town.as_cleo())
    assert (page.status, "Chọn ít nhất một người" in page.text) == (422, True)


def test_looking_at_a_card_uses_nothing_up(town: Town) -> None:
    """GET, HEAD, and a chat application that fetches the address for a preview: nothing is opened, nothing written."""
    with town.app.app_context(), transaction() as session:
        token = issue_card(session, town.ada, now=town.now).token
    guest = town.guest()
    for _ in range(20):
        guest.client.get(f"/the/{token}", headers={"User-Agent": "facebookexternalhit/1.1", "Sec-Purpose": "prefetch"})
        guest.client.head(f"/the/{token}")

    page = guest.open(f"/the/{token}")

    with town.app.app_context():
        count = sa.select(sa.func.count())
        assert reading().scalar(count.select_from(SignIn)) == reading().scalar(count.select_from(DeviceUse)) == 0
    assert ("Ada" in page.text, "Nguyễn" in page.text) == (True, False)
    assert "Thẻ này không phải của bác?" in guest.follow("Không phải tôi").text
    guest.open(f"/the/{token}")
    assert "Chào bác Ada" in guest.submit(f"/the/{token}").text
