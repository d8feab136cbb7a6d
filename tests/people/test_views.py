"""The screens of entering and of one's own matters, without JavaScript."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response

from app import create_app
from app.config import Settings
from app.core import clock
from app.core.db import db, transaction
from app.people.access import require
from app.people.models import Membership, Person, SignIn
from app.people.service import clear_pin, set_pin
from tests.factories import NOON
from tests.page import Browser, Page
from tests.people.conftest import PASSWORD, PIN, World


def sign_in(browser: Browser, world: World, who: int, secret: str = PIN, to: str = "/toi") -> Page:
    browser.open(f"/vao?tu={to}")
    return browser.submit("/vao", {"code": world.cards[who].code, "secret": secret})


def open_card(browser: Browser, world: World, who: int) -> Page:
    browser.open(f"/the/{world.cards[who].token}")
    return browser.submit(f"/the/{world.cards[who].token}")


def rows(app: Flask, table: type) -> int:
    with app.app_context():
        return len(db.session.scalars(db.select(table)).all())


def without_secrets(page: Page) -> str:
    html = re.sub(r'name="csrf_token" value="[^"]*"', "", page.html)
    return re.sub(r'value="\d{6}"', "", html)


def test_first_steps_lead_from_address_to_a_question_nobody_fails(browser: Browser, world: World) -> None:
    browser.open("/bat-dau/1")
    browser.submit("/bat-dau/1", {"xung-ho": "bà"})
    assert browser.page is not None
    size = browser.submit("/bat-dau/2", {"size": "to"}, button="Xem thử")
    assert 'data-size="to"' in size.html
    sound = browser.submit("/bat-dau/2", {"size": "to"})
    assert "Chào bà!" in sound.text
    browser.submit("/bat-dau/3", {"read_first": "1"})
    nothing = browser.submit("/bat-dau/lam-quen", {})
    assert (nothing.status, "Chọn một câu đã ạ" in nothing.text) == (422, True)
    answered = browser.submit("/bat-dau/lam-quen", {"chon": "mua"})
    assert "Đúng rồi ạ!" in answered.text
    assert answered.link("Học bài đầu tiên") == "/hoc"
    assert answered.link("Mở thẻ học trước") == "/dang-ky"


def test_practice_with_htmx_gets_the_fragment_alone(browser: Browser, world: World) -> None:
    browser.open("/bat-dau/lam-quen")
    assert browser.page is not None
    token = dict(browser.page.form("/bat-dau/lam-quen").fields)["csrf_token"]

    piece = browser.client.post(
        "/bat-dau/lam-quen", data={"csrf_token": token, "chon": "nang"}, headers={"HX-Request": "true"}
    ).text

    assert piece.lstrip().startswith('<div id="cau"')


def test_address_not_on_the_list_is_asked_again(browser: Browser, world: World) -> None:
    browser.open("/bat-dau/1")

    page = browser.submit("/bat-dau/1", {"xung-ho": "<b>"})

    assert (page.status, "Chọn cách xưng hô." in page.text) == (422, True)


def test_sign_up_shows_the_card_until_it_is_written_down(app: Flask, browser: Browser, world: World) -> None:
    browser.open("/dang-ky")
    card = browser.submit(
        "/dang-ky",
        {"name": "Phạm Dung", "address": "chị", "adult": "yes", "group": str(world.groups["2"]), "record": "1"},
    )

    code = re.search(r"(\d{3}) (\d{3})", card.text)
    assert code is not None
    assert "<svg" in card.html
    assert "style=" not in card.html
    again = browser.open("/the")
    assert code.group() in again.text
    browser.submit("/the")
    gone = browser.open("/the")
    assert code.group() not in gone.text
    with app.app_context():
        member = db.session.scalars(db.select(Membership).order_by(Membership.id.desc())).first()
        assert member is not None
        assert (member.group_id, member.confirmed_at) == (world.groups["2"], None)


def test_sign_up_with_something_missing_keeps_what_was_typed(app: Flask, browser: Browser, world: World) -> None:
    browser.open("/dang-ky")
    before = rows(app, Person)

    page = browser.submit("/dang-ky", {"name": "Phạm Dung", "adult": "no", "group": str(world.groups["2"])})

    assert page.status == 422
    assert "Cần đồng ý lưu kết quả học" in page.text
    form = dict(page.form("/dang-ky").fields)
    assert (form["name"], form["adult"], form["group"]) == ("Phạm Dung", "no", str(world.groups["2"]))
    assert rows(app, Person) == before


def test_first_sign_up_makes_the_browser_known_for_a_year(browser: Browser, world: World) -> None:
    browser.open("/dang-ky")
    assert browser.page is not None
    fields = dict(browser.page.form("/dang-ky").fields)
    fields |= {"name": "Y", "adult": "unsaid", "group": str(world.groups["1"]), "record": "1"}

    response = browser.client.post("/dang-ky", data=fields)

    cookie = next(c for c in response.headers.getlist("Set-Cookie") if c.startswith("thiet-bi="))
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=31536000"} <= set(cookie.split("; "))


def test_cookies_are_secure_where_the_site_is(data: Path, database: str, world: World) -> None:
    app = create_app(Settings(data=data, database_url=database, base_url="https://hocso.example"))
    client = app.test_client()
    page = Page(client.get("/vao", base_url="https://hocso.example"))
    fields = dict(page.form("/vao").fields) | {"code": world.cards[world.ada].code, "secret": PIN}

    response = client.post("/vao", data=fields, base_url="https://hocso.example")

    cookies = response.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-hocso", "thiet-bi"}
    assert all({"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; ")) for cookie in cookies)
    with app.app_context():
        db.engine.dispose()


def test_unknown_code_and_wrong_pin_answer_byte_for_byte_alike(app: Flask, world: World) -> None:
    answers = []
    for code, address in ((world.cards[world.ada].code, "10.0.0.1"), ("000001", "10.0.0.2")):
        browser = Browser(app)
        pages = []
        for _ in range(6):
            browser.open("/vao", environ_base={"REMOTE_ADDR": address})
            assert browser.page is not None
            fields = dict(browser.page.form("/vao").fields) | {"code": code, "secret": "0000"}
            pages.append(browser.post("/vao", fields, environ_base={"REMOTE_ADDR": address}))
        answers.append([(page.status, without_secrets(page)) for page in pages])

    assert answers[0] == answers[1]
    assert [status for status, _ in answers[0]] == [422, 422, 422, 422, 429, 429]
    assert "Mã chưa khớp. Còn 4 lần thử." in answers[0][0][1]


def test_locked_page_says_how_long_and_whom_to_call(browser: Browser, world: World) -> None:
    for _ in range(5):
        page = sign_in(browser, world, world.ada, "0000")

    assert (page.status, page.response.headers["Retry-After"]) == (429, "900")
    assert "Tạm nghỉ 15 phút" in page.text
    assert page.link("Gọi tình nguyện viên") == "/can-giup"


def test_known_person_enters_by_the_keypad_without_javascript(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    browser.submit("/ra")
    browser.open("/vao?tu=/toi")
    browser.follow("Bác Ada")
    for digit in PIN:
        page = browser.submit(f"/vao/{world.ada}", button=digit)
        assert PIN not in page.text
        assert "?" not in page.response.request.full_path.rstrip("?")
    assert 'type="password"' in page.html
    shown = browser.submit(f"/vao/{world.ada}", button="Hiện số")
    assert 'type="text"' in shown.html
    browser.submit(f"/vao/{world.ada}", button="Xoá")
    browser.submit(f"/vao/{world.ada}", button="0")

    inside = browser.submit(f"/vao/{world.ada}", button="Vào học")

    assert "Cài đặt của bác" in inside.text


def test_keypad_after_a_wrong_pin_says_how_many_tries_are_left(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    browser.submit("/ra")
    browser.open(f"/vao/{world.ada}")

    page = browser.submit(f"/vao/{world.ada}", {"pin": "0000"}, button="Vào học")

    assert (page.status, "Mã chưa khớp. Còn 4 lần thử." in page.text) == (422, True)
    assert dict(page.form(f"/vao/{world.ada}").fields)["pin"] == ""


def test_keypad_of_someone_this_browser_never_saw_leads_elsewhere(browser: Browser, world: World) -> None:
    page = browser.open(f"/vao/{world.ada}")

    assert "Ada" not in page.text
    fields = dict(page.form("/vao").fields) | {"pin": PIN}
    assert browser.post(f"/vao/{world.ada}", fields).status == 404


def test_card_page_shows_little_and_consumes_nothing(app: Flask, browser: Browser, world: World) -> None:
    before = rows(app, SignIn)

    for _ in range(20):
        page = browser.open(f"/the/{world.cards[world.ada].token}")

    assert "Ada" in page.text
    assert "Nguyễn" not in page.text
    assert rows(app, SignIn) == before
    open_card(browser, world, world.ada)
    assert rows(app, SignIn) == before + 1


@pytest.mark.parametrize("token", ["abc", "x" * 200, "%C3%A1"])
def test_card_that_is_none_gets_a_friendly_page(browser: Browser, world: World, token: str) -> None:
    page = browser.open(f"/the/{token}")

    assert (page.status, "Thẻ này không còn dùng được" in page.text) == (404, True)


def test_card_session_needs_the_pin_for_own_matters_and_returns(browser: Browser, world: World) -> None:
    open_card(browser, world, world.ada)

    asked = browser.open("/toi")
    assert "Việc này cần mã PIN" in asked.text
    assert world.cards[world.ada].code not in asked.text
    wrong = browser.submit("/vao/pin", {"pin": "0000"}, button="Tiếp tục")
    assert "Còn 4 lần thử" in wrong.text
    page = browser.submit("/vao/pin", {"pin": PIN}, button="Tiếp tục")

    assert "Cài đặt của bác" in page.text


@pytest.mark.parametrize("path", ["/toi/xung-ho", "/toi/dang-ten", "/toi/may-khac", "/toi/the-moi"])
def test_card_session_changes_nothing_of_the_account(browser: Browser, world: World, path: str) -> None:
    open_card(browser, world, world.ada)
    page = browser.open("/vao/pin")
    token = dict(page.form("/vao/pin").fields)["csrf_token"]

    page = browser.post(path, {"csrf_token": token, "address": "bà", "choice": "full"})

    assert "Việc này cần mã PIN" in page.text


def test_person_without_a_pin_chooses_the_first_one_after_the_card(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context(), transaction() as session:
        clear_pin(session, world.ada)
    open_card(browser, world, world.ada)
    page = browser.open("/toi")
    assert "Đặt mã PIN" in page.text
    assert "Mã PIN đang dùng" not in page.text

    page = browser.submit("/toi/pin", {"pin": "8046", "repeat": "8046"})

    assert "Cài đặt của bác" in page.text


def test_change_of_pin_signs_other_browsers_out(app: Flask, browser: Browser, world: World) -> None:
    other = Browser(app)
    sign_in(other, world, world.ada)
    sign_in(browser, world, world.ada)
    browser.open("/toi/pin")

    done = browser.submit("/toi/pin", {"old": PIN, "pin": "8046", "repeat": "8046"})

    assert "Cài đặt của bác" in done.text
    assert "Vào học" in other.open("/toi").text


def test_change_of_pin_with_a_wrong_old_one_stays_on_the_page(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    browser.open("/toi/pin")

    page = browser.submit("/toi/pin", {"old": "0000", "pin": "8046", "repeat": "8046"})

    assert (page.status, "Mã PIN cũ chưa khớp. Còn 4 lần thử." in page.text) == (422, True)


def test_copied_cookie_is_dead_after_sign_out(app: Flask, browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    copy = browser.client.get_cookie("hocso")
    assert copy is not None
    thief = Browser(app)
    thief.client.set_cookie("hocso", copy.value)
    assert "Cài đặt của bác" in thief.open("/toi").text

    browser.open("/toi")
    assert browser.page is not None
    response = browser.client.post("/ra", data=dict(browser.page.form("/ra").fields))

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (response.status_code, response.location) == (303, "/bat-dau")
    assert "Cài đặt" not in thief.open("/toi").text


def test_every_page_of_a_person_is_kept_out_of_caches(browser: Browser, world: World) -> None:
    page = sign_in(browser, world, world.ada)

    assert page.response.headers["Cache-Control"] == "private, no-store"


def test_adult_answers_about_their_name_in_three_ways(browser: Browser, world: World) -> None:
    page = sign_in(browser, world, world.ada)
    assert page.form("/toi/dang-ten").choices["choice"] == ["full", "given", "no"]
    assert [w for w in ("Đăng tên đầy đủ", "Chỉ đăng tên gọi", "Không đăng") if w not in page.text] == []

    page = browser.submit("/toi/dang-ten", {"choice": "given"})

    assert ("choice", "given") in page.form("/toi/dang-ten").fields


@pytest.mark.parametrize("adult", ["no", "unsaid"])
def test_minor_is_told_about_the_guardian_instead(app: Flask, browser: Browser, world: World, adult: str) -> None:
    with app.app_context(), transaction() as session:
        person = session.get(Person, world.ada)
        assert person is not None
        person.adult = adult

    page = sign_in(browser, world, world.ada)

    assert "người giám hộ" in page.text
    token = dict(page.form("/toi/xung-ho").fields)["csrf_token"]
    assert browser.post("/toi/dang-ten", {"csrf_token": token, "choice": "full"}).status == 422


def test_reader_is_addressed_as_they_chose(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)

    page = browser.submit("/toi/xung-ho", {"address": "cô"})

    assert "Cài đặt của cô" in page.text


def test_new_card_of_ones_own_replaces_the_old_one(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)

    page = browser.submit("/toi/the-moi")

    assert "Thẻ học của bác" in page.text
    assert browser.open(f"/the/{world.cards[world.ada].token}").status == 404


def test_sign_in_for_staff_takes_the_password(browser: Browser, world: World) -> None:
    browser.open("/vao/can-bo?tu=/toi/pin")

    page = browser.submit("/vao/can-bo", {"code": world.cards[world.cleo].code, "secret": PASSWORD})

    assert "Đặt mã PIN" in page.text


@pytest.mark.parametrize(
    "there",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/a\nb"],
)
def test_way_back_never_leaves_the_site(browser: Browser, world: World, there: str) -> None:
    browser.open("/vao")
    assert browser.page is not None
    fields = dict(browser.page.form("/vao").fields)
    fields |= {"tu": there, "code": world.cards[world.ada].code, "secret": PIN}

    response = browser.client.post("/vao", data=fields)

    assert (response.status_code, response.location) == (303, "/")
    assert browser.client.get("/ngon-ngu/en", query_string={"tu": there}).location == "/"


def test_size_and_contrast_are_remembered_and_lead_back(browser: Browser, world: World) -> None:
    browser.open("/co-chu?tu=/quyen-rieng-tu")

    page = browser.submit("/co-chu", {"size": "to", "contrast": "more"})

    assert "Giữ bao lâu?" in page.text
    assert 'data-size="to" data-contrast="more"' in page.html


def test_language_is_remembered_and_unknown_ones_are_not_found(browser: Browser, world: World) -> None:
    assert 'lang="en"' in browser.open("/ngon-ngu/en?tu=/quyen-rieng-tu").html
    assert browser.open("/ngon-ngu/xx").status == 404


def add_rooms(app: Flask) -> None:
    for role in ("learner", "volunteer", "officer"):
        app.add_url_rule(f"/thu/{role}", f"thu-{role}", require(role)(lambda: Response("in")))


def rooms(browser: Browser) -> list[int]:
    return [browser.open(f"/thu/{role}").status for role in ("learner", "volunteer", "officer")]


def test_guest_is_sent_to_sign_in_and_comes_back(app: Flask, browser: Browser, world: World) -> None:
    add_rooms(app)

    response = browser.client.get("/thu/officer?a=1")

    assert (response.status_code, response.location) == (303, "/vao?tu=%2Fthu%2Fofficer%3Fa%3D1")
    browser.open("/thu/learner")
    assert browser.submit("/vao", {"code": world.cards[world.ada].code, "secret": PIN}).text == "in"


def test_room_above_ones_role_is_not_there(app: Flask, browser: Browser, world: World) -> None:
    add_rooms(app)
    with app.app_context(), transaction() as session:
        set_pin(session, world.cleo, PIN, now=NOON)

    sign_in(browser, world, world.ada)
    assert rooms(browser) == [200, 404, 404]
    sign_in(browser, world, world.cleo)
    assert rooms(browser) == [200, 200, 404]
    sign_in(browser, world, world.cleo, PASSWORD)
    assert rooms(browser) == [200, 200, 200]


def test_session_whose_row_is_gone_is_a_guest(app: Flask, browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    with app.app_context(), transaction() as session:
        session.execute(db.delete(SignIn))

    assert "Vào học" in browser.open("/toi").text


def test_session_ends_with_its_time(browser: Browser, world: World) -> None:
    sign_in(browser, world, world.ada)
    clock.use(lambda: NOON + timedelta(days=30))

    assert "Vào học" in browser.open("/toi").text


def test_ended_session_of_another_device_is_listed_no_more(app: Flask, browser: Browser, world: World) -> None:
    sign_in(Browser(app), world, world.ada)
    sign_in(browser, world, world.ada)
    assert browser.page is not None
    assert browser.page.text.count("Vào lúc") == 2

    page = browser.submit("/toi/may-khac")

    assert page.text.count("Vào lúc") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/bat-dau",
        "/bat-dau/1",
        "/bat-dau/2",
        "/bat-dau/3",
        "/bat-dau/lam-quen",
        "/dang-ky",
        "/vao",
        "/vao/can-bo",
        "/vao/quen-pin",
        "/co-chu",
        "/quyen-rieng-tu",
    ],
)
def test_open_page_shows_itself_before_there_is_a_ward(browser: Browser, path: str) -> None:
    assert browser.open(path).status == 200


@pytest.mark.parametrize("path", ["/vao/99999999999999999999", "/toi/may/99999999999999999999"])
def test_number_beyond_any_row_is_refused(browser: Browser, world: World, path: str) -> None:
    page = sign_in(browser, world, world.ada)
    token = dict(page.form("/ra").fields)["csrf_token"]

    assert browser.post(path, {"csrf_token": token, "pin": PIN}).status in (404, 405)
