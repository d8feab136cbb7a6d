"""Is this badge genuine: what the page says to whom, and every kind of file, without one server error."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from app.badges.credentials import service
from app.badges.credentials.baking import bake_png, chunk
from app.badges.credentials.openbadges import issuer_id
from app.badges.credentials.pacing import MOST_FILES, MOST_TRIES, WHILE
from app.badges.credentials.queries import Shown, holder_code, paper_for
from app.badges.credentials.reading import read_badge
from app.badges.credentials.service import as_text
from app.badges.credentials.views import files
from app.core.db import reading, transaction
from app.core.errors import Locked
from app.people.models import Person
from app.people.service import record_consent
from tests.badges.credentials.conftest import BASE, World
from tests.badges.credentials.test_reading import BOMB, KEYWORD, PNG
from tests.badges.credentials.test_signing import KEY, mutants, sign
from tests.factories import NOON
from tests.page import Browser, Page

LATER = NOON + timedelta(minutes=1)
OTHER = "another network"
LD = {"Accept": "application/ld+json"}


@pytest.fixture
def shown(app: Flask, world: World) -> Shown:
    """Ada's badge, signed."""
    with app.app_context():
        return world.sign()


def token_of(app: Flask, shown: Shown) -> str:
    with app.app_context():
        paper = paper_for(reading(), shown.id)
        assert paper is not None
        return paper.url.removeprefix(BASE)


def agree(app: Flask, person_id: int, choice: str = "full", giver: str = "self") -> None:
    with app.app_context(), transaction() as session:
        record_consent(session, person_id, purpose="name", choice=choice, giver=giver, recorded_by=None, now=NOON)


def send(browser: Browser, data: bytes, holder: str = "") -> Page:
    """Send a file with the page's form; the body is written out here, so that no large one lies in a temporary file."""
    token = dict(browser.open("/giay").form("/giay").fields)["csrf_token"]
    head = 'Content-Disposition: form-data; name="csrf_token"\r\n\r\n' + token
    file = 'Content-Disposition: form-data; name="file"; filename="tep"\r\n\r\n'
    who = f'Content-Disposition: form-data; name="holder"\r\n\r\n{holder}'
    body = f"--b\r\n{head}\r\n--b\r\n{who}\r\n--b\r\n{file}".encode() + data + b"\r\n--b--\r\n"
    return Page(browser.client.post("/giay", data=body, content_type="multipart/form-data; boundary=b"))


def test_page_behind_the_qr_says_whose_badge_it_is_where_they_agreed(app: Flask, world: World, shown: Shown) -> None:
    agree(app, world.town.ada)

    page = world.town.guest().open(token_of(app, shown))

    assert page.status == 200
    assert "Giấy này hợp lệ" in page.text
    assert "Nguyễn Thị Ada" in page.text
    assert page.response.headers["Cache-Control"] == "private, no-store"


def test_name_without_consent_or_of_a_minor_is_masked(app: Flask, world: World, shown: Shown) -> None:
    guest, address = world.town.guest(), token_of(app, shown)

    before = guest.open(address).text
    agree(app, world.town.ada)
    with app.app_context(), transaction() as session:
        session.get_one(Person, world.town.ada).adult = "unsaid"
    minor = guest.open(address).text

    for text in (before, minor):
        assert "N… T… A…" in text
        assert "Ada" not in text


def test_owner_hides_the_name_and_shows_it_again(app: Flask, world: World, shown: Shown) -> None:
    agree(app, world.town.ada)
    ada, guest, address = world.town.as_ada(), world.town.guest(), token_of(app, shown)

    ada.open("/huy-hieu/tinh-mat/so")
    ada.submit("/so/ten", {"hidden": "1"})
    hidden = guest.open(address).text
    ada.submit("/so/ten", {"hidden": "0"})

    assert ("Người giữ chọn không hiện tên" in hidden, "Ada" in hidden) == (True, False)
    assert "Nguyễn Thị Ada" in guest.open(address).text


def test_short_code_shows_validity_kind_and_day_alone(app: Flask, world: World, shown: Shown) -> None:
    agree(app, world.town.ada)

    page = world.town.guest().open(f"/giay/{shown.code}")

    assert ("Giấy này hợp lệ" in page.text, "Tinh mắt" in page.text, "14/10/2026" in page.text) == (True, True, True)
    assert ("Ada" in page.html, "N… T…" in page.html, shown.serial in page.text) == (False, False, False)


def test_code_typed_in_any_spelling_leads_to_its_page(world: World, shown: Shown) -> None:
    guest = world.town.guest()
    for typed in (shown.code, shown.code.lower(), shown.code.replace("-", " "), shown.code[3:].replace("-", "")):
        guest.open("/giay")
        assert "Giấy này hợp lệ" in guest.submit("/giay", {"code": typed}).text


