"""Pages of paper sheets: printed without a key, keyed in tap by tap, nothing typed is lost."""

from app.core.db import reading
from app.outreach.paper import queries
from tests.factories import make_person, make_quiz
from tests.outreach.classes.room import plan
from tests.outreach.paper.sheets import filled, print_some
from tests.page import Browser
from tests.town import Town


def printed(town: Town, **given: object) -> list[str]:
    with town.app.app_context():
        make_quiz()
        return print_some(town, **given)  # type: ignore[arg-type]


def fill(dung: Browser, number: str, town: Town, **given: object) -> dict[str, str]:
    with town.app.app_context():
        form = filled(number, town, **given)  # type: ignore[arg-type]
    return {name: values[0] for name, values in form.items()}


def test_sheets_are_printed_from_the_desk(town: Town) -> None:
    with town.app.app_context():
        make_quiz()
    dung = town.as_dung()
    dung.open("/huong-dan")
    dung.follow("Phiếu giấy")
    assert "Chưa in phiếu nào." in dung.page.text  # type: ignore[union-attr]
    form = {"quiz": "cuoc-goi", "group": str(town.groups["1"])}

    page = dung.submit("/phieu-giay/in", {**form, "copies": "100"})
    assert (page.status, "từ 1 đến 40" in page.text) == (422, True)
    page = dung.submit("/phieu-giay/in", {**form, "copies": "3"})
    assert "đã nhập 0 trên 3 tờ" in page.text
    page = dung.follow("Mở phiếu để in")

    assert page.html.count('<article class="paper"') == 3
    assert ("Giải thích" in page.html, "Lý do" in page.html) == (False, False)


def test_key_is_for_those_who_look_after_the_khu_pho(town: Town) -> None:
    printed(town)
    with town.app.app_context():
        other = make_person("Vũ Hai", group_id=town.groups["2"], role="volunteer", ward_id=town.groups["2"])
    pages = ("/huong-dan/phieu-giay/in/1", "/huong-dan/phieu-giay/in/1/to", "/huong-dan/phieu-giay/in/1/dap-an")

    statuses = [[who.open(page).status for page in pages] for who in (town.as_ada(), town.as_person(other, "pin"))]
    guest = [town.guest().client.get(page).status_code for page in pages]

    assert (statuses, guest) == ([[404] * 3] * 2, [303] * 3)
    assert "Giải thích" in town.as_dung().open(pages[2]).text


def test_sheet_is_keyed_in_number_person_answers(town: Town) -> None:
    number, _other = printed(town)
    dung = town.as_dung()
    dung.open("/huong-dan/phieu-giay/nhap")
    page = dung.open(f"/huong-dan/phieu-giay/nhap?so={number[:3]}+{number[3:]}")
    assert "Phiếu này của ai?" in page.text
    page = dung.open(f"/huong-dan/phieu-giay/nhap?so={number}&tim=nguyen+thi+ada")
    dung.follow("Chọn")

    page = dung.submit("/phieu-giay/nhap", {**fill(dung, number, town, wrong=1), "how": "independent"})

    assert ("Đã nhập phiếu" in page.text, "Nguyễn Thị Ada: đúng 4 câu" in page.text) == (True, True)
    assert "Còn 1 tờ của lần in này." in page.text
    assert "đúng 4 câu" in dung.open("/huong-dan/phieu-giay/in/1").text
    page = dung.open(f"/huong-dan/phieu-giay/nhap?so={number}")
    assert (page.status, "đã được nhập rồi" in page.text) == (422, True)


def test_missing_answer_keeps_everything_that_was_tapped(town: Town) -> None:
    number, _ = printed(town)
    dung = town.as_dung()
    dung.open(f"/huong-dan/phieu-giay/nhap?so={number}&nguoi={town.ada}")
    form = fill(dung, number, town)
    del form["q5-choice"]

    page = dung.submit("/phieu-giay/nhap", {**form, "how": "independent"})

    kept = dict(page.form("/phieu-giay/nhap").fields)
    assert (page.status, "đánh dấu Bỏ trống" in page.text) == (422, True)
    assert {name: kept[name] for name in form} == form
    assert "Đã nhập phiếu" in dung.submit("/phieu-giay/nhap", {"q5-blank": "1"}).text


def test_number_read_wrongly_and_wrong_people_get_a_sentence(town: Town) -> None:
    number, _ = printed(town)
    dung = town.as_dung()
    start = "/huong-dan/phieu-giay/nhap"
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    answers = {
        "Có chữ số đọc nhầm": f"{start}?so={wrong}",
        "Số phiếu gồm 6 chữ số": f"{start}?so=12",
        "phiếu của chính": f"{start}?so={number}&nguoi={town.dung}",
    }

    for words, path in answers.items():
        page = dung.open(path)
        assert (page.status, words in page.text) == (422, True)
    assert dung.open(f"{start}?so={number}&nguoi={town.ben}").status == 404


def test_class_brings_its_quiz_and_its_people(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
    dung = town.as_dung()
    dung.open(f"/huong-dan/lop/{made}")
    dung.submit(f"/lop/{made}/dem", {"counted": "0"})
    dung.open(f"/huong-dan/lop/{made}?tim=ada")
    dung.submit(f"/lop/{made}/co-mat")
    dung.follow("In phiếu giấy cho lớp")
    dung.submit("/phieu-giay/in")
    with town.app.app_context():
        line = queries.lines(reading(), 1)[0]

    page = dung.open(f"/huong-dan/phieu-giay/nhap?so={line.number}")

    assert ("Có mặt ở lớp" in page.text, "Nguyễn Thị Ada" in page.text) == (True, True)
