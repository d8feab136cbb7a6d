"""A visit as it happens: from the way through the khu phố to a skill confirmed, on the volunteer's own phone."""

import re

import pytest
import sqlalchemy as sa

from app.attempts.models import Attempt
from app.badges.models import Badge
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading
from app.outreach.confirming.queries import skills_confirmed
from app.outreach.visits import service
from tests.factories import NOON, make_person
from tests.outreach.field import STEPS, make_practice, share_phone, visit_and_practise
from tests.page import Browser, Page
from tests.town import Town

ROUTE = "/huong-dan/duong-di"


@pytest.fixture
def place(town: Town) -> Town:
    with town.app.app_context():
        make_practice()
    return town


def current(page: Page) -> dict[str, str]:
    """The fields of the form of the step that is being done: the last one of its kind."""
    form = [form for form in page.forms if form.action.endswith("/buoc")][-1]
    return {"action": form.action, **dict(form.fields)}


def tick(browser: Browser, mark: str) -> Page:
    assert browser.page is not None
    fields = current(browser.page)
    return browser.post(fields.pop("action"), {**fields, "mark": mark})


def begin(place: Town) -> tuple[Browser, str]:
    """Dũng sits beside Ada; returns his browser and the visit's address."""
    dung = place.as_dung()
    dung.open(ROUTE)
    dung.submit("/huong-dan/buoi")
    with place.app.app_context():
        visit = service.start_visit(person_id=place.ada, group_id=None, by=place.dung, now=NOON)
    return dung, f"/huong-dan/buoi/{visit}"


def test_visit_from_the_way_to_a_confirmed_skill(place: Town) -> None:
    with place.app.app_context():
        load_catalogue(ROOT / "badges")
    dung, visit = begin(place)
    page = dung.open(visit)
    assert "Đang hướng dẫn: bác Ada" in page.text

    dung.follow("Gọi video thử")
    page = dung.submit("/phieu/goi-thu")
    assert "Nói: “Bác làm bước mo giúp cháu.”" in page.text
    for mark in ("self", "prompted", "self", "self"):
        page = tick(dung, mark)
    assert "Cần nhắc" in page.text

    page = dung.submit("/tu-dau")
    assert ("không ai nhắc" in page.text, "Nói: “" in page.text) == (True, False)
    for _ in STEPS:
        page = tick(dung, "self")
    page = dung.submit("/xac-nhan")

    assert "Số xác nhận 1" in page.text
    with place.app.app_context():
        assert skills_confirmed(reading(), place.ada) == {"tinh-mat"}
        assert reading().scalars(sa.select(Badge.achievement_slug)).all() == ["tinh-mat-2"]
    page = place.as_ada().open("/huy-hieu")
    assert page.link("Tinh mắtLàm được") == "/huy-hieu/tinh-mat-2"


def test_steps_left_are_counted_and_confirming_waits(place: Town) -> None:
    dung, visit = begin(place)
    dung.open(f"{visit}/phieu/goi-thu")
    page = dung.submit("/phieu/goi-thu")
    assert "Còn 5 bước nữa" in page.text  # four, and again from the start

    token = dict(page.form("/ra").fields)["csrf_token"]
    refused = dung.post(f"{visit}/phieu/goi-thu/xac-nhan", {"csrf_token": token})

    assert (refused.status, "bước nào cũng không ai nhắc" in refused.text) == (409, True)


def test_tick_by_htmx_answers_with_the_checklist_alone(place: Town) -> None:
    dung, visit = begin(place)
    dung.open(f"{visit}/phieu/goi-thu")
    fields = current(dung.submit("/phieu/goi-thu"))

    page = dung.post(fields.pop("action"), {**fields, "mark": "self"}, headers={"HX-Request": "true"})

    assert page.html.lstrip().startswith('<div class="stack grow" id="thuc-hanh">')
    assert "bác tự làm" in page.text.lower()


def test_quiz_on_the_residents_phone_says_who_sits_beside_and_is_recorded_so(place: Town) -> None:
    dung, visit = begin(place)
    dung.open(f"{visit}/hoc")
    page = dung.submit("/cach", {"how": "demonstrated", "bai": "cuoc-goi"})
    assert "http://127.0.0.1:8000/hoc/an-toan-so/cuoc-goi" in page.text

    ada = place.as_ada()
    page = ada.open("/hoc/an-toan-so/cuoc-goi")
    assert "Dũng đang ngồi cạnh bác" in page.text
    ada.submit("/hoc/an-toan-so/cuoc-goi")

    with place.app.app_context():
        assert reading().scalars(sa.select(Attempt.how)).all() == ["demonstrated"]
    assert "đang ngồi cạnh" not in place.as_person(place.ben, "pin").open("/hoc/an-toan-so/cuoc-goi").text


