"""Bringing in a list on screen: the file, its columns, the trial, the yes."""

import io
import stat
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.audit.models import AuditEntry
from app.console import import_views
from app.core.db import reading
from app.groups.models import Group, Population
from app.people.bulk import importing
from app.people.models import Person
from tests.factories import make_person
from tests.page import Browser, Page
from tests.town import Town

LIST = "Họ tên;Khu phố;Năm sinh\nNguyễn Thị Hoa;Khu phố 1;1958\n;Khu phố 2;\n=Xấu;Khu phố 1;\n"
OFFICE: list[list[object]] = [
    ["UBND PHƯỜNG THỬ", "", "", "", ""],
    ["DANH SÁCH HỌC VIÊN", "", "", "", ""],
    [],
    ["TT", "Họ và tên", "", "Ngày tháng năm sinh", "Nơi ở"],
    [1, "Nguyễn Thị", "Hoa", "15/3/1958", "KP1"],
    [2, "Trần", "Mẫu", "không rõ", "2"],
]


def workbook(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return file.getvalue()


def send(browser: Browser, data: bytes, kind: str = "nguoi-hoc", name: str = "danh-sach.csv") -> Page:
    token = dict(browser.open(f"/to-chuc/nhap?loai={kind}").form("/nhap").fields)["csrf_token"]
    files = {"csrf_token": token, "loai": kind, "file": (io.BytesIO(data), name)}
    return browser.post("/to-chuc/nhap", files, content_type="multipart/form-data")  # type: ignore[arg-type]


def place(page: Page) -> str:
    """The address of the list that was sent."""
    return next(urlsplit(f.action).path for f in page.forms if f.action.endswith("/bo")).removesuffix("/bo")


def people(town: Town, name: str) -> int:
    with town.app.app_context():
        return reading().scalar(sa.select(sa.func.count()).where(Person.name == name)) or 0


def actions(town: Town) -> list[str]:
    with town.app.app_context():
        return list(reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def folder(town: Town) -> Path:
    path: Path = town.app.config["SETTINGS"].data / "uploads"
    return path


@pytest.fixture(autouse=True)
def _no_old_lists(town: Town) -> None:
    for old in folder(town).glob("*"):
        old.unlink()


def test_list_is_shown_first_and_brought_in_on_a_word(town: Town) -> None:
    cleo = town.as_cleo()
    page = send(cleo, LIST.encode())
    where = place(page)
    assert [v for n, v in page.form(where).fields if n.startswith("cot-")] == ["name", "khu", "birth"]

    trial = cleo.submit(where)

    assert "Đọc được 3 dòng" in trial.text
    assert "Dòng 3, cột họ tên: Nhập họ tên" in trial.text
    assert "Dòng 4, cột họ tên: Ô bắt đầu bằng dấu =" in trial.text
    assert people(town, "Nguyễn Thị Hoa") == 0
    done = cleo.submit("/vao")
    assert ("Đã nhập xong" in done.text, people(town, "Nguyễn Thị Hoa")) == (True, 1)


def test_officer_says_which_column_is_which_and_it_is_remembered(town: Town) -> None:
    cleo = town.as_cleo()
    page = send(cleo, workbook(OFFICE), name="ds.xlsx")
    where = place(page)
    assert "Trang tính Danh sách" in page.text
    assert dict(page.form(where).fields)["header"] == "4"
    assert [v for n, v in page.form(where).fields if n.startswith("cot-")] == ["", "surname", "name", "birth", ""]

    refused = cleo.submit(where)
    assert dict(refused.form(where).fields)["cot-1"] == "surname"
    cleo.submit(where, {"cot-4": "khu"})
    cleo.submit("/vao")

    assert (refused.status, "Tệp thiếu cột khu phố" in refused.text) == (422, True)
    assert (people(town, "Nguyễn Thị Hoa"), people(town, "Trần Mẫu")) == (1, 1)
    again = send(cleo, workbook(OFFICE), name="ds.xlsx")
    assert [v for n, v in again.form(place(again)).fields if n.startswith("cot-")][-1] == "khu"
    assert "2 dòng giữ nguyên" in cleo.submit(place(again)).text


def test_khu_pho_is_said_once_for_a_list_without_it(town: Town) -> None:
    cleo = town.as_cleo()
    page = send(cleo, "Danh sách khu phố 2\nHọ tên,Năm sinh\nLê Thị Mai,1960\n".encode())

    cleo.submit(place(page), {"khu": "Khu phố 2"})
    cleo.submit("/vao")

    assert people(town, "Lê Thị Mai") == 1


def test_another_row_of_headings_is_read_on_request(town: Town) -> None:
    cleo = town.as_cleo()
    where = place(send(cleo, "a,b\nHọ tên,Khu phố\nLê Thị Mai,1\n".encode()))

    page = cleo.submit(where, {"header": "1"}, button="Đọc lại")

    assert dict(page.form(where).fields)["header"] == "1"
    assert [v for n, v in page.form(where).fields if n.startswith("cot-")] == ["", ""]


def test_second_yes_to_a_list_finds_it_done(town: Town) -> None:
    cleo = town.as_cleo()
    page = send(cleo, LIST.encode())
    trial = cleo.submit(place(page))
    values = dict(trial.form("/vao").fields)

    first, again = (cleo.post(f"{place(page)}/vao", values) for _ in range(2))

    assert (first.status, again.text) == (200, first.text)
    assert actions(town) == ["people.import"]


def test_failed_rows_come_back_as_a_file_to_mend_and_send_again(town: Town) -> None:
    cleo = town.as_cleo()
    where = place(send(cleo, LIST.encode()))
    cleo.submit(where)
    cleo.submit("/vao")

    file = cleo.client.get(f"{where}/dong-loi").data
    text = cleo.client.get(f"{where}/dong-loi?dang=csv").data.decode("utf-8-sig")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Họ tên", "Khu phố", "Năm sinh", "Cần sửa"]
    assert [row[:2] for row in rows[1:]] == [["", "Khu phố 2"], ["=Xấu", "Khu phố 1"]]
    assert text.splitlines()[2].startswith("'=Xấu,")
    mended = text.replace("'=Xấu", "Ngô Tốt").encode()
    again = send(cleo, mended)
    assert "1 dòng mới" in cleo.submit(place(again)).text


def test_list_lies_on_the_server_privately_and_only_until_it_is_done(town: Town) -> None:
    cleo = town.as_cleo()
    where = place(send(cleo, b"ho ten;khu pho\nLe Mai;1\n"))
    kept = sorted(folder(town).glob("*.csv"))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder(town).iterdir()}

    cleo.submit(where)
    cleo.submit("/vao")

    assert (len(kept), modes) == (1, {0o600})
    assert list(folder(town).glob("*.csv")) == []


def test_list_that_is_thought_better_of_is_gone(town: Town) -> None:
    cleo = town.as_cleo()
    where = place(send(cleo, LIST.encode()))

    cleo.submit("/bo")

    assert list(folder(town).iterdir()) == []
    assert cleo.open(where).status == 404


def test_long_list_goes_in_some_at_a_time_and_says_how_far_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_views, "bring_in_parts", partial(importing.bring_in, most=2))
    cleo = town.as_cleo()
    where = place(send(cleo, ("họ tên,khu phố\n" + "".join(f"Người {n},1\n" for n in range(5))).encode()))
    values = dict(cleo.submit(where).form("/vao").fields)
    htmx = {"HX-Request": "true"}

    first = cleo.client.post(f"{where}/vao", data=values, headers=htmx)
    shown = cleo.open(where)
    second = cleo.client.post(f"{where}/vao", data=values, headers=htmx)
    last = cleo.client.post(f"{where}/vao", data=values, headers=htmx)

    assert "Đã nhập 2 trên 5 dòng" in first.get_data(as_text=True)
    assert "Đã nhập 2 trên 5 dòng" in shown.text
    assert "Đã nhập 4 trên 5 dòng" in second.get_data(as_text=True)
    assert last.headers["HX-Redirect"] == where
    assert "5 dòng mới đã vào" in cleo.open(where).text


