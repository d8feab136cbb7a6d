"""The consent book, taking along and erasing from the command line; doctor and upgrade after a restored backup."""

import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.core import clock
from app.core.db import reading, transaction
from app.people.models import Person
from app.privacy import scrubbing
from app.privacy.models import Erasure
from app.shell.doctor import examine
from app.shell.jobs import keep_privacy, overwrite
from tests.factories import NOON
from tests.privacy.traces import NAME, leave_traces
from tests.shell.conftest import Run
from tests.town import Town, make_town

AT = "2026-10-15T05:00Z"


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        leave_traces(town)
    return town


@pytest.mark.both
def test_book_is_shown_as_lines_and_as_json(run: Run, town: Town) -> None:
    lines, whole = run("consent", "show", str(town.ada)), run("consent", "show", str(town.ada), "--json")

    assert "Tên trên trang tuyên dương: Đăng tên đầy đủ" in lines.stdout
    assert "Ảnh: chưa đủ ý kiến, coi như không" in lines.stdout
    found = {page["purpose"]: page for page in json.loads(whole.stdout)["purposes"]}
    assert (found["name"]["answer"], found["photo"]["answer"]) == ("full", None)
    assert found["name"]["answers"][0]["how"] == "screen"


@pytest.mark.both
def test_nobody_of_that_number_is_said(run: Run, town: Town) -> None:
    results = [run(*words, "9999") for words in (("consent", "show"), ("people", "export"), ("people", "erase"))]

    assert {result.exit_code for result in results} == {1}
    assert "Không thấy người học nào" in results[0].stderr


@pytest.mark.both
def test_export_goes_to_the_screen_or_into_a_file_of_ones_own(run: Run, town: Town, tmp_path: Path) -> None:
    screen = run("people", "export", str(town.ada))
    run("people", "export", str(town.ada), "--to", str(tmp_path / "a.xlsx"))
    wrong = run("people", "export", str(town.ada), "--to", str(tmp_path / "a.doc"))

    assert NAME in screen.stdout
    assert json.loads(screen.stdout)["person"] == town.ada
    assert zipfile.ZipFile(tmp_path / "a.xlsx").testzip() is None
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o600
    assert wrong.exit_code == 2


@pytest.mark.both
def test_erase_asks_first_and_overwrites_at_once(run: Run, town: Town) -> None:
    refused = run("people", "erase", str(town.ada), typed="n\n")
    with town.app.app_context():
        assert reading().get_one(Person, town.ada).name == NAME

    done = run("people", "erase", str(town.ada), "--yes", "--now", AT, "--json")
    again = run("people", "erase", str(town.ada), "--yes")

    assert (refused.exit_code, done.exit_code, again.exit_code) == (1, 0, 1)
    assert json.loads(done.stdout) == {"id": town.ada, "scrubbed": True}
    with town.app.app_context():
        assert reading().get_one(Person, town.ada).name == ""
        assert scrubbing.owed(reading()) == []


def restore(town: Town) -> None:
    """As a database from before the erasure."""
    with town.app.app_context(), transaction() as session:
        session.execute(delete(Erasure))
        session.execute(update(Person).where(Person.id == town.ada).values(name=NAME, closed_at=None))


@pytest.mark.both
def test_upgrade_and_doctor_erase_again_after_a_restored_backup(run: Run, town: Town) -> None:
    run("people", "erase", str(town.ada), "--yes")
    restore(town)

    upgraded = run("db", "upgrade", "--json")

    assert json.loads(upgraded.stdout)["erased_again"] == 1
    restore(town)
    with town.app.app_context():
        found = [finding.what for finding in examine(town.app.config["SETTINGS"], NOON)]
        assert "bản sao lưu cũ: đã xoá lại 1 người, rút lại 0 ý kiến đồng ý" in found
        assert "1 người đã xoá mà tệp dữ liệu chưa ghi đè xong" in found
        assert reading().get_one(Person, town.ada).name == ""


@pytest.mark.both
def test_jobs_keep_the_promises_and_overwrite(run: Run, town: Town) -> None:
    run("people", "erase", str(town.ada), "--yes")
    restore(town)
    clock.use(lambda: NOON)

    with town.app.app_context():
        keep_privacy(NOON)
        owed = scrubbing.owed(reading())
        overwrite(NOON)
        assert (owed, scrubbing.owed(reading())) == ([town.ada], [])
