"""The officers' two queues: items that are reported, and items that are proposed."""

from app.core.db import db
from app.quizzes.models import Item
from tests.factories import make_quiz
from tests.quizzes.draft import DRAFT
from tests.town import Town

REPORTS, PROPOSALS = "/to-chuc/cau-bao", "/to-chuc/de-xuat"
QUIZ = "/hoc/an-toan-so/cuoc-goi"


def reported(town: Town, words: str = "Đáp án lạ.") -> str:
    """Ada answers the first question and reports it; returns the item's id."""
    with town.app.app_context():
        make_quiz()
    ada = town.as_ada()
    ada.open(QUIZ)
    ada.submit(QUIZ)
    page = ada.submit("/cuoc-goi/1", {"choice": "a"})
    action = next(form.action for form in page.forms if form.action.startswith("/bao-cau/"))
    ada.submit(action, {"reason": "key", "words": words})
    page = town.as_cleo().open(REPORTS)
    return next(f.action for f in page.forms if f.action.startswith(REPORTS)).split("/")[3]


def proposed(town: Town, by: int | None = None) -> None:
    with town.app.app_context():
        make_quiz()
    writer = town.as_person(by or town.ada, "pin")
    writer.open("/de-xuat-cau-hoi/cuoc-goi")
    writer.submit("/de-xuat-cau-hoi/cuoc-goi", DRAFT)


def test_badge_and_overview_say_how_many_wait(town: Town) -> None:
    reported(town)
    proposed_page = town.as_cleo().open("/to-chuc")

    assert "Câu bị báo 1 việc đang chờ" in proposed_page.text
    assert proposed_page.link("1 câu bị báo chưa đúng") == REPORTS


def test_report_is_read_with_key_and_answered(town: Town) -> None:
    item = reported(town, "<b>Sai</b> rồi")
    cleo = town.as_cleo()
    page = cleo.open(REPORTS)
    assert "1 người báo" in page.text
    assert "<b>Sai</b>" not in page.html
    assert "Nguyễn Thị Ada" in page.text
    assert f"Lựa chọn b của {item} đáp án Lý do b" in page.text
    assert page.link("Xem trong bộ câu hỏi") == f"/to-chuc/bo-cau-hoi/cuoc-goi#{item}"

    page = cleo.submit(f"{REPORTS}/{item}", button="Giữ nguyên")
    assert page.status == 422
    assert "Viết một câu trả lời ngắn" in page.text
    page = cleo.submit(f"{REPORTS}/{item}", {"answer": "Đáp án đúng theo <i>nguồn</i>."}, button="Giữ nguyên")
    assert "Không còn câu nào chờ xem" in page.text
    assert "giữ nguyên Đáp án đúng theo <i>nguồn</i>. Lê Cleo, 12:00, 14/10/2026" in page.text

    home = town.as_ada().open("/")
    assert "Đoàn phường trả lời: Đáp án đúng theo <i>nguồn</i>." in home.text
    assert "<i>nguồn" not in home.html
    assert "Trả lời câu bị báo: giữ nguyên" in cleo.open("/to-chuc/nhat-ky").text


def test_second_officer_is_told_that_it_is_answered(town: Town) -> None:
    item = reported(town)
    cleo = town.as_cleo()
    values = dict(cleo.open(REPORTS).form(f"{REPORTS}/{item}").fields) | {"answer": "Vâng.", "state": "fixed"}
    cleo.post(f"{REPORTS}/{item}", values)
    page = cleo.post(f"{REPORTS}/{item}", values)

    assert page.status == 409
    assert "Người khác vừa trả lời câu này rồi." in page.text


def test_item_is_hidden_at_once_and_brought_back(town: Town) -> None:
    item = reported(town)
    cleo = town.as_cleo()
    cleo.open(REPORTS)
    page = cleo.submit(f"/{item}/an")
    assert "Câu đang ẩn" in page.text
    with town.app.app_context():
        row = db.session.get_one(Item, item)
        assert (row.origin, row.retired_at) == ("ward", town.now)
    page = cleo.submit(f"/{item}/dua-lai")
    assert "Câu đang ẩn" not in page.text
    with town.app.app_context():
        row = db.session.get_one(Item, item)
        assert (row.origin, row.retired_at) == ("file", None)


def test_proposal_is_corrected_and_accepted(town: Town) -> None:
    proposed(town)
    cleo = town.as_cleo()
    assert "Câu đề xuất 1 việc đang chờ" in cleo.open(PROPOSALS).text
    page = cleo.follow("Đọc và quyết")
    kept = {name: value.strip() for name, value in page.form("/1/dung").fields}
    assert {name: kept[name] for name in DRAFT} == DRAFT

    page = cleo.submit("/1/dung", {"stem": "Câu sửa lại: {X} làm gì?", "source_url": ""})
    assert page.status == 422
    kept = {name: value.strip() for name, value in page.form("/1/dung").fields}
    assert (kept["stem"], kept["source_url"]) == ("Câu sửa lại: {X} làm gì?", "")
    assert "Chọn một mục tiêu của bài này." in page.text

    page = cleo.submit("/1/dung", {"source_url": DRAFT["source_url"], "objective": "1"})
    assert "Không còn câu nào chờ đọc" in page.text
    assert "đã được dùng" in page.text
    bank = cleo.open("/to-chuc/bo-cau-hoi/cuoc-goi")
    assert "Câu sửa lại: Bác làm gì?" in bank.text
    home = town.as_ada().open("/")
    assert "Câu bác đề xuất đã được dùng: “Câu sửa lại: Bác làm gì?”. Bác có thêm 10 điểm thi đua." in home.text


def test_proposal_is_declined_with_a_reason(town: Town) -> None:
    proposed(town)
    cleo = town.as_cleo()
    cleo.open(f"{PROPOSALS}/1")
    assert cleo.submit("/1/chua-dung").status == 422
    page = cleo.submit("/1/chua-dung", {"answer": "Bài này có câu giống rồi."})
    assert "chưa dùng Bài này có câu giống rồi." in page.text
    assert "Đoàn phường trả lời: Bài này có câu giống rồi." in town.as_ada().open("/de-xuat-cau-hoi").text
    assert "chưa dùng được" in town.as_ada().open("/").text


def test_own_proposal_is_left_to_another_officer(town: Town) -> None:
    proposed(town, by=town.cleo)
    cleo = town.as_cleo()
    assert "Câu của bạn: nhờ cán bộ khác đọc." in cleo.open(PROPOSALS).text
    page = cleo.open(f"{PROPOSALS}/1")
    assert [form.action for form in page.forms if form.action.startswith(PROPOSALS)] == []
    token = dict(page.form("/ra").fields)["csrf_token"]
    page = cleo.post(f"{PROPOSALS}/1/dung", DRAFT | {"csrf_token": token, "objective": "1", "sensitivity": "M"})
    assert page.status == 409
    assert "Nhờ cán bộ khác quyết." in page.text


def test_preview_of_a_correction_keeps_nothing(town: Town) -> None:
    proposed(town)
    cleo = town.as_cleo()
    fields = dict(cleo.open(f"{PROPOSALS}/1").form("/1/dung").fields)
    page = cleo.post(f"{PROPOSALS}/1/xem-thu", fields | {"stem": "Đang sửa dở?"})

    assert "Người học thấy câu hỏi thế này: Đang sửa dở?" in page.text
    assert "Đang sửa dở?" not in cleo.open(f"{PROPOSALS}/1").text
    assert cleo.open(f"{PROPOSALS}/1/dung").status == 200