def test_long_list_goes_in_whole_without_scripts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_views, "bring_in_parts", partial(importing.bring_in, most=2))
    cleo = town.as_cleo()
    cleo.submit(place(send(cleo, ("họ tên,khu phố\n" + "".join(f"Người {n},1\n" for n in range(5))).encode())))

    done = cleo.submit("/vao")

    assert ("Đã nhập xong" in done.text, "5 dòng mới đã vào" in done.text) == (True, True)


def test_list_of_another_officer_is_not_there(town: Town) -> None:
    with town.app.app_context():
        other = make_person("Mai Kim", group_id=town.groups["1"], role="officer", ward_id=town.groups["ward"])
    where = place(send(town.as_cleo(), LIST.encode()))
    browser = town.as_person(other, "password")

    assert {browser.open(f"{where}{end}").status for end in ("", "/xem-thu", "/dong-loi")} == {404}


@pytest.mark.parametrize("name", ["..%2f..%2fkeys%2fsession", "x", "a" * 64])
def test_list_with_a_bent_name_is_not_there(town: Town, name: str) -> None:
    assert town.as_cleo().open(f"/to-chuc/nhap/{name}").status == 404


def test_file_that_cannot_be_read_is_refused_with_the_reason(town: Town) -> None:
    page = send(town.as_cleo(), b"\xd0\xcf\x11\xe0 old", name="ds.xls")

    assert (page.status, "đời cũ (.xls) hoặc có mật khẩu" in page.text) == (422, True)


