"""From "Cần giúp?" to closed, and a setting changed on the way: two phones and a laptop."""

from datetime import timedelta

import pytest
from flask import Flask

from app.shell.jobs import hand_back
from tests.factories import NOON
from tests.journeys.conftest import Clock
from tests.journeys.seats import seat
from tests.town import make_town

pytestmark = pytest.mark.browser


def test_request_is_taken_left_lying_returned_and_done(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    town, time = make_town(app), Clock(NOON)
    guest, volunteer = visit("guest"), seat(visit("volunteer"), town, town.dung)
    officer = seat(visit("officer", phone=False), town, town.cleo, "password")
    officer.open("/to-chuc/cai-dat").fill("help_hold_days", "1")
    officer.page.locator("#thoi-han button[type=submit]").click()
    officer.page.wait_for_load_state()
    assert "Đã lưu." in officer.look().text

    guest.open("/can-giup").fill("name", "Bà Tư").fill("contact", "0912 345 678")
    guest.choose("group", str(town.groups["1"])).press("Hẹn người gọi lại")
    assert guest.path == "/can-giup/da-nhan"
    assert "Bà Tư" in volunteer.open("/huong-dan/duong-di").text
    volunteer.open("/huong-dan").press("Tôi nhận")
    assert "Một tình nguyện viên đã nhận" in guest.open("/can-giup").text

    time.go_to(NOON + timedelta(days=1, minutes=1))
    with app.app_context():
        hand_back(time.now)
    assert "Đang chờ người nhận." in guest.open("/can-giup").text
    volunteer.open("/huong-dan").press("Tôi nhận")
    volunteer.page.locator("input[value=unreached]").check(force=True)
    volunteer.press("Xong")
    assert "đã tìm 1 lần chưa gặp" in volunteer.text
    volunteer.press("Xong")  # called again, and spoke

    assert "Không ai đang chờ." in volunteer.text
    assert "Đã xong ngày 15/10/2026." in guest.open("/can-giup").text
    town.now = time.now  # an officer's session ends after a day's work
    seat(officer, town, town.cleo, "password")
    assert "Giúp xong" in officer.open("/to-chuc/nhat-ky").text


def test_settings_page_on_a_phone(app: Flask, visit) -> None:  # type: ignore[no-untyped-def]
    town = make_town(app)
    Clock(NOON)
    officer = seat(visit("officer"), town, town.cleo, "password")

    officer.open("/to-chuc/cai-dat").fill("leagues", "700, 300")
    officer.page.locator("#tinh-diem button[type=submit]").click()
    officer.page.wait_for_load_state()

    assert "Ghi mốc số dân tăng dần" in officer.look().text
    assert officer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert officer.page.input_value("[name=leagues]") == "700, 300"
