"""The first-run page: there while there is no ward, gone afterwards; nothing typed is lost."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import reading
from app.groups.models import Group, Ward
from app.people.models import Person, RoleGrant
from app.quizzes.models import Quiz
from tests.factories import make_ward
from tests.page import Browser

FILLED = {
    "unit": "Đoàn phường Thử",
    "ward": "Thử",
    "groups": "Khu phố 1; 640\nKhu phố 2\n",
    "source": "Danh sách thử",
    "name": "Lê Cleo",
    "address": "chị",
    "home": "khu phố 2",
    "password": "mười hai ký tự",
}


def test_home_leads_to_the_first_run_page(browser: Browser) -> None:
    assert browser.open("/").title.startswith("Thiết lập lần đầu")


def test_setting_up_makes_ward_officer_and_content(app: Flask, browser: Browser) -> None:
    browser.open("/thiet-lap")

    page = browser.submit("/thiet-lap", FILLED)

    with app.app_context():
        session = reading()
        ward = session.get_one(Ward, 1)
        khu = session.scalars(select(Group.name).where(Group.kind == "khu_pho").order_by(Group.sort_key)).all()
        officer = session.execute(select(Person.name, RoleGrant.role).join(RoleGrant, RoleGrant.person_id == Person.id))
        assert (ward.unit, ward.name, ward.demo) == ("Đoàn phường Thử", "Thử", False)
        assert (khu, officer.all()) == (["Khu phố 1", "Khu phố 2"], [("Lê Cleo", "officer")])
        assert (session.scalar(select(func.count()).select_from(Quiz)) or 0) >= 6
    assert (page.status, page.title.startswith("Đã thiết lập xong")) == (200, True)


def test_officer_enters_with_card_code_and_password(browser: Browser) -> None:
    browser.open("/thiet-lap")
    done = browser.submit("/thiet-lap", FILLED)
    code = next(word for word in done.text.split() if word.isdigit() and len(word) == 6)

    browser.open("/vao/can-bo?tu=/to-chuc")
    page = browser.submit("/vao/can-bo", {"code": code, "secret": FILLED["password"]})

    assert (page.status, page.response.request.path) == (200, "/to-chuc")


def test_page_is_gone_once_the_ward_is_there(app: Flask, browser: Browser) -> None:
    browser.open("/thiet-lap")
    with app.app_context():
        make_ward()

    sent = browser.submit("/thiet-lap", FILLED)

    assert (sent.status, browser.open("/thiet-lap").status) == (404, 404)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("unit", " ", "Nhập tên đơn vị."),
        ("ward", "", "Nhập tên phường."),
        ("groups", "", "Nhập ít nhất một khu phố, mỗi dòng một tên."),
        ("groups", "Khu phố 2\nKP 2", "Đã có KP 2 trong danh sách."),
        ("source", "", "Ghi nguồn số liệu, ví dụ: Danh sách của UBND phường."),
        ("name", "", "Nhập họ tên, hoặc tên thường gọi."),
        ("address", "", "Chọn cách xưng hô."),
        ("home", "Khu phố 7", "Ghi khu phố đang ở đúng như một dòng trong danh sách khu phố."),
        ("password", "ngắn", "Mật khẩu cần ít nhất 12 ký tự."),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, field: str, value: str, sentence: str
) -> None:
    browser.open("/thiet-lap")
    typed = {**FILLED, field: value}

    page = browser.submit("/thiet-lap", typed)

    kept = {name: text.strip() for name, text in page.form("/thiet-lap").fields if name in FILLED}
    expected = {name: text.strip() for name, text in typed.items() if name != "password"}
    assert (page.status, sentence in page.text) == (422, True)
    assert {name: text for name, text in kept.items() if name != "password"} == expected
    with app.app_context():
        assert reading().get(Ward, 1) is None
