from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid
from app.groups import queries, service
from app.groups.domain import Population
from tests.factories import make_ward

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LISTED = date(2026, 11, 1)


def set_up() -> int:
    groups = [("Khu phố 10", 640), ("Khu phố 2", None), ("Khu Đền Công 1", 320)]
    return service.set_up_ward(
        unit="Đoàn phường Thử", ward="Thử", groups=groups, as_of=LISTED, source="Danh sách thử", now=NOW
    )


@pytest.mark.both
def test_set_up_makes_ward_khu_pho_and_populations(app: Flask) -> None:
    with app.app_context():
        root = set_up()

        session = reading()
        ward = queries.get_ward(session)
        assert ward is not None
        assert (ward.unit, ward.name) == ("Đoàn phường Thử", "Thử")
        assert [(n.group.slug, n.depth) for n in queries.tree(session)] == [
            ("phuong-thu", 0), ("den-cong-1", 1), ("2", 1), ("10", 1),
        ]  # fmt: skip
        assert queries.ward_group(session).id == root
        ten = queries.group_by_slug(session, "10").id
        assert queries.population_at(session, ten, LISTED) == Population(ten, 640, LISTED, "Danh sách thử")


@pytest.mark.both
def test_set_up_twice_refused_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        set_up()

        with pytest.raises(Conflict) as refused:
            set_up()

        assert refused.value.code == "already_set_up"
        assert len(queries.khu_pho_list(reading())) == 3


def test_khu_pho_are_sorted_by_number(app: Flask) -> None:
    with app.app_context():
        make_ward(khu={"10": 1, "9": 1, "1": 1})

        assert [g.name for g in queries.khu_pho_list(reading())] == ["Khu phố 1", "Khu phố 9", "Khu phố 10"]


@pytest.mark.both
def test_population_in_force_is_the_latest_up_to_the_day(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        with transaction() as session:
            for as_of, adults in ((date(2026, 6, 1), 650), (date(2026, 12, 1), 660)):
                service.set_population(session, ids["1"], adults=adults, as_of=as_of, source="Danh sách mới")

        session = reading()
        assert {g: p.adults for g, p in queries.populations_at(session, LISTED).items()} == {
            ids["1"]: 650, ids["2"]: 910, ids["3"]: 720,
        }  # fmt: skip
        assert queries.population_at(session, ids["1"], date(2025, 1, 1)) is None


@pytest.mark.both
def test_population_of_the_same_day_is_corrected(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()

        with transaction() as session:
            service.set_population(session, ids["1"], adults=7, as_of=date(2026, 1, 1), source="Đính chính")

        found = queries.population_at(reading(), ids["1"], LISTED)
        assert found == Population(ids["1"], 7, date(2026, 1, 1), "Đính chính")


def test_added_to_counts_for_its_khu_pho(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()

        with transaction() as session:
            to = service.add_group(session, kind="to", name="Tổ 3", parent_id=ids["1"], now=NOW)

        session = reading()
        khu = queries.home_khu(session, to)
        assert khu is not None
        assert khu.id == ids["1"]
        assert queries.khu_members(session, ids["1"]) == [ids["1"], to]
        assert queries.home_khu(session, ids["ward"]) is None


@pytest.mark.parametrize(
    ("kind", "name", "parent", "code"),
    [
        ("khu_pho", "KP 1", None, "group_exists"),
        ("khu_pho", "  ", None, "group_name_missing"),
        ("to", "Tổ 1", None, "group_parent"),
        ("chi_doan", "Chi đoàn Thử", "1", "group_parent"),
        ("ward", "Phường khác", None, "group_kind"),
    ],
)
def test_group_refused(app: Flask, kind: str, name: str, parent: str | None, code: str) -> None:
    with app.app_context():
        ids = make_ward()

        parent_id = ids[parent] if parent else None
        with pytest.raises(Invalid) as refused, transaction() as session:
            service.add_group(session, kind=kind, name=name, parent_id=parent_id, now=NOW)

        assert refused.value.code == code


def test_renamed_group_keeps_its_address(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()

        with transaction() as session:
            service.rename_group(session, ids["1"], "Khu phố Thử Nhất")

        group = queries.group_by_slug(reading(), "1")
        assert (group.name, group.folded) == ("Khu phố Thử Nhất", "khu pho thu nhat")


def test_rename_to_a_neighbours_name_refused(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()

        with pytest.raises(Invalid) as refused, transaction() as session:
            service.rename_group(session, ids["1"], "Khu phố 2")

        assert refused.value.code == "group_exists"


def test_contacts_are_kept_in_one_spelling(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()

        with transaction() as session:
            service.set_contact(session, ids["1"], name=" Minh  Anh ", phone="+84 912 345 678")
            service.set_help_contact(session, name="Đoàn phường", phone="0203 3854 567", hours="7 giờ đến 20 giờ")

        group, ward = queries.get_group(reading(), ids["1"]), queries.get_ward(reading())
        assert ward is not None
        assert (group.contact_name, group.contact_phone) == ("Minh Anh", "0912345678")
        assert (ward.help_phone, ward.help_hours) == ("02033854567", "7 giờ đến 20 giờ")
