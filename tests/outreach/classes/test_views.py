"""Pages of classes: planned, people come in by code or by hand, one tablet for all."""

from datetime import timedelta

from app.attempts.models import Attempt
from app.core.db import reading, transaction
from app.outreach.classes.domain import LASTS, code_of, window_of
from app.outreach.classes.models import ClassAttempt
from app.outreach.classes.queries import present, secret_of
from app.people.service import set_pin
from tests.factories import NOON, make_person, make_quiz
from tests.outreach.classes.room import BEFORE, bring, code_now, plan
from tests.page import Browser
from tests.town import Town

FORM = {"day": "2026-10-14", "time": "12:00", "place": "Nhà văn hoá", "quiz": "cuoc-goi", "expected": "30"}


def planned(town: Town, people: int = 0) -> int:
    with town.app.app_context():
        made = plan(town)
        bring(town, made, people)
        return made


def names(town: Town, class_id: int) -> list[str]:
    with town.app.app_context():
        return [one.name for one in present(reading(), class_id)]


def test_class_is_planned_moved_and_called_off_from_the_desk(town: Town) -> None:
    with town.app.app_context():
        make_quiz()
    town.at(BEFORE)
    dung = town.as_dung()

    dung.open("/huong-dan")
    dung.follow("Lớp học")
    assert "Chưa có lớp nào sắp tới" in dung.page.text  # type: ignore[union-attr]
    dung.follow("Lập lớp mới")
    page = dung.submit("/lop/moi", {**FORM, "group": str(town.groups["1"]), "trainer": str(town.dung)})
    assert "Đã lập lớp." in page.text
    dung.follow("Sửa lớp")
    page = dung.submit("/sua", {"place": "Sân đình"})
    assert "Sân đình" in page.text
    page = dung.submit("/huy")
    assert "Đã huỷ lớp" in page.text
    page = dung.submit("/khoi-phuc", button="Hoàn tác")
    assert "Lớp đã mở lại." in page.text


def test_form_that_does_not_fit_keeps_what_was_typed(town: Town) -> None:
    with town.app.app_context():
        make_quiz()
    town.at(BEFORE)
    dung = town.as_dung()
    dung.open("/huong-dan/lop/moi")

    page = dung.submit("/lop/moi", {**FORM, "place": "", "expected": "30", "trainer": str(town.dung)})

    assert (page.status, "Ghi nơi học" in page.text) == (422, True)
    assert dict(page.form("/lop/moi").fields)["day"] == "2026-10-14"


