"""Whom a row means: by code, by phone and name, by name, year and place; never by a guess."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.db import reading, transaction
from app.groups.service import add_group
from app.people.bulk.columns import guess
from app.people.bulk.importing import bring_in, import_file
from app.people.bulk.person_rows import RowError
from app.people.bulk.report import Change, Report
from app.people.bulk.table import read_table
from app.people.models import Card, Membership, Person
from app.people.service import issue_card
from tests.factories import make_person, make_ward

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HEAD = "mã,họ tên,năm sinh,điện thoại,khu phố\n"


@pytest.fixture
def groups(app: Flask) -> dict[str, int]:
    with app.app_context():
        found = make_ward()
        make_person("Lê Cleo", group_id=found["3"], role="officer", ward_id=found["ward"])
    return found


def bring(*rows: str, dry_run: bool = False, head: str = HEAD) -> Report:
    cleo = reading().scalars(sa.select(Person.id).where(Person.name == "Lê Cleo")).one()
    data = (head + "\n".join(rows) + "\n").encode()
    return import_file(kind="people", data=data, by=cleo, now=NOW, dry_run=dry_run)


def counts(report: Report) -> tuple[int, int, int, list[tuple[int, str]]]:
    return report.new, report.changed, report.same, [(error.line, error.code) for error in report.errors]


def number(name: str) -> int:
    return reading().scalars(sa.select(Person.id).where(Person.name == name)).one()


@pytest.mark.both
def test_code_names_a_person_whatever_else_changed(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,0912345678,1")
        hoa = number("Nguyễn Hoa")

        report = bring(f"HS-{hoa},Nguyễn Thị Hoa,1958,0987654321,2")

        assert report.changes == (Change(2, "Nguyễn Thị Hoa", ("name", "phone", "home")),)
        person = reading().get_one(Person, hoa)
        assert (person.name, person.phone, person.folded) == ("Nguyễn Thị Hoa", "0987654321", "nguyen thi hoa")
        homes = sa.select(Membership.group_id, Membership.confirmed_at).where(
            Membership.person_id == hoa, Membership.ended_at.is_(None)
        )
        assert reading().execute(homes).all() == [(groups["2"], NOW)]


def test_card_is_a_code_too(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,,1")
        with transaction() as session:
            card = issue_card(session, number("Nguyễn Hoa"), now=NOW)

        assert counts(bring(f"{card.code},Nguyễn Hoa,1958,,1")) == (0, 0, 1, [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("HS-999,Ai Đó,,,1", "person_code"),
        ("000000,Ai Đó,,,1", "person_code"),
        ("HS-2,Khác Hẳn,1999,,1", "person_other"),
    ],
)
def test_code_that_is_nobodys_or_anothers_stays_out(app: Flask, groups: dict[str, int], row: str, code: str) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,,1")

        assert counts(bring(row)) == (0, 0, 0, [(2, code)])


@pytest.mark.both
def test_phone_and_name_are_enough_in_any_spelling(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Thị Hoa,,0912345678,1")

        report = bring(",nguyen thi HOA,1958,+84 912 345 678,2")

        assert report.changes == (Change(2, "nguyen thi HOA", ("name", "birth_year", "adult", "home")),)


def test_name_year_and_khu_pho_are_enough_and_an_empty_cell_says_nothing(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Thị Hoa,1958,0912345678,1")

        assert counts(bring(",Nguyễn Thị Hoa,1958,,1")) == (0, 0, 1, [])
        assert reading().get_one(Person, number("Nguyễn Thị Hoa")).phone == "0912345678"


def test_too_little_to_tell_two_people_apart_is_told_never_guessed(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,,1")
        hoa = number("Nguyễn Hoa")

        report = bring(",Nguyễn Hoa,,,1", ",Nguyễn Hoa,,0912345678,1")

        assert report.errors == (
            RowError(2, "name", "person_maybe", (("codes", f"HS-{hoa}"),)),
            RowError(3, "name", "person_maybe", (("codes", f"HS-{hoa}"),)),
        )


def test_other_year_other_place_or_other_phone_is_someone_else(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,0912345678,1")

        report = bring(",Nguyễn Hoa,1960,0912345679,1", ",Nguyễn Hoa,1958,0912345670,2", ",Nguyễn Hoa,,0912345671,1")

        assert counts(report) == (3, 0, 0, [])


def test_same_name_year_and_place_with_another_phone_is_asked_about(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,0912345678,1")

        assert counts(bring(",Nguyễn Hoa,1958,0987654321,1")) == (0, 0, 0, [(2, "person_maybe")])


def test_two_who_share_name_and_phone_are_not_told_apart(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        for place in ("1", "2"):
            person = make_person("Trần Lan", group_id=groups[place])
            with transaction() as session:
                session.get_one(Person, person).phone = "0912345678"

        assert counts(bring(",Trần Lan,1970,0912345678,3")) == (0, 0, 0, [(2, "person_maybe")])


def test_two_rows_of_one_person_are_told_by_the_line(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        rows = (",Hoa,1958,,1", ",Hoà,1958,0912345678,1", ",Hoa,,,1")

        first, again = bring(*rows), bring(*rows)

        assert first.errors == again.errors
        twice = [RowError(line, "name", "person_twice", (("line", 3),)) for line in (2, 4)]  # 3 says most
        assert list(first.errors) == twice
        assert (first.new, again.new, again.changed) == (1, 0, 0)


def test_someone_who_left_is_not_brought_back_by_a_list(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Nguyễn Hoa,1958,,1")
        with transaction() as session:
            session.get_one(Person, number("Nguyễn Hoa")).closed_at = NOW

        assert counts(bring(",Nguyễn Hoa,1958,,1")) == (0, 0, 0, [(2, "person_gone")])


def test_who_moves_and_was_not_confirmed_goes_on_waiting(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Nguyễn Ada", group_id=groups["1"], confirmed=False)
        with transaction() as session:
            session.get_one(Person, ada).phone = "0912345678"

        bring(",Nguyễn Ada,,0912345678,2")

        now = sa.select(Membership.group_id, Membership.confirmed_at).where(
            Membership.person_id == ada, Membership.ended_at.is_(None)
        )
        assert reading().execute(now).all() == [(groups["2"], None)]


def test_plan_is_made_anew_where_somebody_wrote_meanwhile(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        table = read_table((HEAD + ",Hoa,1958,,1\n,Lan,1960,,1\n").encode())
        cleo = number("Lê Cleo")
        parts = bring_in(kind="people", table=table, mapping=guess(table, "people"), by=cleo, now=NOW, most=1)
        assert (next(parts).new, reading().scalar(sa.select(sa.func.count()).select_from(Person))) == (1, 2)
        bring(",Lan,1960,,1")

        last = next(parts)

        assert (last.new, last.left) == (1, 0)
        assert reading().scalar(sa.select(sa.func.count()).where(Person.name == "Lan")) == 1


def test_nobody_gets_a_card_by_a_list(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        bring(",Hoa,1958,,1")

        assert reading().scalar(sa.select(sa.func.count()).select_from(Card)) == 0


ROWS = st.tuples(
    st.sampled_from(["Hoa", "Hoà", "Lan", "Trần Lan"]),
    st.sampled_from(["", "1958", "1960"]),
    st.sampled_from(["", "0912345678", "0987654321"]),
    st.sampled_from(["1", "2"]),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(ROWS, max_size=6), rows=st.lists(ROWS, min_size=1, max_size=6))
def test_any_list_twice_changes_nothing(
    app: Flask, groups: dict[str, int], first: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    with app.app_context():
        with transaction() as session:
            session.execute(sa.delete(Membership))
            session.execute(sa.delete(Person).where(Person.name != "Lê Cleo"))
        bring(*("," + ",".join(row) for row in first))
        lines = ["," + ",".join(row) for row in rows]

        once = bring(*lines)
        twice = bring(*lines)

        assert (twice.new, twice.changed) == (0, 0)
        assert once.rows == once.new + once.changed + once.same + once.broken
        assert twice.rows == twice.same + twice.broken


def test_to_is_kept_where_the_list_names_only_the_khu_pho(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        with transaction() as session:
            add_group(session, kind="to", name="Tổ 3", parent_id=groups["1"], now=NOW)
        bring("Hoa,1958,1,3", head="họ tên,năm sinh,khu phố,tổ\n")

        assert counts(bring("Hoa,1958,1", head="họ tên,năm sinh,khu phố\n")) == (0, 0, 1, [])
