"""The demo: made by the real use cases, clearly marked, the same for the same options, and not made twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.attempts.domain import Learner
from app.attempts.queries import in_progress, learning_days
from app.badges.models import Badge
from app.core import clock
from app.core.calendar import local_date, week_of
from app.core.db import db, reading
from app.cycles.queries import all_cycles
from app.groups.models import Ward
from app.outreach.models import HelpRequest
from app.people.models import Card, Membership
from app.shell.cli import main
from app.shell.demo import store
from app.shell.demo.cast import make_cast, pick_hero
from app.shell.demo.script import first_month, heros_story, write_script
from app.shell.output import settings
from app.standings.checking import check
from tests.page import Browser
from tests.shell.conftest import Run

THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
OPTIONS = ("demo", "--no-serve", "--people", "24", "--months", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo ward, made once for this file on a Thursday."""
    folder = tmp_path_factory.mktemp("demo")
    clock.use(lambda: THURSDAY)
    result = CliRunner().invoke(main, [*OPTIONS, "--data", str(folder)])
    clock.use(None)
    assert result.exit_code == 0, result.output
    (folder / "told.txt").write_text(result.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def demo(folder: Path) -> Flask:
    clock.use(lambda: THURSDAY)
    return create_app(replace(settings(folder), second_factor="optional"))  # as the demo itself is served


def last_line(folder: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((folder / "told.txt").read_text(encoding="utf-8").splitlines()[-1])
    return told


def test_last_line_tells_how_to_enter(folder: Path) -> None:
    told = last_line(folder)

    roles = [one["role"] for one in told["sign_in"]]  # type: ignore[attr-defined]
    assert (told["data"], told["people"], roles) == (
        str(folder),
        24,
        ["resident", "youth", "volunteer", "officer", "officer"],
    )
    assert set(told["sign_in"][0]) == {"role", "card_url", "code", "pin"}  # type: ignore[index]


@pytest.mark.parametrize("place", range(5))
def test_everyone_told_of_can_enter(folder: Path, demo: Flask, place: int) -> None:
    one = last_line(folder)["sign_in"][place]  # type: ignore[index]
    page = "/vao/can-bo" if one["role"] == "officer" else "/vao"
    browser = Browser(demo)

    browser.open(page)
    entered = browser.submit(page, {"code": one["code"], "secret": one["pin"]})

    assert entered.status == 200
    assert browser.client.get("/toi").status_code == 200
    assert Browser(demo).open(one["card_url"]).status == 200
    with demo.app_context():
        db.engine.dispose()


def test_data_is_marked_consistent_and_past_months_are_announced(demo: Flask) -> None:
    with demo.app_context():
        session = reading()
        assert session.get_one(Ward, 1).demo
        assert check(session).lines == ()
        assert [(c.period, c.state) for c in all_cycles(session)] == [("2026-11", "open"), ("2026-10", "announced")]
        db.session.remove()
        db.engine.dispose()


def test_officers_and_volunteers_find_work(demo: Flask) -> None:
    with demo.app_context():
        session = reading()
        newcomers = session.scalars(select(Membership).where(Membership.confirmed_at.is_(None))).all()
        waiting = session.scalars(select(HelpRequest).where(HelpRequest.state == "waiting")).all()
        assert (len(newcomers) >= 1, len(waiting) >= 1) == (True, True)
        db.session.remove()
        db.engine.dispose()


def test_printed_resident_is_in_the_middle_of_things(folder: Path, demo: Flask) -> None:
    code = last_line(folder)["sign_in"][0]["code"]  # type: ignore[index]
    today = local_date(THURSDAY)
    with demo.app_context():
        session = reading()
        person_id = session.scalars(select(Card.person_id).where(Card.code == code)).one()
        (attempt,) = in_progress(session, Learner(person_id=person_id))
        badges = session.scalars(select(Badge).where(Badge.person_id == person_id)).all()
        days = learning_days(session, person_id, week_of(today), today)
        assert (attempt.done, len(badges), len(days)) == (2, 2, 3)
        db.session.remove()
        db.engine.dispose()


def test_second_run_uses_what_is_there(folder: Path) -> None:
    result = CliRunner().invoke(main, [*OPTIONS, "--data", str(folder)])

    assert (result.exit_code, json.loads(result.stdout.splitlines()[-1])) == (0, last_line(folder))


def test_real_data_is_never_touched(run: Run, data: Path, app: Flask) -> None:
    from tests.factories import make_ward

    with app.app_context():
        make_ward()

    result = run("demo", "--no-serve", "--data", str(data))

    assert (result.exit_code, "dữ liệu thật" in result.stderr) == (2, True)
    with app.app_context():
        assert reading().get_one(Ward, 1).demo is False


def test_demo_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    store.begin(tmp_path)
    (tmp_path / "hocso.db").write_bytes(b"half a page")

    result = CliRunner().invoke(
        main, ["demo", "--no-serve", "--people", "20", "--months", "0", "--data", str(tmp_path)]
    )

    assert (result.exit_code, store.read(tmp_path) is not None) == (0, True)


def script(now: datetime, months: int = 2) -> tuple[list[object], list[object]]:
    chance, start = Random(1), first_month(now, months).starts_at
    cast = make_cast(60, start=start, now=now, chance=chance)
    events = write_script(cast, start=start, now=now, chance=chance, hero=pick_hero(cast))
    return list(cast), list(events)


def test_same_options_give_the_same_script() -> None:
    assert script(THURSDAY) == script(THURSDAY)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 30, 17, 0, 30, tzinfo=UTC),  # half a minute into December
        datetime(2026, 11, 30, 18, tzinfo=UTC),
        datetime(2026, 12, 2, 3, tzinfo=UTC),
        datetime(2026, 11, 29, 17, 5, tzinfo=UTC),  # early on a Monday
        datetime(2027, 1, 1, 3, tzinfo=UTC),
    ],
)
def test_nothing_happens_in_the_future_or_before_joining(now: datetime) -> None:
    cast, events = script(now)
    joins = {actor.number: actor.joins for actor in cast}  # type: ignore[attr-defined]

    assert [e for e in events if e.at > now] == []  # type: ignore[attr-defined]
    assert [e for e in events if e.number >= 0 and e.at < joins[e.number]] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("day", "days"), [(23, 1), (24, 2), (25, 3), (29, 3)])
def test_heros_week_is_as_full_as_the_calendar_allows(day: int, days: int) -> None:
    now = datetime(2026, 11, day, 9, tzinfo=UTC)

    moments = [at for at, _ in heros_story(now - timedelta(days=60), now)]

    monday = week_of(local_date(now))
    assert len({local_date(at) for at in moments if local_date(at) >= monday}) == days
