"""A whole month in real browsers: set up, sign up, learn, confirm, close, review, announce, withdraw."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.domain import Learner
from app.attempts.queries import find_last, plan_of
from app.closing.service import close_due_cycles, open_due
from app.core.db import reading
from app.groups.models import Group
from app.people.models import Person
from app.quizzes.queries import get_item
from tests.factories import answer_all, make_person
from tests.journeys.conftest import Clock
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST = datetime(2026, 10, 5, 2, tzinfo=UTC)  # Monday, nine in the morning in Uông Bí
MIDNIGHT = datetime(2026, 10, 31, 17, tzinfo=UTC)  # the first of November begins
PASSWORD = "hoa sen no som mai"
KHU = "Khu phố 1; 640\nKhu phố 2; 420\nKhu phố 3; 810"
Visit = Callable[..., Visitor]


def set_up(officer: Visitor) -> str:
    """The first-run page; returns the officer's card code."""
    officer.open("/")
    assert officer.path == "/thiet-lap"
    officer.fill("unit", "Đoàn TNCS Hồ Chí Minh phường Thử").fill("ward", "Thử").fill("groups", KHU)
    officer.fill("source", "Danh sách thử").fill("name", "Phạm Thị Cleo").choose("address", "chị")
    officer.fill("home", "Khu phố 1").fill("password", PASSWORD).press("Thiết lập")
    found = re.search(r"Mã thẻ:\s*(\d{6})", officer.text)
    assert found is not None
    return found[1]


def sign_in(officer: Visitor, code: str) -> None:
    officer.open("/vao/can-bo").fill("code", code).fill("secret", PASSWORD).press("Đăng nhập")


def sign_up(ada: Visitor, khu: int) -> None:
    """The first steps on one's own phone: form of address, size, sound, a question that cannot be missed."""
    ada.open("/bat-dau/1")
    ada.page.locator("label").filter(has_text="Bác").first.click()
    ada.press("Tiếp tục").press("Tiếp tục").press("Tiếp tục")
    ada.open("/dang-ky").fill("name", "Nguyễn Thị Ada").choose("address", "bác").choose("adult", "yes")
    ada.choose("group", str(khu)).fill("pin", "2580").fill("repeat", "2580")
    ada.page.locator("[name=record]").check(force=True)
    ada.press("Mở thẻ học")
    assert "Ada" in ada.text


def learn(app: Flask, ada: Visitor, person: int, *, miss: bool) -> None:
    """A whole lesson by hand: one answer missed on purpose, then the right one in the second round."""
    ada.open("/hoc/an-toan-so/cuoc-goi").press("Bắt đầu")
    while not ada.path.endswith("/xong"):
        with app.app_context():
            attempt = find_last(reading(), Learner(person_id=person), "cuoc-goi")
            assert attempt is not None
            step = plan_of(attempt).next
            assert step is not None
            key = step.drawn.order.index(get_item(reading(), step.drawn.revision_id).kind.solution())
        place = (key + 1) % 3 if miss else key
        miss = False
        ada.page.locator("label.choice").nth(place).click()
        ada.find("Trả lời").click()
        ada.page.locator(".sheet").wait_for()
        ada.look()
        ada.page.locator(".sheet a.btn").click()
        ada.page.wait_for_load_state()
        ada.look()


def decide(officer: Visitor) -> None:
    """Approve both proposals, the first after a refusal to ask back without a word."""
    for place, award in enumerate(("khu-pho-dan-dau", "hoc-deu")):
        officer.open(f"/to-chuc/khen-thuong/2026-10?giai={award}")
        form = officer.page.locator("form.dx").first
        if place == 0:
            form.locator("input[value=hoi-lai]").check(force=True)
            form.get_by_role("button", name="Lưu").click()
            officer.page.get_by_text("Ghi một câu lý do khi không duyệt ngay.").first.wait_for()
        form.locator("input[value=duyet]").check(force=True)
        form.get_by_role("button", name="Lưu").click()
        officer.page.get_by_text(f"Đã quyết {place + 1} trên 2").first.wait_for()
        officer.look()


