"""Two hundred certificates at once: what an officer waits for, from the press of the button to the file."""

import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert

from app import create_app
from app.badges.models import Badge
from app.badges.papers import service
from app.badges.papers.domain import Options
from app.badges.papers.making import own_certificate, run_file
from app.badges.papers.queries import run_of
from app.badges.service import load_catalogue
from app.config import Settings
from app.core.db import db, reading, transaction
from app.groups.models import Group
from app.people.roles import EVERYWHERE
from app.people.service import add_person
from app.quizzes.service import load_bank

MANY = 200
NAMES = ("Nguyễn Thị Ưởng", "Đặng Quỳnh Ỷ", "Hoa", "Trần Văn Khoẻ", "Nguyễn Phương Hoàng Thị Thuý Quỳnh Trần Đặng")


def run() -> list[dict[str, object]]:
    """Rows for the table: seconds for :data:`MANY` certificates, and for one."""
    folder = Path(tempfile.mkdtemp(prefix="hocso-bench-"))
    try:
        return _measure(folder)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path) -> list[dict[str, object]]:
    settings = Settings(folder, f"sqlite:///{folder / 'hocso.db'}", "https://hocso.example")
    app, now = create_app(settings), datetime.now(UTC)
    art = settings.root / "badges"
    with app.app_context():
        upgrade()
        ids = _people(settings, now)
        options = Options(layer=False, x=0, y=0, form="pdf")
        made = {"badge_ids": ids, "by": 1, "within": EVERYWHERE, "now": now}
        run_id = service.start_run(options=options, key="a", **made)
        zip_id = service.start_run(options=Options(layer=False, x=0, y=0, form="zip"), key="b", **made)
        start = time.perf_counter()
        while not service.go_on(run_id, now=now, settings=settings).finished:
            pass
        signed = time.perf_counter()
        body, _ = run_file(reading(), run_of(reading(), run_id), art=art, now=now)
        drawn = time.perf_counter()
        run_file(reading(), run_of(reading(), zip_id), art=art, now=now)
        zipped = time.perf_counter()
        own_certificate(reading(), 1, "tinh-mat", art=art, now=now)
        one = time.perf_counter()
        db.engine.dispose()
    return [
        _row(f"{MANY} badges signed", signed - start),
        _row(f"{MANY} certificates drawn, one PDF of {len(body) // 1024} KB", drawn - signed),
        _row(f"{MANY} certificates, signed and drawn", drawn - start, "under 20 s"),
        _row(f"{MANY} certificates drawn, a ZIP of single files", zipped - drawn),
        _row("one certificate, signed before", one - zipped),
    ]


def _row(what: str, seconds: float, asked: str = "–") -> dict[str, object]:
    return {"what": what, "value": round(seconds, 2), "unit": "s", "asked": asked}


def _people(settings: Settings, now: datetime) -> list[int]:
    """A ward of :data:`MANY` people who hold one badge each; the badges' ids."""
    load_bank(settings.root / "quizzes", now=now)
    load_catalogue(settings.root / "badges")
    with transaction() as session:
        session.add(Group(kind="khu_pho", name="Khu phố 5", slug="5", folded="khu pho 5", sort_key=b"5"))
        session.flush()
        for i in range(MANY):
            name = NAMES[i % len(NAMES)]
            person = add_person(session, name=name, address="bác", adult="yes", group_id=1, now=now)
            row = {"person_id": person, "achievement_slug": "tinh-mat", "issued_at": now - timedelta(days=1)}
            session.execute(insert(Badge).values(**row, evidence={}, revoked_reason=""))
    return list(range(1, MANY + 1))
