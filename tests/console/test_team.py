"""Officers answer offers to join the team, and call again about one confirmation in ten."""

from datetime import timedelta

import pytest

from app.core.db import reading, transaction
from app.outreach.confirming.domain import is_drawn
from app.outreach.confirming.queries import skills_confirmed
from app.outreach.confirming.service import confirm_shown, ensure_seed
from app.outreach.team.domain import Choices
from app.outreach.team.service import offer_help
from tests.factories import NOON, make_quiz
from tests.outreach.field import make_practice, visit_and_practise
from tests.town import Town

TEAM, LOOKS = "/to-chuc/tinh-nguyen", "/to-chuc/tinh-nguyen/goi-lai"


def offer(town: Town, person: int | None = None) -> None:
    chosen = Choices(frozenset({(5, "morning")}), frozenset({"an-toan-so"}), frozenset({town.groups["1"]}))
    with town.app.app_context():
        offer_help(person_id=person or town.ada, chosen=chosen, now=NOON)


@pytest.fixture
def place(town: Town) -> Town:
    with town.app.app_context():
        make_quiz()
    return town


@pytest.mark.parametrize("path", [TEAM, LOOKS])
def test_pages_are_closed_to_learners_and_volunteers(place: Town, path: str) -> None:
    assert [place.as_ada().open(path).status, place.as_dung().open(path).status] == [404, 404]
    assert place.as_cleo().open(path).status == 200


def test_offer_is_taken_up_for_the_place_that_was_named(place: Town) -> None:
    offer(place)
    cleo = place.as_cleo()
    page = cleo.open(TEAM)
    assert ("Thứ bảy sáng" in page.text, "An toàn số" in page.text) == (True, True)

    page = cleo.submit("/nhan")

    assert ("Đã nhận vào đội" in page.text, "Không ai đang chờ" in page.text) == (True, True)
    assert "Buổi hướng dẫn" in place.as_ada().open("/huong-dan").text
    page = cleo.open(f"{TEAM}?buoi=6-evening")
    assert "Chưa ai trong đội ghi rảnh vào buổi ấy." in page.text


def test_no_without_a_reason_is_asked_again_and_the_reason_is_read(place: Town) -> None:
    offer(place)
    cleo = place.as_cleo()
    cleo.open(TEAM)
    page = cleo.submit("/tu-choi")
    assert (page.status, "Ghi một câu lý do" in page.text) == (422, True)

    fields = [name for name, _ in page.form("/tu-choi").fields if name.startswith("reason-")]
    page = cleo.submit("/tu-choi", {fields[0]: "Đội đang đủ người"})

    assert "Đã trả lời." in page.text
    assert "Lý do: Đội đang đủ người" in place.as_ada().open("/huong-dan/tham-gia").text
    assert "trả lời lời gửi" in place.as_ada().open("/").text


def test_ones_own_offer_has_no_buttons(place: Town) -> None:
    offer(place, place.cleo)

    page = place.as_cleo().open(TEAM)

    assert [form.action for form in page.forms if form.action.endswith(("/nhan", "/tu-choi"))] == []


def test_drawn_confirmation_is_called_about_and_settled(town: Town) -> None:
    seed = next(s for n in range(1000) if is_drawn(s := f"{n:064d}", 1))
    with town.app.app_context():
        make_practice()
        with transaction() as session:
            ensure_seed(session, "2026-10", now=NOON, seed=seed)
        visit = visit_and_practise(town.ada, by=town.dung)
        with transaction() as session:
            confirm_shown(session, visit, "goi-thu", by=town.dung, now=NOON)
    town.at(NOON + timedelta(days=1))
    cleo = town.as_cleo()
    page = cleo.open(LOOKS)
    assert ("Nguyễn Thị Ada" in page.text, "Phạm Dũng xác nhận" in page.text) == (True, True)

    page = cleo.submit("/goi-lai/1", {"outcome": "redo"})
    assert (page.status, "vì sao cần làm lại" in page.text) == (422, True)
    page = cleo.submit("/goi-lai/1", {"outcome": "redo", "note": "có người bấm giúp"})

    assert ("Đã ghi kết quả" in page.text, "Không có lần xác nhận nào chờ gọi." in page.text) == (True, True)
    assert "có người bấm giúp" in cleo.open(f"{LOOKS}?xem=xong").text
    with town.app.app_context():
        assert skills_confirmed(reading(), town.ada) == frozenset()


def test_places_beside_the_page_count_what_waits(place: Town) -> None:
    offer(place)

    page = place.as_cleo().open("/to-chuc/nhat-ky")

    assert "Tình nguyện 1 việc đang chờ" in page.text
