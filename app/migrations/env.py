"""Runs migrations inside the application. Foreign keys are off meanwhile (batch changes would delete
children) and no table may lose rows."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, func, inspect, select, table, text

from app.core.db import db


class RowsLost(RuntimeError):
    """A migration made rows disappear."""


def _rows(connection: Connection) -> dict[str, int]:
    names = inspect(connection).get_table_names()
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _foreign_keys(connection: Connection, state: str) -> None:
    """Switch them on the driver's connection: inside a transaction the pragma would do nothing."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


def _render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    engine = db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, "OFF")
        before = _rows(connection)
        connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=_render_item,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            after = _rows(connection)
            lost = [name for name, count in before.items() if name in after and after[name] < count]
            if lost:
                raise RowsLost(", ".join(lost))
            if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
                raise RowsLost("foreign keys")
        if sqlite:
            _foreign_keys(connection, "ON")


with current_app.app_context():
    run()
