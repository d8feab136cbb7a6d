from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import reading
from app.groups.models import Group, Population
from app.people.bulk.importing import import_file
from app.people.bulk.report import Report
from tests.factories import make_person, make_ward

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LIST = """Tên,Thuộc khu phố,Dân từ 16 tuổi,Ngày số liệu,Nguồn,Người phụ trách,Điện thoại
Tổ 3,Khu phố 7,,,,,
Khu phố 7,,1.050,01/10/2026,Danh sách phường,Nguyễn Thử,912345678
KP 1,,640,01/01/2026,Danh sách thử,Trần Mẫu,0203 3854 000
"""


@pytest.fixture
def cleo(app: Flask) -> int:
    with app.app_context():
        groups = make_ward()
        return make_person("Lê Cleo", group_id=groups["3"], role="officer", ward_id=groups["ward"])


def bring(cleo: int, text: str, kind: str = "groups", dry_run: bool = False) -> Report:
    return import_file(kind=kind, data=text.encode(), by=cleo, now=NOW, dry_run=dry_run)


def wrong(report: Report) -> list[tuple[int, str, str]]:
    return [(error.line, error.column, error.code) for error in report.errors]


@pytest.mark.both
def test_groups_come_in_whatever_their_order_and_twice_changes_nothing(app: Flask, cleo: int) -> None:
    with app.app_context():
        first, again = bring(cleo, LIST), bring(cleo, LIST)

        assert (first.new, first.changed, wrong(first)) == (2, 1, [])
        assert (again.new, again.changed, again.same) == (0, 0, 3)
        to = reading().scalars(sa.select(Group).where(Group.kind == "to")).one()
        assert (to.name, to.slug) == ("Tổ 3", "7-to-3")
        one = reading().scalars(sa.select(Group).where(Group.slug == "1")).one()
        assert (one.name, one.contact_name, one.contact_phone) == ("Khu phố 1", "Trần Mẫu", "02033854000")


def test_each_change_of_a_group_stands_in_the_trail(app: Flask, cleo: int) -> None:
    with app.app_context():
        bring(cleo, LIST)

        found = list(reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))
        assert sorted(found) == sorted(
            ["group.add", "group.population", "group.contact", "group.add", "group.contact", "groups.import"]
        )


def test_trial_writes_nothing(app: Flask, cleo: int) -> None:
    with app.app_context():
        assert bring(cleo, LIST, dry_run=True).new == 2
        assert reading().scalar(sa.select(sa.func.count()).where(Group.slug == "7")) == 0


def test_newer_count_of_another_day_stands_beside_the_old_one(app: Flask, cleo: int) -> None:
    with app.app_context():
        text = "Tên,Số dân,Ngày,Nguồn\nKhu phố 1,700,24/11/2026,Danh sách mới\n"

        report = bring(cleo, text)

        assert report.changed == 1
        held = sa.select(Population.as_of, Population.adults).order_by(Population.as_of)
        one = reading().execute(held.join(Group).where(Group.slug == "1")).all()
        assert one == [(date(2026, 1, 1), 640), (date(2026, 11, 24), 700)]


def test_code_renames(app: Flask, cleo: int) -> None:
    with app.app_context():
        bring(cleo, "Mã,Tên\n1,Khu phố Đền Công\n")

        assert reading().scalars(sa.select(Group.name).where(Group.slug == "1")).one() == "Khu phố Đền Công"


def test_wrong_rows_stay_out_with_the_reason(app: Flask, cleo: int) -> None:
    with app.app_context():
        text = (
            "Tên,Loại,Thuộc khu phố,Số dân,Ngày,Nguồn,Mã\nTổ 1,tổ,,,,,\nTổ 2,,Khu phố 99,,,,\nKhu phố 8,xã,,,,,\n"
            "Khu phố 9,,,nhiều,,,\nKhu phố 10,,,5,,,\nKhu phố 11,,,,,,khong-co\nKhu phố 12,,,,,,\nKP12,,,,,,\n"
        )

        report = bring(cleo, text)

        assert wrong(report) == [
            (2, "parent", "group_parent"),
            (3, "parent", "group_unknown"),
            (4, "kind", "group_kind_word"),
            (5, "adults", "population_shape"),
            (6, "as_of", "day_shape"),
            (6, "source", "source_missing"),
            (7, "code", "group_code"),
            (9, "name", "group_twice"),
        ]
        assert report.new == 1


def test_branches_come_in_and_their_secretaries_change(app: Flask, cleo: int) -> None:
    with app.app_context():
        bring(cleo, "Chi đoàn,Bí thư\nChi đoàn Thử,Trần Mẫu\n", "branches")

        report = bring(cleo, "Tên chi đoàn,Bí thư,SĐT\nThử,Lê Mới,0912345678\n", "branches")

        assert (report.new, report.changed, report.changes[0].columns) == (0, 1, ("contact_name", "contact_phone"))