def test_too_many_rows_are_refused_in_one_sentence(town: Town) -> None:
    town.app.config["SETTINGS"] = replace(town.app.config["SETTINGS"], import_rows=3)

    page = send(town.as_cleo(), ("họ tên,khu phố\n" + "Lan,1\n" * 100).encode())

    assert (page.status, "Tệp có hơn 3 dòng" in page.text) == (422, True)


def test_khu_pho_and_to_come_in_with_their_people_and_contact(town: Town) -> None:
    cleo = town.as_cleo()
    rows: list[list[object]] = [
        ["Tên", "Thuộc khu phố", "Dân từ 16 tuổi", "Trưởng khu", "Điện thoại"],
        ["Khu phố 7", "", "1.050", "Nguyễn Thị Thử", 912345678],
        ["Tổ 3", "Khu phố 7", "", "", ""],
    ]
    page = send(cleo, workbook(rows), kind="khu-pho", name="kp.xlsx")

    cleo.submit(place(page), {"as_of": "01/10/2026", "source": "Danh sách của phường"})
    done = cleo.submit("/vao")

    assert "2 dòng mới đã vào" in done.text
    with town.app.app_context():
        khu = reading().scalars(sa.select(Group).where(Group.slug == "7")).one()
        assert (khu.contact_name, khu.contact_phone) == ("Nguyễn Thị Thử", "0912345678")
        counted = sa.select(Population.adults, Population.source).where(Population.group_id == khu.id)
        assert reading().execute(counted).all() == [(1050, "Danh sách của phường")]
        assert reading().scalars(sa.select(Group.slug).where(Group.parent_id == khu.id)).all() == ["7-to-3"]


def test_branches_come_in(town: Town) -> None:
    cleo = town.as_cleo()
    page = send(cleo, "Chi đoàn,Bí thư,SĐT\nChi đoàn Thử,Trần Mẫu,0912.345.678\n".encode(), kind="chi-doan")

    cleo.submit(place(page))
    cleo.submit("/vao")

    with town.app.app_context():
        found = sa.select(Group.name, Group.contact_name, Group.contact_phone).where(Group.kind == "chi_doan")
        assert reading().execute(found).all() == [("Chi đoàn Thử", "Trần Mẫu", "0912345678")]
