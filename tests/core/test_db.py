from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.db import db, reading, transaction
from app.groups.models import Ward
from tests.factories import make_person, make_ward


def _rename_and_fail() -> None:
    with transaction() as session:
        session.get_one(Ward, 1).name = "Khác"
        raise RuntimeError


@pytest.mark.both
def test_transaction_that_raises_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        make_ward()
        with pytest.raises(RuntimeError):
            _rename_and_fail()
        assert reading().get_one(Ward, 1).name == "Thử"


@pytest.mark.both
def test_moment_is_read_back_aware_and_in_utc(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        at = datetime(2026, 10, 1, 7, 30, tzinfo=UTC)
        person = make_person(group_id=ids["1"], at=at)
        stored = reading().execute(sa.text("select created_at from person where id = :id"), {"id": person}).scalar()
        assert stored is not None
        from app.people.models import Person

        assert reading().get_one(Person, person).created_at == at


def test_naive_moment_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(sa.exc.StatementError):
        make_person(at=datetime(2026, 10, 1))  # noqa: DTZ001 — the mistake under test


def test_sqlite_is_durable_and_fixed(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        pragmas = {
            n: connection.exec_driver_sql(f"PRAGMA {n}").scalar()
            for n in ("journal_mode", "synchronous", "foreign_keys")
        }
        version = tuple(map(int, connection.exec_driver_sql("select sqlite_version()").scalar_one().split(".")))
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert version >= (3, 51, 3)


def test_write_transaction_takes_the_lock_at_its_beginning(app: Flask) -> None:
    begun: list[str] = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda c, cur, statement, *rest: begun.append(statement))
        with transaction():
            pass
        reading().execute(sa.text("select 1"))
    assert begun[:2] == ["BEGIN IMMEDIATE", "BEGIN"]
