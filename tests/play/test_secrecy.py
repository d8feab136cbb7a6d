"""No key, reason, explanation or later turn of a story reaches anybody before the answer."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.quizzes.kinds import TYPES
from tests.page import Browser, Page
from tests.play.canaries import canaries, canary, make_bank_of_types
from tests.town import Town, make_town

HOST = "http://localhost"
LEFT_ALONE = ("/ra", "/ngon-ngu/", "/static/", "/tu-dien", "/co-chu", "/vao")  # these change who or how one reads
ANSWERS: dict[str, dict[str, str]] = {
    "ordering": {},
    "matching": {"pair0": "a", "pair1": "b", "pair2": "c"},
    "numeric": {"choice": "12"},
    "text": {"choice": "một từ"},
}


def reader(town: Town, role: str) -> Browser:
    return {"guest": town.guest, "learner": town.as_ada, "volunteer": town.as_dung}[role]()


def leaks(page: Page) -> list[str]:
    return [secret for secret in canaries() if secret in page.html]


def crawl(browser: Browser, start: tuple[str, ...], most: int = 150) -> dict[str, Page]:
    """Every page that links lead to."""
    seen: dict[str, Page] = {}
    queue = list(start)
    while queue and len(seen) < most:
        path = queue.pop(0)
        if path in seen or path.startswith(LEFT_ALONE):
            continue
        answer = browser.client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            assert [secret for secret in canaries() if secret.encode() in answer.data] == []
            continue
        seen[path] = Page(answer)
        for href, _ in seen[path].links:
            parts = urlsplit(href)
            if not parts.netloc and parts.path.startswith("/"):
                queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return seen


def begin(browser: Browser, type: str) -> Page:
    path = f"/hoc/an-toan-so/loai-{type.replace('_', '-')}"
    browser.open(path)
    return browser.submit(path)


@pytest.mark.parametrize("role", ["guest", "learner", "volunteer"])
def test_no_page_of_any_type_tells_before_the_answer(app: Flask, role: str) -> None:
    town = make_town(app)
    with app.app_context():
        make_bank_of_types()
    browser = reader(town, role)
    begun = [begin(browser, kind) for kind in TYPES]

    seen = crawl(browser, ("/", "/hoc", "/hoc/an-toan-so", "/huy-hieu", "/khu-pho"))

    assert [page.status for page in begun] == [200] * len(TYPES)
    assert {path for path, page in seen.items() if leaks(page)} == set()
    assert len(seen) > 15
    assert [leaks(page) for page in begun] == [[]] * len(TYPES)


@pytest.mark.parametrize("role", ["guest", "learner", "volunteer"])
@pytest.mark.parametrize("type", TYPES)
def test_step_tells_only_its_own_item_and_only_when_answered(app: Flask, role: str, type: str) -> None:
    town = make_town(app)
    with app.app_context():
        make_bank_of_types()
    browser = reader(town, role)
    page, path = begin(browser, type), f"/hoc/an-toan-so/loai-{type.replace('_', '-')}"
    ahead = [browser.open(f"{path}/{number}") for number in (2, 5, 6, 99)]
    ahead += [browser.open(f"{path}/1?nhap={draft}") for draft in ("start/0", "start/1", "a,b", "bacd:au", "%27")]
    browser.open(f"{path}/1")
    refused = browser.submit(f"{path}/1", {"choice": "", "order": "zz"})

    told = answer(browser, type, f"{path}/1")

    number = int(page.text.partition("Câu ")[2].partition(" loại")[0].split()[-1])
    assert [one.status for one in ahead[:4]] == [409, 409, 404, 404]
    assert [leaks(one) for one in (page, *ahead, refused)] == [[]] * (len(ahead) + 2)
    assert leaks(told) == [canary(type, number)]


def answer(browser: Browser, type: str, path: str) -> Page:
    """Any answer; a story is followed to its end."""
    while True:
        told = browser.submit(path, ANSWERS.get(type, {"choice": "a"}))
        if "Giải thích" in told.text:
            return told
        assert told.status == 200
