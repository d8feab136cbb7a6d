from datetime import date

import pytest

from app.core.errors import Invalid
from app.people.bulk.columns import check_mapping, guess, records
from app.people.bulk.limits import PLAIN
from app.people.bulk.person_rows import Row, RowError, read_person
from app.people.bulk.table import read_table

TODAY = date(2026, 11, 24)


def rows_of(data: bytes) -> list[Row | list[RowError]]:
    table = read_table(data)
    mapping = check_mapping(guess(table, "people"), table, "people")
    return [read_person(line, cells, TODAY, 16) for line, cells in records(table, mapping)]


def read(text: str, encoding: str = "utf-8") -> tuple[Row, ...]:
    rows = rows_of(text.encode(encoding))
    assert [row for row in rows if isinstance(row, list)] == []
    return tuple(row for row in rows if isinstance(row, Row))


def wrong(text: str) -> list[tuple[int, str, str]]:
    found = [row for row in rows_of(text.encode()) if isinstance(row, list)]
    return [(e.line, e.column, e.code) for errors in found for e in errors]


HOA = Row(2, "Nguyễn Thị Hoa", 1958, "yes", "Khu phố 5", "", "", "0912345678", "bà", said=True)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_rows_in_every_dress_of_excel(sign: str, encoding: str) -> None:
    lines = [
        ["STT", "HỌ VÀ TÊN", " Năm  sinh", "KHU PHO", "Số điện thoại", "xưng hô"],
        ["1", "Nguyễn Thị Hoa", "1958", "Khu phố 5", "+84 912.345.678", "Bà"],
    ]

    assert read("\r\n".join(sign.join(line) for line in lines), encoding) == (HOA,)


def test_headings_below_a_title_are_found_and_lines_count_as_in_excel() -> None:
    text = 'DANH SÁCH NGƯỜI HỌC,,\n"Phường Thử\nnăm 2026",,\n\nHọ tên,Khu phố\nTrần Mẫu,5\n\nLê Thử,6\n'

    assert [(row.line, row.name) for row in read(text)] == [(5, "Trần Mẫu"), (7, "Lê Thử")]


def test_family_and_given_name_in_two_columns() -> None:
    assert [r.name for r in read("Họ đệm;Tên;Khu phố\nNguyễn Thị;Hoa;5\n")] == ["Nguyễn Thị Hoa"]


def test_decomposed_name_is_composed() -> None:
    assert [r.name for r in read("họ tên,khu phố\nHu\u031bo\u031b\u0300ng,5\n")] == ["Hường"]


def test_excels_own_first_line_is_no_row() -> None:
    assert [r.name for r in read("sep=;\nhọ tên;khu phố\nHoa;5\n")] == ["Hoa"]


@pytest.mark.parametrize(
    ("birth", "year", "adult"),
    [
        ("1958", 1958, "yes"),
        ("15/3/1958", 1958, "yes"),
        ("1958.0", 1958, "yes"),
        ("2015", 2015, "no"),
        ("2010", 2010, "unsaid"),  # sixteen this year: the birthday may be still to come
        ("24/11/2010", 2010, "yes"),
        ("25/11/2010", 2010, "no"),
        ("", None, "unsaid"),
    ],
)
def test_adult_follows_from_birth(birth: str, year: int | None, adult: str) -> None:
    (row,) = read(f"họ tên,khu phố,năm sinh\nHoa,5,{birth}\n")

    assert (row.birth_year, row.adult) == (year, adult)


def test_zero_that_excel_ate_comes_back() -> None:
    assert [r.phone for r in read("họ tên,khu phố,sđt\nHoa,5,912345678\n")] == ["0912345678"]


@pytest.mark.parametrize(("year", "address"), [("2001", "bạn"), ("1958", "bác"), ("", "bác")])
def test_address_when_the_list_says_none(year: str, address: str) -> None:
    assert [r.address for r in read(f"họ tên,khu phố,năm sinh\nHoa,5,{year}\n")] == [address]


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    text = "họ tên,khu phố,năm sinh,sđt,xưng hô\nHoa,5,,,\n,,58,123,ngài\n"

    assert wrong(text) == [
        (3, "name", "name_missing"),
        (3, "khu", "group_missing"),
        (3, "birth", "birth_year"),
        (3, "phone", "phone_shape"),
        (3, "address", "address_unknown"),
    ]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd|x", "-1+Hoa", "@SUM(A)", "＝Hoa", "\u200b=Hoa"])
def test_cell_that_looks_like_a_formula_stays_out(cell: str) -> None:
    assert wrong(f"họ tên;khu phố\n{cell};5\n") == [(2, "name", "cell_formula")]


def test_text_that_only_looks_dangerous_is_just_a_name() -> None:
    assert [r.name for r in read("họ tên;khu phố\n<script>alert(1)</script>;5\n")] == ["<script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_missing"),
        (b"PK\x03\x04" + b"x" * 30, "file_broken"),
        ("họ tên,khu phố\nHường,5".encode("cp1258", "replace"), "file_encoding"),
        (b"\xff\xfeh", "file_encoding"),
        ("họ tên,quê quán\nHoa,x\n".encode(), "file_columns"),
        ('họ tên,khu phố\n"Hoa,5\nLan,6\n'.encode(), "file_quotes"),
        (b"x" * (5 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_file_that_cannot_be_read_is_refused_as_a_whole(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        rows_of(data)

    field = "columns" if code == "file_columns" else "file"
    assert (refused.value.code, refused.value.values["field"]) == (code, field)


def test_one_row_too_many_is_refused() -> None:
    body = "".join(f"Người {i},5\n" for i in range(PLAIN.rows + PLAIN.above + 1))

    with pytest.raises(Invalid) as refused:
        rows_of(f"họ tên,khu phố\n{body}".encode())

    assert (refused.value.code, refused.value.values["most"]) == ("file_rows", PLAIN.rows)
