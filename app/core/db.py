"""The database: base class, types and the only place that commits.

Reads run in a plain transaction; ``transaction()`` begins a write one. On SQLite a write begins
IMMEDIATE (a deferred one fails as "locked" when it turns into a write), in WAL with
synchronous=FULL (NORMAL loses acknowledged commits at a power cut). What is deleted is overwritten
(secure_delete): someone who asks to be forgotten is not to be found in the file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session

try:
    import pysqlite3.dbapi2 as sqlite_module
except ImportError:  # not on Linux: the interpreter's own; `hocso doctor` says when it is too old
    import sqlite3 as sqlite_module

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITE = "hocso_write"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, stored in UTC; a naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's base; ``datetime`` columns are aware."""

    metadata = MetaData(naming_convention=NAMES)


Base.registry.update_type_annotation_map({datetime: UtcDateTime()})
db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection | sqlite_module.Connection):
        return
    connection.isolation_level = None  # or SELECTs would run outside the transaction (Python 3.11)
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case: all of it is committed, or none. Ends the reading that came before it."""
    session = db.session()
    session.rollback()
    session.connection(execution_options={WRITE: True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def reading() -> Session:
    """The session for queries in a view or a command."""
    return db.session()


def engine_options(url: str) -> dict[str, Any]:
    """Options for ``create_engine`` by kind of database."""
    if url.startswith("sqlite"):
        return {"module": sqlite_module, "connect_args": {"timeout": 15}, "pool_size": 64}
    return {"pool_size": 32, "max_overflow": 32, "pool_pre_ping": True}


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    """CHECK that a text column holds one of the words of its enum; ``name`` is the short constraint name."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name)


def insert_for(session: Session) -> Any:
    """The INSERT construct that knows ON CONFLICT, for the database at hand."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
