"""Where a demo lies: its marker while it is being made, and its sign-ins for later runs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from app.badges.credentials import endings
from app.config import Settings
from app.core.db import db
from app.privacy import journal
from app.shell.demo.build import SignIn

MADE, UNFINISHED = "demo.json", "demo.unfinished"


def read(folder: Path) -> dict[str, Any] | None:
    """What an earlier run noted, or ``None`` where there is no finished demo."""
    path = folder / MADE
    if (folder / UNFINISHED).exists() or not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def sign_ins(noted: dict[str, Any]) -> list[SignIn]:
    return [SignIn(**one) for one in noted["sign_in"]]


def begin(folder: Path) -> None:
    """Mark that whatever lies here from now on is a demo's."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).touch()
    (folder / MADE).unlink(missing_ok=True)


def finish(folder: Path, people: int, months: int, sign_in: list[SignIn]) -> None:
    """Note the sign-ins for later runs; the marker goes last."""
    noted = {"people": people, "months": months, "sign_in": [asdict(one) for one in sign_in]}
    path = folder / MADE
    path.touch(mode=0o600)
    path.write_text(json.dumps(noted, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / UNFINISHED).unlink()


def clear(settings: Settings) -> None:
    """Take the demo's data away; keys and built assets stay."""
    db.session.remove()
    db.engine.dispose()
    for name in (journal.NAME, endings.NAME):  # their numbers mean nobody in the next demo
        (settings.data / name).unlink(missing_ok=True)
    if settings.database_url == f"sqlite:///{settings.data / 'hocso.db'}":
        for name in ("hocso.db", "hocso.db-wal", "hocso.db-shm"):
            (settings.data / name).unlink(missing_ok=True)
        return
    db.drop_all()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


@contextmanager
def without_waiting() -> Iterator[None]:
    """SQLite does not wait for the disk while a demo is made; at the end all of it is on the disk.

    A machine that loses power meanwhile leaves the marker, and the next run begins anew.
    """
    engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    hurry: Callable[..., None] = lambda connection, *_: connection.execute("PRAGMA synchronous=OFF")  # noqa: E731
    db.session.remove()
    event.listen(engine, "checkout", hurry)
    try:
        yield
    finally:
        event.remove(engine, "checkout", hurry)
        db.session.remove()
        engine.dispose()
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # a checkpoint cannot run inside a transaction
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
