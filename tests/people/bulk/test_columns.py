import pytest

from app.core.errors import Invalid
from app.people.bulk.columns import FIELDS, Mapping, check_mapping, guess, guess_at, labels, records
from app.people.bulk.table import Table


def table(*rows: str) -> Table:
    return Table(tuple(tuple(row.split("|")) for row in rows))


def test_official_form_with_headings_in_two_rows_and_a_row_of_numbers() -> None:
    form = table(
        "UBND PHƯỜNG THỬ||||", "DANH SÁCH||||", "TT|Họ và tên|Năm sinh||Khu phố", "||Nam|Nữ|", "A|B|1|2|3",
        "1|Hoa||1958|5", "2|Sơn|1960||6",
    )  # fmt: skip

    found = guess(form, "people")

    assert (found.header, found.columns) == (4, ("", "name", "birth", "birth", "khu"))
    assert records(form, found) == [
        (6, {"name": "Hoa", "birth": "1958", "khu": "5"}),
        (7, {"name": "Sơn", "birth": "1960", "khu": "6"}),
    ]


def test_one_heading_over_family_and_given_name() -> None:
    form = table("STT|Họ và tên||Khu phố", "1|Nguyễn Thị|Hoa|5", "2|Trần|Sơn|6")

    found = guess(form, "people")

    assert [cells["name"] for _, cells in records(form, found)] == ["Nguyễn Thị Hoa", "Trần Sơn"]


def test_headings_with_words_after_them_are_known() -> None:
    assert guess(table("Họ tên|Số điện thoại (nếu có)|KP"), "people").columns == ("name", "phone", "khu")


def test_row_without_anything_that_counts_is_passed_over() -> None:
    form = table("Họ tên|Khu phố|Ghi chú", "Hoa|5|", "||Người lập biểu", "||")

    assert [line for line, _ in records(form, guess(form, "people"))] == [2]


def test_list_without_headings_is_not_guessed() -> None:
    assert guess(table("Hoa|5", "Sơn|6"), "people") == Mapping(0, ("", ""))


def test_what_was_chosen_before_wins() -> None:
    form = table("Họ tên|Nơi ở|Ghi chú")

    assert guess(form, "people", {"noi-o": "khu", "ho-ten": ""}).columns == ("", "khu", "")


def test_row_of_headings_can_be_said() -> None:
    form = table("Họ tên|Khu phố", "Tên|KP")

    assert (guess_at(form, "people", 2).header, guess_at(form, "people", 99).header) == (2, 0)


def test_labels_of_a_single_row_do_not_borrow_from_a_title() -> None:
    assert labels(table("DANH SÁCH|", "Họ tên|Khu phố"), 2) == ["Họ tên", "Khu phố"]


def test_said_once_holds_where_a_row_is_silent() -> None:
    form = table("Họ tên|Khu phố", "Hoa|5", "Lan|")
    mapping = Mapping(1, ("name", "khu"), (("khu", "Khu phố 9"),))

    assert [cells["khu"] for _, cells in records(form, mapping)] == ["5", "Khu phố 9"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [(("name", ""), "file_columns"), (("name", "name"), "column_twice"), (("name", "evil"), "not_found")],
)
def test_mapping_that_cannot_be_used_is_refused(columns: tuple[str, ...], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_mapping(Mapping(1, columns), table("a|b", "Hoa|5"), "people")

    assert refused.value.code == code


def test_no_heading_means_two_things() -> None:
    for fields in FIELDS.values():
        headings = [heading for field in fields for heading in field.headings]
        assert len(headings) == len(set(headings))