def test_unknown_and_malformed_codes_answer_alike(world: World, shown: Shown) -> None:
    guest = world.town.guest()

    answers = [guest.open(f"/giay/{text}") for text in ("HS-AAAA-BBBB", "x", "HS-0000", "A" * 22, "%00", "a" * 500)]

    assert {page.status for page in answers} == {404}
    assert len({page.text for page in answers}) == 1


def test_too_many_short_codes_have_to_rest(world: World, shown: Shown) -> None:
    guest = world.town.guest()
    for _ in range(MOST_TRIES):
        guest.open("/giay/HS-AAAA-BBBB")

    locked = guest.open(f"/giay/{shown.code}")
    world.town.at(NOON + WHILE)
    after = guest.open(f"/giay/{shown.code}")

    assert (locked.status, locked.response.headers["Retry-After"]) == (429, "600")
    assert after.status == 200


def test_ended_badge_shows_everywhere_at_once(app: Flask, world: World, shown: Shown) -> None:
    guest, address, own = world.town.guest(), token_of(app, shown), f"/huy-hieu-so/{shown.serial}"
    picture = guest.client.get(f"{own}.png").data
    with app.app_context():
        service.revoke(shown.id, reason="Làm hộ bài", by=world.town.cleo, now=LATER)

    for page in (guest.open(address), guest.open(f"/giay/{shown.code}"), guest.open(own), send(guest, picture)):
        assert "đã thu hồi" in page.text
        assert "14/10/2026" in page.text
        assert "Làm hộ" not in page.html
    for tail in ("", ".json", ".png", ".svg"):
        answer = guest.client.get(own + tail, headers=LD if tail in ("", ".json") else {})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
        assert b"openbadge" not in answer.data
    told = guest.client.get(own, headers=LD).json
    assert told == {"id": BASE + own, "status": "revoked", "since": LATER.isoformat()}


def test_replaced_badge_says_so(app: Flask, world: World, shown: Shown) -> None:
    address = token_of(app, shown)
    with app.app_context():
        service.reissue(shown.id, reason="Sửa chữ", by=world.town.cleo, now=LATER)

    assert "Giấy này đã được thay" in world.town.guest().open(address).text


