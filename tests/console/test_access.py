"""Who may enter the organiser's desk."""

import pytest

from app.console.frame import PLACES, bp
from tests.town import Town

PAGES = (
    "/to-chuc",
    "/to-chuc/cau-bao",
    "/to-chuc/de-xuat",
    "/to-chuc/khu-pho",
    "/to-chuc/khu-pho/1",
    "/to-chuc/nguoi-hoc",
    "/to-chuc/nguoi-hoc/them",
    "/to-chuc/nguoi-hoc/nhap",
    "/to-chuc/nguoi-hoc/1",
    "/to-chuc/nhat-ky",
)


@pytest.mark.parametrize("path", PAGES)
def test_guest_is_sent_to_sign_in_and_back(town: Town, path: str) -> None:
    response = town.guest().client.get(path)

    assert response.status_code == 303
    assert response.headers["Location"].startswith("/vao?tu=")


@pytest.mark.parametrize("path", PAGES)
def test_learner_and_volunteer_find_no_such_page(town: Town, path: str) -> None:
    assert town.as_ada().open(path).status == 404
    assert town.as_dung().open(path).status == 404


@pytest.mark.parametrize("path", PAGES)
def test_officer_with_a_password_enters_with_a_pin_does_not(town: Town, path: str) -> None:
    assert town.as_cleo().open(path).status == 200
    assert town.as_person(town.cleo, "pin").open(path).status == 404


def test_every_post_is_closed_to_learners(town: Town) -> None:
    ada = town.as_ada()
    token = dict(ada.open("/can-giup").form("/ra").fields)["csrf_token"]
    rules = [
        rule
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{bp.name}.") and "POST" in (rule.methods or ())
    ]
    assert len(rules) >= 12

    for rule in rules:
        filled = dict.fromkeys(rule.arguments, "1")
        path = town.app.url_map.bind("127.0.0.1").build(rule.endpoint, filled)
        assert (path, ada.post(path, {"csrf_token": token}).status) == (path, 404)


def test_places_beside_the_page_say_where_one_is(town: Town) -> None:
    page = town.as_cleo().open("/to-chuc/nhat-ky")

    assert [url for _, _, _, url in PLACES] == [
        "/to-chuc", "/to-chuc/bo-cau-hoi", "/to-chuc/cau-bao", "/to-chuc/de-xuat", "/to-chuc/khu-pho",
        "/to-chuc/nguoi-hoc", "/to-chuc/khen-thuong", "/to-chuc/thi-tuan", "/to-chuc/huy-hieu", "/to-chuc/thuc-chat",
        "/to-chuc/tinh-nguyen", "/huong-dan", "/to-chuc/yeu-cau", "/to-chuc/cai-dat", "/to-chuc/nhat-ky",
    ]  # fmt: skip
    assert page.html.count('href="/to-chuc/nhat-ky" aria-current="page"') == 2  # wide and narrow
