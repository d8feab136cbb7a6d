"""Every entry behind one's points, for oneself alone."""

from flask import Flask

from app.attempts.domain import Learner
from tests.factories import answer_all, make_quiz
from tests.town import Town, make_town


def learned(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        answer_all(Learner(person_id=town.ada), wrong=1)
        answer_all(Learner(person_id=town.ben))
    return town


def test_entries_add_up_to_the_points_shown(app: Flask) -> None:
    page = learned(app).as_ada().open("/diem-cua-toi")

    assert "40 điểm trong tháng 10/2026" in page.text
    assert page.text.count("Trả lời một câu lần đầu: Bài cuoc-goi") == 5
    assert page.text.count("Đạt bài mới, tự làm: Bài cuoc-goi") == 1


def test_month_without_entries_invites_to_learn(app: Flask) -> None:
    assert "Tháng này chưa có dòng điểm nào" in learned(app).as_dung().open("/diem-cua-toi").text


def test_guest_is_asked_to_sign_in(app: Flask) -> None:
    assert learned(app).guest().client.get("/diem-cua-toi").status_code == 303
