"""Moving rows from one number to another, and back. What moves follows from the register of personal data.

A row that the other number has already (the same badge, the same day) stays where it is, and so does one that
somebody would then have done to themselves: a confirmation by the very person it is about.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.db import Base, UtcDateTime
from app.privacy.register import REGISTER

STAY = frozenset(
    {
        "person", "membership", "role_grant", "consent",  # each has a rule of its own
        "card", "authenticator", "second_factor", "recovery_code", "entry_link",  # what opens one stays closed
        "sign_in", "half_sign_in", "device_use", "device_member", "household_member",
        "ledger_entry", "person_cycle", "frozen_person", "counted_as", "nomination",  # what was counted and honoured
        "departure", "erasure", "merge", "not_double", "accommodation",
    }
)  # fmt: skip
ALSO = (("helper_naming", "helper_id"), ("visit", "volunteer_id"), ("confirmation", "volunteer_id"))
Moved = dict[str, list[list[Any]]]  # "table.column" → the rest of each row's key


def columns() -> list[tuple[sa.Table, sa.Column[Any]]]:
    """Every column whose rows go with their person."""
    tables = Base.metadata.tables
    own = [(name, rule.owner) for name, rule in REGISTER.items() if rule.owner and ">" not in rule.owner]
    owners = [(name, column) for name, column in own if name not in STAY]
    return [(tables[name], tables[name].c[column]) for name, column in (*owners, *ALSO)]


def move(session: Session, gone: int, kept: int) -> Moved:
    """Let the rows of one number be the other's; returns which moved."""
    session.flush()
    moved: Moved = {}
    for table, column in columns():
        rest = _rest(table, column)
        mine = sa.select(*rest).where(column == gone, *_not_oneself(table, column, kept))
        staying = _clashing(session, table, column, gone, kept)
        keys = [tuple(row) for row in session.execute(mine)] if rest else _whole(session, mine, column)
        for key in (one for one in keys if one not in staying):
            session.execute(sa.update(table).where(column == gone, *_is(rest, key)).values({column: kept}))
            moved.setdefault(f"{table.name}.{column.name}", []).append([_plain(part) for part in key])
    session.expire_all()
    return moved


def _whole(session: Session, mine: sa.Select[Any], column: sa.Column[Any]) -> list[tuple[Any, ...]]:
    """Where a person has one row at most, the row's key is empty."""
    return [()] * len(session.execute(mine.add_columns(column)).all())


def move_back(session: Session, moved: Moved, gone: int, kept: int) -> None:
    """Give back what :func:`move` moved, as far as it is still there."""
    session.flush()
    for name, keys in moved.items():
        table_name, _, column_name = name.partition(".")
        table = Base.metadata.tables[table_name]
        column, rest = table.c[column_name], _rest(table, table.c[column_name])
        for key in keys:
            values = [_read(part, value) for part, value in zip(rest, key, strict=True)]
            session.execute(sa.update(table).where(column == kept, *_is(rest, values)).values({column: gone}))
    session.expire_all()


def _rest(table: sa.Table, column: sa.Column[Any]) -> list[sa.Column[Any]]:
    """What tells a row apart besides whose it is."""
    return [part for part in table.primary_key.columns if part is not column]


def _is(columns: list[sa.Column[Any]], values: Sequence[Any]) -> list[sa.ColumnElement[bool]]:
    return [column == value for column, value in zip(columns, values, strict=True)]


def _clashing(session: Session, table: sa.Table, column: sa.Column[Any], gone: int, kept: int) -> set[tuple[Any, ...]]:
    """Keys of rows that, moved, would be a second one where the table allows one."""
    rest = _rest(table, column)
    found = set[tuple[Any, ...]]()
    for others, where in _keys(table, column):
        only = [sa.text(where)] if where else []
        parts = [table.c[one] for one in others]
        query = sa.select(sa.literal(1), *parts)
        held = {tuple(row)[1:] for row in session.execute(query.where(column == kept, *only))}
        mine = sa.select(sa.literal(1), *rest, *parts).where(column == gone, *only)
        rows = [tuple(row)[1:] for row in session.execute(mine)]
        found |= {row[: len(rest)] for row in rows if row[len(rest) :] in held}
    return found


def _keys(table: sa.Table, column: sa.Column[Any]) -> Iterator[tuple[list[str], str]]:
    """The other columns of every key that this column is part of, and what the key holds for."""
    keys: list[tuple[Any, str]] = [(table.primary_key, "")]
    keys += [(one, "") for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"]["where"]
            keys.append((index, "" if where is None else str(where)))
    for key, where in keys:
        names = [one.name for one in key.columns]
        if column.name in names:
            yield [name for name in names if name != column.name], where


def _not_oneself(table: sa.Table, column: sa.Column[Any], kept: int) -> list[sa.ColumnElement[bool]]:
    """Conditions: no other column of the row names the one who goes on."""
    people = [
        other
        for other in table.columns
        if other is not column and any(key.target_fullname == "person.id" for key in other.foreign_keys)
    ]
    return [sa.or_(other.is_(None), other != kept) for other in people]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if isinstance(column.type, UtcDateTime) else value
