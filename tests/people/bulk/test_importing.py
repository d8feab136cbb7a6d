from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.groups.service import add_group
from app.people.bulk.importing import import_file
from app.people.bulk.person_rows import RowError
from app.people.bulk.report import Change, Report
from app.people.models import Card, Consent, Membership, Person
from tests.factories import make_person, make_ward

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LIST = "Họ tên;Năm sinh;Khu phố;Điện thoại\nNguyễn Thị Hoa;1958;Khu phố 1;\nTrần Mẫu;2001;KP 2;0912345678\n"


def bring(text: str, *, by: int, dry_run: bool = False, now: datetime = NOW) -> Report:
    return import_file(kind="people", data=text.encode(), by=by, now=now, dry_run=dry_run)


def officer(groups: dict[str, int]) -> int:
    return make_person("Lê Cleo", group_id=groups["3"], role="officer", ward_id=groups["ward"])


def count(model: type) -> int:
    return reading().scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.both
def test_import_brings_people_in_confirmed_and_unasked(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        cleo = officer(groups)

        report = bring(LIST, by=cleo)

        assert (report.rows, report.new, report.changed, report.same, report.errors) == (2, 2, 0, 0, ())
        query = sa.select(Person.name, Person.adult, Person.birth_year, Person.phone, Membership.group_id)
        query = query.join(Membership, Membership.person_id == Person.id).where(
            Membership.confirmed_by == cleo, Membership.confirmed_at == NOW
        )
        assert reading().execute(query.order_by(Person.id)).all() == [
            ("Nguyễn Thị Hoa", "yes", 1958, None, groups["1"]),
            ("Trần Mẫu", "yes", 2001, "0912345678", groups["2"]),
        ]
        assert (count(Consent), count(Card)) == (0, 0)


@pytest.mark.both
def test_import_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())
        bring(LIST, by=cleo)

        again = bring(LIST, by=cleo, now=NOW + timedelta(days=1))

        assert (again.new, again.changed, again.same) == (0, 0, 2)
        assert count(Person) == 3


def test_dry_run_writes_nothing(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())

        report = bring(LIST, by=cleo, dry_run=True)

        assert report.new == 2
        assert (count(Person), count(AuditEntry)) == (1, 0)


def test_good_rows_go_in_and_the_broken_are_told(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())

        report = bring(LIST + ";1990;Khu phố 1;\nLê Thử;;Khu phố 99;\n", by=cleo)

        assert (report.rows, report.new, report.broken) == (4, 2, 2)
        assert report.errors == (
            RowError(4, "name", "name_missing"),
            RowError(5, "khu", "group_unknown", (("name", "Khu phố 99"),)),
        )


def test_two_rows_that_nobody_can_tell_apart_are_not_silently_one(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())

        report = bring("họ tên;khu phố\nHoa;1\nHòa;1\n", by=cleo)

        assert report.new == 1
        assert report.errors == (RowError(3, "name", "person_twice", (("line", 2),)),)


@pytest.mark.both
def test_corrected_row_changes_its_person(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())
        with transaction() as session:
            branch = add_group(session, kind="chi_doan", name="Chi đoàn Thử", now=NOW)
        bring("họ tên;khu phố;chi đoàn\nHoa;1;\n", by=cleo)

        report = bring("họ tên;khu phố;chi đoàn\nHoà;1;Thử\n", by=cleo, now=NOW + timedelta(days=1))

        assert (report.new, report.changed) == (0, 1)
        assert report.changes == (Change(2, "Hoà", ("name", "branch")),)
        found = (
            sa.select(Person.name, Membership.group_id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.kind == "branch")
        )
        assert reading().execute(found).all() == [("Hoà", branch)]


def test_to_is_used_where_the_khu_pho_has_some(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        cleo = officer(groups)
        with transaction() as session:
            to = add_group(session, kind="to", name="Tổ 3", parent_id=groups["1"], now=NOW)

        report = bring("họ tên;khu phố;tổ\nHoa;1;3\nLan;1;9\nMai;2;9\n", by=cleo)

        assert report.errors == (RowError(3, "to", "group_unknown", (("name", "9"),)),)
        homes = reading().scalars(sa.select(Membership.group_id).where(Membership.confirmed_by == cleo))
        assert homes.all() == [to, groups["2"]]


def test_import_leaves_one_entry_without_names(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())

        bring(LIST, by=cleo)

        (entry,) = reading().scalars(sa.select(AuditEntry)).all()
        assert (entry.actor_id, entry.action) == (cleo, "people.import")
        assert entry.detail == {"new": 2, "changed": 0, "same": 0, "broken": 0}


@pytest.mark.both
def test_the_longest_list_goes_in(app: Flask) -> None:
    with app.app_context():
        cleo = officer(make_ward())

        report = bring("họ tên;khu phố\n" + "".join(f"Người {i};1\n" for i in range(5000)), by=cleo)

        assert (report.new, count(Person)) == (5000, 5001)
