"""Both files: sound entries are read, faults are named by file, entry and field."""

from pathlib import Path

import pytest

from app.glossary.parser import read_glossary

TERM = """
[[terms]]
slug = "ma-otp"
term = "mã OTP"
aliases = ["OTP"]
meaning = "Dãy số gửi về máy của {x}. Chỉ dùng một lần."
example = "Như chìa khoá."
"""
SECOND = TERM.replace("ma-otp", "ma-pin").replace("mã OTP", "mã PIN").replace('"OTP"', '"PIN"')
LINKS = """
[[groups]]
id = "khan-cap"
title = "Việc khẩn cấp"
[[links]]
name = "Công an"
url = "tel:113"
what_for = "Gọi công an."
checked = 2026-11-23
group = "khan-cap"
source = { title = "Báo: số khẩn cấp", url = "https://bao.example/113", date = 2025-09-23 }
"""
SOURCE = 'source = { title = "Báo: số khẩn cấp", url = "https://bao.example/113", date = 2025-09-23 }\n'


def faults(folder: Path, *, terms: str = TERM, links: str = LINKS) -> list[tuple[str, str, str]]:
    (folder / "glossary.toml").write_text(terms, encoding="utf-8")
    (folder / "links.toml").write_text(links, encoding="utf-8")
    return [(fault.file, fault.entry, fault.field) for fault in read_glossary(folder)[1]]


def test_sound_files_are_read(tmp_path: Path) -> None:
    assert faults(tmp_path) == []

    found, _ = read_glossary(tmp_path)

    assert [(t.slug, t.phrases, t.source, t.always) for t in found.terms] == [
        ("ma-otp", ("mã OTP", "OTP"), None, False)
    ]
    assert [(g.title, [link.url for link in g.links]) for g in found.groups] == [("Việc khẩn cấp", ["tel:113"])]


def test_missing_files_hold_nothing(tmp_path: Path) -> None:
    found, wrong = read_glossary(tmp_path)

    assert (found.terms, found.groups, wrong) == ((), (), ())


def test_sound_entries_go_on_beside_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, terms=TERM + SECOND.replace("example", "exemple")) == [
        ("glossary.toml", "ma-pin", "example"),
        ("glossary.toml", "ma-pin", "exemple"),
    ]
    assert [t.slug for t in read_glossary(tmp_path)[0].terms] == ["ma-otp"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('slug = "ma-otp"', 'slug = "Mã OTP"', "slug"),
        ("Chỉ dùng", "Hai. Ba. Bốn", "meaning"),
        ("của {x}", "của {bác}", "meaning"),
        ("khoá.", "khoá của {x.", "example"),
        ('["OTP"]', '["OTP", "otp"]', "aliases"),
        ('["OTP"]', '["(OTP)"]', "aliases.0"),
        ('"mã OTP"', '""', "term"),
    ],
)
def test_fault_in_a_term_names_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    found = faults(tmp_path, terms=TERM.replace(old, new))

    assert [(file, where) for file, _, where in found] == [("glossary.toml", field)]


def test_word_that_another_term_has_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, terms=TERM + SECOND.replace('"PIN"', '"otp"')) == [("glossary.toml", "ma-pin", "aliases")]


def test_slug_twice_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, terms=TERM + SECOND.replace("ma-pin", "ma-otp")) == [("glossary.toml", "ma-otp", "slug")]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("tel:113", "113", "url"),
        ("tel:113", "javascript:alert(1)", "url"),
        ("tel:113", "http://bao.example", "url"),
        ('group = "khan-cap"', 'group = "khac"', "group"),
        ("checked = 2026-11-23", "checked = 2025-01-01", "checked"),
        ("checked = 2026-11-23", 'checked = "hôm qua"', "checked"),
        (SOURCE, "", "source"),
    ],
)
def test_fault_in_an_address_names_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert faults(tmp_path, links=LINKS.replace(old, new)) == [("links.toml", "Công an", field)]


def test_address_twice_is_a_fault(tmp_path: Path) -> None:
    again = LINKS.partition("[[links]]")[2].replace("Công an", "Cảnh sát")

    assert faults(tmp_path, links=f"{LINKS}[[links]]{again}") == [("links.toml", "Cảnh sát", "url")]


def test_broken_file_is_named_and_the_other_is_read(tmp_path: Path) -> None:
    assert faults(tmp_path, terms="[[terms") == [("glossary.toml", "", "")]
    assert len(read_glossary(tmp_path)[0].groups) == 1


def test_unknown_table_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, terms=TERM + '[[words]]\nslug = "x"\n') == [("glossary.toml", "", "words")]


def test_marks_written_apart_are_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, terms=TERM.replace("mã", "ma\u0303")) == [("glossary.toml", "", "")]
