"""Proposing an item, as people meet it."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.quizzes.models import Proposal
from tests.factories import make_quiz
from tests.quizzes.draft import DRAFT, draft
from tests.town import Town

URL = "/de-xuat-cau-hoi"
HOSTILE = '<img src=x onerror="alert(1)">{{ 7*7 }}'.replace("{{ 7*7 }}", "")


def fill(town: Town) -> None:
    with town.app.app_context():
        make_quiz()


def proposals(town: Town) -> list[tuple[int, str, str]]:
    with town.app.app_context():
        return [tuple(row) for row in db.session.execute(select(Proposal.person_id, Proposal.quiz_id, Proposal.state))]


def test_everyone_signed_in_finds_the_way_from_the_lessons(town: Town) -> None:
    fill(town)
    for browser in (town.as_ada(), town.as_dung(), town.as_cleo(), town.as_person(town.ben, "card")):
        browser.open("/hoc")
        assert "Viết cho bài nào?" in browser.follow("Đề xuất một câu hỏi").text
        assert "Một câu cho bài “Bài cuoc-goi”" in browser.open(f"{URL}/cuoc-goi").text
    assert "Đề xuất một câu hỏi" not in town.guest().open("/hoc").text


@pytest.mark.parametrize("path", [URL, f"{URL}/cuoc-goi"])
def test_guest_is_sent_to_sign_in(town: Town, path: str) -> None:
    fill(town)
    response = town.guest().client.get(path)

    assert (response.status_code, response.headers["Location"][:8]) == (303, "/vao?tu=")


def test_sound_item_is_handed_in_and_listed_as_waiting(town: Town) -> None:
    fill(town)
    ada = town.as_ada()
    ada.open(f"{URL}/cuoc-goi")
    page = ada.submit(f"{URL}/cuoc-goi", DRAFT)

    assert "Đã gửi cho Đoàn phường" in page.text
    assert "Có người lạ gửi bác đường dẫn nhận quà. Bác nên làm gì? chờ duyệt" in page.text
    assert proposals(town) == [(town.ada, "cuoc-goi", "waiting")]
    assert "chờ duyệt" not in town.as_dung().open(URL).text


def test_nothing_typed_is_lost_when_fields_are_wrong(town: Town) -> None:
    fill(town)
    ada = town.as_ada()
    ada.open(f"{URL}/cuoc-goi")
    typed = draft(source_url="example.org", key="", hint="")
    page = ada.submit(f"{URL}/cuoc-goi", typed)

    assert page.status == 422
    assert "Cần sửa 3 chỗ" in page.text
    for words in ("Chọn câu trả lời đúng.", "Địa chỉ nguồn bắt đầu bằng https://", "Chỗ này còn trống."):
        assert words in page.text
    kept = {name: value.lstrip("\n") for name, value in page.form(f"{URL}/cuoc-goi").fields}
    assert {name: kept[name] for name in typed if name != "key"} == {n: v for n, v in typed.items() if n != "key"}
    assert proposals(town) == []


def test_trying_it_out_shows_the_learner_s_view_and_keeps_nothing(town: Town) -> None:
    fill(town)
    ada = town.as_ada()
    fields = dict(ada.open(f"{URL}/cuoc-goi").form(f"{URL}/cuoc-goi").fields)
    page = ada.post(f"{URL}/cuoc-goi/xem-thu", fields | DRAFT)
    assert page.status == 200
    assert "Câu này đủ các phần." in page.text
    assert "Người học thấy câu hỏi thế này: Có người lạ gửi bác đường dẫn nhận quà." in page.text
    assert dict(page.form(f"{URL}/cuoc-goi").fields)["source_title"] == DRAFT["source_title"]
    piece = ada.post(f"{URL}/cuoc-goi/xem-thu", fields | draft(hint=""), headers={"HX-Request": "true"})
    assert piece.html.lstrip()[:23] == '<section class="draft s'
    assert "Còn 1 ô chưa viết." in piece.text
    assert proposals(town) == []
    assert ada.open(f"{URL}/cuoc-goi/xem-thu").status == 200


def test_form_sent_twice_proposes_once(town: Town) -> None:
    fill(town)
    ada = town.as_ada()
    fields = dict(ada.open(f"{URL}/cuoc-goi").form(f"{URL}/cuoc-goi").fields)
    ada.post(f"{URL}/cuoc-goi", fields | DRAFT)
    ada.post(f"{URL}/cuoc-goi", fields | DRAFT)

    assert len(proposals(town)) == 1


def test_hostile_text_is_text(town: Town) -> None:
    fill(town)
    ada = town.as_ada()
    ada.open(f"{URL}/cuoc-goi")
    hostile = dict.fromkeys(("stem", "text_a", "reason_a", "hint", "rationale", "source_title"), HOSTILE)
    page = ada.submit(f"{URL}/cuoc-goi", DRAFT | hostile)
    assert "<img src=x" not in page.html
    assert "&lt;img src=x" in page.html
    cleo = town.as_cleo()
    for path in ("/to-chuc/de-xuat", "/to-chuc/de-xuat/1"):
        assert "<img src=x" not in cleo.open(path).html
        assert "&lt;img src=x" in (cleo.page or page).html


def test_unknown_quiz_is_no_page(town: Town) -> None:
    assert town.as_ada().open(f"{URL}/none").status == 404
