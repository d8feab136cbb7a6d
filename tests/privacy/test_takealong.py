"""What one takes along: everything, in two forms, and nothing in it ever runs."""

import io
import json
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import Base, reading, transaction
from app.people.models import Person
from app.privacy import dossier, takealong
from app.privacy.register import REGISTER
from tests.factories import NOON
from tests.privacy.traces import NAME, PHONE, leave_traces
from tests.town import Town

CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ('=HYPERLINK("http://example.org")', "+1+1", "-2", "@SUM(A1)", "\t=1", "{=1}", "http://example.org/")


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        leave_traces(town)
        yield


def taken(person_id: int) -> tuple[dict[str, object], bytes]:
    found, rows = dossier.gather(reading(), person_id, now=NOON), takealong.records(reading(), person_id)
    return json.loads(takealong.as_json(found, rows)), takealong.as_workbook(found, rows)


def strings(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{CELLS}t")) for one in shared]


def parts(workbook: bytes, tag: str) -> int:
    """How many elements of a kind the sheets hold."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    return sum(len(list(ElementTree.fromstring(sheet).iter(f"{CELLS}{tag}"))) for sheet in sheets)


@pytest.mark.both
def test_every_row_about_someone_is_in_it_and_no_row_about_another(town: Town) -> None:
    whole, _ = taken(town.ada)

    records = whole["records"]
    assert isinstance(records, dict)
    for table in Base.metadata.sorted_tables:
        rule = REGISTER.get(table.name)
        if rule and rule.owner and ">" not in rule.owner:
            mine = reading().execute(select(table).where(table.c[rule.owner] == town.ada)).all()
            assert (table.name, len(records.get(table.name, []))) == (table.name, len(mine))
    assert len(records["response"]) == 5
    assert "Trần Văn Ben" not in json.dumps(whole, ensure_ascii=False)


@pytest.mark.both
def test_nothing_in_it_opens_anything(town: Town) -> None:
    whole, workbook = taken(town.ada)

    text = json.dumps(whole) + " ".join(strings(workbook))
    secrets = ("token_hash", "argon2", "secret", "sealed")
    assert [word for word in secrets if word in text] == []


@pytest.mark.both
def test_sections_say_it_in_plain_words(town: Town) -> None:
    found = dossier.gather(reading(), town.ada, now=NOON)

    sections = {section.key: section for section in found.sections}
    assert ("Số điện thoại", "0987 650 321") in sections["about"].rows
    assert ("Họ tên", NAME) in sections["about"].rows
    assert [row[2:5] for row in sections["consents"].rows] == [
        ("Đăng tên đầy đủ", "người học", "trên máy của mình"),
        ("Đồng ý lưu", "người học", "trên máy của mình"),
    ]
    assert sections["attempts"].rows[0][1:] == ("Bài cuoc-goi", "tự làm", "5 trên 5", "đạt")
    assert sections["badges"].rows[0][0] == "Thử"
    assert [row[1] for row in sections["requests"].rows] == ["Sửa cho đúng"]
    assert "honours" not in sections  # nothing is announced yet


def test_hostile_cells_stay_text(town: Town) -> None:
    with transaction() as session:
        session.get_one(Person, town.ada).name = HOSTILE[0]
    found = dossier.gather(reading(), town.ada, now=NOON)
    section = dossier.Section("x", "A/B: [rất dài] " * 4, ("=1+1",), tuple((word,) for word in HOSTILE))

    book = takealong.as_workbook(
        dossier.Dossier(1, "", NOON, (*found.sections, section)), {"t": [{"=a": word, "b": None} for word in HOSTILE]}
    )

    assert (parts(book, "f"), parts(book, "hyperlink")) == (0, 0)
    assert [word for word in HOSTILE if word not in strings(book)] == []


def test_workbook_keeps_vietnamese_as_it_is(town: Town) -> None:
    with transaction() as session:
        session.get_one(Person, town.ada).name = "Đặng Quỳnh Ỷ"

    _, workbook = taken(town.ada)

    assert "Đặng Quỳnh Ỷ" in strings(workbook)
    assert PHONE in strings(workbook)
