"""kill -9 at random moments: every answer that was acknowledged is there, exactly once."""

import os
import time
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from app import create_app
from app.attempts.models import Attempt, Response
from app.attempts.queries import plan_of
from app.config import Settings
from app.core import clock
from app.core.db import db, reading, transaction
from app.groups.queries import khu_pho_list
from app.people.sessions import begin
from app.quizzes.kinds.kind import LETTERS
from app.quizzes.models import Item
from app.shell.doctor import LEASE_LATE
from app.shell.models import Lease
from app.standings.checking import check
from tests.factories import make_person, make_quiz, make_ward
from tests.page import Browser
from tests.shell.living import Acknowledged, Answering, Server

KILLS = 20
LEARNERS = 6
QUIZZES = ("mot", "hai", "ba")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def house(tmp_path: Path, sqlite_template: Path) -> Flask:
    """A ward in a data folder of its own, with some quizzes."""
    (tmp_path / "hocso.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'hocso.db'}"
    app = create_app(Settings(data=tmp_path, database_url=url, base_url="http://127.0.0.1:8000"))
    with app.app_context():
        make_ward()
        for name in QUIZZES:
            make_quiz(name, topic="thu", skill=f"ky-nang-{name}")
        with transaction() as session:  # the ward's own, so that serving does not put the files' in their place
            session.execute(update(Item).values(origin="ward"))
    return app


def cookies(app: Flask) -> list[str]:
    """A signed-in session for each of some learners of two khu phố, as a browser would send it."""
    found = []
    with app.app_context():
        homes = khu_pho_list(reading())
        people = [make_person(f"Người {n}", group_id=homes[n % 2].id) for n in range(LEARNERS)]
        with transaction() as session:
            tokens = [begin(session, p, "card", old_token=None, now=clock.now()).token for p in people]
    for token in tokens:
        browser = Browser(app)
        with browser.client.session_transaction() as session:
            session["_user_id"] = token
        browser.open("/hoc/thu/mot")  # the forms' token now is part of the session
        cookie = browser.client.get_cookie("hocso")
        assert cookie is not None
        found.append(f"hocso={cookie.value}")
    return found


def stored(session_of: list[Acknowledged]) -> list[tuple[Acknowledged, int]]:
    """How often each acknowledged answer is in the database, with the choice that was made."""
    session = reading()
    attempts = {a.id: a for a in session.scalars(select(Attempt))}
    counts = []
    for one in session_of:
        step = plan_of(attempts[one.attempt]).step(one.number)
        assert step is not None
        option = step.drawn.order[LETTERS.index(one.letter)]
        query = select(func.count()).where(
            Response.attempt_id == one.attempt,
            Response.item_id == step.drawn.item,
            Response.round == step.round,
            Response.choice == option,
        )
        counts.append((one, session.scalar(query) or 0))
    return counts


def wait_for_answers(learners: list[Answering], chance: Random) -> None:
    """Until a random number of answers more was acknowledged, then some milliseconds: in the midst of work."""
    wanted = sum(len(learner.journal) for learner in learners) + chance.randint(0, 12)
    end = time.monotonic() + 5
    while sum(len(learner.journal) for learner in learners) < wanted and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))


def test_no_acknowledged_answer_is_lost_or_doubled(house: Flask, tmp_path: Path) -> None:
    server, stop, chance = Server(tmp_path), Event(), Random()
    learners = [
        Answering(server, cookie, [f"/hoc/thu/{name}" for name in QUIZZES], Random(number), stop)
        for number, cookie in enumerate(cookies(house))
    ]
    threads = [Thread(target=learner.run) for learner in learners]
    server.start()
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        wait_for_answers(learners, chance)
        server.kill()
        server.start()
    wait_for_answers(learners, chance)
    stop.set()
    for thread in threads:
        thread.join()
    server.kill()

    with house.app_context():
        session = reading()
        journal = [one for learner in learners for one in learner.journal]
        wrong = [(one, count) for one, count in stored(journal) if count != 1]
        responses = session.scalar(select(func.count()).select_from(Response)) or 0
        assert [status for learner in learners for status in learner.odd] == []
        assert (len(journal) > KILLS, wrong) == (True, [])
        assert 0 <= responses - len(journal) <= LEARNERS * (KILLS + 1)  # sent, saved, never acknowledged
        assert check(session).lines == ()
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        db.session.remove()
        db.engine.dispose()


def alive(group: int) -> list[int]:
    """The processes of a group that still run (the dead whom nobody fetched do not count)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgid = path.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(pgid) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


def test_children_end_when_the_command_is_killed(house: Flask, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    assert server.process is not None
    group = server.process.pid
    assert len(alive(group)) == 3  # the command, a web worker, the scheduler

    server.kill_main()
    end = time.monotonic() + 20
    while alive(group) and time.monotonic() < end:
        time.sleep(0.05)

    assert alive(group) == []


def test_killed_children_are_started_again(house: Flask, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    assert server.process is not None
    group = server.process.pid
    children = [pid for pid in alive(group) if pid != group]
    for pid in children:
        os.kill(pid, 9)

    end = time.monotonic() + 30
    while time.monotonic() < end and not (len(set(alive(group)) - {group, *children}) == 2 and server.answers()):
        time.sleep(0.05)

    assert len(set(alive(group)) - {group, *children}) == 2
    server.stop()
    assert alive(group) == []


def test_server_runs_its_scheduler(house: Flask, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    end, lease = time.monotonic() + 20, None
    while lease is None and time.monotonic() < end:
        with house.app_context():
            lease = reading().get(Lease, "scheduler")
        time.sleep(0.05)
    server.stop()

    assert lease is not None
    assert lease.until > clock.now() - LEASE_LATE
