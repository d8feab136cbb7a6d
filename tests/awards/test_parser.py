from pathlib import Path

import pytest

from app.awards.parser import RuleFault, read_rules
from tests.awards.month import RULES, write_rule


def change(folder: Path, old: str, new: str) -> list[RuleFault]:
    """The faults of a sound rule after one change."""
    write_rule(folder, "cham-hoc", "Chăm học")
    path = folder / "cham-hoc.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return read_rules(folder)[1]


def test_rules_that_come_along_are_sound() -> None:
    assert read_rules(RULES)[1] == []


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('slug = "cham-hoc"', 'slug = "khac"', "slug", "phải trùng tên tệp"),
        ('title = "Chăm học"\n', "", "title", "thiếu mục này"),
        ("position = 3", 'position = 3\ncolour = "x"', "colour", "không có mục này trong định dạng"),
        ('["weeks", "points"]', '["score"]', "measures", "không có thước đo score"),
        ("passes = 1", "height = 1", "least", "không có số liệu height"),
        ("{points} điểm", "{score} điểm", "reason", "không có số liệu score"),
        ("{points} điểm", "{} điểm", "reason", "không có số liệu "),
        ("{points} điểm", "{points điểm", "reason", "ngoặc nhọn mở mà không đóng, hoặc đóng mà không mở"),
        ("{points} điểm", "{points:d} điểm", "reason", "viết {points}, không thêm gì trong ngoặc"),
    ],
)
def test_fault_is_named_by_file_and_field(tmp_path: Path, old: str, new: str, field: str, message: str) -> None:
    assert change(tmp_path, old, new) == [RuleFault("cham-hoc.toml", field, message)]


def test_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (fault,) = change(tmp_path, "position = 3", "position =")
    assert (fault.file, fault.field, fault.message[:18]) == ("cham-hoc.toml", "", "không đọc được TOM")


def test_good_rules_survive_a_bad_one(tmp_path: Path) -> None:
    write_rule(tmp_path, "tot", "Tốt")
    (tmp_path / "hong.toml").write_text("slug =", encoding="utf-8")
    assert [rule.slug for rule in read_rules(tmp_path)[0]] == ["tot"]
