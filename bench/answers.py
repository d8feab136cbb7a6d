"""Answers a second through the whole real path, beside the bare limit: one SELECT and one INSERT by the ORM.

Both run on the same server (granian, two processes), on the same database file, with the same clients,
commits durable. The clients share the machine with the server.
"""

import http.client
import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, QUIZZES, ITEMS = 160, 8, 5
PROCESSES, THREADS = 4, 8  # 32 clients
BARE = "/bench/bare"
Post = tuple[str, str, str]  # path, cookie, body


@dataclass(frozen=True)
class Load:
    """What came of a load: requests a second, and milliseconds below which 50 and 99 of 100 were answered."""

    rate: float
    p50: float
    p99: float
    failed: int


def bench_app() -> "Flask":
    """The application with one more address: the bare limit."""
    from datetime import date, timedelta

    from flask import request
    from sqlalchemy import select

    from app import create_app
    from app.attempts.models import LearningDay
    from app.core.db import transaction
    from app.core.security import csrf
    from app.people.models import Person

    app = create_app()

    @app.post(BARE)
    @csrf.exempt
    def bare() -> str:
        number, person = request.form["n"], int(request.form["person"])
        with transaction() as session:
            found = session.scalars(select(Person.id).where(Person.id == person)).one()
            session.add(LearningDay(person_id=found, day=date(2100, 1, 1) + timedelta(days=int(number))))
        return number

    return app


def _prepare() -> tuple[list[list[Post]], list[list[Post]]]:
    """People with attempts begun, signed in; for each client its posts, of both kinds."""
    from flask import session as session_cookie
    from flask_migrate import upgrade
    from flask_wtf.csrf import generate_csrf

    from app.attempts.domain import Learner
    from app.attempts.queries import find_open, plan_of
    from app.badges.service import load_catalogue
    from app.core import clock
    from app.core.db import reading, transaction
    from app.people.sessions import begin
    from app.play.service import start
    from app.quizzes.kinds.kind import LETTERS
    from app.quizzes.queries import quiz_cards
    from tests.factories import make_person, make_quiz, make_ward

    app, now = bench_app(), clock.now()
    with app.app_context():
        upgrade()
        ids = make_ward()
        for number in range(QUIZZES):
            make_quiz(f"bai-{number}", skill=f"ky-nang-{number}")
        load_catalogue(ROOT / "badges")
        cards = quiz_cards(reading())
        people = [make_person(f"Người {n}", group_id=ids[str(n % 3 + 1)]) for n in range(PEOPLE)]
        tokens = []
        for person in people:
            with transaction() as session:
                tokens.append(begin(session, person, "pin", old_token=None, now=now).token)
            for card in cards:
                start(Learner(person_id=person), card.topic_slug, card.id, how="independent", now=now)
        attempts = {(p, c.id): find_open(reading(), Learner(person_id=p), c.id) for p in people for c in cards}
        numbers = {key: found.id for key, found in attempts.items() if found is not None}
        right = {
            key: [LETTERS[step.drawn.order.index("b")] for step in plan_of(found).steps]
            for key, found in attempts.items()
            if found is not None
        }
    answers: list[list[Post]] = [[] for _ in range(PROCESSES * THREADS)]
    bare: list[list[Post]] = [[] for _ in range(PROCESSES * THREADS)]
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    for place, (person, token) in enumerate(zip(people, tokens, strict=True)):
        raw = secrets.token_hex(20)
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token, 'csrf_token': raw})}"
        with app.test_request_context():
            session_cookie["csrf_token"] = raw
            csrf_token = generate_csrf()
        for card in cards:
            for number in range(1, ITEMS + 1):
                letter = right[person, card.id][number - 1]
                body = f"csrf_token={csrf_token}&attempt={numbers[person, card.id]}&choice={letter}"
                path = f"/hoc/{card.topic_slug}/{card.id}/{number}"
                answers[place % len(answers)].append((path, cookie, body))
                n = cards.index(card) * ITEMS + number
                bare[place % len(bare)].append((BARE, "", f"n={n}&person={person}"))
    return answers, bare


def _client(port: int, posts: list[Post]) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for path, cookie, body in posts:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "Cookie": cookie,
                   "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}  # fmt: skip
        begun = time.perf_counter()
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        found.append((time.perf_counter() - begun, response.status))
    return found


def _clients(port: int, several: list[list[Post]]) -> list[tuple[float, int]]:
    with ThreadPoolExecutor(len(several)) as pool:
        return [one for found in pool.map(lambda posts: _client(port, posts), several) for one in found]


def _load(port: int, posts: list[list[Post]]) -> Load:
    parts = [posts[n::PROCESSES] for n in range(PROCESSES)]
    begun = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = [one for part in pool.map(_clients, [port] * PROCESSES, parts) for one in part]
    took = time.perf_counter() - begun
    times = sorted(1000 * seconds for seconds, _ in found)
    failed = sum(status != 200 for _, status in found)
    return Load(len(found) / took, times[len(times) // 2], times[len(times) * 99 // 100], failed)


def run() -> list[dict[str, object]]:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as data:
        os.environ["HOCSO_DATA"] = data
        answers, bare = _prepare()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "bench.answers:bench_app",
                   "--port", str(port), "--workers", "2", "--blocking-threads", "16", "--no-log"]  # fmt: skip
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            limit = _load(port, bare)
            real = _load(port, answers)
        finally:
            server.terminate()
            server.wait()
    share = 100 * real.rate / limit.rate
    return [
        {"what": "bare one-insert ORM endpoint", "value": round(limit.rate), "unit": "/s", "asked": "–"},
        {"what": "answers through the whole path", "value": round(real.rate), "unit": "/s", "asked": "goal ≥ 500"},
        {"what": "share of the bare endpoint", "value": round(share, 1), "unit": "%", "asked": "≥ 40"},
        {"what": "an answer, median", "value": round(real.p50, 1), "unit": "ms", "asked": "–"},
        {"what": "an answer, 99 of 100", "value": round(real.p99, 1), "unit": "ms", "asked": "≤ 150"},
        {"what": "refused", "value": real.failed + limit.failed, "unit": "", "asked": "0"},
    ]


def _wait(port: int) -> None:
    for _ in range(400):
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.05)