def test_somebody_without_a_card_is_signed_up_in_the_visit(place: Town) -> None:
    dung = place.as_dung()
    dung.open("/huong-dan")
    forms = [form for form in dung.page.forms if form.action == "/huong-dan/buoi"]  # type: ignore[union-attr]
    page = dung.post("/huong-dan/buoi", dict(forms[0].fields))
    assert "Chào và ghi tên trước" in page.text
    dung.follow("Ghi tên và làm thẻ")
    page = dung.submit("/ghi-ten", {"name": "Ngô Cửa"})
    assert page.status == 422

    form = {"address": "bà", "adult": "yes", "group": str(place.groups["1"]), "agreed": "1"}
    page = dung.submit("/ghi-ten", form)

    assert "Thẻ học của Ngô Cửa" in page.text
    assert "Đang hướng dẫn: bà Cửa" in dung.submit("/huong-dan/the").text


def test_another_visit_waits_until_this_one_has_ended(place: Town) -> None:
    with place.app.app_context():
        other = make_person("Đỗ Khác", group_id=place.groups["1"])
    dung, visit = begin(place)
    token = dict(dung.open("/huong-dan").form("/ra").fields)["csrf_token"]

    page = dung.post("/huong-dan/buoi", {"csrf_token": token, "person": str(other)})
    assert ("Buổi này còn mở" in page.text, "bác Ada" in page.text) == (True, True)

    dung.open(f"{visit}/ket-thuc")
    page = dung.submit("/ket-thuc", {"note": "a" * 201})
    assert (page.status, dict(page.form("/ket-thuc").fields)["note"].strip()) == (422, "a" * 201)
    assert "Đã kết thúc buổi" in dung.submit("/ket-thuc", {"note": ""}).text
    assert "Buổi này đã kết thúc" in dung.open(visit).text


def test_own_household_is_practised_with_but_not_confirmed(place: Town) -> None:
    with place.app.app_context():
        visit = visit_and_practise(place.ada, by=place.dung)
        share_phone(place.ada, place.dung)

    page = place.as_dung().open(f"/huong-dan/buoi/{visit}/phieu/goi-thu")

    assert "Người trong nhà" in page.text
    assert [form.action for form in page.forms if form.action.endswith("/xac-nhan")] == []


@pytest.mark.parametrize("path", ["", "/hoc", "/ghi-ten", "/ket-thuc", "/phieu/goi-thu"])
def test_visit_is_its_volunteers_alone(place: Town, path: str) -> None:
    _, visit = begin(place)

    assert place.guest().client.get(visit + path).status_code == 303
    assert place.as_ada().open(visit + path).status == 404
    assert place.as_cleo().open(visit + path).status == 404  # an officer, but not the one who sits there
    assert place.as_dung().open(f"/huong-dan/buoi/{2**70}{path}").status == 404


def test_way_shows_names_of_ones_own_places_only(place: Town) -> None:
    dung = place.as_dung()

    page = dung.open(ROUTE)

    assert ("Nguyễn Thị Ada" in page.text, "Trần Văn Ben" in page.text) == (True, False)
    assert dung.open(f"{ROUTE}?khu={place.groups['2']}").status == 404
    assert dung.open(f"{ROUTE}/in?khu={place.groups['2']}").status == 404
    assert place.as_ada().open(ROUTE).status == 404
    assert place.as_cleo().open(f"{ROUTE}?khu={place.groups['2']}&viec=idle").status == 200


def test_sheet_of_paper_has_a_box_for_everyone(place: Town) -> None:
    page = place.as_dung().open(f"{ROUTE}/in")

    assert (page.html.count('class="tickbox"'), "Nguyễn Thị Ada" in page.text) == (1, True)
    assert re.search(r"Giữ kín", page.text)


def test_addresses_that_were_bent_lead_to_a_page_that_is_there(place: Town) -> None:
    dung = place.as_dung()

    for query in ("viec=x", "trang=999999", "trang=0", "trang=-1", "viec=idle&trang=x"):
        assert dung.open(f"{ROUTE}?{query}").status == 200
    assert dung.open(f"{ROUTE}?khu=99999999999").status == 200  # no number that there could be
