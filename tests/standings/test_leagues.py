"""Groups of about the same size, placed among themselves."""

from flask import Flask

from app.attempts.domain import Learner
from app.core.db import transaction
from app.groups.models import Ward
from app.standings.leagues import leagues
from app.standings.queries import Standing, Table
from tests.factories import answer_all, make_person, make_quiz
from tests.town import make_town


def row(group: int, people: int, score: float | None) -> Standing:
    return Standing(group, str(group), f"Khu phố {group}", people, None, "", 9, 9, score, 1, False)


TABLE = Table("2026-10", False, 100, 0.1, (row(1, 900, 9.0), row(2, 250, 8.0), row(3, 500, 7.5), row(4, 800, 7.0),
                                           row(5, 200, 7.5), row(6, 0, None)))  # fmt: skip


def test_each_league_has_its_own_first_place() -> None:
    found = leagues(TABLE, (300, 700))

    assert [(one.least, one.most, [(r.group_id, r.place, r.tied) for r in one.table.rows]) for one in found] == [
        (None, 299, [(2, 1, True), (5, 1, True)]),
        (300, 700, [(3, 1, False)]),
        (701, None, [(1, 1, False), (4, 2, False)]),
    ]


def test_without_boundaries_all_stand_in_one() -> None:
    (one,) = leagues(TABLE, ())

    assert ([r.group_id for r in one.table.rows], one.least, one.most) == ([1, 2, 3, 4, 5], None, None)


def test_page_places_the_sizes_apart(app: Flask) -> None:
    town = make_town(app)  # khu phố of 640, 910 and 720 people
    with app.app_context():
        with transaction() as session:
            session.get_one(Ward, 1).leagues = "300,700"
        make_quiz()
        for khu in ("1", "2"):
            for number in range(6):
                answer_all(Learner(person_id=make_person(f"Người {khu}-{number}", group_id=town.groups[khu])))

    page = town.guest().open("/khu-pho/cung-co")

    assert "Từ 300 đến 700 dân Hạng 1 Khu phố 1" in page.text
    assert "Trên 700 dân Hạng 1 Khu phố 2" in page.text