def test_month_from_first_run_to_a_name_withdrawn(app: Flask, visit: Visit) -> None:
    time = Clock(FIRST)
    officer, ada, public = visit("officer", phone=False), visit("ada"), visit("public")
    code = set_up(officer)
    sign_in(officer, code)
    with app.app_context():
        khu = reading().scalars(select(Group.id).where(Group.slug == "2")).one()

    sign_up(ada, khu)
    with app.app_context():
        person = reading().scalars(select(Person.id).where(Person.name == "Nguyễn Thị Ada")).one()
    learn(app, ada, person, miss=True)
    assert "Huy hiệu mới" in ada.text or "HUY HIỆU MỚI" in ada.text
    ada.open("/").open("/huy-hieu").open("/huy-hieu/tinh-mat").open("/khu-pho").open("/khu-pho/2")

    officer.open("/to-chuc").open("/huong-dan").press("Xác nhận là người khu phố")
    ada.open("/")
    assert "Khu phố đã xác nhận bác." in ada.text
    ada.open("/can-giup").press("Hẹn người đến tận nhà")
    assert ada.path == "/can-giup/da-nhan"
    officer.open("/huong-dan").press("Tôi nhận").press("Xong")

    with app.app_context():
        for number in range(5):
            answer_all(Learner(person_id=make_person(f"Người {number}", group_id=khu)), now=FIRST)
        for day in (1, 2, 7, 8, 9):
            answer_all(Learner(person_id=person), "chuyen-tien", now=FIRST + timedelta(days=day))
    time.go_to(FIRST + timedelta(days=10))
    ada.open("/toi").choose("choice", "full")
    ada.page.locator("form[action='/toi/dang-ten'] button").click()
    ada.page.wait_for_load_state()
    ada.look()

    public.page.goto(public.site + "/tuyen-duong/2026-10")
    assert "Không thấy trang" in public.text
    public.faults.clear()
    time.go_to(MIDNIGHT + timedelta(minutes=5))
    with app.app_context():
        closed = close_due_cycles(time.now)
        open_due(time.now)
    assert [c.period for c in closed] == ["2026-10"]

    sign_in(officer, code)
    officer.open("/to-chuc/khen-thuong").open("/to-chuc/khen-thuong/2026-10?giai=hoc-deu")
    assert "Nguyễn Thị Ada" in officer.text
    decide(officer)
    officer.open("/to-chuc/khen-thuong/2026-10/xem-thu")
    assert "Bản xem thử" in officer.text
    officer.open("/to-chuc/khen-thuong/2026-10").fill("typed", "tháng 9/2026").press("Công bố tháng 10/2026")
    assert "Gõ đúng “tháng 10/2026” để công bố." in officer.text
    officer.fill("typed", "tháng 10/2026").press("Công bố tháng 10/2026")
    officer.open("/to-chuc/nhat-ky").open("/to-chuc/nguoi-hoc").open(f"/to-chuc/nguoi-hoc/{person}")
    officer.open("/to-chuc/khu-pho").open("/to-chuc/bo-cau-hoi")

    public.open("/tuyen-duong").open("/tuyen-duong/2026-10")
    assert "Bác Nguyễn Thị Ada" in public.text
    assert "Khu phố 2" in public.text
    assert "một chữ ký" in public.text
    public.open("/cach-xet-chon").open("/quyen-rieng-tu").open("/khu-pho?ky=2026-10")
    ada.open("/")
    assert "được tuyên dương" in ada.text

    ada.open("/toi").choose("choice", "no")
    ada.page.locator("form[action='/toi/dang-ten'] button").click()
    ada.page.wait_for_load_state()
    public.open("/tuyen-duong/2026-10")
    assert "Ada" not in public.text
    assert "1 người học được tuyên dương, không nêu tên." in public.text
    assert "bài." not in public.page.inner_text("section[aria-labelledby=nguoi]")
