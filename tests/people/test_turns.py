"""Several people on one phone, without JavaScript: names, changing over, and what is never stored for the wrong one."""

import random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.domain import Learner
from app.attempts.models import Response
from app.core.db import reading, transaction
from app.people.household.models import DeviceMember
from app.people.models import SignIn
from app.people.service import issue_card
from app.play.service import start
from tests.factories import NOON, make_person, make_quiz
from tests.page import Browser, Page
from tests.people.conftest import PIN, World


def open_card(browser: Browser, world: World, who: int, *, add: bool = False) -> Page:
    path = f"/the/{world.cards[who].token}"
    browser.open(path)
    return browser.submit(path, {"ghi-ten": "1"} if add else {})


@pytest.fixture
def phone(browser: Browser, world: World) -> Browser:
    """Ada's phone, with Ada and Ben on it; Ben is signed in."""
    open_card(browser, world, world.ada)
    open_card(browser, world, world.ben, add=True)
    return browser


def lesson(app: Flask, browser: Browser, who: int, *, until: int = 99) -> Page:
    """Sit the quiz on screen up to a step; the page that follows."""
    with app.app_context():
        make_quiz()
    browser.open("/hoc/an-toan-so/cuoc-goi")
    page = browser.submit("/hoc/an-toan-so/cuoc-goi")
    for _ in range(until):
        form = next((one for one in page.forms if "choice" in one.choices), None)
        if form is None:
            break
        page = browser.submit(form.action, {"choice": "b"})
        page = browser.open(next(href for href, _ in page.links if href.startswith("/hoc/an-toan-so/cuoc-goi/")))
    return page


def test_names_are_big_buttons_and_tell_nothing_else(phone: Browser, world: World) -> None:
    phone.submit("/doi-nguoi")
    assert phone.page is not None
    assert "Ai học đây ạ?" in phone.page.text
    assert [one.action for one in phone.page.forms if "/vao/ten/" in one.action] == [
        f"/vao/ten/{world.ada}",
        f"/vao/ten/{world.ben}",
    ]
    assert not any(told in phone.page.text for told in ("Nguyễn Thị", "Trần", "Khu phố 1", world.cards[world.ada].code))


def test_changing_over_ends_the_session_on_the_server(app: Flask, phone: Browser, world: World) -> None:
    page = phone.submit("/doi-nguoi")
    with app.app_context():
        assert reading().scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0
    assert "Đổi người" not in page.text
    assert phone.submit(f"/vao/ten/{world.ada}").response.request.path == "/"
    assert "Chào bác Ada" in phone.open("/").text


def test_the_button_stands_on_every_screen_of_a_shared_phone(app: Flask, phone: Browser, world: World) -> None:
    with app.app_context():
        make_quiz()
    for path in ("/", "/hoc", "/hoc/an-toan-so/cuoc-goi", "/huy-hieu", "/khu-pho", "/may-nay", "/co-chu", "/khong-co"):
        assert "Đổi người" in phone.open(path).text, path


def test_alone_on_a_phone_there_is_no_such_button(browser: Browser, world: World) -> None:
    assert "Đổi người" not in open_card(browser, world, world.ada).text


def test_a_name_opens_learning_and_own_matters_need_the_pin(phone: Browser, world: World) -> None:
    phone.submit("/doi-nguoi")
    phone.submit(f"/vao/ten/{world.ada}")
    assert phone.open("/toi").response.request.path == "/vao/pin"
    assert phone.submit("/vao/pin", {"pin": PIN}).status == 200


def test_a_form_of_the_one_before_is_stored_for_nobody(app: Flask, phone: Browser, world: World) -> None:
    with app.app_context():
        make_quiz()
    phone.open("/hoc/an-toan-so/cuoc-goi")
    question = phone.submit("/hoc/an-toan-so/cuoc-goi")
    old = next(one for one in question.forms if "choice" in one.choices)
    phone.submit("/doi-nguoi")
    phone.submit(f"/vao/ten/{world.ada}")

    page = phone.post(old.action, {**dict(old.fields), "choice": "b"})

    assert (page.status, "Đã đổi người" in page.text, page.link("Chọn tên")) == (409, True, "/vao")
    assert not any("cuoc-goi" in one.action for one in page.forms)  # nothing to send again
    with app.app_context():
        assert reading().scalar(sa.select(sa.func.count()).select_from(Response)) == 0


def test_a_form_of_ones_own_can_be_sent_again_after_the_pin(app: Flask, phone: Browser, world: World) -> None:
    phone.open("/may-nay")
    assert phone.page is not None
    old = phone.page.form("/may-nay/hoi-ai")
    phone.open("/vao/pin")
    phone.submit("/vao/pin", {"pin": "9713"})
    page = phone.post(old.action, dict(old.fields))
    assert (page.status, "Trang mở lâu quá" in page.text) == (400, True)


