"""The screens of how officers sign in, without JavaScript."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.db import reading
from app.people import safety
from app.people.factors import factor_of
from app.people.totp import code_of, step_at
from tests.factories import NOON, make_person
from tests.page import Browser, Page
from tests.people.conftest import PASSWORD, PIN, World


@pytest.fixture(autouse=True)
def _required(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], second_factor="required")


def at(minutes: int) -> None:
    clock.use(lambda: NOON + timedelta(minutes=minutes))


def code(key: str) -> str:
    return code_of(key, step_at(clock.now()))


def password(browser: Browser, world: World, to: str = "/vao/can-bo") -> Page:
    browser.open(to)
    return browser.submit("/vao/can-bo", {"code": world.cards[world.cleo].code, "secret": PASSWORD})


def shown_key(page: Page) -> str:
    found = re.search(r'class="key4">([A-Z2-7 ]+)<', page.html)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(browser: Browser, world: World) -> tuple[str, list[str]]:
    key = shown_key(password(browser, world))
    page = browser.submit("/vao/can-bo/buoc-hai", {"code": code(key)})
    return key, re.findall(r"\d{4} \d{4} \d{4}", page.text)


def where(page: Page) -> str:
    return page.response.request.path


def test_password_codes_and_the_desk_follow_each_other(browser: Browser, world: World) -> None:
    page = password(browser, world)
    assert where(page) == "/vao/can-bo/buoc-hai"
    assert ("<svg" in page.html, "Cleo" in page.html) == (True, False)  # nobody is named before the second step
    assert browser.client.get("/to-chuc").location == "/vao?tu=%2Fto-chuc"

    wrong = browser.submit("/vao/can-bo/buoc-hai", {"code": "12345"})
    assert (wrong.status, "gồm 6 chữ số" in wrong.text) == (422, True)
    codes = browser.submit("/vao/can-bo/buoc-hai", {"code": code(shown_key(page))})

    assert len(re.findall(r"\d{4} \d{4} \d{4}", codes.text)) == 10
    assert codes.link("Đã in hoặc chép lại") == "/to-chuc"
    assert browser.open("/to-chuc").status == 200
    assert where(browser.open("/vao/can-bo/buoc-hai")) == "/vao/can-bo"


def test_key_stays_the_same_until_it_is_used(browser: Browser, world: World) -> None:
    first = shown_key(password(browser, world))

    assert shown_key(browser.open("/vao/can-bo/buoc-hai")) == first
    assert shown_key(password(browser, world)) == first


def test_next_sign_in_asks_for_a_code_and_leads_where_one_wanted(app: Flask, browser: Browser, world: World) -> None:
    key, _ = set_up(browser, world)
    at(1)
    other = Browser(app)
    page = password(other, world, "/vao/can-bo?tu=/to-chuc/nhat-ky")
    assert ("<svg class" in page.html and "key4" in page.html, "Cleo" in page.html) == (False, False)

    entered = other.submit("/vao/can-bo/buoc-hai", {"code": code(key)})

    assert (where(entered), entered.status) == ("/to-chuc/nhat-ky", 200)


def test_password_on_the_learners_page_needs_the_second_step_too(browser: Browser, world: World) -> None:
    browser.open("/vao/can-bo")
    token = dict(browser.page.form("/vao/can-bo").fields)["csrf_token"] if browser.page else ""

    page = browser.post("/vao", {"csrf_token": token, "code": world.cards[world.cleo].code, "secret": PASSWORD})

    assert where(page) == "/vao/can-bo/buoc-hai"


@pytest.mark.parametrize("path", ["/vao/pin", "/vao/{}"])
def test_password_where_a_pin_is_asked_opens_nothing(browser: Browser, world: World, path: str) -> None:
    set_up(browser, world)
    browser.open("/to-chuc")
    browser.submit("/ra")
    browser.open(f"/the/{world.cards[world.cleo].token}")
    page = browser.submit(f"/the/{world.cards[world.cleo].token}")
    token = dict(page.form("/ra").fields)["csrf_token"]

    browser.post(path.format(world.cleo), {"csrf_token": token, "pin": PASSWORD})

    assert browser.open("/to-chuc").status == 404


def test_lost_phone_is_replaced_with_codes_from_paper(app: Flask, browser: Browser, world: World) -> None:
    _, codes = set_up(browser, world)
    at(1)
    other = Browser(app)
    password(other, world)
    other.follow("Mất điện thoại")
    wrong = other.submit("/mat-dien-thoai", {"code": "1234 5678 9012"})
    assert (wrong.status, "chưa khớp hoặc đã dùng" in wrong.text) == (422, True)

    page = other.submit("/mat-dien-thoai", {"code": codes[3]})
    assert (where(page), "Còn 9 mã" in page.text) == ("/toi/bao-mat", True)
    key = shown_key(other.submit("/toi/bao-mat/dien-thoai", {"code": codes[4]}))
    fresh = other.submit("/toi/bao-mat/dien-thoai/xac-nhan", {"code": code(key)})

    assert len(re.findall(r"\d{4} \d{4} \d{4}", fresh.text)) == 10
    assert browser.client.get("/toi/bao-mat").location.startswith("/vao/can-bo")  # the old phone's session has ended


def test_new_codes_are_told_once(app: Flask, browser: Browser, world: World) -> None:
    key, old = set_up(browser, world)
    at(1)
    browser.open("/toi/bao-mat")

    page = browser.submit("/toi/bao-mat/ma-du-phong", {"code": code(key)})

    fresh = re.findall(r"\d{4} \d{4} \d{4}", page.text)
    assert (len(fresh), set(fresh) & set(old)) == (10, set())
    assert re.findall(r"\d{4} \d{4} \d{4}", browser.open("/toi/bao-mat").text) == []


def test_password_is_changed_on_ones_own_page(browser: Browser, world: World) -> None:
    set_up(browser, world)
    browser.open("/toi/mat-khau")
    new = {"old": PASSWORD, "password": "mot mat khau khac", "repeat": "mot mat khau khak"}
    wrong = browser.submit("/toi/mat-khau", new)
    assert (wrong.status, "chưa giống nhau" in wrong.text) == (422, True)

    page = browser.submit("/toi/mat-khau", {**new, "repeat": new["password"]})

    assert (where(page), "Đã đổi mật khẩu" in page.text) == ("/toi/bao-mat", True)


@pytest.mark.parametrize("path", ["/toi/bao-mat", "/toi/mat-khau", "/toi/bao-mat/dien-thoai"])
def test_learners_have_no_such_pages(browser: Browser, world: World, path: str) -> None:
    assert browser.client.get(path).location.startswith("/vao/can-bo?tu=")
    browser.open("/vao")
    token = dict(browser.page.form("/vao").fields)["csrf_token"] if browser.page else ""
    browser.post("/vao", {"csrf_token": token, "code": world.cards[world.ada].code, "secret": PIN})

    assert browser.open(path).status == 404


def test_link_shows_a_form_and_nobody_s_name_and_works_once(app: Flask, world: World) -> None:
    with app.app_context():
        kim = make_person("Mai Kim", group_id=world.groups["1"], role="officer", ward_id=world.groups["ward"])
        token = safety.issue_link(person_id=kim, by=world.cleo, now=NOON)
    browser = Browser(app)
    page = browser.open(f"/vao/mat-khau-moi/{token}")
    unknown = Browser(app).open("/vao/mat-khau-moi/nothing")
    assert ("Kim" in page.text, page.status, unknown.status) == (False, 200, 200)
    new = {"password": "mot mat khau khac", "repeat": "mot mat khau khac"}

    chosen = browser.submit(f"/vao/mat-khau-moi/{token}", new)
    again = Browser(app)
    again.open(f"/vao/mat-khau-moi/{token}")

    assert where(chosen) == "/vao/can-bo/buoc-hai"
    refused = again.submit(f"/vao/mat-khau-moi/{token}", new)
    assert (refused.status, "đã dùng rồi" in refused.text) == (404, True)


def test_where_it_is_optional_one_turns_it_on_oneself(app: Flask, browser: Browser, world: World) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], second_factor="optional")
    assert where(password(browser, world)) == "/to-chuc"
    browser.open("/toi/bao-mat")

    key = shown_key(browser.submit("/toi/bao-mat/dien-thoai"))
    browser.submit("/toi/bao-mat/dien-thoai/xac-nhan", {"code": code(key)})

    with app.app_context():
        assert factor_of(reading(), world.cleo).set_at == NOON
    at(1)
    assert where(password(Browser(app), world)) == "/vao/can-bo/buoc-hai"
