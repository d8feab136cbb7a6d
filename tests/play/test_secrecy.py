"""No key, reason or explanation reaches anybody before the answer."""

import re

import pytest
from flask import Flask

from tests.factories import make_quiz
from tests.town import make_town

SECRETS = re.compile(r"Giải thích cuoc-goi-\d|Lý do [abc]|Giải thích tin-nhan-\d")
PAGES = (
    "/",
    "/hoc",
    "/hoc/an-toan-so",
    "/hoc/an-toan-so/cuoc-goi",
    "/hoc/an-toan-so/tin-nhan",
    "/khu-pho",
    "/huy-hieu",
)


@pytest.mark.parametrize("role", ["guest", "learner", "volunteer"])
def test_nothing_secret_is_on_any_page_before_the_answer(app: Flask, role: str) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        make_quiz("tin-nhan", skill="vung-tay")
    browser = {"guest": town.guest, "learner": town.as_ada, "volunteer": town.as_dung}[role]()
    seen = [browser.open(path) for path in PAGES]
    browser.open("/hoc/an-toan-so/cuoc-goi")
    seen.append(browser.submit("/hoc/an-toan-so/cuoc-goi"))
    seen += [browser.open(f"/hoc/an-toan-so/cuoc-goi/{number}") for number in (2, 5, 6, 99)]
    seen.append(browser.open("/hoc/an-toan-so/cuoc-goi/xong"))
    browser.open("/hoc/an-toan-so/cuoc-goi/1")
    seen.append(browser.submit("/hoc/an-toan-so/cuoc-goi/1"))

    told = browser.submit("/hoc/an-toan-so/cuoc-goi/1", {"choice": "a"})

    assert [page.status for page in seen[-7:]] == [200, 409, 409, 404, 404, 404, 422]
    assert [page.title for page in seen if SECRETS.search(page.html)] == []
    assert SECRETS.search(told.html) is not None