def test_another_ones_attempt_is_never_answered(app: Flask, phone: Browser, world: World) -> None:
    """With a form of one's own session and the other's number: as if there were none."""
    with app.app_context():
        make_quiz()
        for who in (world.ada, world.ben):
            start(
                Learner(person_id=who), "an-toan-so", "cuoc-goi", how="independent", now=NOON, chance=random.Random(1)
            )
    question = phone.open("/hoc/an-toan-so/cuoc-goi/1")
    form = next(one for one in question.forms if "choice" in one.choices)
    page = phone.post(form.action, {**dict(form.fields), "attempt": "1", "choice": "b"})
    assert page.status == 404
    with app.app_context():
        assert reading().scalar(sa.select(sa.func.count()).select_from(Response)) == 0


def test_after_a_lesson_the_next_tap_asks_who_goes_on(app: Flask, phone: Browser, world: World) -> None:
    done = lesson(app, phone, world.ben)
    assert done.response.request.path == "/hoc/an-toan-so/cuoc-goi/xong"
    assert phone.open("/hoc/an-toan-so/cuoc-goi/xong").status == 200  # it may be looked at

    following = phone.open("/huy-hieu")

    assert (following.response.request.path, "Ai học tiếp" in following.text) == ("/vao", True)
    assert "Anh Ben" in following.text
    assert "Đang học" not in following.text
    assert phone.open("/hoc/an-toan-so/cuoc-goi/xong").status == 404  # and not any more


def test_the_session_of_the_one_before_ends_when_the_next_one_enters(app: Flask, phone: Browser, world: World) -> None:
    lesson(app, phone, world.ben)
    phone.open("/")
    phone.submit(f"/vao/ten/{world.ada}")
    with app.app_context():
        assert reading().scalars(sa.select(SignIn.person_id)).all() == [world.ada]


def test_switched_off_the_lesson_goes_on(app: Flask, phone: Browser, world: World) -> None:
    phone.open("/may-nay")
    assert "Đang tắt" in phone.submit("/may-nay/hoi-ai").text
    lesson(app, phone, world.ben)
    assert "Chào anh Ben" in phone.open("/").text


def test_a_picture_of_the_page_does_not_hand_over(app: Flask, phone: Browser, world: World) -> None:
    lesson(app, phone, world.ben)
    fetched = phone.client.get("/huy-hieu", headers={"Sec-Fetch-Mode": "no-cors"})
    posted = phone.client.post("/may-nay/hoi-ai", headers={"Sec-Fetch-Mode": "cors"})
    assert (fetched.status_code, posted.status_code in (400, 409)) == (200, True)
    assert "Xong bài" in phone.open("/hoc/an-toan-so/cuoc-goi/xong").text


def test_a_card_scanned_after_a_lesson_opens_its_page(app: Flask, phone: Browser, world: World) -> None:
    lesson(app, phone, world.ben)
    page = phone.open(f"/the/{world.cards[world.cleo].token}")
    assert ("Cleo" in page.text, "Ben" in page.text) == (True, False)


def test_adding_by_code_and_pin_on_screen(browser: Browser, world: World) -> None:
    open_card(browser, world, world.ada)
    browser.open("/may-nay")
    browser.follow("Thêm người vào máy này")
    wrong = browser.submit("/may-nay/them", {"code": world.cards[world.ben].code, "secret": "0000"})
    assert (wrong.status, "Còn 4 lần thử" in wrong.text) == (422, True)
    page = browser.submit("/may-nay/them", {"code": world.cards[world.ben].code, "secret": "9713"})
    assert ("Đã thêm tên" in page.text, "Anh Ben" in page.text, "Bác Ada" in page.text) == (True, True, True)
    assert "Đang học: Bác Ada" in page.text


def test_a_name_taken_off_opens_nothing_any_more(app: Flask, phone: Browser, world: World) -> None:
    phone.open("/may-nay")
    phone.submit(f"/may-nay/bo/{world.ada}")
    phone.open("/vao")
    assert phone.page is not None
    assert "Ada" not in phone.page.text
    token = dict(phone.page.forms[0].fields)["csrf_token"]
    assert phone.post(f"/vao/ten/{world.ada}", {"csrf_token": token}).status == 404


def test_a_card_of_another_family_is_refused_kindly(app: Flask, phone: Browser, world: World) -> None:
    phone_of_eve = Browser(app)
    with app.app_context():
        eve = make_person("Vũ Eve", group_id=world.groups["2"])
        with transaction() as session:
            world.cards[eve] = issue_card(session, eve, now=NOON)
    open_card(phone_of_eve, world, eve)
    open_card(phone_of_eve, world, world.cleo, add=True)

    page = open_card(phone, world, world.cleo, add=True)

    assert (page.status, "của người nhà khác" in page.text) == (422, True)
    with app.app_context():
        names = reading().scalars(sa.select(DeviceMember.person_id).where(DeviceMember.device_id == 1)).all()
        assert sorted(names) == [world.ada, world.ben]
    assert "Chào cô Cleo" in phone.submit(f"/the/{world.cards[world.cleo].token}").text  # learning is always possible


def test_personal_pages_are_kept_by_no_cache(app: Flask, phone: Browser, world: World) -> None:
    for path in ("/", "/hoc", "/huy-hieu", "/may-nay", "/vao", f"/the/{world.cards[world.ada].token}"):
        assert phone.open(path).response.headers["Cache-Control"] == "private, no-store", path