def test_own_address_serves_what_was_stored_to_programs_and_a_page_to_people(world: World, shown: Shown) -> None:
    guest, own = world.town.guest(), f"/huy-hieu-so/{shown.serial}"

    for kind in ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json"):
        answer = guest.client.get(own, headers={"Accept": kind})
        assert (answer.text, answer.mimetype) == (shown.body, kind)
        assert (answer.headers["Vary"].split(", ")[0], answer.headers["Cache-Control"]) == (
            "Accept",
            "public, max-age=30",
        )
    page = guest.open(own, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert f'<meta property="og:image" content="{BASE}{own}.png">' in page.html
    assert "Ada" not in page.html
    assert guest.open("/huy-hieu-so/" + "A" * 22).status == 404


def test_pictures_carry_exactly_what_is_served(world: World, shown: Shown) -> None:
    guest, own = world.town.guest(), f"/huy-hieu-so/{shown.serial}"

    for tail, kind in ((".png", "image/png"), (".svg", "image/svg+xml"), (".json", "application/ld+json")):
        answer = guest.client.get(own + tail)
        assert answer.mimetype == kind
        assert read_badge(answer.data) == json.loads(shown.body)


def test_issuer_keys_achievement_and_list_stand_at_their_addresses(world: World, shown: Shown) -> None:
    client = world.town.guest().client

    issuer = client.get("/don-vi/phat-hanh").json
    did, path_did = client.get("/.well-known/did.json").json, client.get("/don-vi/phat-hanh/did.json").json
    achievement = client.get("/huy-hieu/tinh-mat", headers=LD).json
    listed = client.get("/huy-hieu-so/danh-sach/1")

    assert issuer["id"] == issuer_id(BASE)
    assert issuer["assertionMethod"] == [json.loads(shown.body)["proof"][0]["verificationMethod"]]
    assert (did["id"], path_did["id"]) == ("did:web:hocso.example", "did:web:hocso.example:don-vi:phat-hanh")
    signed = json.loads(shown.body)["credentialSubject"]["achievement"]
    assert {key: value for key, value in achievement.items() if key != "@context"} == signed
    assert (listed.json["issuer"], listed.headers["Cache-Control"]) == (issuer_id(BASE), "public, max-age=30")
    assert client.get("/huy-hieu-so/danh-sach/2").status_code == 404
    assert client.get("/huy-hieu/tinh-mat/hinh.png").data.startswith(b"\x89PNG")
    page = world.town.guest().open("/don-vi/phat-hanh", headers={"Accept": "text/html"})
    assert "Ai cấp huy hiệu này?" in page.text


def test_learner_gets_a_signed_badge_with_one_press(world: World) -> None:
    ada = world.town.as_ada()
    ada.open("/huy-hieu/tinh-mat")

    page = ada.submit("/huy-hieu/tinh-mat/so")

    assert (page.status, "Huy hiệu số của bác" in page.text, "HS-" in page.text) == (200, True, True)
    assert world.town.as_person(world.town.ben, "pin").open("/huy-hieu/tinh-mat/so").response.request.path == (
        "/huy-hieu/tinh-mat"
    )
    assert ada.post("/huy-hieu/tinh-mat/so", {}).status == 400
    assert ada.open("/huy-hieu/khong-co/so").status == 404


def test_badge_that_is_not_held_is_not_signed(world: World) -> None:
    cleo = world.town.as_cleo()
    token = dict(cleo.open("/giay").form("/giay").fields)["csrf_token"]

    assert cleo.post("/huy-hieu/tinh-mat/so", {"csrf_token": token}).status == 404


def test_sent_file_is_checked(app: Flask, world: World, shown: Shown) -> None:
    guest, own = world.town.guest(), f"/huy-hieu-so/{shown.serial}"

    for tail in (".png", ".svg", ".json"):
        page = send(guest, guest.client.get(own + tail).data)
        assert (page.status, "Giấy này hợp lệ" in page.text) == (200, True)


def test_holder_is_known_by_the_code_that_only_they_see(app: Flask, world: World, shown: Shown) -> None:
    guest = world.town.guest()
    ada = world.town.as_ada()
    own = ada.open("/huy-hieu/tinh-mat/so").text
    with app.app_context():
        code = holder_code(reading(), shown.id)

    assert code is not None
    assert code in own
    for typed in (code, code.lower().replace("-", " ")):
        assert "Đúng người giữ" in send(guest, shown.body.encode(), typed).text
    assert "Không đúng người giữ" in send(guest, shown.body.encode(), code[:-1]).text
    assert "người giữ khớp" not in send(guest, shown.body.encode()).text


def test_too_many_files_have_to_rest(world: World, shown: Shown) -> None:
    guest = world.town.guest()
    for _ in range(MOST_FILES):
        files.step(OTHER, now=NOON)
    with pytest.raises(Locked):
        files.step(OTHER, now=NOON)

    assert send(guest, b"{}").status == 200


def test_every_mutant_of_a_badge_is_told_apart(app: Flask, world: World, shown: Shown) -> None:
    guest = world.town.guest()
    document = json.loads(shown.body)
    resigned = sign(
        {k: v for k, v in document.items() if k != "proof"},
        KEY,
        controller=issuer_id(BASE),
        created="2026-10-14T05:00:00Z",
    )

    for _, changed in [*list(mutants(document))[::7], ("signed again", resigned)]:
        page = send(guest, as_text(changed).encode())
        assert page.status in (200, 422)
        assert "hợp lệ" not in page.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "Không đọc được"),
        (b"GIF89a", "Tệp phải là .png, .svg hoặc .json"),
        (PNG, "Trong tệp không có huy hiệu"),
        (PNG[:40], "Tệp hỏng"),
        (PNG[:33] + chunk(b"zTXt", KEYWORD + b"\0\0" + BOMB) + PNG[33:], "Tệp hỏng"),
        (bake_png(PNG, '{"a":1,"a":2}'), "Tệp hỏng"),
        (bake_png(PNG, '{"issuer":"https://other.example"}'), "do nơi khác cấp"),
        (b'{"issuer":{"id":["x"]},"id":{}}', "do nơi khác cấp"),
        (b'{"issuer":"https://hocso.example/don-vi/phat-hanh"}', "không đúng với bản đã cấp"),
        (b'{"issuer":"https://hocso.example/don-vi/phat-hanh","id":"\\u0000"}', "không đúng với bản đã cấp"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "Tệp"),
        (b" " * 4_300_000, "Tệp lớn quá"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "Tệp hỏng"),
    ],
)  # fmt: skip
def test_bad_file_gets_one_clear_sentence(world: World, shown: Shown, sent: bytes, words: str) -> None:
    page = send(world.town.guest(), sent)

    assert page.status in (200, 422)
    assert words in page.text


def test_file_beyond_all_measure_is_refused_before_reading(world: World, shown: Shown) -> None:
    assert send(world.town.guest(), b"{" + b"x" * 10_000_000).status == 413


def test_nothing_sent_asks_for_something(world: World) -> None:
    guest = world.town.guest()
    guest.open("/giay")

    page = guest.submit("/giay")

    assert (page.status, "Chọn tệp huy hiệu" in page.text) == (422, True)


def test_before_the_first_badge_there_is_no_issuer(app: Flask) -> None:
    client = app.test_client()

    assert [client.get(path).status_code for path in ("/don-vi/phat-hanh", "/.well-known/did.json")] == [404, 404]
    assert client.get("/huy-hieu-so/danh-sach/1").status_code == 404
    assert client.get("/giay").status_code == 200
