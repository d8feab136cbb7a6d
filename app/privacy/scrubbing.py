"""Erased means that the file holds none of it: freed pages are rebuilt, and the log beside them is cut.

SQLite overwrites what is deleted (``secure_delete``), but moves rows about while it does so, and its log
keeps old pages until it is cut. So the file is written anew. PostgreSQL gives dead rows free by VACUUM.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.db import db, reading, transaction
from app.privacy.models import Erasure
from app.privacy.register import REGISTER

log = logging.getLogger("hocso")


def owed(session: Session) -> list[int]:
    """Those who were erased and may still have bytes in the file."""
    return list(session.scalars(select(Erasure.person_id).where(Erasure.scrubbed_at.is_(None))))


def scrub(now: datetime) -> bool:
    """Write the database anew where that is owed; whether nothing was in the way.

    A reader that holds old pages, a full disk or a second scrub is in the way: what is owed stays owed.
    """
    ids = owed(reading())
    db.session.remove()
    if not ids:
        return True
    try:
        clean = rewrite()
    except (SQLAlchemyError, db.engine.dialect.loaded_dbapi.Error):
        log.exception("scrub failed")
        return False
    if clean:
        with transaction() as session:
            session.execute(update(Erasure).where(Erasure.person_id.in_(ids)).values(scrubbed_at=now))
    return clean


def rewrite() -> bool:
    """Rebuild the file and cut its log, outside any transaction; whether the log could be cut."""
    raw: Any = db.engine.raw_connection()
    try:
        return _on_sqlite(raw) if db.engine.dialect.name == "sqlite" else _on_postgresql(raw.driver_connection)
    finally:
        raw.close()


def _on_sqlite(raw: Any) -> bool:
    cursor = raw.cursor()
    cursor.execute("VACUUM")
    busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy == 0)


def _on_postgresql(connection: Any) -> bool:
    connection.autocommit = True
    try:
        for table in REGISTER:
            connection.execute(f'VACUUM "{table}"')
    finally:
        connection.autocommit = False
    return True
