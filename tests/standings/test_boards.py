"""Boards of individuals: who said yes appears, who takes it back is gone at the next look."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.db import reading, transaction
from app.cycles.queries import get_cycle
from app.people.models import Person
from app.people.service import record_consent
from app.standings.boards_queries import Filters, board, own_choice
from app.standings.boards_service import join, leave
from app.standings.service import current_cycle, post_points, whom
from tests.factories import NOON, make_person, make_quiz
from tests.page import Browser, Page
from tests.town import Town, make_town

PAGE = "/bang-thi-dua"


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        make_quiz("mua-ban", topic="mua-ban", skill="mua-ban")
    return town


def earn(person: int, points: int, quiz: str = "cuoc-goi") -> None:
    with transaction() as session:
        cycle, _ = current_cycle(session, NOON)
        source = f"points:{cycle.period}:{person}:{quiz}-{points}"
        post_points(session, cycle, whom(session, person, cycle), points, quiz_id=quiz, source=source, now=NOON)


def consent(person: int, choice: str, giver: str = "self", purpose: str = "name", minute: int = 0) -> None:
    with transaction() as session:
        at = NOON + timedelta(minutes=minute)
        record_consent(session, person, purpose=purpose, choice=choice, giver=giver, recorded_by=None, now=at)


def five(town: Town, group: str = "1") -> list[int]:
    """Five adults with nicknames N0 … N4 and 10 to 50 points."""
    people = [make_person(f"Người Số {n}", group_id=town.groups[group]) for n in range(5)]
    for place, person in enumerate(people):
        earn(person, 10 + 10 * place)
        join(person_id=person, shown_as="nickname", nickname=f"N{place}", now=NOON)
    return people


def shown(filters: Filters | None = None) -> list[str]:
    found = board(reading(), get_cycle(reading(), "2026-10"), filters or Filters())
    return [row.name for row in found.rows]


@pytest.mark.both
def test_only_those_who_said_yes_are_on_it(town: Town) -> None:
    with town.app.app_context():
        five(town)
        earn(town.ada, 90)
        consent(town.ada, "full")

        before = shown()
        join(person_id=town.ada, shown_as="name", nickname="", now=NOON)

        assert before == ["N4", "N3", "N2", "N1", "N0"]
        assert shown() == ["Nguyễn Thị Ada", *before]


@pytest.mark.both
def test_withdrawing_works_at_the_next_look(town: Town) -> None:
    with town.app.app_context():
        five(town)
        earn(town.ada, 90)
        consent(town.ada, "given")
        join(person_id=town.ada, shown_as="name", nickname="", now=NOON)
        given = shown()[0]
        consent(town.ada, "no", minute=1)
        taken_back = "Ada" in shown()
        consent(town.ada, "given", minute=2)
        leave(person_id=town.ada)

        assert (given, taken_back, "Ada" in shown()) == ("Ada", False, False)


def test_whoever_takes_the_record_back_is_gone_too(town: Town) -> None:
    with town.app.app_context():
        people = [*five(town), town.ada]
        earn(town.ada, 90)
        join(person_id=town.ada, shown_as="nickname", nickname="Sen Hồng", now=NOON)
        consent(people[0], "no", purpose="record")

        assert shown() == ["Sen Hồng", "N4", "N3", "N2", "N1"]


@pytest.mark.both
@pytest.mark.parametrize("adult", ["no", "unsaid"])
def test_child_appears_with_both_consents_alone_whatever_the_name(town: Town, adult: str) -> None:
    with town.app.app_context():
        five(town)
        child = make_person("Bé Na", group_id=town.groups["1"], adult=adult)
        earn(child, 90)
        join(person_id=child, shown_as="nickname", nickname="Bé Sóc", now=NOON)
        steps = [("Bé Sóc" in shown(), own_choice(reading(), child).needs)]
        consent(child, "given")
        steps.append(("Bé Sóc" in shown(), own_choice(reading(), child).needs))
        consent(child, "given", "guardian")
        steps.append(("Bé Sóc" in shown(), own_choice(reading(), child).needs))
        consent(child, "no", "guardian", minute=1)
        steps.append(("Bé Sóc" in shown(), own_choice(reading(), child).needs))

        assert steps == [(False, "name"), (False, "guardian"), (True, ""), (False, "guardian")]


def test_parts_by_khu_age_and_topic(town: Town) -> None:
    with town.app.app_context():
        one, two = five(town), five(town, "2")
        earn(one[0], 35, "mua-ban")
        with transaction() as session:
            session.execute(update(Person).where(Person.id.in_(two)).values(birth_year=2000))

        found = {
            "khu": shown(Filters(group_id=town.groups["2"])),
            "age": shown(Filters(band="16-30")),
            "other age": shown(Filters(band="tu-60")),
            "topic of one": shown(Filters(topic="mua-ban")),
            "topic": len(shown(Filters(topic="an-toan-so"))),
        }

        names = ["N4", "N3", "N2", "N1", "N0"]
        assert found == {"khu": names, "age": names, "other age": [], "topic of one": [], "topic": 10}


def test_closed_record_is_not_shown(town: Town) -> None:
    with town.app.app_context():
        people = five(town)
        earn(town.ben, 5)
        join(person_id=town.ben, shown_as="nickname", nickname="Ben B", now=NOON)
        with transaction() as session:
            session.get_one(Person, people[0]).closed_at = NOON

        assert shown() == ["N4", "N3", "N2", "N1", "Ben B"]


def choose(browser: Browser, nickname: str) -> Page:
    """Send the form in which one says yes; the page's first form to the same address narrows the board."""
    page = browser.open(PAGE)
    form = next(one for one in page.forms if (one.action, one.method) == (PAGE, "post"))
    return browser.post(PAGE, {**dict(form.fields), "shown_as": "nickname", "nickname": nickname})


def test_page_puts_ones_neighbourhood_first(town: Town) -> None:
    with town.app.app_context():
        for place in range(9):
            person = make_person(f"Người {place}", group_id=town.groups["2"])
            earn(person, 100 + place)
            join(person_id=person, shown_as="nickname", nickname=f"Tên {place}", now=NOON)
        earn(town.ada, 40)

    page = choose(town.as_ada(), "Sen Hồng")

    assert "Mọi người đang thấy: Sen Hồng" in page.text
    near = page.text.partition("Quanh bác")[2].partition("Cả bảng")[0]
    assert [f"Tên {n}" in near for n in range(9)] == [True] * 3 + [False] * 6
    assert "Hạng 10 Sen Hồng" in near


def test_bad_nickname_is_shown_again_with_what_was_typed(town: Town) -> None:
    page = choose(town.as_ada(), "gọi 0912345678")

    assert page.status == 422
    assert "Biệt danh không ghi số điện thoại" in page.text
    assert 'value="gọi 0912345678"' in page.html


def test_leaving_takes_the_name_off_at_once(town: Town) -> None:
    with town.app.app_context():
        five(town)
        earn(town.ada, 40)
    ada, ben = town.as_ada(), town.as_person(town.ben, "pin")
    choose(ada, "Sen Hồng")
    before = "Sen Hồng" in ben.open(PAGE).text

    ada.open(PAGE)
    page = ada.submit(f"{PAGE}/thoi")

    assert (before, "Sen Hồng" in ben.open(PAGE).text) == (True, False)
    assert "đã rời mọi bảng" in page.text


def test_guest_reads_no_board(town: Town) -> None:
    assert town.guest().client.get(PAGE).status_code == 303
