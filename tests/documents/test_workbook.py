"""A workbook read back by a program that is not ours."""

import io

from python_calamine import CalamineWorkbook

from app.documents.workbook import CELL, Sheet, workbook


def read(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: list(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}


def test_rows_come_back_as_they_went_in() -> None:
    data = workbook([Sheet("Bảng điểm", ("Tên", "Số"), [("Khu phố 5", 205), ("Mận", 2.5), ("Lý", None)])])

    assert read(data) == {"Bảng điểm": [["Tên", "Số"], ["Khu phố 5", 205], ["Mận", 2.5], ["Lý", ""]]}


def test_formula_and_link_stay_text() -> None:
    data = workbook([Sheet("T", (), [("=1+1", "https://hocso.example", "+84")])])

    assert read(data) == {"T": [["=1+1", "https://hocso.example", "+84"]]}


def test_title_and_cell_are_cut_to_what_a_workbook_holds() -> None:
    data = workbook([Sheet("Khu phố [1]: " + "a" * 40, (), [("x" * (CELL + 5),)])])

    ((title, rows),) = read(data).items()
    assert (len(title) <= 31, "[" in title, len(str(rows[0][0]))) == (True, False, CELL)