def test_resident_scans_and_says_so_with_one_button(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        code = code_now(made)
    ada = town.as_ada()

    page = ada.open(f"/co-mat/{made}/{code}")
    assert "Bác có mặt ở buổi này?" in page.text
    assert names(town, made) == []  # looking records nothing
    assert ada.client.get(f"/co-mat/{made}").status_code == 200
    page = ada.submit(f"/co-mat/{made}")

    assert "Đã ghi bác có mặt" in page.text
    assert names(town, made) == ["Nguyễn Thị Ada"]
    assert "đã có tên ở lớp này" in ada.open(f"/co-mat/{made}").text


def test_old_code_gets_one_sentence_and_records_nothing(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        old = code_of(secret_of(reading(), made), window_of(NOON) - 2)
    ada = town.as_ada()

    page = ada.open(f"/co-mat/{made}/{old}")
    assert (page.status, "Mời bác quét mã đang hiện trên màn hình của lớp." in page.text) == (409, True)
    page = ada.open(f"/co-mat?ma={old}")
    assert (page.status, "Mã này đã đổi" in page.text) == (422, True)
    assert ada.open("/co-mat?ma=12").status == 422
    ada.post(f"/co-mat/{made}", {"csrf_token": page.html.split('name="csrf_token" value="')[1].split('"')[0]})
    assert names(town, made) == []


def test_code_is_typed_where_it_cannot_be_scanned(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        code = code_now(made)
    ada = town.as_ada()

    ada.open("/co-mat")
    page = ada.open(f"/co-mat?ma={code[:3]}+{code[3:]}")

    assert "Bác có mặt ở buổi này?" in page.text


def test_guest_signs_up_and_comes_back_to_the_class(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        code = code_now(made)
    guest = town.guest()

    page = guest.open(f"/co-mat/{made}/{code}")
    assert "Cho biết bác là ai trước đã" in page.text
    guest.follow("ghi tên mới")
    values = {"name": "Ngô Mới", "address": "bà", "adult": "yes", "group": str(town.groups["1"]), "record": "1"}
    guest.submit("/dang-ky", values)
    town.at(NOON + timedelta(minutes=5))
    page = guest.submit("/the")

    assert "Bà có mặt ở buổi này?" in page.text
    guest.submit(f"/co-mat/{made}")
    assert names(town, made) == ["Ngô Mới"]


def test_ticket_of_a_scan_is_gone_after_twenty_minutes(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        code = code_now(made)
    ada = town.as_ada()
    ada.open(f"/co-mat/{made}/{code}")

    town.at(NOON + timedelta(minutes=21))

    assert ada.open(f"/co-mat/{made}").status == 409


def test_trainer_finds_ticks_and_undoes(town: Town) -> None:
    made = planned(town)
    dung = town.as_dung()

    page = dung.open(f"/huong-dan/lop/{made}?tim=nguyen+thi")
    assert "Nguyễn Thị Ada" in page.text
    page = dung.submit(f"/lop/{made}/co-mat")
    assert ("Đã điểm danh." in page.text, names(town, made)) == (True, ["Nguyễn Thị Ada"])
    page = dung.submit(f"/lop/{made}/bo", button="Hoàn tác")
    assert ("Đã bỏ tên" in page.text, names(town, made)) == (True, [])
    assert "Trần Văn Ben" not in dung.open(f"/huong-dan/lop/{made}?tim=ben").text  # another khu phố's


def test_heads_beside_names(town: Town) -> None:
    made = planned(town, 3)
    dung = town.as_dung()
    dung.open(f"/huong-dan/lop/{made}")

    page = dung.submit(f"/lop/{made}/dem", {"counted": "2"})
    assert (page.status, "ít nhất là 3" in page.text) == (422, True)
    page = dung.submit(f"/lop/{made}/dem", {"counted": "5"})

    assert "3 người có tên · đếm được 5 người" in page.text
    assert "3 người" in dung.open("/huong-dan/lop").text


def test_newcomer_is_signed_up_in_the_class(town: Town) -> None:
    made = planned(town)
    dung = town.as_dung()
    dung.open(f"/huong-dan/lop/{made}/ghi-ten")

    dung.submit(
        f"/lop/{made}/ghi-ten",
        {"name": "Ngô Cửa", "address": "bà", "adult": "yes", "group": str(town.groups["1"]), "agreed": "1"},
    )

    assert names(town, made) == ["Ngô Cửa"]
    assert "Ngô Cửa" in dung.open(f"/huong-dan/lop/{made}/danh-sach").text


def test_code_page_changes_each_minute_and_stops_with_the_class(town: Town) -> None:
    made = planned(town)
    dung = town.as_dung()

    first = dung.open(f"/huong-dan/lop/{made}/ma").html
    town.at(NOON + timedelta(minutes=1))
    again = dung.open(f"/huong-dan/lop/{made}/ma", headers={"HX-Request": "true"}).html
    town.at(NOON + LASTS)

    digits = [html.split("class-digits tab")[1].split(">")[1].split("<")[0] for html in (first, again)]
    assert (digits[0] != digits[1], again.startswith("<section"), "Lấy mã mới" in first) == (True, True, True)
    assert "Lớp không mở lúc này" in dung.open(f"/huong-dan/lop/{made}/ma").text


def test_volunteer_of_another_khu_pho_finds_no_class(town: Town) -> None:
    made = planned(town)
    with town.app.app_context():
        other = make_person("Vũ Hai", group_id=town.groups["2"], role="volunteer", ward_id=town.groups["2"])
    hai = town.as_person(other, "pin")

    assert [hai.open(f"/huong-dan/lop/{made}{page}").status for page in ("", "/ma", "/sua", "/danh-sach")] == [404] * 4
    assert "Nhà văn hoá" not in hai.open("/huong-dan/lop").text


def going_round(town: Town, people: int = 2) -> tuple[Browser, int, list[str]]:
    """A tablet in a class of some people."""
    made = planned(town, people)
    with town.app.app_context(), transaction() as session:
        set_pin(session, town.dung, "2580", now=NOON)
    tablet = town.as_dung()
    tablet.open(f"/huong-dan/lop/{made}")
    tablet.submit("/may-chung")
    return tablet, made, names(town, made)


def test_tablet_shows_names_and_holds_nobodys_rights(town: Town) -> None:
    tablet, made, people = going_round(town)

    assert tablet.page is not None
    assert [button[2].removeprefix("Bác ") for form in tablet.page.forms for button in form.buttons] == people
    for page in ("/huong-dan", f"/huong-dan/lop/{made}", "/toi"):
        assert "Bấm vào tên mình" in tablet.open(page).text  # whoever is not signed in is led to the names


def test_tap_learn_and_back_to_the_names(town: Town) -> None:
    tablet, _made, _people = going_round(town)
    tablet.submit(tablet.page.forms[0].action)  # type: ignore[union-attr]
    assert "Chào bác 1!" in tablet.page.text  # type: ignore[union-attr]
    tablet.submit("/lop/toi/dau")
    page = tablet.submit("/lop/toi/dau/1")
    assert (page.status, "Chọn một câu đã" in page.text) == (422, True)
    for number in (1, 2, 3):
        tablet.submit(f"/lop/toi/dau/{number}", {"choice": "a"})
    assert "Xong rồi, cảm ơn bác ạ!" in tablet.page.text  # type: ignore[union-attr]

    page = tablet.open("/huy-hieu")  # whatever is tapped next
    assert "Ai học tiếp? Bấm vào tên mình" in page.text
    assert "Bấm vào tên mình" in tablet.open("/lop/toi").text  # going back shows nothing of the one before
    tablet.submit(tablet.page.forms[1].action)  # type: ignore[union-attr]
    assert "Chào bác 2!" in tablet.page.text  # type: ignore[union-attr]


def test_names_page_forgets_who_held_the_tablet(town: Town) -> None:
    tablet, _, _ = going_round(town)
    tablet.submit(tablet.page.forms[0].action)  # type: ignore[union-attr]

    tablet.open("/lop")

    assert "Bấm vào tên mình" in tablet.open("/lop/toi").text


def test_lesson_in_class_is_done_as_the_trainer_chose(town: Town) -> None:
    tablet, made, _ = going_round(town, 1)
    dung = town.as_dung()
    dung.open(f"/huong-dan/lop/{made}")
    dung.submit("/cach", {"how": "read_aloud"})
    tablet.submit(tablet.page.forms[0].action)  # type: ignore[union-attr]

    tablet.submit("/hoc/an-toan-so/cuoc-goi")

    with town.app.app_context():
        assert [(a.how, a.purpose) for a in reading().query(Attempt)] == [("read_aloud", "lesson")]
        assert [c.class_id for c in reading().query(ClassAttempt)] == [made]
    assert "bài" in dung.open(f"/huong-dan/lop/{made}").text


def test_tablet_leaves_the_class_by_the_pin_of_whoever_started_it(town: Town) -> None:
    tablet, _made, _ = going_round(town)
    tablet.follow("Dành cho người hướng dẫn")
    page = tablet.submit("/lop/roi", {"secret": "1379"})
    assert (page.status, "Còn 4 lần thử" in page.text) == (422, True)

    page = tablet.submit("/lop/roi", {"secret": "2580"})

    assert ("Máy đã rời lớp." in page.text, page.status) == (True, 200)
    assert "Bấm vào tên mình" not in tablet.open("/lop").text
    assert tablet.open("/huong-dan").status == 200


def test_tablet_of_a_class_that_is_over_is_a_browser_like_any_other(town: Town) -> None:
    tablet, _, _ = going_round(town)

    town.at(NOON + LASTS)

    assert "Bấm vào tên mình" not in tablet.open("/lop").text
    assert "Nhập mã thẻ" in tablet.open("/vao").text or tablet.page.title.startswith("Vào")  # type: ignore[union-attr]
