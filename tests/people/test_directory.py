"""Lists of people: pages by key in both directions, filters, and what is searched for."""

import pytest
from flask import Flask

from app.core.db import reading, transaction
from app.core.text import given_name
from app.groups.service import add_group
from app.people.directory import PAGE, find_people
from app.people.models import Person
from tests.factories import NOON, make_person, make_ward


@pytest.fixture
def groups(app: Flask) -> dict[str, int]:
    with app.app_context():
        return make_ward()


@pytest.mark.both
def test_pages_go_on_and_back_by_key_without_gap_or_repetition(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        for n in range(2 * PAGE + 7):
            make_person(f"Nguyễn Văn {'Hoa' if n % 2 else 'Ân'}", group_id=groups["1"])
        session = reading()
        first = find_people(session)
        second = find_people(session, after=first.after)
        third = find_people(session, after=second.after)
        back = find_people(session, before=third.before)
        start = find_people(session, before=back.before)

    pages = [[row.id for row in page.rows] for page in (first, second, third)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 7]
    assert len({one for page in pages for one in page}) == 2 * PAGE + 7
    assert ([row.id for row in back.rows], [row.id for row in start.rows]) == (pages[1], pages[0])
    assert (first.before, third.after, start.before) == ("", "", "")
    names = [given_name(row.name) for page in (first, second, third) for row in page.rows]
    assert names == sorted(names, key=["Ân", "Hoa"].index)


@pytest.mark.both
def test_filters_by_khu_pho_branch_and_state(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        with transaction() as session:
            branch = add_group(session, kind="chi_doan", name="Chi đoàn Thử", now=NOON)
        ada = make_person("Ada", group_id=groups["1"], branch_id=branch)
        ben = make_person("Ben", group_id=groups["2"], confirmed=False)
        session = reading()

        def found(**asked: object) -> list[int]:
            return [row.id for row in find_people(session, **asked).rows]  # type: ignore[arg-type]

        assert found(group_ids=[groups["1"]]) == [ada]
        assert found(branch_id=branch) == [ada]
        assert found(state="confirmed") == [ada]
        assert found(state="waiting") == [ben]
        assert found(state="waiting", group_ids=[groups["1"]]) == []
        assert found(state="bent") == [ada, ben]


@pytest.mark.both
def test_people_are_found_by_telephone_in_any_spelling_and_by_number(app: Flask, groups: dict[str, int]) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=groups["1"])
        make_person("Ben", group_id=groups["1"])
        with transaction() as session:
            session.get_one(Person, ada).phone = "0912345678"

        for text in ("0912345678", "+84 912.345.678", "0912-345-678", f"HS-{ada}", f"hs {ada}"):
            assert [row.id for row in find_people(reading(), text=text).rows] == [ada]
        assert find_people(reading(), text="HS-999999999").rows == []


@pytest.mark.parametrize("key", ["zz-1", "00", "00-", "-1", "00-99999999999999999999", "'"])
def test_bent_key_shows_the_beginning(app: Flask, groups: dict[str, int], key: str) -> None:
    with app.app_context():
        ada = make_person("Ada", group_id=groups["1"])

        for page in (find_people(reading(), after=key), find_people(reading(), before=key)):
            assert [row.id for row in page.rows] == [ada]
