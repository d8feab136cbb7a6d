"""No key, reason or explanation of a contest's question reaches anybody before the close."""

import pytest
from flask import Flask
from sqlalchemy import delete

from app.contests.models import Contest
from app.contests.running import run_due
from app.core.db import transaction
from app.quizzes.kinds import TYPES
from app.quizzes.models import ItemReserve
from tests.contests.week import CLOSED, NOON, OPEN, PERIOD, RESULTS, contest
from tests.page import Browser, Page
from tests.play.canaries import canaries, make_bank_of_types
from tests.play.test_secrecy import ANSWERS, crawl, leaks
from tests.town import Town, make_town

ASKED = tuple(kind for kind in TYPES if kind != "scenario")  # stories are not asked in contests
STARTS = ("/", "/thi-tuan", f"/thi-tuan/{PERIOD}", "/hoc", "/bang-thi-dua", "/diem-cua-toi")


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_bank_of_types()
        run_due(OPEN)
    return town


def types_asked(town: Town) -> set[str]:
    with town.app.app_context():
        items = [one["item"] for one in contest().draw or ()]
    return {name.removeprefix("loai-").rpartition("-")[0].replace("-", "_") for name in items}


def sit(browser: Browser, questions: int = 10) -> list[Page]:
    """Begin, look ahead and behind, send nothing, then answer: every page that was seen on the way."""
    seen = [browser.open(f"/thi-tuan/{PERIOD}"), browser.submit(f"/thi-tuan/{PERIOD}")]
    for number in range(1, questions + 1):
        path = f"/thi-tuan/{PERIOD}/{number}"
        for around in (f"/thi-tuan/{PERIOD}/{number + 1}", f"{path}?nhap=bacd:au", f"{path}?nhap=%27", path):
            seen.append(browser.open(around))
        seen.append(browser.submit(path, {"choice": "", "order": "zz"}))
        seen.append(browser.submit(path, _filled(browser)))
    return seen


def _filled(browser: Browser) -> dict[str, str]:
    assert browser.page is not None
    form = browser.page.forms[-1] if browser.page.forms else None
    names = {name for one in browser.page.forms for name in (*one.choices, *(n for n, _ in one.fields))}
    assert form is not None
    if "order" in names:
        return {"order": "abcd"[: browser.page.html.count('class="w choice"')]}
    if "pair0" in names:
        return {name: "abcdefgh"[int(name[4:])] for name in names if name.startswith("pair")}
    return {"choice": "12"} if 'id="cau-tra-loi"' in browser.page.html else {"choice": "a"}


def test_contest_asks_every_type_that_it_may(town: Town) -> None:
    assert types_asked(town) == set(ASKED)
    assert set(ANSWERS) <= set(TYPES)


def test_no_page_of_an_open_contest_tells_a_key(town: Town) -> None:
    town.at(NOON)
    ada = town.as_ada()

    seen = sit(ada)
    after = [ada.open(path) for path in (f"/thi-tuan/{PERIOD}/ket-qua", f"/thi-tuan/{PERIOD}/luyen/1")]
    tried = ada.client.post(f"/thi-tuan/{PERIOD}/luyen/1", data={"choice": "a"})

    assert [page.status for page in after] == [404, 404]
    assert tried.status_code in (400, 404)
    assert {page.response.request.path: leaks(page) for page in (*seen, *after) if leaks(page)} == {}
    assert "đã gửi đủ 10 câu" in ada.open(f"/thi-tuan/{PERIOD}").text


@pytest.mark.parametrize("role", ["guest", "learner", "volunteer"])
def test_no_page_that_links_lead_to_tells_a_key_while_it_is_open(town: Town, role: str) -> None:
    town.at(NOON)
    browser = {"guest": town.guest, "learner": town.as_ada, "volunteer": town.as_dung}[role]()

    seen = crawl(browser, STARTS)

    assert {path for path, page in seen.items() if leaks(page)} == set()
    assert f"/thi-tuan/{PERIOD}" in seen


def test_after_the_close_ones_own_page_tells_everything(town: Town) -> None:
    town.at(NOON)
    ada = town.as_ada()
    sit(ada)
    with town.app.app_context():
        run_due(CLOSED)
    town.at(CLOSED)

    page = ada.open(f"/thi-tuan/{PERIOD}/ket-qua")

    with town.app.app_context():
        numbers = {one["item"] for one in contest().draw or ()}
    assert page.status == 200
    assert len(leaks(page)) == len(numbers) == 10


def test_between_the_end_and_the_close_nothing_is_told(town: Town) -> None:
    """The clock has passed nine, the scheduler has not come yet."""
    town.at(NOON)
    ada = town.as_ada()
    sit(ada)
    town.at(CLOSED)

    pages = [
        ada.open(path) for path in (f"/thi-tuan/{PERIOD}", f"/thi-tuan/{PERIOD}/ket-qua", f"/thi-tuan/{PERIOD}/luyen/1")
    ]

    assert [page.status for page in pages] == [200, 404, 404]
    assert [leaks(page) for page in pages] == [[], [], []]


def test_results_of_teams_wait_for_their_hour(town: Town) -> None:
    with town.app.app_context():
        run_due(CLOSED)
    town.at(CLOSED)
    early = town.guest().open(f"/thi-tuan/{PERIOD}")
    with town.app.app_context():
        run_due(RESULTS)
    town.at(RESULTS)
    out = town.guest().open(f"/thi-tuan/{PERIOD}")

    assert ("Chi đoàn" in early.text, "Chi đoàn" in out.text) == (False, True)


def test_reserve_is_what_keeps_lessons_silent(town: Town) -> None:
    """A control: without the reserve a lesson asks the contest's questions, and tells their keys."""
    with town.app.app_context():
        asked = {one["item"] for one in contest().draw or ()}
        with transaction() as session:
            session.execute(delete(ItemReserve))
            assert session.query(Contest).count() == 2
    town.at(NOON)
    ada = town.as_ada()
    told: set[str] = set()
    for kind in ASKED:
        path = f"/hoc/an-toan-so/loai-{kind.replace('_', '-')}"
        ada.open(path)
        ada.submit(path)
        for number in range(1, 6):
            ada.open(f"{path}/{number}")
            told |= set(leaks(ada.submit(f"{path}/{number}", _filled(ada))))

    marks = {f"khoa{TYPES.index(_kind(item))}x{item[-1]}bimat" for item in asked}
    assert marks <= told <= set(canaries())


def _kind(item: str) -> str:
    return item.removeprefix("loai-").rpartition("-")[0].replace("-", "_")
