"""What one takes along: a JSON object and a workbook, both with the sections and with every row of the database."""

import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.core.db import Base
from app.privacy.dossier import Dossier
from app.privacy.erasing import mine, same_person
from app.privacy.register import REGISTER, Rule

CELL = 32_000  # characters that a cell of a workbook holds


def records(session: Session, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person by table, as the register finds them; nothing that opens a session is among it.

    Records that were merged into theirs belong to it.
    """
    everyone, found = [person_id, *same_person(session, person_id)], {}
    for table in Base.metadata.sorted_tables:
        rule = REGISTER.get(table.name)
        if rule is not None and rule.owner:
            rows = [row for one in everyone for row in _rows(session, table, rule, one)]
            if rows:
                found[table.name] = rows
    return found


def _rows(session: Session, table: Table, rule: Rule, person_id: int) -> list[dict[str, Any]]:
    columns = [c for c in table.columns if c.name not in rule.secret and not _is_bytes(c.type)]
    query = select(*columns).where(mine(table, rule, person_id)).order_by(*table.primary_key)
    return [dict(row) for row in session.execute(query).mappings()]


def _is_bytes(kind: Any) -> bool:
    return kind.python_type is bytes


def as_json(dossier: Dossier, rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """One object: ``sections`` for people, ``records`` for programs."""
    whole = {
        "made_at": dossier.made_at,
        "person": dossier.person_id,
        "sections": [
            {"title": s.title, "headings": s.headings, "rows": s.rows} for s in dossier.sections
        ],
        "records": rows,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def as_workbook(dossier: Dossier, rows: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """A sheet for each section, then one for each table. Every cell is text: nothing in it is ever a formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        for place, section in enumerate(dossier.sections, 1):
            _sheet(book, f"{place} {section.title}", section.headings, section.rows, bold)
        for table, found in rows.items():
            _sheet(book, f"#{table}", tuple(found[0]), [tuple(map(_cell, row.values())) for row in found], bold)
    return file.getvalue()


def _sheet(book: Any, title: str, headings: tuple[str, ...], rows: Any, bold: Any) -> None:
    sheet = book.add_worksheet(_sheet_name(title))
    start = 1 if headings else 0
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, start):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value[:CELL])
    sheet.set_column(0, 12, 24)
    if start:
        sheet.freeze_panes(1, 0)


def _sheet_name(title: str) -> str:
    """At most 31 characters and none of those that workbooks refuse."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else _plain(value)
