"""The contest's pages as people meet them, without scripts."""

import pytest
from flask import Flask

from app.contests.running import run_due
from app.core.db import reading, transaction
from app.standings.boards_service import join
from app.standings.models import LedgerEntry
from tests.contests.week import BEFORE, CLOSE, CLOSED, LAST, NOON, OPEN, PERIOD, RESULTS, form_for, make_bank, take_part
from tests.factories import make_person
from tests.page import Browser
from tests.town import Town, make_town

WEEK = f"/thi-tuan/{PERIOD}"


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_bank()
        run_due(BEFORE)
        run_due(OPEN)
    return town


def wrong_letter(town: Town, number: int) -> str:
    with town.app.app_context():
        return form_for(town.ada, number, right=False)["choice"][0]


def answer_all(town: Town, browser: Browser) -> None:
    browser.open(WEEK)
    browser.submit(WEEK)
    for number in range(1, 11):
        browser.submit(f"{WEEK}/{number}", {"choice": "a"})


def test_guest_reads_and_is_asked_to_sign_in(town: Town) -> None:
    guest = town.guest()
    page = guest.open(WEEK)

    assert page.link("Đăng nhập để thi") == f"/vao?tu={WEEK}"
    assert "nhanh không hơn điểm" in page.text


def test_learner_answers_ten_questions_and_waits(town: Town) -> None:
    ada = town.as_ada()
    town.at(NOON)
    ada.open("/thi-tuan")
    ada.follow("Vào thi tuần này")
    begun = ada.submit(WEEK)

    for number in range(1, 11):
        page = ada.submit(f"{WEEK}/{number}", {"choice": "a"})

    assert "Câu 1/10" in begun.text
    assert "đã gửi đủ 10 câu" in page.text
    assert "Bắt đầu thi" not in page.text


def test_nothing_chosen_says_so_and_asks_again(town: Town) -> None:
    ada = town.as_ada()
    town.at(NOON)
    ada.open(WEEK)
    ada.submit(WEEK)

    page = ada.submit(f"{WEEK}/1", {"choice": ""})

    assert page.status == 422
    assert "Chọn một câu" in page.text
    assert "Câu 1/10" in page.text


def test_question_answered_before_leads_to_the_next(town: Town) -> None:
    ada = town.as_ada()
    town.at(NOON)
    ada.open(WEEK)
    ada.submit(WEEK)
    ada.submit(f"{WEEK}/1", {"choice": "a"})

    assert "Câu 2/10" in ada.open(f"{WEEK}/1").text


def test_answer_after_the_end_is_refused_with_what_still_counts(town: Town) -> None:
    ada = town.as_ada()
    town.at(LAST)
    ada.open(WEEK)
    ada.submit(WEEK)
    town.at(CLOSE)

    page = ada.submit(f"{WEEK}/1", {"choice": "a"})

    assert page.status == 409
    assert "Các câu gửi trước vẫn được tính" in page.text


def test_own_result_explains_every_question_and_counts(town: Town) -> None:
    ada = town.as_ada()
    with town.app.app_context():
        take_part(town.ada, right=8)
        run_due(CLOSED)
    town.at(CLOSED)
    ada.open(WEEK)

    page = ada.follow("Xem từng câu và giải thích")

    assert "8 trên 10, đúng hoàn toàn 8 câu" in page.text
    assert page.text.count("Giải thích thi-") == 10
    assert town.as_person(town.ben, "pin").open(f"{WEEK}/ket-qua").status == 404


def test_practice_copy_tells_at_once_and_counts_nothing(town: Town) -> None:
    with town.app.app_context():
        run_due(CLOSED)
    town.at(CLOSED)
    guest = town.guest()
    guest.open(WEEK)
    guest.follow("Luyện lại mười câu này")

    missing = guest.submit(f"{WEEK}/luyen/1", {"choice": ""})
    page = guest.submit(f"{WEEK}/luyen/1", {"choice": "a"})

    assert missing.status == 422
    assert "Giải thích thi-" in page.text
    assert "Câu 2/10" in guest.follow("Câu tiếp theo").text
    assert guest.open(f"{WEEK}/luyen/11").status == 404
    with town.app.app_context():
        assert reading().query(LedgerEntry).count() == 0


