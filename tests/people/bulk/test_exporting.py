import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Invalid
from app.core.text import clean
from app.groups.service import add_group
from app.people.bulk.cells import SIGNS, bare
from app.people.bulk.exporting import BRANCHES, GROUPS, PEOPLE, export_groups, export_people
from app.people.bulk.importing import import_file
from app.people.bulk.sheets import as_csv, as_xlsx
from app.people.bulk.table import read_table
from app.people.directory import Wanted
from app.people.models import Membership, Person
from app.people.roles import EVERYWHERE, Scope
from tests.factories import make_person, make_ward

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOSTILE = ("=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-1+Hoa", "@SUM(A1)", "＝Hoa", "'=Hoa")  # fmt: skip


@pytest.fixture
def groups(app: Flask) -> dict[str, int]:
    with app.app_context():
        return make_ward()


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.both
def test_people_come_out_by_given_name_in_the_columns_of_a_list(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        with transaction() as session:
            to = add_group(session, kind="to", name="Tổ 3", parent_id=groups["1"], now=NOW)
            branch = add_group(session, kind="chi_doan", name="Chi đoàn Thử", now=NOW)
        son = make_person("Trần Sơn", group_id=groups["2"], confirmed=False)
        hoa = make_person("Nguyễn Hoa", group_id=to, branch_id=branch)

        found = export_people(wanted=Wanted(), format="csv", by=None, now=NOW)

        assert found.name == "hoc-so-nguoi-hoc-2026-11-24.csv"
        assert rows(found.data) == [
            list(PEOPLE),
            [f"HS-{hoa}", "Nguyễn Hoa", "", "bác", "Khu phố 1", "Tổ 3", "Chi đoàn Thử", "", "đã xác nhận"],
            [f"HS-{son}", "Trần Sơn", "", "bác", "Khu phố 2", "", "", "", "chờ xác nhận"],
        ]
        (entry,) = reading().scalars(sa.select(AuditEntry)).all()
        assert (entry.action, entry.subject_id, entry.detail) == ("list.export", found.name, {"rows": 2})


def test_export_stays_within_what_one_may_see(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        make_person("Trần Sơn", group_id=groups["2"])
        make_person("Nguyễn Hoa", group_id=groups["1"])

        within = Scope(group_ids=frozenset({groups["1"]}))
        people = export_people(wanted=Wanted(within=within), format="csv", by=None, now=NOW)
        khu = export_groups(kind="groups", within=within, contacts=True, format="csv", by=None, now=NOW)

        assert [row[1] for row in rows(people.data)[1:]] == ["Nguyễn Hoa"]
        assert [row[1] for row in rows(khu.data)[1:]] == ["Khu phố 1"]


def test_contacts_are_left_out_for_those_who_may_not_see_people(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        found = export_groups(kind="groups", within=EVERYWHERE, contacts=False, format="csv", by=None, now=NOW)

        assert rows(found.data)[0] == [heading.format(age=16) for heading in GROUPS[:7]]
        assert {len(row) for row in rows(found.data)} == {7}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_never_formulas(app: Flask, groups: dict[str, int], name: str) -> None:
    with app.app_context():
        make_person(name, group_id=groups["1"])

        text = export_people(wanted=Wanted(), format="csv", by=None, now=NOW)
        book = export_people(wanted=Wanted(), format="xlsx", by=None, now=NOW)

        assert [cell for row in rows(text.data) for cell in row if cell.startswith(tuple(SIGNS))] == []
        with zipfile.ZipFile(io.BytesIO(book.data)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
            whole = "".join(parts.read(part).decode() for part in parts.namelist())
        assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)
        assert "SUM" not in name or "SUM" in whole


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["people", "groups", "branches"])
def test_what_came_out_changes_nothing_when_it_comes_in(
    app: Flask, groups: dict[str, int], form: str, kind: str
) -> None:
    with app.app_context():
        cleo = make_person("Lê Cleo", group_id=groups["3"], role="officer", ward_id=groups["ward"])
        with transaction() as session:
            to = add_group(session, kind="to", name="Tổ 3", parent_id=groups["1"], now=NOW)
            branch = add_group(session, kind="chi_doan", name="Chi đoàn Thử", now=NOW)
        for name in ("Nguyễn Hoa", *HOSTILE):
            make_person(name, group_id=to, branch_id=branch)
        make_person("Nguyễn Hoa", group_id=groups["2"])
        if kind == "people":
            found = export_people(wanted=Wanted(), format=form, by=cleo, now=NOW)
        else:
            found = export_groups(kind=kind, within=EVERYWHERE, contacts=True, format=form, by=cleo, now=NOW)

        report = import_file(kind=kind, data=found.data, by=cleo, now=NOW, dry_run=False)

        assert (report.new, report.changed, report.errors) == (0, 0, ())
        assert report.same == found.rows


TEXT = st.text(st.sampled_from([*SIGNS, "'", "a", "ơ", "1", " ", ",", ";", '"', "<", "&", "\u0309"]), max_size=12)


@given(st.lists(st.lists(TEXT | st.text(max_size=8), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_words_come_back_from_a_text_file(lines: list[list[str]]) -> None:
    wanted = [[cell.replace("\x00", "") for cell in line] for line in lines]
    wanted = [[cell for cell in line if not _surrogate(cell)] or ["x"] for line in wanted]

    table = read_table(as_csv(["Họ tên", "Khu phố"], wanted))

    found = [[bare(cell) for cell in row] for row in table.rows[1:]]
    assert _trimmed(found) == _trimmed(wanted)


def _surrogate(cell: str) -> bool:
    return any(0xD800 <= ord(c) <= 0xDFFF for c in cell)


def _trimmed(lines: list[list[str]]) -> list[list[str]]:
    out = [list(line) for line in lines]
    for line in out:
        while line and not line[-1].strip():
            line.pop()
    while out and not out[-1]:
        out.pop()
    return out


NAMES = st.text(st.sampled_from([*"=+-@＝", "'", "a", "Ơ", "đ", " ", "|", "!", '"', ";", ",", "\u0309"]), max_size=14)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES.filter(lambda text: any(c.isalpha() for c in clean(text))), min_size=1, max_size=4))
def test_people_of_any_name_go_round(app: Flask, groups: dict[str, int], names: list[str]) -> None:
    with app.app_context():
        with transaction() as session:
            session.execute(sa.delete(Membership))
            session.execute(sa.delete(Person))
        ids = [make_person(clean(name), group_id=groups["1"]) for name in names]
        for form in ("csv", "xlsx"):
            found = export_people(wanted=Wanted(), format=form, by=None, now=NOW)

            report = import_file(kind="people", data=found.data, by=ids[0], now=NOW, dry_run=False)

            assert (report.new, report.changed, report.errors) == (0, 0, ())
            kept = dict(reading().execute(sa.select(Person.id, Person.name)).all())
            assert kept == {one: clean(name) for one, name in zip(ids, names, strict=True)}


def test_unknown_format_is_refused(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context(), pytest.raises(Invalid):
        export_people(wanted=Wanted(), format="pdf", by=None, now=NOW)


def test_sheet_has_one_row_for_headings_and_one_for_each() -> None:
    table = read_table(as_xlsx("Chi đoàn", BRANCHES, [["a", "=b", "", "", 5]]))

    assert (table.sheet, table.rows) == ("Chi đoàn", (BRANCHES, ("a", "'=b", "", "", "5")))
