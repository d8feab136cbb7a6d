"""A backup that is restored knows less: what was promised since is done again, to the right people only."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.core.db import db, reading, transaction
from app.people import consents
from app.people.models import Consent, Person, SignIn
from app.people.queries import public_names
from app.privacy import erasing, journal, scrubbing
from app.privacy.keeping import Kept, keep_promises
from app.privacy.models import Erasure
from tests.factories import NOON
from tests.privacy.traces import NAME, leave_traces, needles_in
from tests.town import Town

LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        leave_traces(town)
        yield


def erase(town: Town, folder: Path) -> None:
    erasing.erase_for(person_id=town.ada, typed="xoa", by=town.cleo, folder=folder, now=NOON)


def test_restored_file_erases_again(town: Town, tmp_path: Path) -> None:
    """The real thing: a copy of the file is put back, and the next start forgets the person once more."""
    town.as_ada()
    copy, database = tmp_path / "copy.db", tmp_path / "hocso.db"
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
        connection.exec_driver_sql("BEGIN")
    erase(town, tmp_path)
    db.session.remove()
    db.engine.dispose()
    for tail in ("-wal", "-shm"):
        (tmp_path / f"hocso.db{tail}").unlink(missing_ok=True)
    shutil.move(copy, database)
    assert reading().get_one(Person, town.ada).name == NAME

    kept = keep_promises(tmp_path, LATER)

    assert kept == Kept(erased=1, withdrawn=0)
    assert scrubbing.scrub(LATER)
    assert needles_in(database, tmp_path / "hocso.db-wal") == []
    assert reading().scalars(select(SignIn)).all() == []  # sessions that were ended have come back too
    assert keep_promises(tmp_path, LATER) == Kept(0, 0)


def forget_the_erasure(person_id: int) -> None:
    """As a database from before it: the name is back and nothing tells of an erasure."""
    with transaction() as session:
        session.execute(delete(Erasure))
        session.execute(update(Person).where(Person.id == person_id).values(name=NAME, closed_at=None))


@pytest.mark.both
def test_database_that_forgot_an_erasure_is_told_again(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)
    forget_the_erasure(town.ada)

    assert keep_promises(tmp_path, LATER).erased == 1

    assert reading().get_one(Person, town.ada).name == ""
    assert reading().get_one(Erasure, town.ada).why == "restored"


@pytest.mark.both
def test_number_given_to_someone_else_since_means_nobody(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)
    forget_the_erasure(town.ada)
    with transaction() as session:
        session.execute(update(Person).where(Person.id == town.ada).values(created_at=LATER))

    assert keep_promises(tmp_path, LATER) == Kept(0, 0)

    assert reading().get_one(Person, town.ada).name == NAME


@pytest.mark.both
def test_consent_taken_back_after_the_backup_stays_taken_back(town: Town, tmp_path: Path) -> None:
    with transaction() as session:
        session.get_one(Person, town.ada).adult = "yes"
    keep_promises(tmp_path, NOON)
    consents.answer_own(person_id=town.ada, purpose="name", choice="no", now=LATER)
    consents.answer_own(person_id=town.ben, purpose="name", choice="no", now=LATER)
    consents.answer_own(person_id=town.ben, purpose="name", choice="full", now=LATER + timedelta(hours=1))
    keep_promises(tmp_path, LATER)
    with transaction() as session:
        session.execute(delete(Consent).where(Consent.given_at >= LATER))
    assert public_names(reading(), [town.ada]) == {town.ada: NAME}

    kept = keep_promises(tmp_path, LATER)

    assert kept == Kept(erased=0, withdrawn=1)  # Ben's last answer opened more: it is asked again, not guessed
    assert public_names(reading(), [town.ada, town.ben]) == {town.ada: None, town.ben: None}


@pytest.mark.both
def test_journal_that_lacks_something_is_completed_once(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)
    (tmp_path / journal.NAME).unlink()

    keep_promises(tmp_path, LATER)
    first = journal.read(tmp_path)
    keep_promises(tmp_path, LATER)

    assert journal.read(tmp_path) == first
    assert sorted({(line.what, line.person) for line in first}) == [("erase", town.ada), ("withdraw", town.ada)]


def test_line_that_a_power_cut_left_half_written_is_passed_over(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)
    path = tmp_path / journal.NAME
    whole = path.read_text()
    path.write_text('[]\n{"what": "erase"}\n7\n' + whole + '{"what": "era')

    assert len(journal.read(tmp_path)) == 1
    journal.append(tmp_path, [journal.Line("erase", 7, NOON, NOON)])
    assert [line.person for line in journal.read(tmp_path)] == [town.ada, 7]
