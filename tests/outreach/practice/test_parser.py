"""Checklist files: what is wrong is named by file, step and field; the others go on."""

import unicodedata
from pathlib import Path

import pytest

from app.config import ROOT
from app.outreach.practice.parser import read_practices
from app.quizzes.parser import Fault
from tests.outreach.field import write_practice
from tests.quizzes.bank import change

FILE = "practice/goi-thu.toml"


def test_shipped_checklists_are_sound_and_enough() -> None:
    found, faults = read_practices(ROOT / "quizzes")

    assert faults == []
    assert (len(found) >= 12, len({one.skill for one in found}) >= 12) == (True, True)
    assert [one.order for one in found] == sorted({one.order for one in found})


def test_folder_without_checklists_holds_none(tmp_path: Path) -> None:
    assert read_practices(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "step", "field", "message"),
    [
        ('safety = "Máy để trong tay người học."\n', "", "", "safety", "thiếu mục này"),
        ("minutes = 8", 'minutes = "8"', "", "minutes", "phải là số nguyên"),
        ("minutes = 8", "minutes = 8\ncolour = 1", "", "colour", "không có mục này trong định dạng"),
        ('slug = "goi-thu"', 'slug = "khac"', "", "slug", "phải trùng tên tệp"),
        ("review_by = 2026-12-31", "review_by = 2027-12-31", "", "review_by", "sau ngày valid_as_of, xa nhất một năm"),
        ('id = "tim"', 'id = "mo"', "mo", "id", "mã bước bị trùng"),
        (
            "giúp {t}.",
            "giúp {ten}.",
            "mo",
            "say",
            "chỗ trống {ten} không có; chỉ dùng {x}, {X}, {a}, {t}, {T}",
        ),
        (
            "{X} làm bước mo giúp {t}.",
            "{X} đọc mã cho {t} nghe.",
            "mo",
            "say",
            "không nhờ ai đọc hay cho xem mã, mật khẩu",
        ),
    ],
)
def test_fault_is_named_by_file_step_and_field(
    tmp_path: Path, old: str, new: str, step: str, field: str, message: str
) -> None:
    change(write_practice(tmp_path), old, new)

    found, faults = read_practices(tmp_path)

    assert (found, faults) == ([], [Fault(FILE, step, field, message)])


def test_three_steps_are_too_few(tmp_path: Path) -> None:
    path = write_practice(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("[[steps]]")], encoding="utf-8")

    assert read_practices(tmp_path)[1] == [Fault(FILE, "", "steps", "thiếu phần tử")]


def test_broken_file_leaves_the_others_alone(tmp_path: Path) -> None:
    write_practice(tmp_path)
    (tmp_path / "practice" / "hong.toml").write_text("slug = ", encoding="utf-8")
    (tmp_path / "practice" / "nfd.toml").write_text(unicodedata.normalize("NFD", 'title = "Gọi"'), encoding="utf-8")

    found, faults = read_practices(tmp_path)

    assert [one.slug for one in found] == ["goi-thu"]
    assert [fault.file for fault in faults] == ["practice/hong.toml", "practice/nfd.toml"]
