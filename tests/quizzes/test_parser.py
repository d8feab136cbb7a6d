"""Every fault is named by file, item and field; the rest of the file goes on."""

import unicodedata
from pathlib import Path

import pytest

from app.config import ROOT
from app.quizzes.parser import Bank, Fault, read_bank, sentences
from tests.quizzes.bank import TOPIC, change, item, write_quiz, write_topic

FILE = "an-toan/bai.toml"


def ids(bank: Bank) -> list[str]:
    return [i.id for i in bank.items]


def test_files_that_come_along_are_sound() -> None:
    assert read_bank(ROOT / "quizzes").faults == ()


def test_sound_file_has_no_faults(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    bank = read_bank(tmp_path)
    assert (ids(bank), bank.faults, bank.unreviewed) == (["c1", "c2", "c3", "c4"], (), 4)


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('hint = "Nghĩ một chút."\n', "", "hint", "thiếu mục này"),
        ('hint = "Nghĩ một chút."', 'hint = "  "', "hint", "không được để trống"),
        ("difficulty = 1", "difficulty = 1\ncolour = 1", "colour", "không có mục này trong định dạng"),
        ("difficulty = 1", 'difficulty = "1"', "difficulty", "phải là số nguyên"),
        ('key = "b"', 'key = "d"', "key", "đáp án không có trong các lựa chọn"),
        ('objective = "nhan-ra"', 'objective = "khac"', "objective", "mục tiêu này chưa khai ở đầu tệp"),
        ("cứ yên tâm.", "cứ yên tâm. Thế thôi.", "rationale", "tối đa hai câu"),
        (
            "review_by = 2027-12-31",
            "review_by = 2028-01-04",
            "review_by",
            "xa quá so với mức nhạy cảm (H 3 tháng, M 12 tháng, L 24 tháng)",
        ),
        (
            'sensitivity = "L"',
            'sensitivity = "H"',
            "review_by",
            "xa quá so với mức nhạy cảm (H 3 tháng, M 12 tháng, L 24 tháng)",
        ),
        ('sensitivity = "L"', 'sensitivity = "X"', "sensitivity", "không phải một trong các giá trị cho phép"),
        ("{X} làm gì?", "{ten} làm gì?", "stem", "chỗ trống {ten} không có; chỉ dùng {x}, {X}, {a}"),
        ("{X} làm gì?", "{X làm gì?", "stem", "chỗ trống {X làm gì? không có; chỉ dùng {x}, {X}, {a}"),
        (
            'reason = "Lý do a"',
            'reason = "Lý do {b}"',
            "options.0.reason",
            "chỗ trống {b} không có; chỉ dùng {x}, {X}, {a}",
        ),
        ('id = "b"\ntext', 'id = "a"\ntext', "options", "mã lựa chọn bị trùng"),
        (
            'type = "single"',
            'type = "many"',
            "type",
            "phải là một trong: single, multiple, true_false, ordering, matching, numeric, text, spot, scenario",
        ),
        ("valid_as_of = 2026-01-01", 'valid_as_of = "hôm nay"', "valid_as_of", "phải là ngày, ví dụ 2026-11-23"),
    ],
)
def test_fault_of_an_item_is_named_and_the_others_survive(
    tmp_path: Path, old: str, new: str, field: str, message: str
) -> None:
    path = write_quiz(tmp_path)
    change(path, old, new)
    bank = read_bank(tmp_path)
    found = {(f.file, f.item, f.field): f.message for f in bank.faults}
    assert found[FILE, "c1", field] == message
    assert {(f.file, f.item) for f in bank.faults} == {(FILE, "c1")}
    assert ids(bank) == ["c2", "c3", "c4"]


def test_item_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    change(path, 'id = "c2"\n', "")
    assert read_bank(tmp_path).faults == (Fault(FILE, "#2", "id", "thiếu mục này"),)


def test_file_that_is_no_toml_is_named_and_other_files_survive(tmp_path: Path) -> None:
    change(write_quiz(tmp_path), "minutes = 3", "minutes =")
    write_quiz(tmp_path, "khac", items=("k1", "k2", "k3"))
    bank = read_bank(tmp_path)
    (fault,) = bank.faults
    assert (fault.file, fault.item, fault.field) == (FILE, "", "")
    assert fault.message.startswith("không đọc được TOML: ")
    assert ids(bank) == ["k1", "k2", "k3"]


def test_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert read_bank(tmp_path).faults == (Fault(FILE, "", "", "tệp phải lưu bằng UTF-8"),)


def test_decomposed_text_is_named_and_read_composed(tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    path.write_text(unicodedata.normalize("NFD", path.read_text(encoding="utf-8")), encoding="utf-8")
    bank = read_bank(tmp_path)
    assert bank.faults == (Fault(FILE, "", "", "chữ có dấu phải ở dạng dựng sẵn (NFC)"),)
    assert bank.items[0].hint == unicodedata.normalize("NFC", "Nghĩ một chút.")


def test_fault_of_the_head_is_named(tmp_path: Path) -> None:
    change(write_quiz(tmp_path), 'tier = "lam-quen"', 'tier = "kho"')
    message = "không phải một trong các giá trị cho phép"
    assert read_bank(tmp_path).faults == (Fault(FILE, "", "tier", message),)


def test_copied_file_with_the_old_id_is_left_out(tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    path.rename(path.with_name("khac.toml"))
    bank = read_bank(tmp_path)
    assert (bank.quizzes, bank.faults) == (
        (),
        (Fault("an-toan/khac.toml", "", "id", "phải trùng tên tệp"),),
    )


def test_objective_with_two_items_is_named(tmp_path: Path) -> None:
    write_quiz(tmp_path, items=("c1", "c2"))
    message = "cần ít nhất ba câu cho mỗi mục tiêu"
    assert read_bank(tmp_path).faults == (Fault(FILE, "", "objectives.nhan-ra", message),)


def test_item_id_used_in_two_files_stands_in_the_first(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    write_quiz(tmp_path, "khac", items=("c1", "k2", "k3", "k4"))
    bank = read_bank(tmp_path)
    assert bank.faults == (Fault("an-toan/khac.toml", "c1", "id", f"đã dùng trong {FILE}"),)
    assert ids(bank) == ["c1", "c2", "c3", "c4", "k2", "k3", "k4"]


def test_item_id_used_twice_in_a_file_stands_once(tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + item("c1"), encoding="utf-8")
    bank = read_bank(tmp_path)
    assert (len(bank.items), bank.faults) == (4, (Fault(FILE, "c1", "id", f"đã dùng trong {FILE}"),))


def test_topic_in_another_folder_is_left_out(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    write_topic(tmp_path, TOPIC.replace('slug = "an-toan"', 'slug = "khac"'))
    bank = read_bank(tmp_path)
    assert bank.topics == ()
    assert bank.faults == (Fault("an-toan/topic.toml", "", "slug", "phải trùng tên thư mục"),)


def test_sentences_end_at_a_mark_and_a_space() -> None:
    assert sentences("Một. Hai? Ba… 1.500 đồng!") == ["Một.", "Hai?", "Ba…", "1.500 đồng!"]
