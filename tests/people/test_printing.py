"""Printing cards: always new ones, the old ones end with all that they opened, one printing per form."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.queries import group_by_slug
from app.people.entering import open_card
from app.people.household.models import DeviceMember
from app.people.models import Card, Device, SignIn
from app.people.printing.queries import MOST, find_holders
from app.people.printing.service import PrintedCard, print_cards
from app.people.roles import EVERYWHERE, Scope
from app.people.service import issue_card
from tests.factories import NOON, make_person, make_ward

pytestmark = pytest.mark.both


def printed(*people: int, key: str = "form", within: Scope = EVERYWHERE, by: int = 1) -> tuple[PrintedCard, ...]:
    return print_cards(person_ids=people, key=key, by=by, within=within, now=NOON)


def test_a_printed_card_opens_and_the_old_one_is_dead(app: Flask) -> None:
    with app.app_context():
        ada = make_person(group_id=make_ward()["1"])
        with transaction() as session:
            old = issue_card(session, ada, now=NOON)
        opened = open_card(token=old.token, old_token=None, now=NOON)
        with transaction() as session:
            session.add(Device(id=1, token_hash="d", created_at=NOON))
            session.flush()
            session.add(DeviceMember(device_id=1, person_id=ada, proof="card", added_by=ada, added_at=NOON))

        (new,) = printed(ada)

        assert opened.person_id == ada
        assert reading().scalar(select(func.count()).select_from(SignIn)) == 0
        assert reading().scalar(select(func.count()).select_from(DeviceMember)) == 0
        with pytest.raises(NotFound):
            open_card(token=old.token, old_token=None, now=NOON)
        assert open_card(token=new.card.token, old_token=None, now=NOON).person_id == ada


def test_two_hundred_at_once_have_codes_of_their_own(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        people = [make_person(f"Người {number}", group_id=groups["1"]) for number in range(MOST)]

        cards = printed(*people)

        assert len({one.card.code for one in cards}) == len({one.card.token for one in cards}) == MOST
        assert {one.person_id for one in cards} == set(people)
        trail = reading().scalars(select(AuditEntry.action)).all()
        assert (trail.count("card.issue"), trail.count("cards.print")) == (MOST, 1)


def test_the_same_form_prints_once(app: Flask) -> None:
    with app.app_context():
        ada = make_person(group_id=make_ward()["1"])
        (first,) = printed(ada)

        with pytest.raises(Conflict):
            printed(ada)

        assert open_card(token=first.card.token, old_token=None, now=NOON).person_id == ada


def test_nobody_too_many_and_strangers_are_refused(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        ada = make_person(group_id=groups["1"])
        ben = make_person("Trần Ben", group_id=groups["2"])
        with pytest.raises(Invalid):
            printed()
        with pytest.raises(Invalid):
            printed(*range(1, MOST + 2))
        with pytest.raises(NotFound):
            printed(ada, 99_999)
        with pytest.raises(NotFound):
            printed(ada, ben, within=Scope(group_ids=frozenset((groups["1"],))))
        assert reading().scalar(select(func.count()).select_from(Card)) == 0


def test_choosing_by_group_by_card_and_by_name(app: Flask) -> None:
    with app.app_context():
        groups = make_ward()
        ada = make_person("Nguyễn Thị Ada", group_id=groups["1"])
        ben = make_person("Trần Ben", group_id=groups["1"])
        make_person("Lê Cúc", group_id=groups["2"])
        printed(ada)
        with transaction() as session:
            issue_card(session, ben, now=NOON)  # on a screen alone
        khu = group_by_slug(reading(), "1")

        def found(who: str, text: str = "") -> list[str]:
            rows = find_holders(reading(), group=khu, who=who, text=text, within=EVERYWHERE)
            return [one.name for one in rows.rows]

        everyone = find_holders(reading(), group=khu, who="all", text="", within=EVERYWHERE)
        assert (everyone.people, everyone.printed, everyone.found) == (2, 1, 2)
        assert found("all") == ["Nguyễn Thị Ada", "Trần Ben"]
        assert found("unprinted") == ["Trần Ben"]
        assert found("none") == []
        assert found("all", "bén") == ["Trần Ben"]
        none = find_holders(reading(), group=None, who="none", text="", within=EVERYWHERE)
        assert [one.name for one in none.rows] == ["Lê Cúc"]
