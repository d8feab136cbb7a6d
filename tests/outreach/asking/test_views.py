from datetime import timedelta

from app.outreach.asking.service import return_late
from tests.town import Town


def asked_by_ada(town: Town) -> None:
    ada = town.as_ada()
    ada.open("/can-giup")
    ada.submit("/can-giup", button="Hẹn người đến tận nhà")


def test_learner_sees_who_comes_and_may_withdraw(town: Town) -> None:
    asked_by_ada(town)
    ada, dung = town.as_ada(), town.as_dung()
    assert "Đang chờ người nhận." in ada.open("/can-giup").text
    dung.open("/huong-dan")
    dung.submit("/nhan")
    assert "Phạm Dũng đã nhận, sẽ tìm bác." in ada.open("/can-giup").text

    page = ada.submit("/can-giup/rut")

    assert "Đã rút lời hẹn." in page.text
    assert "Không ai đang chờ." in dung.open("/huong-dan").text
    assert [form.action for form in ada.open("/can-giup").forms if form.action.endswith("/rut")] == []


def test_guest_follows_the_request_in_the_same_browser_only(town: Town) -> None:
    guest = town.guest()
    guest.open("/can-giup")
    guest.submit("/can-giup", {"name": "Bà Tư", "contact": "0912 345 678"}, button="Hẹn người gọi lại")

    assert "Đang chờ người nhận." in guest.open("/can-giup").text
    assert "Lời hẹn của" not in town.guest().open("/can-giup").text
    assert "Đã rút lời hẹn." in guest.submit("/can-giup/rut").text


def test_guest_reads_what_is_kept_and_for_how_long(town: Town) -> None:
    page = town.guest().open("/can-giup")

    assert "đồng ý cho Đoàn phường giữ tên gọi và cách liên hệ này" in page.text
    assert "Giúp xong 6 tháng thì xoá" in page.text


def test_volunteer_says_that_nobody_was_there_then_gives_it_back(town: Town) -> None:
    asked_by_ada(town)
    dung = town.as_dung()
    dung.open("/huong-dan")
    dung.submit("/nhan")

    page = dung.submit("/xong", {"outcome": "unreached"})

    assert "Việc vẫn là của bạn." in page.text
    assert "đã tìm 1 lần chưa gặp" in page.text
    assert "Đã tìm bác nhưng chưa gặp." in town.as_ada().open("/can-giup").text
    assert "Đã trả việc về bàn" in dung.submit("/tra").text


def test_officer_sees_on_the_overview_who_waits_too_long(town: Town) -> None:
    asked_by_ada(town)
    assert "chờ quá 2 ngày" not in town.as_cleo().open("/to-chuc").text

    town.at(town.now + timedelta(days=2, minutes=1))

    assert "1 lời hẹn giúp chờ quá 2 ngày" in town.as_cleo().open("/to-chuc").text


def test_desk_says_that_a_request_came_back_by_itself(town: Town) -> None:
    asked_by_ada(town)
    dung = town.as_dung()
    dung.open("/huong-dan")
    dung.submit("/nhan")
    town.at(town.now + timedelta(days=4))
    with town.app.app_context():
        return_late(town.now)

    assert "trả về bàn lúc" in town.as_dung().open("/huong-dan").text


def test_route_shows_a_guest_who_asked(town: Town) -> None:
    guest = town.guest()
    guest.open("/can-giup")
    form = {"name": "Bà Tư", "contact": "0912 345 678", "group": str(town.groups["1"])}
    guest.submit("/can-giup", form, button="Hẹn người gọi lại")
    dung = town.as_dung()

    assert "Bà Tư" in dung.open("/huong-dan/duong-di").text
    assert "0912 345 678" in dung.open("/huong-dan/duong-di/in").text
    assert "Bà Tư" not in town.as_cleo().open(f"/huong-dan/duong-di?khu={town.groups['2']}").text
