"""Names on a phone: added with card or PIN, opened by a tap, taken off; and who is one household."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import reading, transaction
from app.core.errors import Invalid, Locked, NotFound
from app.people.domain import IssuedCard
from app.people.household import service
from app.people.household.domain import MOST, is_strange, locks
from app.people.household.models import DeviceMember
from app.people.household.queries import device_locks, housemates, names_here
from app.people.household.service import Added
from app.people.models import SignIn
from app.people.queries import find_actor, known_here, same_household
from app.people.service import clear_pin, issue_card, set_pin
from app.people.sessions import make_device
from tests.factories import NOON, make_person, make_ward

pytestmark = pytest.mark.both


class Family:
    """A ward with people who each hold a card, and phones."""

    def __init__(self) -> None:
        self.groups = make_ward()
        self.cards: dict[int, IssuedCard] = {}

    def person(self, name: str, *, pin: str = "") -> int:
        person_id = make_person(name, group_id=self.groups["1"])
        with transaction() as session:
            self.cards[person_id] = issue_card(session, person_id, now=NOON)
            if pin:
                set_pin(session, person_id, pin, now=NOON)
        return person_id

    def phone(self) -> str:
        with transaction() as session:
            _, token = make_device(session, None, now=NOON)
        assert token is not None
        return token

    def add(self, person_id: int, *, by: int, phone: str) -> Added:
        token = self.cards[person_id].token
        return service.add_by_card(token=token, by=by, proof="card", device_token=phone, now=NOON)


def names(phone: str) -> list[tuple[str, bool]]:
    return [(one.given, one.tap) for one in names_here(reading(), phone)]


def test_adding_one_brings_both_names_and_one_household(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()

        family.add(ben, by=ada, phone=phone)

        assert names(phone) == [("Ada", True), ("Ben", True)]
        assert same_household(reading(), ada, ben)
        assert housemates(reading(), ada) == [(ben, "Trần Ben")]


def test_an_unknown_browser_becomes_known(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben = family.person("Nguyễn Thị Ada"), family.person("Trần Ben")
        token = family.cards[ben].token
        added = service.add_by_card(token=token, by=ada, proof="card", device_token=None, now=NOON)
        assert added.device_token is not None
        assert names(added.device_token) == [("Ada", True), ("Ben", True)]


def test_a_tap_opens_a_learning_session_and_ends_the_one_before(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()
        family.add(ben, by=ada, phone=phone)
        first = service.enter_by_name(person_id=ada, device_token=phone, old_token=None, now=NOON)

        second = service.enter_by_name(person_id=ben, device_token=phone, old_token=first.token, now=NOON)

        who = find_actor(reading(), second.token, now=NOON)
        assert who is not None
        assert (who.id, who.level) == (ben, "card")
        assert find_actor(reading(), first.token, now=NOON) is None
        assert reading().scalar(select(func.count()).select_from(SignIn)) == 1


def test_a_name_that_is_not_on_this_phone_opens_nothing(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()
        eve = family.person("Vũ Eve")
        family.add(ben, by=ada, phone=phone)
        for person_id, device in ((eve, phone), (ada, family.phone()), (ada, None), (ada, "made up")):
            with pytest.raises(NotFound):
                service.enter_by_name(person_id=person_id, device_token=device, old_token=None, now=NOON)


def test_adding_by_pin_counts_wrong_ones(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben", pin="2580"), family.phone()

        def add(pin: str) -> Added:
            return service.add_by_pin(
                code=family.cards[ben].code, pin=pin, by=ada, proof="pin", device_token=phone, network="n", now=NOON
            )

        for _ in range(4):
            with pytest.raises(Invalid):
                add("1357")
        with pytest.raises(Locked):
            add("1357")
        with pytest.raises(Locked):
            add("2580")
        assert names(phone) == []


def test_adding_by_pin_lets_the_pin_do_there(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben", pin="2580"), family.phone()
        code = family.cards[ben].code
        service.add_by_pin(code=code, pin="2580", by=ada, proof="pin", device_token=phone, network="n", now=NOON)
        assert names(phone) == [("Ada", True), ("Ben", True)]
        assert [one.given for one in known_here(reading(), phone)] == ["Ben"]


def test_a_card_of_another_family_is_refused(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, one = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()
        eve, dan, two = family.person("Vũ Eve"), family.person("Vũ Dân"), family.phone()
        family.add(ben, by=ada, phone=one)
        family.add(dan, by=eve, phone=two)

        with pytest.raises(Invalid) as refused:
            family.add(dan, by=ada, phone=one)

        assert refused.value.code == "household_other"
        assert names(one) == [("Ada", True), ("Ben", True)]
        assert not same_household(reading(), ada, dan)


def test_a_second_phone_of_the_same_family_joins_it(app: Flask) -> None:
    with app.app_context():
        family = Family()
        father, child, mother = family.person("Trần Cha"), family.person("Trần Con"), family.person("Lê Mẹ")
        family.add(child, by=father, phone=family.phone())
        family.add(child, by=mother, phone=family.phone())
        assert same_household(reading(), father, mother)


def test_a_class_is_no_family(app: Flask) -> None:
    with app.app_context():
        family, phone = Family(), ""
        people = [family.person(f"Người {number}") for number in range(MOST + 1)]
        phone = family.phone()
        for person_id in people[1:MOST]:
            family.add(person_id, by=people[0], phone=phone)
        with pytest.raises(Invalid) as refused:
            family.add(people[MOST], by=people[0], phone=phone)
        assert refused.value.code == "device_full"
        assert len(names(phone)) == MOST


def test_taken_off_the_phone_one_stays_family(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben", pin="2580"), family.phone()
        code = family.cards[ben].code
        service.add_by_pin(code=code, pin="2580", by=ada, proof="pin", device_token=phone, network="n", now=NOON)

        service.take_name_off(person_id=ben, device_token=phone)

        assert names(phone) == [("Ada", True)]
        assert same_household(reading(), ada, ben)


def test_an_officer_ends_a_household_and_the_names_go(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()
        family.add(ben, by=ada, phone=phone)
        with pytest.raises(Invalid):
            service.leave_household(person_id=ada, by=ada, now=NOON)

        service.leave_household(person_id=ben, by=ada, now=NOON)

        assert not same_household(reading(), ada, ben)
        assert names(phone) == [("Ada", True)]
        with pytest.raises(NotFound):
            service.leave_household(person_id=ben, by=ada, now=NOON)


@pytest.mark.parametrize("how", ["card", "pin"])
def test_a_new_card_or_a_cleared_pin_ends_entering_by_name(app: Flask, how: str) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben", pin="2580"), family.phone()
        family.add(ben, by=ada, phone=phone)
        with transaction() as session:
            if how == "card":
                issue_card(session, ben, now=NOON)
            else:
                clear_pin(session, ben)
        assert reading().scalars(select(DeviceMember.person_id)).all() == [ada]


def test_the_phone_asks_who_goes_on_from_two_names_unless_told_otherwise(app: Flask) -> None:
    with app.app_context():
        family = Family()
        ada, ben, phone = family.person("Nguyễn Thị Ada"), family.person("Trần Ben"), family.phone()
        alone = device_locks(reading(), phone)
        family.add(ben, by=ada, phone=phone)
        two = device_locks(reading(), phone)
        service.set_lock(on=False, device_token=phone)
        off = device_locks(reading(), phone)
        service.set_lock(on=True, device_token=phone)
        assert (alone, two, off, device_locks(reading(), phone)) == (False, True, False, True)


def test_rules_by_hand() -> None:
    assert (locks(None, 1), locks(None, 2), locks(False, 3), locks(True, 1)) == (False, True, False, False)
    assert is_strange(7, {8}, {7: 2, 8: 2})
    assert not is_strange(7, {8}, {7: 1, 8: 2})  # a household of one is none yet
    assert not is_strange(7, {8}, {7: 2, 8: 1})
    assert not is_strange(None, {8}, {8: 3})
    assert not is_strange(8, {8}, {8: 3})
