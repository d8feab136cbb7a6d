import unicodedata
from datetime import date

import pytest

from app.people.bulk.person_rows import Row, RowError, read_person

TODAY = date(2026, 11, 24)


def person(**cells: str) -> Row:
    row = read_person(2, {"name": "Hoa", "khu": "5", **cells}, TODAY, 16)
    assert isinstance(row, Row)
    return row


def wrong(**cells: str) -> list[tuple[str, str]]:
    found = read_person(2, {"name": "Hoa", "khu": "5", **cells}, TODAY, 16)
    assert isinstance(found, list)
    return [(error.column, error.code) for error in found]


@pytest.mark.parametrize(
    "phone",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84 912 345 678", "+84912345678", "84912345678",
        "84-912.345.678", "(+84) 912 345 678", "+84 0912 345 678", "0084912345678", "912345678", "912345678.0",
        "'0912345678", "\u00a00912\u00a0345\u00a0678", "＋84912345678",
    ],
)  # fmt: skip
def test_phone_in_every_spelling(phone: str) -> None:
    assert person(phone=phone).phone == "0912345678"


@pytest.mark.parametrize(
    "phone", ["123", "0912345678 / 0987654321", "0112345678", "khong phai so", "09123456789", "０９１２"]
)
def test_phone_that_cannot_be_dialled_is_told(phone: str) -> None:
    assert wrong(phone=phone) == [("phone", "phone_shape")]


@pytest.mark.parametrize("word", ["", "-", "không có", "chưa có"])
def test_phone_that_nobody_has_is_none(word: str) -> None:
    assert person(phone=word).phone is None


@pytest.mark.parametrize("birth", ["không rõ", "K/rõ", "?", "chưa rõ", "", "—"])
def test_unknown_birth_year_is_unknown(birth: str) -> None:
    assert (person(birth=birth).birth_year, person(birth=birth).adult) == (None, "unsaid")


@pytest.mark.parametrize(
    "birth", ["1958", "15/3/1958", "15 / 03 / 1958", "3/1958", "00/00/1958", "1958-03-15", "1958.0"]
)
def test_birth_as_offices_write_it(birth: str) -> None:
    assert person(birth=birth).birth_year == 1958


@pytest.mark.parametrize("birth", ["58", "31/2/1958", "13/1958", "1850", "2027", "15/3/58", "mồng ba"])
def test_birth_that_is_none_is_told(birth: str) -> None:
    assert wrong(birth=birth) == [("birth", "birth_year")]


def test_decomposed_and_one_word_names_are_names() -> None:
    assert person(name=unicodedata.normalize("NFD", "Đặng Thị Ước")).name == "Đặng Thị Ước"
    assert person(name="Ước").name == "Ước"


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"gender": "Nữ", "birth": "1950"}, "bà"),
        ({"gender": "nam", "birth": "1950"}, "ông"),
        ({"gender": "Nam", "birth": "1980"}, "bác"),
        ({"gender": "nữ", "birth": "2004"}, "bạn"),
        ({"address": "Chị", "gender": "nữ", "birth": "1950"}, "chị"),
        ({}, "bác"),
    ],
)
def test_address_follows_from_what_the_list_says(cells: dict[str, str], address: str) -> None:
    assert person(**cells).address == address


@pytest.mark.parametrize(("code", "read"), [("HS-12", "HS-12"), ("hs 12", "HS-12"), ("123 456", "123456"), ("", "")])
def test_code_in_its_spellings(code: str, read: str) -> None:
    assert person(code=code).code == read


def test_code_of_something_else_is_told() -> None:
    assert wrong(code="KH/2026") == [("code", "person_code_shape")]


def test_all_that_is_wrong_is_told_at_once_with_the_line() -> None:
    found = read_person(7, {"birth": "58", "gender": "?x", "code": "x"}, TODAY, 16)

    assert found == [
        RowError(7, "name", "name_missing"),
        RowError(7, "khu", "group_missing"),
        RowError(7, "birth", "birth_year"),
        RowError(7, "gender", "gender_unknown"),
        RowError(7, "code", "person_code_shape"),
    ]
