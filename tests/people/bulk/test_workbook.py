"""Workbooks as offices and as enemies make them."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from app.core.errors import Invalid
from app.core.text import clean
from app.people.bulk.limits import PLAIN, Limits
from app.people.bulk.table import kept, read_table, unkept

SHEET = "xl/worksheets/sheet1.xml"
START = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


def workbook(*sheets: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for n, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(n, place, cell)
                    elif cell != "":
                        sheet.write(n, place, cell)
    return file.getvalue()


def with_part(name: str, content: str | bytes) -> bytes:
    """A good workbook with one part exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["Họ tên"], ["Hoa"]]))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, limits: Limits = PLAIN) -> str:
    with pytest.raises(Invalid) as refused:
        read_table(data, limits)
    assert refused.value.values["field"] == "file"
    return refused.value.code


def test_rows_keep_their_numbers_and_cells_become_text() -> None:
    rows: list[list[object]] = [[], ["", "Họ tên", "Sinh", "SĐT"], [], ["", "=Hoa", date(1958, 3, 15), 912345678]]

    table = read_table(workbook(rows))

    assert table.sheet == "Sheet1"
    assert table.rows == ((), ("", "Họ tên", "Sinh", "SĐT"), (), ("", "'=Hoa", "1958-03-15", "912345678"))
    assert unkept(kept(table), "Sheet1") == table


def test_sheet_that_looks_like_a_list_is_taken() -> None:
    table = read_table(workbook([["Ghi chú"], ["x"]], [["Họ tên", "Khu phố"], ["Hoa", "5"]]))

    assert (table.sheet, table.rows[1]) == ("Sheet2", ("Hoa", "5"))


def test_sheet_with_nothing_in_it_is_told() -> None:
    assert refusal(workbook([])) == "file_empty"


def test_hundreds_of_thousands_of_rows_are_refused_unread() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400_001))

    assert refusal(with_part(SHEET, START + rows + END)) == "file_rows"


def test_bomb_is_refused_by_the_size_of_its_parts() -> None:
    assert refusal(with_part("xl/sharedStrings.xml", b" " * (60 * 1024 * 1024))) == "file_unzipped"


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_part("xl/media/a.bin", b"\x00" * (60 * 1024 * 1024)))
    true = (60 * 1024 * 1024).to_bytes(4, "little")
    while (at := data.find(true)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")

    assert refusal(bytes(data)) in ("file_broken", "file_unzipped")


def test_two_cells_at_the_ends_of_a_sheet_do_not_make_room_for_all_between() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert refusal(with_part(SHEET, START + far + END)) == "file_wide"


def test_cell_far_down_is_refused() -> None:
    far = '<row r="9999999"><c r="A9999999"><v>1</v></c></row>'

    assert refusal(with_part(SHEET, START + far + END)) == "file_rows"


def test_entities_are_refused() -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>' + START.partition("?>")[2] + END

    assert refusal(with_part(SHEET, evil)) == "file_broken"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old"),
        (b"PK\x03\x04", "file_broken"),
        (workbook([["Họ tên"]])[:-30], "file_broken"),
        (with_part(SHEET, START), "file_broken"),
        (with_part("xl/workbook.xml", "not xml"), "file_broken"),
    ],
)
def test_broken_workbook_is_told(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_other_archive_is_no_list() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert refusal(out.getvalue()) == "file_kind"


def test_wide_table_is_refused() -> None:
    assert refusal((",".join("abcdefghij" * 7) + "\n").encode()) == "file_wide"


def test_old_vietnamese_code_page_is_read() -> None:
    spelled = "Họ tên,Khu phố\nĐặng Thị Hường,5\n"
    parts = str.maketrans({"ọ": "o\u0323", "ố": "ô\u0301", "ặ": "ă\u0323", "ị": "i\u0323", "ờ": "ơ\u0300"})

    table = read_table(spelled.translate(parts).encode("cp1258"))

    assert [clean(cell) for cell in table.rows[1]] == ["Đặng Thị Hường", "5"]
