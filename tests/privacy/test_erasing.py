"""Being forgotten: no byte of it is left in the file, while ledger and trail stay whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import Base, db, reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.doubles.models import Merge
from app.people.models import Card, Consent, Membership, Person, SignIn
from app.people.service import end_role
from app.privacy import erasing, journal, scrubbing
from app.privacy.domain import GONE
from app.privacy.models import Erasure, PrivacyRequest
from app.standings.checking import check
from app.standings.models import LedgerEntry
from tests.factories import NOON, make_person
from tests.privacy.traces import NAME, NEEDLES, PIN, leave_traces, needles_in
from tests.town import Town


@pytest.fixture(autouse=True)
def _context(app: Flask, town: Town) -> Iterator[None]:
    with app.app_context():
        leave_traces(town)
        yield


def erase(town: Town, folder: Path) -> None:
    erasing.erase_for(person_id=town.ada, typed="XOÁ", by=town.cleo, folder=folder, now=NOON)


def everything() -> str:
    """Every row of every table as text."""
    session = reading()
    return "\n".join(repr(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table)))


def ledger() -> list[tuple[object, ...]]:
    return [tuple(row) for row in reading().execute(select(LedgerEntry.__table__).order_by(LedgerEntry.id))]


def trail() -> list[tuple[str, str, int | None]]:
    query = select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.actor_id).order_by(AuditEntry.id)
    return [tuple(row) for row in reading().execute(query)]


def test_no_byte_of_someone_erased_is_left_in_the_database_file(town: Town, tmp_path: Path) -> None:
    files = [tmp_path / f"hocso.db{tail}" for tail in ("", "-wal", "-shm")]
    assert set(NEEDLES) - set(needles_in(*files)) == set()

    erase(town, tmp_path)

    assert scrubbing.scrub(NOON)
    assert needles_in(*files, tmp_path / journal.NAME) == []
    assert scrubbing.owed(reading()) == []


@pytest.mark.both
def test_no_row_speaks_of_someone_erased(town: Town, tmp_path: Path) -> None:
    assert NAME in everything()

    erase(town, tmp_path)

    whole = everything()
    assert [needle for needle in NEEDLES if needle.decode("utf-8", "replace") in whole] == []
    assert str(NEEDLES[3]) not in whole
    assert scrubbing.scrub(NOON)


@pytest.mark.both
def test_ledger_and_trail_stay_whole_under_the_number(town: Town, tmp_path: Path) -> None:
    before, told = ledger(), trail()

    erase(town, tmp_path)

    assert ledger() == before
    assert check(reading()).lines == ()
    assert trail() == [*told, ("person.erase", str(town.ada), town.cleo)]
    reasons = reading().scalars(select(AuditEntry.reason).where(AuditEntry.reason != "")).all()
    assert reasons == [GONE]


@pytest.mark.both
def test_what_is_left_of_someone_erased_is_a_shell(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)

    session = reading()
    person = session.get_one(Person, town.ada)
    assert (person.name, person.phone, person.birth_year, person.adult, person.closed_at) == (
        "", None, None, "unsaid", NOON,
    )  # fmt: skip
    assert session.scalars(select(Card).where(Card.person_id == town.ada)).all() == []
    assert session.scalars(select(SignIn).where(SignIn.person_id == town.ada)).all() == []
    ended = session.scalars(select(Membership.ended_at).where(Membership.person_id == town.ada)).all()
    assert ended == [NOON]
    assert len(session.scalars(select(Consent).where(Consent.person_id == town.ada)).all()) == 2
    request = session.scalars(select(PrivacyRequest)).one()
    assert (request.state, request.answer, request.words) == ("closed", GONE, GONE)
    kept = session.get_one(Erasure, town.ada)
    assert (kept.why, kept.at, kept.by, kept.scrubbed_at) == ("request", NOON, town.cleo, None)


@pytest.mark.both
def test_words_of_others_keep_their_sense_without_the_name(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)

    notes = reading().execute(sa.text("SELECT key, note FROM help_request ORDER BY key")).all()
    words = reading().execute(sa.text("SELECT key, words, answer FROM item_report ORDER BY key")).all()
    assert [tuple(row) for row in notes] == [("h1", ""), ("h2", "ở cạnh nhà bà …, gọi … hoặc …")]
    assert [tuple(row) for row in words] == [("b1", GONE, GONE), ("b2", "… thấy câu này sai", "Cảm ơn …")]


@pytest.mark.both
def test_journal_names_the_number_alone(town: Town, tmp_path: Path) -> None:
    since = reading().get_one(Person, town.ada).created_at

    erase(town, tmp_path)

    assert journal.read(tmp_path) == [journal.Line("erase", town.ada, since, NOON)]
    assert (tmp_path / journal.NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.both
def test_erased_twice_or_unknown_or_without_the_word_is_refused(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as wrong:
        erasing.erase_for(person_id=town.ada, typed="xin", by=town.cleo, folder=tmp_path, now=NOON)
    erase(town, tmp_path)

    assert wrong.value.code == "erase_word"
    with pytest.raises(Conflict):
        erase(town, tmp_path)
    for unknown in (9999, 2**40):
        with pytest.raises(NotFound):
            erasing.erase_for(person_id=unknown, typed="xoa", by=town.cleo, folder=tmp_path, now=NOON)


@pytest.mark.both
def test_whoever_holds_a_role_gives_it_back_first(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        erasing.erase_for(person_id=town.dung, typed="xoa", by=town.cleo, folder=tmp_path, now=NOON)
    with transaction() as session:
        end_role(session, town.dung, "volunteer", now=NOON)
    erasing.erase_for(person_id=town.dung, typed="xoa", by=town.cleo, folder=tmp_path, now=NOON)

    assert refused.value.code == "erase_role"
    with pytest.raises(Invalid) as own:
        erasing.erase_for(person_id=town.cleo, typed="xoa", by=town.cleo, folder=tmp_path, now=NOON)
    assert own.value.code == "self_confirm"


@pytest.mark.both
def test_records_merged_into_someones_are_forgotten_with_theirs(town: Town, tmp_path: Path) -> None:
    second, third = make_person("Quỳnh Thứ Hai"), make_person("Quỳnh Thứ Ba")
    with transaction() as session:
        for kept, gone in ((town.ada, second), (second, third)):
            session.get_one(Person, gone).closed_at = NOON
            held = {"name": "Quỳnh Thứ Hai"}
            session.add(Merge(kept_id=kept, gone_id=gone, at=NOON, by=town.cleo, detail=held, import_key="thu-hai"))

    erase(town, tmp_path)

    assert "Quỳnh" not in everything()
    assert "thu-hai" not in everything()
    assert [line.person for line in journal.read(tmp_path)] == [town.ada, second, third]


def erase_self(person_id: int, secret: str, folder: Path) -> None:
    erasing.erase_self(
        person_id=person_id, secret=secret, typed="xoa", device_token=None, network="hall", folder=folder, now=NOON
    )


@pytest.mark.both
def test_oneself_with_the_pin_and_a_wrong_one_is_counted(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as wrong:
        erase_self(town.ada, "1357", tmp_path)
    assert (wrong.value.code, wrong.value.values["left"]) == ("erase_pin_wrong", 4)
    assert reading().get(Erasure, town.ada) is None

    erase_self(town.ada, PIN, tmp_path)

    kept = reading().get_one(Erasure, town.ada)
    assert (kept.why, kept.by) == ("own", None)


@pytest.mark.both
def test_last_officer_cannot_leave_the_ward_alone(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        erase_self(town.cleo, "mat khau rat dai", tmp_path)

    assert refused.value.code == "erase_last_officer"


def test_lists_that_wait_and_name_someone_erased_go_too(town: Town, tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    for name, text, code in (("a", f"Họ tên\n{NAME.upper()}\n", "utf-8"), ("b", f"Họ tên\n{NAME}\n", "utf-16")):
        (uploads / f"{name}.csv").write_text(text, encoding=code)
    (uploads / "c.csv").write_text("Họ tên\nTrần Văn Ben\n", encoding="utf-8")

    erase(town, tmp_path)

    assert [path.name for path in uploads.iterdir()] == ["c.csv"]


def test_reader_in_the_way_leaves_the_overwriting_owed(town: Town, tmp_path: Path) -> None:
    erase(town, tmp_path)
    db.session.remove()
    with db.engine.connect() as reader:
        reader.execute(sa.text("SELECT count(*) FROM person"))
        blocked = scrub_soon()

    assert not blocked
    assert scrubbing.owed(reading()) == [town.ada]
    assert scrubbing.scrub(NOON)


def scrub_soon() -> bool:
    """Like the job, but without waiting for readers."""

    def hurry(connection: object, *_rest: object) -> None:
        connection.execute("PRAGMA busy_timeout=10")  # type: ignore[attr-defined]

    sa.event.listen(db.engine, "checkout", hurry)
    try:
        return scrubbing.scrub(NOON)
    finally:
        sa.event.remove(db.engine, "checkout", hurry)
