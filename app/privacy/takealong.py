"""What one takes along: a JSON object and a workbook, both with the sections and with every row of the database."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.core.db import Base
from app.documents.workbook import Sheet, workbook
from app.privacy.dossier import Dossier
from app.privacy.erasing import mine, same_person
from app.privacy.register import REGISTER, Rule


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
    sheets = [
        Sheet(f"{n} {section.title}", section.headings, section.rows) for n, section in enumerate(dossier.sections, 1)
    ]
    sheets += [
        Sheet(f"#{table}", tuple(found[0]), [tuple(map(_cell, row.values())) for row in found])
        for table, found in rows.items()
    ]
    return workbook(sheets)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else _plain(value)
