"""Signed badges: how long signing and checking take, and how soon a hostile file gets its verdict."""

import json
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from app.badges.credentials import baking, drawing
from app.badges.credentials.checking import check_file
from app.badges.credentials.files import baked_png, baked_svg
from app.badges.credentials.openbadges import issuer_id
from app.badges.credentials.queries import base_of, by_id
from app.badges.credentials.service import issue_badge
from app.badges.credentials.signing import DataLoss, canonical
from app.badges.models import Badge
from app.badges.service import load_catalogue
from app.config import ROOT, Settings
from app.core.db import db, reading, transaction
from app.groups.models import Ward
from app.people.models import Person
from app.quizzes.service import load_bank

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
PEOPLE = 200


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _row(what: str, value: float, asked: str) -> dict[str, object]:
    return {"what": what, "value": round(value, 1), "unit": "ms", "asked": asked}


def run() -> list[dict[str, object]]:
    """Issue some hundred badges on a fresh SQLite, then check good and bad files."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        app = create_app(
            Settings(data=data, database_url=f"sqlite:///{data / 'b.db'}", base_url="https://hocso.example")
        )
        with app.app_context():
            upgrade()
            rows = _measure(_fill())
            db.session.remove()
            db.engine.dispose()
    return rows


def _fill() -> list[int]:
    load_bank(ROOT / "quizzes", now=NOW)
    load_catalogue(ROOT / "badges")
    with transaction() as session:
        session.add(Ward(id=1, unit="Đoàn phường Thử", name="Thử", demo=True))
        for number in range(PEOPLE):
            name = f"Người {number}"
            person = Person(name=name, folded=name, name_key=b"", address="bác", adult="yes", created_at=NOW)
            session.add(person)
            session.flush()
            session.add(Badge(person_id=person.id, achievement_slug="tinh-mat", issued_at=NOW, evidence={}))
    return list(reading().scalars(select(Badge.id)))


def _measure(badges: list[int]) -> list[dict[str, object]]:
    issued = [_timed(lambda one=one: issue_badge(one, now=NOW)) for one in badges]  # type: ignore[misc]
    shown = by_id(reading(), 1)
    assert shown is not None
    first = _timed(lambda: drawing.png(drawing.svg(ROOT, shown.slug)))
    png, svg = baked_png(ROOT, shown), baked_svg(ROOT, shown)
    good = [_timed(lambda: check_file(reading(), png)) for _ in range(100)]
    rows = [
        _row("issue one badge: sign, store, commit; median of 200", statistics.median(issued), "-"),
        _row("the same, slowest (the first reads the contexts)", max(issued), "-"),
        _row("draw a PNG, the first time", first, "-"),
        _row("check a sent PNG; median of 100", statistics.median(good), "-"),
    ]
    bad = _bad(shown.body, png, svg)
    times = {name: _timed(lambda file=file: check_file(reading(), file)) for name, file in bad.items()}  # type: ignore[misc]
    worst = max(times, key=lambda name: times[name])
    rows.append(_row(f"{len(bad)} bad files: slowest verdict ({worst})", times[worst], "under 1 s"))
    rows.append(_row("a knot of nodes without names, refused before it is tied", _timed(_knot), "under 1 s"))
    return rows


def _bad(body: str, png: bytes, svg: bytes) -> dict[str, bytes]:
    """What a hostile visitor might send."""
    document = json.loads(body)
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    plain = drawing.png(drawing.svg(ROOT, "tinh-mat"))
    head = plain[: baking.HEADER]
    tail = plain[baking.HEADER :]
    issuer = issuer_id(base_of(reading()) or "")
    return {
        "name changed": json.dumps({**document, "name": "Khác"}).encode(),
        "contexts swapped": json.dumps({**document, "@context": document["@context"][::-1]}).encode(),
        "proof of another": json.dumps({**document, "proof": [{**document["proof"][0], "proofValue": "z1"}]}).encode(),
        "key twice": body.replace("{", '{"name":"Khác",', 1).encode(),
        "truncated PNG": png[:-500],
        "truncated SVG": svg[:-500],
        "wrong checksum": png.replace(b"Tinh", b"Tanh", 1),
        "zTXt bomb": head + baking.chunk(b"zTXt", baking.KEYWORD + b"\0\0" + bomb) + tail,
        "iTXt bomb": head + baking.chunk(b"iTXt", baking.KEYWORD + b"\0\1\0\0\0" + bomb) + tail,
        "5,000 chunks": head + baking.chunk(b"tEXt", b"") * 5000 + tail,
        "JSON of 10 MB": b'{"a":"' + b"x" * 10_000_000 + b'"}',
        "60,000 brackets": b'{"a":' + b"[" * 60_000 + b"]" * 60_000 + b"}",
        "9,000 keys": json.dumps({"issuer": issuer, **{str(n): n for n in range(9_000)}}).encode(),
        "100,000 nested SVG elements": b"<svg>" + b"<g>" * 100_000,
        "SVG with entities": b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
        "1,000,000 SVG elements": b"<svg>" + b"<g/>" * 1_000_000 + b"</svg>",
    }


def _knot() -> None:
    knot = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}
    many = [{"type": ["VerifiableCredential"]} for _ in range(2000)]
    try:
        canonical({**knot, "credentialSubject": many})
    except DataLoss:
        return
    raise AssertionError("it was tied")
