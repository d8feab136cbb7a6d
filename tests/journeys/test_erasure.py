"""Someone erases themselves on the screen; the bytes of the database file are read; an old backup comes back."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import db, reading
from app.people.models import Person
from app.privacy.models import Erasure
from app.shell.jobs import keep_privacy, overwrite
from app.standings.models import LedgerEntry
from tests.factories import NOON
from tests.journeys.conftest import Clock
from tests.journeys.seats import seat
from tests.privacy.traces import NAME, PIN, leave_traces, needles_in
from tests.town import make_town

pytestmark = pytest.mark.browser
LATER = NOON + timedelta(hours=1)


def counts() -> tuple[int, int]:
    """Entries of the ledger and of the trail."""
    return tuple(reading().scalar(select(func.count()).select_from(t)) for t in (LedgerEntry, AuditEntry))  # type: ignore[return-value]


def files(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal")]


def leave_the_store() -> None:
    db.session.remove()
    db.engine.dispose()


def test_erased_on_the_screen_is_gone_from_the_bytes_and_stays_gone(app: Flask, visit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    town = make_town(app)
    Clock(NOON)
    database, backup = tmp_path / "hocso.db", tmp_path / "backup.db"
    with app.app_context():
        code = leave_traces(town)
        leave_the_store()
        shutil.copy(database, backup)
        ledger, trail = counts()
    assert needles_in(*files(database)) != []
    quynh = seat(visit("quynh"), town, town.ada)
    Clock(LATER)

    quynh.open("/toi/du-lieu").open("/toi/du-lieu/xoa").fill("pin", PIN).fill("typed", "xoá").press("Xoá hết")
    assert quynh.path == "/da-xoa"
    quynh.open("/toi/du-lieu")
    assert quynh.path.startswith("/vao")  # the session is gone as well

    with app.app_context():
        leave_the_store()
        overwrite(LATER)
        leave_the_store()
        whole = b"".join(path.read_bytes() for path in files(database) if path.exists())
        assert (needles_in(*files(database)), code.encode() in whole) == ([], False)
        assert counts()[0] == ledger
        assert counts()[1] > trail

        leave_the_store()
        for path in files(database):
            path.unlink(missing_ok=True)
        shutil.copy(backup, database)
        assert reading().get_one(Person, town.ada).name == NAME
        keep_privacy(LATER)
        overwrite(LATER)
        leave_the_store()

        assert reading().get_one(Person, town.ada).name == ""
        assert reading().scalar(select(func.count()).select_from(Erasure)) == 1
        leave_the_store()
        whole = b"".join(path.read_bytes() for path in files(database) if path.exists())
        assert (needles_in(*files(database)), code.encode() in whole) == ([], False)
