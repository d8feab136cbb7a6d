import sqlalchemy as sa

from app.core.db import reading
from app.outreach.models import HelpRequest
from tests.factories import make_person
from tests.town import Town


def requests(town: Town) -> list[tuple[str, str, str]]:
    with town.app.app_context():
        query = sa.select(HelpRequest.way, HelpRequest.name, HelpRequest.contact).order_by(HelpRequest.id)
        return [tuple(row) for row in reading().execute(query)]


def test_guest_asks_to_be_called(town: Town) -> None:
    browser = town.guest()
    browser.open("/can-giup?tu=/hoc")

    page = browser.submit("/can-giup", {"name": "Bà Tư", "contact": "0912 345 678"}, button="Hẹn người gọi lại")

    assert page.status == 200
    assert "Đã nhận lời hẹn" in page.text
    assert page.link("Quay lại trang đang xem") == "/hoc"
    assert requests(town) == [("call", "Bà Tư", "0912345678")]


def test_double_tap_of_the_help_button_counts_once(town: Town) -> None:
    browser = town.guest()
    form = browser.open("/can-giup").form("/can-giup")
    values = {**dict(form.fields), "name": "Bà Tư", "contact": "nhà văn hoá", "way": "visit"}

    browser.post("/can-giup", values)
    browser.post("/can-giup", values)

    assert len(requests(town)) == 1


def test_what_was_typed_is_still_there_when_something_is_missing(town: Town) -> None:
    browser = town.guest()
    browser.open("/can-giup")

    page = browser.submit("/can-giup", {"name": "Bà Tư"}, button="Hẹn người gọi lại")

    assert page.status == 422
    assert "cần số điện thoại" in page.text
    assert dict(page.form("/can-giup").fields)["name"] == "Bà Tư"


def test_signed_in_learner_only_presses_one_button(town: Town) -> None:
    browser = town.as_ada()
    browser.open("/can-giup")

    page = browser.submit("/can-giup", button="Hẹn người đến tận nhà")

    assert page.status == 200
    assert requests(town) == [("visit", "", "")]


def test_way_back_leads_nowhere_else(town: Town) -> None:
    page = town.guest().open("/can-giup?tu=https://evil.example/")

    assert page.link("Quay lại trang đang xem") == "/"


def test_desk_is_closed_to_guests_and_learners(town: Town) -> None:
    guest = town.guest().client.get("/huong-dan")

    assert (guest.status_code, guest.headers["Location"]) == (303, "/vao?tu=%2Fhuong-dan")
    assert town.as_ada().open("/huong-dan").status == 404


def test_volunteer_takes_and_finishes_a_request(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/can-giup")
    ada.submit("/can-giup", button="Hẹn người đến tận nhà")
    dung = town.as_dung()
    assert "Nguyễn Thị Ada" in dung.open("/huong-dan").text

    assert "Bạn đã nhận" in dung.submit("/nhan").text
    assert "Không ai đang chờ." in dung.submit("/xong").text


def test_request_someone_else_took_is_refused_kindly(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/can-giup")
    ada.submit("/can-giup", button="Hẹn người đến tận nhà")
    dung, cleo = town.as_dung(), town.as_cleo()
    cleo.open("/huong-dan")
    dung.open("/huong-dan")
    dung.submit("/nhan")

    page = cleo.submit("/nhan")

    assert page.status == 409
    assert "Người khác vừa nhận" in page.text


def test_volunteer_confirms_a_newcomer(town: Town) -> None:
    with town.app.app_context():
        make_person("Đỗ Mới", group_id=town.groups["1"], confirmed=False)
    dung = town.as_dung()
    dung.open("/huong-dan")

    page = dung.submit("/xac-nhan")

    assert (page.status, "Không ai đang chờ xác nhận." in page.text) == (200, True)


def test_volunteer_finds_no_button_for_oneself_and_the_post_is_refused(town: Town) -> None:
    with town.app.app_context():
        own = make_person(
            "Vũ Tự", group_id=town.groups["1"], confirmed=False, role="volunteer", ward_id=town.groups["ward"]
        )
    browser = town.as_person(own, "pin")
    page = browser.open("/huong-dan")
    assert [f.action for f in page.forms if f.action.endswith("/xac-nhan")] == []

    token = dict(page.form("/ra").fields)["csrf_token"]
    refused = browser.post(f"/huong-dan/nguoi-moi/{own}/xac-nhan", {"csrf_token": token})

    assert refused.status == 422
    assert "Không tự xác nhận" in refused.text


def test_sign_up_at_the_door_ends_with_a_card_that_opens(town: Town) -> None:
    dung = town.as_dung()
    dung.open("/huong-dan/ghi-ten")
    form = {"name": "Ngô Cửa", "address": "bà", "adult": "yes", "group": str(town.groups["1"]), "agreed": "1"}

    page = dung.submit("/huong-dan/ghi-ten", form)

    assert "Thẻ học của Ngô Cửa" in page.text
    address = page.text.split("http://127.0.0.1:8000")[1].split()[0]
    assert town.guest().open(address).status == 200
    assert "Buổi hướng dẫn" in dung.submit("/huong-dan/the").text
    assert "Buổi hướng dẫn" in dung.open("/huong-dan/the").title  # shown no more


def test_sign_up_with_something_missing_keeps_what_was_typed(town: Town) -> None:
    dung = town.as_dung()
    dung.open("/huong-dan/ghi-ten")

    page = dung.submit("/huong-dan/ghi-ten", {"name": "Ngô Cửa", "address": "bà"})

    assert page.status == 422
    fields = dict(page.form("/huong-dan/ghi-ten").fields)
    assert (fields["name"], fields["address"]) == ("Ngô Cửa", "bà")


def test_volunteer_finds_people_of_the_own_khu_pho_only(town: Town) -> None:
    dung = town.as_dung()

    assert "Nguyễn Thị Ada" in dung.open("/huong-dan/nguoi?tim=ada").text
    assert "Không thấy ai" in dung.open("/huong-dan/nguoi?tim=ben").text


def test_volunteer_lets_a_learner_choose_a_new_pin(town: Town) -> None:
    dung = town.as_dung()
    dung.open("/huong-dan/nguoi?tim=ada")

    page = dung.submit("/ma-pin")

    assert "Đã xoá mã PIN cũ" in page.text


def test_ids_beyond_every_table_are_simply_not_there(town: Town) -> None:
    dung = town.as_dung()
    token = dict(dung.open("/huong-dan").form("/ra").fields)["csrf_token"]

    for path in ("/huong-dan/yeu-cau/{}/nhan", "/huong-dan/nguoi-moi/{}/xac-nhan", "/huong-dan/nguoi/{}/the"):
        assert dung.post(path.format(2**70), {"csrf_token": token}).status == 404
