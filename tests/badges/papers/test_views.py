"""One's own certificate and picture: for the holder alone, after the PIN, with only the name that was chosen."""

from flask import Flask

from app.badges.credentials.queries import live_of
from app.core.db import reading
from tests.badges.papers.stage import earn
from tests.documents import pdf
from tests.town import make_town


def test_learner_signs_once_and_downloads_as_often_as_wanted(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)
    ada = town.as_ada()
    ada.open("/huy-hieu/tinh-mat")
    assert ada.page is not None

    ada.submit("/huy-hieu/tinh-mat/so")
    with app.app_context():
        code = live_of(reading(), town.ada, "tinh-mat")
    ada.open("/huy-hieu/tinh-mat")
    form = dict(ada.page.form("/huy-hieu/tinh-mat/giay-chung-nhan").fields)
    first = ada.client.post("/huy-hieu/tinh-mat/giay-chung-nhan", data=form)
    again = ada.client.get("/huy-hieu/tinh-mat/giay-chung-nhan.pdf")

    assert (first.status_code, first.location) == (303, "/huy-hieu/tinh-mat/giay-chung-nhan.pdf")
    assert (again.status_code, again.mimetype) == (200, "application/pdf")
    assert code is not None
    assert set("NguyễnThịAda") <= set(pdf.letters(again.data))
    assert again.headers["Cache-Control"] == "private, no-store"
    with app.app_context():
        assert live_of(reading(), town.ada, "tinh-mat") == code


def test_certificate_of_a_badge_that_is_not_held_is_not_there(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)
    ben = town.as_person(town.ben, "pin")

    ben.open("/huy-hieu/tinh-mat")

    assert ben.page is not None
    assert [form.action for form in ben.page.forms if "giay-chung-nhan" in form.action] == []
    assert ben.open("/huy-hieu/tinh-mat/anh-khoe").status == 404
    assert ben.client.get("/huy-hieu/tinh-mat/giay-chung-nhan.pdf").status_code == 303


def test_card_alone_is_asked_for_the_pin(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)
    card = town.as_person(town.ada, "card")

    there = card.client.get("/huy-hieu/tinh-mat/anh-khoe")

    assert (there.status_code, there.location.startswith("/vao/pin")) == (303, True)


def test_picture_bears_no_name_unless_one_is_chosen(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)
    ada = town.as_ada()
    page = ada.open("/huy-hieu/tinh-mat/anh-khoe")

    pictures = {
        choice: ada.client.get(f"/huy-hieu/tinh-mat/anh-khoe.png?ten={choice}&biet-danh=Hoa+sen").data
        for choice in ("khong", "goi", "day-du", "biet-danh")
    }

    assert 'src="/huy-hieu/tinh-mat/anh-khoe.png?ten=khong' in page.html
    assert len(set(pictures.values())) == 4
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
    assert ada.client.get("/huy-hieu/tinh-mat/anh-khoe.png").data == pictures["khong"]


def test_nickname_that_is_missing_is_asked_for_and_nothing_is_lost(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)

    page = town.as_ada().open("/huy-hieu/tinh-mat/anh-khoe?ten=biet-danh&biet-danh=%E7%8E%8B")
    empty = town.as_ada().open("/huy-hieu/tinh-mat/anh-khoe?ten=biet-danh")

    assert (page.status, "chưa có các chữ này: 王" in page.text, 'value="王"' in page.html) == (422, True, True)
    assert (empty.status, "Gõ một biệt danh" in empty.text) == (422, True)


def test_badge_page_says_why_how_and_on_what_it_rests(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada)

    held = town.as_ada().open("/huy-hieu/tinh-mat")
    locked = town.as_person(town.ben, "pin").open("/huy-hieu/than-hong")

    for words in ("Kẻ gian hay gọi", "Miền 4", "tự làm, không ai giúp", "đúng 5 trên 5 câu", "Bài cuoc-goi"):
        assert words in held.text
    assert held.link("Khoe với con cháu") == "/huy-hieu/tinh-mat/anh-khoe"
    assert ("Còn 4 tuần" in locked.text, "Học đều 4 tuần" in locked.text) == (True, True)