def test_results_show_teams_of_five_and_the_hardest_question(town: Town) -> None:
    with town.app.app_context():
        for place in range(6):
            take_part(make_person(f"Người {place}", group_id=town.groups["1"]), right=4 + place)
        take_part(town.ben, right=10)
        run_due(RESULTS)
    town.at(RESULTS)

    page = town.guest().open(WEEK)

    assert "Khu phố 1 6 người dự thi 7 /10" in page.text
    assert "Khu phố 2 đã có người dự thi, chưa đủ 5" in page.text
    assert "Câu khó nhất tuần" in page.text
    assert "Dưới 5 trên 7 người làm đúng" in page.text
    assert "Cá nhân" not in page.text  # a guest reads no names


def test_people_are_named_only_where_they_said_yes(town: Town) -> None:
    with town.app.app_context():
        for place in range(5):
            person = make_person(f"Người {place}", group_id=town.groups["1"])
            take_part(person, right=4 + place)
            join(person_id=person, shown_as="nickname", nickname=f"Biệt danh {place}", now=NOON)
        take_part(town.ben, right=10)
        run_due(RESULTS)
    town.at(RESULTS)

    page = town.as_ada().open(WEEK)

    assert [f"Biệt danh {n}" in page.text for n in range(5)] == [True] * 5
    assert "Trần Văn Ben" not in page.text


def test_page_without_teams_says_so(town: Town) -> None:
    with town.app.app_context():
        run_due(RESULTS)
    town.at(RESULTS)

    page = town.guest().open(WEEK)

    assert "Tuần này chưa có khu phố nào dự thi" in page.text
    assert "Câu khó nhất" not in page.text


def test_week_that_is_not_there_is_not_found(town: Town) -> None:
    assert [town.guest().open(f"/thi-tuan/{name}").status for name in ("2026-w01", "x", "2026-11")] == [404] * 3


# --- the officers' desk


def test_officer_skips_a_week_and_takes_it_back(town: Town) -> None:
    cleo = town.as_cleo()
    town.at(NOON)
    cleo.open("/to-chuc/thi-tuan")
    empty = cleo.submit("/to-chuc/thi-tuan/2026-w43/nghi", {"reason": " "})
    skipped = cleo.submit("/to-chuc/thi-tuan/2026-w43/nghi", {"reason": "Cả phường đi hội trại."})
    told = town.guest().open("/thi-tuan/2026-w43")

    restored = cleo.submit("/to-chuc/thi-tuan/2026-w43/mo-lai")

    assert (empty.status, skipped.status, restored.status) == (422, 200, 200)
    assert "Ghi một câu lý do" in empty.text
    assert "Cả phường đi hội trại." in told.text
    assert "Tuần này lại mở như thường lệ." in restored.text


def test_contest_called_off_counts_nothing_and_frees_its_questions(town: Town) -> None:
    cleo = town.as_cleo()
    town.at(NOON)
    with town.app.app_context():
        take_part(town.ada)
    cleo.open("/to-chuc/thi-tuan")
    page = cleo.submit(f"/to-chuc/thi-tuan/{PERIOD}/nghi", {"reason": "Câu hỏi bị lộ."})

    with town.app.app_context():
        ran = run_due(RESULTS)
        with transaction() as session:
            assert session.query(LedgerEntry).count() == 0
    assert page.status == 200
    assert (ran.closed, ran.published) == ((), ())
    assert "Mở lại tuần này" not in page.text


def test_learner_finds_no_desk(town: Town) -> None:
    assert town.as_ada().open("/to-chuc/thi-tuan").status == 404


def test_officer_takes_a_nickname_off_the_boards(town: Town) -> None:
    with town.app.app_context():
        join(person_id=town.ben, shown_as="nickname", nickname="Tên Không Hay", now=NOON)
    cleo = town.as_cleo()
    before = cleo.open("/to-chuc/thi-tuan")

    after = cleo.submit(f"/to-chuc/thi-tuan/biet-danh/{town.ben}")

    assert "Tên Không Hay Trần Văn Ben" in before.text
    assert "Tên Không Hay" not in after.text
    assert "Đã bỏ biệt danh" in after.text
