"""The screens of one's own rights, of requests, and of the officers' desk, without JavaScript."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.attempts.models import Attempt
from app.core.db import reading, transaction
from app.people.models import Person
from app.people.queries import consents_of, public_names
from app.people.service import set_pin
from app.privacy.models import Erasure
from app.privacy.queries import open_requests
from tests.factories import NOON, make_quiz
from tests.page import Browser
from tests.privacy.traces import NAME, PIN, leave_traces
from tests.town import Town

OWN = ("/toi/quyen", "/toi/du-lieu", "/toi/du-lieu/xoa", "/toi/du-lieu/tai.json", "/toi/du-lieu/tai.xlsx")
DESK = "/to-chuc/nguoi-hoc"


@pytest.fixture
def quynh(app: Flask, town: Town) -> Town:
    with app.app_context():
        leave_traces(town)
    return town


def token(browser: Browser, path: str) -> dict[str, str]:
    page = browser.open(path)
    return {"csrf_token": dict(page.forms[0].fields)["csrf_token"]}


@pytest.mark.parametrize("path", OWN)
def test_own_pages_need_a_pin_not_a_card_alone(quynh: Town, path: str) -> None:
    answers = [
        who.client.get(path).status_code
        for who in (quynh.guest(), quynh.as_person(quynh.ada, "card"), quynh.as_person(quynh.ada, "pin"))
    ]

    assert answers == [303, 303, 200]


def test_notice_says_the_clocks_and_whom_to_ask(quynh: Town) -> None:
    page = quynh.guest().open("/quyen-rieng-tu")

    assert "báo đã nhận trong 2 ngày làm việc và được trả lời trong 15 ngày" in page.text
    assert "24 tháng sau ngày công bố" in page.text
    assert "Bản 2, ngày 24/11/2026" in page.text


def test_consent_is_changed_and_its_history_shown(quynh: Town) -> None:
    ada = quynh.as_ada()
    ada.open("/toi/quyen")

    page = ada.submit("/toi/quyen/name", {"choice": "no"})

    assert "Đã ghi. Có hiệu lực từ bây giờ." in page.text
    assert "Các lần trả lời (2)" in page.text
    with quynh.app.app_context():
        assert public_names(reading(), [quynh.ada]) == {quynh.ada: None}


def test_answer_that_is_none_is_said_beside_its_question(quynh: Town) -> None:
    ada = quynh.as_ada()
    values = token(ada, "/toi/quyen")

    page = ada.post("/toi/quyen/photo", {**values, "choice": "maybe"})

    assert (page.status, "Chọn một trong các ý đồng ý." in page.text) == (422, True)


def test_someone_under_age_reads_that_two_are_needed(quynh: Town) -> None:
    with quynh.app.app_context(), transaction() as session:
        session.get_one(Person, quynh.ben).adult = "no"
    ben = quynh.as_person(quynh.ben, "pin")

    page = ben.open("/toi/quyen")
    after = ben.submit("/toi/quyen/name", {"choice": "full"})

    assert "cả anh và bố mẹ hoặc người giám hộ" in page.text
    assert "Chưa đủ ý kiến: coi như không" in after.text


def test_learning_goes_on_unrecorded_after_the_consent_is_taken_back(quynh: Town) -> None:
    ada = quynh.as_ada()
    ada.open("/toi/quyen")
    ada.submit("/toi/quyen/record", {"choice": "no"})
    with quynh.app.app_context():
        make_quiz("chuyen-tien", topic="tien", skill="vi")
    ada.open("/hoc/tien/chuyen-tien")

    question = ada.submit("/hoc/tien/chuyen-tien", {"how": "independent"})
    answered = ada.submit("/hoc/tien/chuyen-tien/1", {"choice": "a"})

    assert (question.status, answered.status) == (200, 200)
    with quynh.app.app_context():
        query = select(Attempt.person_id).where(Attempt.quiz_id == "chuyen-tien")
        assert reading().scalars(query).all() == [None]


def test_everything_about_me_and_both_files(quynh: Town) -> None:
    ada = quynh.as_ada()

    page = ada.open("/toi/du-lieu")
    as_json = ada.client.get("/toi/du-lieu/tai.json")
    as_xlsx = ada.client.get("/toi/du-lieu/tai.xlsx")

    assert NAME in page.text
    assert json.loads(as_json.data)["person"] == quynh.ada
    assert as_json.headers["Content-Disposition"] == f'attachment; filename="hoc-so-{quynh.ada}-2026-10-14.json"'
    assert as_json.headers["Cache-Control"] == "private, no-store"
    assert zipfile.ZipFile(io.BytesIO(as_xlsx.data)).testzip() is None


def test_erasing_oneself_needs_pin_and_word_and_signs_out(quynh: Town) -> None:
    ada = quynh.as_ada()
    ada.open("/toi/du-lieu/xoa")
    page = ada.submit("/toi/du-lieu/xoa", {"pin": PIN, "typed": "thôi"})
    assert (page.status, "Gõ đúng chữ “xoá” để xoá." in page.text) == (422, True)
    assert PIN not in page.html
    page = ada.submit("/toi/du-lieu/xoa", {"pin": "1470", "typed": "xoá"})
    assert "Mã chưa khớp nên chưa xoá gì. Còn 4 lần thử." in page.text

    done = ada.submit("/toi/du-lieu/xoa", {"pin": PIN, "typed": "xoá"})

    assert "Đã xoá dữ liệu" in done.text
    assert ada.client.get("/toi").status_code == 303
    with quynh.app.app_context():
        assert reading().get_one(Erasure, quynh.ada).why == "own"


def test_stranger_asks_by_a_form_and_is_told_the_dates(quynh: Town) -> None:
    guest = quynh.guest()
    guest.open("/quyen-rieng-tu/yeu-cau?viec=erase")
    page = guest.submit("/quyen-rieng-tu/yeu-cau", {"name": "Đỗ Lạ"})
    assert (page.status, "Cho biết tên và số điện thoại" in page.text) == (422, True)
    assert dict(page.form("/yeu-cau").fields)["name"] == "Đỗ Lạ"

    done = guest.submit("/quyen-rieng-tu/yeu-cau", {"name": "Đỗ Lạ", "contact": "0912 345 678"})

    assert "Chậm nhất cuối ngày 16/10/2026" in done.text
    assert "Chậm nhất cuối ngày 29/10/2026" in done.text
    assert "Gửi một yêu cầu" in quynh.guest().open("/quyen-rieng-tu/da-nhan").title  # another browser has no number


def test_request_goes_through_the_desk_and_its_answer_comes_back(quynh: Town) -> None:
    ada, cleo = quynh.as_ada(), quynh.as_cleo()
    ada.open("/quyen-rieng-tu/yeu-cau")
    ada.submit("/quyen-rieng-tu/yeu-cau", {"kind": "see", "words": "cho xem"})
    with quynh.app.app_context():
        made = max(one.id for one in open_requests(reading(), NOON))
    quynh.at(NOON + timedelta(days=20))
    cleo = quynh.as_cleo()

    queue = cleo.open("/to-chuc/yeu-cau")
    assert "2 yêu cầu đã quá hạn" in queue.text
    one = cleo.open(f"/to-chuc/yeu-cau/{made}")
    assert "Quá hạn" in one.text
    cleo.submit(f"/to-chuc/yeu-cau/{made}/bao-nhan")
    nothing = cleo.submit(f"/to-chuc/yeu-cau/{made}/tra-loi", {"outcome": "done"})
    assert nothing.status == 422
    cleo.submit(f"/to-chuc/yeu-cau/{made}/tra-loi", {"outcome": "done", "answer": "Mời bác xem tệp."})

    assert "Mời bác xem tệp." in quynh.as_ada().open("/toi/quyen").text


def test_officer_writes_a_request_down(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    cleo.open("/to-chuc/yeu-cau")
    wrong = cleo.submit("/to-chuc/yeu-cau", {"kind": "see", "who": "9999"})
    assert (wrong.status, "Không thấy người học nào" in wrong.text) == (422, True)

    page = cleo.submit("/to-chuc/yeu-cau", {"kind": "see", "who": str(quynh.ben), "words": "nói ở nhà văn hoá"})

    assert "nói ở nhà văn hoá" in page.text
    assert "Trần Văn Ben" in page.text


def test_stranger_is_named_at_the_desk(quynh: Town) -> None:
    guest = quynh.guest()
    guest.open("/quyen-rieng-tu/yeu-cau")
    guest.submit("/quyen-rieng-tu/yeu-cau", {"kind": "object", "words": "x", "name": "Lạ", "contact": "chợ"})
    with quynh.app.app_context():
        made = max(one.id for one in open_requests(reading(), NOON))
    cleo = quynh.as_cleo()
    page = cleo.open(f"/to-chuc/yeu-cau/{made}")
    assert "Chưa biết đúng người" in page.text

    named = cleo.submit(f"/to-chuc/yeu-cau/{made}/nguoi", {"who": str(quynh.ben)})

    assert "Trần Văn Ben" in named.text


def test_desk_shows_the_book_and_stops_for_someone(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    page = cleo.open(f"{DESK}/{quynh.ada}/rieng-tu")
    assert "trên máy của mình" in page.text
    missing = cleo.submit("/rieng-tu/ngung", {"how": ""})
    assert missing.status == 422

    after = cleo.submit("/rieng-tu/ngung", {"how": "spoken"})

    assert "không nêu tên" in after.text
    with quynh.app.app_context():
        last = consents_of(reading(), quynh.ada)[0]
        assert (last.choice, last.how, last.recorded_by) == ("no", "spoken", quynh.cleo)


def test_file_for_someone_is_made_at_the_desk_and_noted(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    values = token(cleo, f"{DESK}/{quynh.ada}/rieng-tu")

    sent = cleo.client.post(f"{DESK}/{quynh.ada}/rieng-tu/tai", data={**values, "kind": "json"})

    assert json.loads(sent.data)["person"] == quynh.ada
    assert "Tải dữ liệu của một người" in cleo.open("/to-chuc/nhat-ky").text


def test_file_is_closed_found_and_opened_again(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    cleo.open(f"{DESK}/{quynh.ada}/rieng-tu")

    left = cleo.submit("/rieng-tu/roi", button="Đã mất")
    assert (NAME in left.text, "Đã mất" in left.text) == (True, True)
    assert NAME not in cleo.open(DESK).text
    assert cleo.open(f"{DESK}/{quynh.ada}").status == 404
    cleo.open(f"{DESK}/da-roi?tim=quynh")
    back = cleo.submit("/rieng-tu/mo-lai")

    assert "Đã mở lại hồ sơ" in back.text
    assert NAME in cleo.open(DESK).text


def test_officer_erases_with_the_word(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    cleo.open(f"{DESK}/{quynh.ada}/xoa")
    assert cleo.submit("/xoa", {"typed": ""}).status == 422

    done = cleo.submit("/xoa", {"typed": "xoá"})

    assert "Đã xoá." in done.text
    assert cleo.open(f"{DESK}/{quynh.ada}/xoa").status == 404
    assert NAME not in cleo.open("/to-chuc/yeu-cau").text
    assert "người đã rời đi" in cleo.open("/to-chuc/nhat-ky").text


def test_pin_page_is_asked_first_where_there_is_none(quynh: Town) -> None:
    with quynh.app.app_context(), transaction() as session:
        set_pin(session, quynh.ben, "9713", now=NOON)
    ben = quynh.as_person(quynh.ben, "card")

    page = ben.open("/toi/du-lieu/xoa")

    assert "Việc này cần mã PIN" in page.text


def test_what_is_wrong_is_corrected_at_the_desk(quynh: Town) -> None:
    cleo = quynh.as_cleo()
    cleo.open(f"{DESK}/{quynh.ben}/rieng-tu")
    wrong = cleo.submit("/rieng-tu/sua", {"phone": "123"})
    assert (wrong.status, "Số điện thoại gồm 10 số" in wrong.text) == (422, True)

    done = cleo.submit("/rieng-tu/sua", {"name": "Trần Văn Bền", "phone": "0912 345 678", "birth_year": "1960"})

    assert "Đã sửa." in done.text
    assert "Trần Văn Bền" in cleo.open(f"{DESK}?tim=ben").text
    log = cleo.open("/to-chuc/nhat-ky").text
    assert "name, birth_year, phone" in log
    assert "0912345678" not in log
