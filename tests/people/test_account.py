"""One's own matters, and what staff may do for others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.audit.models import AuditEntry
from app.core.db import db, reading, transaction
from app.core.errors import Conflict, HocSoError, Invalid, NotFound
from app.people import account, entering, sessions
from app.people.domain import SignedIn
from app.people.grants import grants_of
from app.people.models import Card, Membership, SignIn
from app.people.queries import (
    consents_of,
    find_actor,
    has_pin,
    known_here,
    own_name_consent,
    public_names,
    sign_ins_of,
)
from app.people.roles import Held
from app.people.service import (
    add_person,
    clear_pin,
    confirm_membership,
    end_role,
    grant_role,
    issue_card,
    join_group,
    record_consent,
)
from tests.factories import NOON, make_person
from tests.people.conftest import PASSWORD, PIN, World

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield


def enter(world: World, who: int, secret: str = PIN) -> SignedIn:
    entered = entering.sign_in(
        code=world.cards[who].code,
        secret=secret,
        required=False,
        device_token=None,
        network="hall",
        old_token=None,
        now=NOON,
    )
    assert isinstance(entered, SignedIn)
    return entered


def alive(*entered: SignedIn) -> list[bool]:
    return [find_actor(reading(), one.token, now=NOON) is not None for one in entered]


def change(world: World, entered: SignedIn, old: str = PIN, pin: str = "8046", repeat: str = "8046") -> SignedIn:
    return account.change_pin(
        person_id=entered.person_id,
        old=old,
        pin=pin,
        repeat=repeat,
        device_token=None,
        network="hall",
        old_token=entered.token,
        now=NOON,
    )


def audited() -> list[tuple[int | None, str, str]]:
    rows = reading().scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.actor_id, row.action, row.subject_id) for row in rows]


def test_change_of_pin_ends_every_session_but_a_fresh_one(world: World) -> None:
    here, there, bens = enter(world, world.ada), enter(world, world.ada), enter(world, world.ben, "9713")

    fresh = change(world, here)

    assert alive(here, there, bens, fresh) == [False, False, True, True]
    assert enter(world, world.ada, "8046").person_id == world.ada
    with pytest.raises(Invalid):
        enter(world, world.ada, PIN)


def test_change_of_pin_without_the_old_one_is_refused_and_counted(world: World) -> None:
    here = enter(world, world.ada)

    codes = []
    for _ in range(6):
        with pytest.raises(HocSoError) as refused:
            change(world, here, old="0000")
        codes.append(refused.value.code)

    assert codes == ["pin_wrong_old"] * 4 + ["sign_in_locked"] * 2
    assert alive(here) == [True]


@pytest.mark.parametrize(("pin", "repeat", "code"), [("8046", "8047", "pin_repeat"), ("1234", "1234", "pin_easy")])
def test_change_to_a_pin_that_does_not_do_is_refused(world: World, pin: str, repeat: str, code: str) -> None:
    here = enter(world, world.ada)

    with pytest.raises(Invalid) as refused:
        change(world, here, pin=pin, repeat=repeat)

    assert refused.value.code == code


def test_officer_who_changes_the_pin_keeps_level_and_end_of_the_session(world: World) -> None:
    with transaction() as session:
        account.store_secret(session, world.cleo, "pin", account.security.hash_secret(PIN), now=NOON)
    entered = enter(world, world.cleo, PASSWORD)

    fresh = change(world, entered)

    assert (fresh.level, fresh.expires_at) == ("password", NOON + timedelta(hours=12))


def test_reset_clears_the_pin_and_its_owner_alone_chooses_a_new_one(world: World) -> None:
    here = enter(world, world.ada)

    account.reset_pin(person_id=world.ada, by=world.cleo, now=NOON)

    assert alive(here) == [False]
    assert has_pin(reading(), world.ada) is False
    assert audited() == [(world.cleo, "pin.reset", str(world.ada))]
    opened = entering.open_card(token=world.cards[world.ada].token, old_token=None, now=NOON)
    fresh = account.set_first_pin(
        person_id=world.ada, pin="8046", repeat="8046", device_token=None, old_token=opened.token, now=NOON
    )
    assert fresh.level == "pin"
    assert [person.id for person in known_here(reading(), fresh.device_token)] == [world.ada]
    assert enter(world, world.ada, "8046").person_id == world.ada


def test_first_pin_where_there_is_one_is_refused(world: World) -> None:
    opened = entering.open_card(token=world.cards[world.ada].token, old_token=None, now=NOON)

    with pytest.raises(Conflict):
        account.set_first_pin(
            person_id=world.ada,
            pin="8046",
            repeat="8046",
            device_token=None,
            old_token=opened.token,
            now=NOON,
        )


def test_volunteer_resets_a_learner_but_no_officer_and_nobody_themselves(world: World) -> None:
    helper = make_person("Vũ Đào", group_id=world.groups["1"], role="volunteer")

    account.reset_pin(person_id=world.ada, by=helper, now=NOON)

    for person_id in (world.cleo, helper):
        with pytest.raises(Invalid):
            account.reset_pin(person_id=person_id, by=helper, now=NOON)
    with pytest.raises(NotFound):
        account.reset_pin(person_id=9999, by=helper, now=NOON)


def test_pin_cleared_while_it_was_being_checked_opens_nothing(world: World) -> None:
    with transaction() as session:
        claim = entering.make_claim(session, world.ada, "", PIN, place="elsewhere", network="x", now=NOON)
    account.reset_pin(person_id=world.ada, by=world.cleo, now=NOON)

    with transaction() as session, pytest.raises(Conflict):
        claim.still_holds(session)


def test_own_sessions_can_be_seen_and_ended_but_not_anothers(world: World) -> None:
    here, there, bens = enter(world, world.ada), enter(world, world.ada), enter(world, world.ben, "9713")
    actor, other = (find_actor(reading(), one.token, now=NOON) for one in (here, bens))
    assert actor is not None
    assert other is not None

    listed = sign_ins_of(reading(), world.ada, here=actor.sign_in_id, now=NOON)
    sessions.end_sign_in(person_id=world.ada, sign_in_id=other.sign_in_id)
    sessions.end_other_sign_ins(person_id=world.ada, keep=actor.sign_in_id)

    assert [row.here for row in listed] == [False, True]
    assert alive(here, there, bens) == [True, False, True]


def test_forgotten_person_is_no_longer_offered_on_the_device(world: World) -> None:
    device = enter(world, world.ada).device_token

    sessions.forget_on_device(person_id=world.ada, device_token=device)

    assert known_here(reading(), device) == []


def test_known_here_names_those_with_a_pin_only(world: World) -> None:
    device = enter(world, world.ada).device_token
    with transaction() as session:
        clear_pin(session, world.ada)

    assert known_here(reading(), device) == []


def test_change_of_address_holds_from_the_next_page_on(world: World) -> None:
    here = enter(world, world.ada)

    account.change_address(person_id=world.ada, address="bà")

    actor = find_actor(reading(), here.token, now=NOON)
    assert actor is not None
    assert actor.address == "bà"


def test_adult_answers_for_their_own_name_and_may_take_it_back(world: World) -> None:
    account.set_public_name_consent(person_id=world.ada, choice="given", now=NOON)
    shown = public_names(reading(), [world.ada, world.ben])
    account.set_public_name_consent(person_id=world.ada, choice="no", now=NOON + timedelta(seconds=1))

    assert shown == {world.ada: "Ada", world.ben: None}
    assert public_names(reading(), [world.ada]) == {world.ada: None}
    assert own_name_consent(reading(), world.ada) == "no"
    assert [row.recorded_by for row in consents_of(reading(), world.ada)] == [None, None]


@pytest.mark.parametrize("adult", ["no", "unsaid"])
def test_minor_or_unsaid_cannot_answer_alone(world: World, adult: str) -> None:
    young = make_person("Đỗ Em", group_id=world.groups["1"], adult=adult)

    with pytest.raises(Invalid) as refused:
        account.set_public_name_consent(person_id=young, choice="full", now=NOON)

    assert refused.value.code == "consent_guardian"


def test_minor_is_named_once_both_answers_are_recorded(world: World) -> None:
    young = make_person("Đỗ Em", group_id=world.groups["1"], adult="unsaid")

    names = []
    for giver in ("self", "guardian"):
        account.record_consent_for(person_id=young, purpose="name", choice="full", giver=giver, by=world.cleo, now=NOON)
        names.append(public_names(reading(), [young])[young])

    assert names == [None, "Đỗ Em"]
    assert audited() == [(world.cleo, "consent.record", str(young))] * 2
    detail = reading().scalars(select(AuditEntry.detail)).first()
    assert detail == {"purpose": "name", "choice": "full", "giver": "self"}


def test_nobody_records_their_own_consent_as_staff(world: World) -> None:
    with pytest.raises(Invalid):
        account.record_consent_for(
            person_id=world.cleo, purpose="name", choice="full", giver="guardian", by=world.cleo, now=NOON
        )


def test_public_names_of_people_who_left_or_never_were_are_nothing(world: World) -> None:
    account.set_public_name_consent(person_id=world.ada, choice="full", now=NOON)
    person = db.session.get(account.Person, world.ada)
    assert person is not None
    person.closed_at = NOON
    db.session.commit()

    assert public_names(reading(), [world.ada, 9999]) == {world.ada: None, 9999: None}
    assert public_names(reading(), []) == {}


def test_person_is_added_with_a_clean_name_phone_and_memberships(world: World) -> None:
    with transaction() as session:
        person_id = add_person(
            session,
            name="Nguye\u0302\u0303n  Văn Ét",
            address="ông",
            adult="yes",
            group_id=world.groups["2"],
            birth_year=1950,
            phone="+84 912 345 678",
            now=NOON,
        )

    person = db.session.get(account.Person, person_id)
    assert person is not None
    assert (person.name, person.folded, person.phone) == ("Nguyễn Văn Ét", "nguyen van et", "0912345678")
    homes = reading().scalars(select(Membership).where(Membership.person_id == person_id)).all()
    assert [(m.group_id, m.kind, m.confirmed_at) for m in homes] == [(world.groups["2"], "home", None)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "123"}, "phone"),
        ({"birth_year": 1850}, "birth_year"),
        ({"birth_year": 2027}, "birth_year"),
        ({"branch_id": 1}, "branch"),
    ],
)
def test_person_with_a_value_that_does_not_fit_is_refused(world: World, changes: dict[str, object], field: str) -> None:
    values: dict[str, object] = {
        "name": "Ai",
        "address": "anh",
        "adult": "yes",
        "group_id": world.groups["1"],
        "now": NOON,
    }

    with transaction() as session, pytest.raises(Invalid) as refused:
        add_person(session, **{**values, **changes})  # type: ignore[arg-type]

    assert refused.value.values["field"] == field


def test_confirmation_is_by_another_and_only_once(world: World) -> None:
    newcomer = make_person("Mới Đến", group_id=world.groups["1"], confirmed=False)

    with transaction() as session, pytest.raises(Invalid):
        confirm_membership(session, newcomer, by=newcomer, now=NOON)
    with transaction() as session:
        confirm_membership(session, newcomer, by=world.cleo, now=NOON)
    with transaction() as session, pytest.raises(Conflict):
        confirm_membership(session, newcomer, by=world.cleo, now=NOON)

    row = reading().scalars(select(Membership).where(Membership.person_id == newcomer)).one()
    assert (row.confirmed_at, row.confirmed_by) == (NOON, world.cleo)


def test_move_to_another_group_ends_the_first_and_waits_for_confirmation(world: World) -> None:
    with transaction() as session:
        join_group(session, world.ada, world.groups["2"], kind="home", now=NOON)

    rows = reading().scalars(select(Membership).where(Membership.person_id == world.ada).order_by(Membership.id))
    assert [(m.group_id, m.ended_at, m.confirmed_at is None) for m in rows] == [
        (world.groups["1"], NOON, False),
        (world.groups["2"], None, True),
    ]


def test_role_granted_or_ended_ends_sessions(world: World) -> None:
    before = enter(world, world.ada)
    with transaction() as session:
        grant_role(session, world.ada, "volunteer", world.groups["1"], granted_by=world.cleo, now=NOON)
    during = enter(world, world.ada)
    actor = find_actor(reading(), during.token, now=NOON)
    with transaction() as session:
        end_role(session, world.ada, "volunteer", now=NOON)

    assert actor is not None
    assert actor.role == "volunteer"
    assert alive(before, during) == [False, False]


def test_role_is_held_in_two_groups_and_in_each_once(world: World) -> None:
    for slug in ("1", "2"):
        with transaction() as session:
            grant_role(session, world.ada, "volunteer", world.groups[slug], granted_by=world.cleo, now=NOON)
    with pytest.raises(Conflict), transaction() as session:
        grant_role(session, world.ada, "volunteer", world.groups["1"], granted_by=world.cleo, now=NOON)
    with transaction() as session:
        end_role(session, world.ada, "volunteer", group_id=world.groups["1"], now=NOON)

    assert grants_of(reading(), world.ada) == [Held("volunteer", world.groups["2"])]


def test_cards_of_many_people_have_distinct_codes_of_six_digits(world: World) -> None:
    with transaction() as session:
        for _ in range(20):
            issue_card(session, world.ben, now=NOON)

    codes = reading().scalars(select(Card.code)).all()
    assert len(set(codes)) == len(codes)
    assert {(len(code), code.isdigit(), code[0] != "0") for code in codes} == {(6, True, True)}
    assert len(reading().scalars(select(Card).where(Card.person_id == world.ben, Card.ended_at.is_(None))).all()) == 1


def test_consent_refused_records_nothing(world: World) -> None:
    with transaction() as session, pytest.raises(Invalid):
        record_consent(session, world.ada, purpose="photo", choice="given", giver="self", recorded_by=None, now=NOON)

    assert consents_of(reading(), world.ada) == []


@pytest.mark.parametrize(("who", "selects"), [("ada", 1), ("cleo", 2)])
def test_learner_is_loaded_in_one_select_whoever_has_a_role_in_two(world: World, who: str, selects: int) -> None:
    token = enter(world, world.ada).token if who == "ada" else enter(world, world.cleo, PASSWORD).token
    seen: list[str] = []
    session = reading()

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    find_actor(session, token, now=NOON)
    event.remove(db.engine, "before_cursor_execute", note)

    assert len([statement for statement in seen if statement.startswith("SELECT")]) == selects
    assert len(reading().scalars(select(SignIn)).all()) == 1
