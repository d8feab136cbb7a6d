"""Entering: sign-up, the code with its secret, devices, cards, and how wrong tries are counted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, reading
from app.core.errors import HocSoError, Invalid, Locked, NotFound
from app.people import account, entering, sessions, tries
from app.people.domain import SignedIn
from app.people.models import Card, Consent, FailureCount, Membership, Person, SignIn
from app.people.queries import card_holder, find_actor, known_here
from tests.factories import NOON
from tests.people.conftest import PASSWORD, PIN, World

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield


def enter(
    world: World,
    secret: str,
    *,
    who: int | None = None,
    code: str | None = None,
    device: str | None = None,
    network: str = "hall",
    old: str | None = None,
    now: datetime = NOON,
) -> SignedIn:
    code = code or world.cards[who or world.ada].code
    entered = entering.sign_in(
        code=code, secret=secret, required=False, device_token=device, network=network, old_token=old, now=now
    )
    assert isinstance(entered, SignedIn)
    return entered


def refusal(world: World, secret: str = "0000", **options: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(HocSoError) as refused:
        enter(world, secret, **options)  # type: ignore[arg-type]
    return refused.value.code, refused.value.values


def sign_up(world: World, **changes: object) -> entering.SignedUp:
    values: dict[str, object] = {
        "name": "Phạm Dung",
        "address": "chị",
        "adult": "unsaid",
        "group_id": world.groups["1"],
        "branch_id": None,
        "pin": PIN,
        "repeat": PIN,
        "record": True,
        "device_token": None,
        "old_token": None,
        "now": NOON,
    }
    return entering.sign_up(**{**values, **changes})  # type: ignore[arg-type]


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_sign_up_makes_an_unconfirmed_member_with_card_consent_and_session(world: World) -> None:
    done = sign_up(world)

    person_id = done.signed_in.person_id
    actor = find_actor(reading(), done.signed_in.token, now=NOON)
    assert actor is not None
    assert (actor.id, actor.level, actor.confirmed, actor.role) == (person_id, "pin", False, "learner")
    consent = reading().scalars(select(Consent).where(Consent.person_id == person_id)).one()
    assert (consent.purpose, consent.choice, consent.giver, consent.recorded_by) == (
        "record",
        "full",
        "self",
        None,
    )
    holder = card_holder(reading(), done.card.token)
    assert holder is not None
    assert holder.person_id == person_id
    assert [p.id for p in known_here(reading(), done.signed_in.device_token)] == [person_id]


def test_sign_up_without_a_pin_opens_a_learning_session(world: World) -> None:
    assert sign_up(world, pin="", repeat="").signed_in.level == "card"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"record": False}, "record_consent", "record"),
        ({"name": " "}, "name_missing", "name"),
        ({"address": "ngài"}, "address_missing", "address"),
        ({"adult": "maybe"}, "adult_missing", "adult"),
        ({"group_id": 0}, "group_missing", "group"),
        ({"group_id": 10**30}, "group_missing", "group"),
        ({"pin": "1234", "repeat": "1234"}, "pin_easy", "pin"),
        ({"repeat": "2581"}, "pin_repeat", "repeat"),
    ],
)
def test_sign_up_refused_leaves_nothing_behind(world: World, changes: dict[str, object], code: str, field: str) -> None:
    before = [count(table) for table in (Person, Membership, Card, Consent, SignIn)]

    with pytest.raises(Invalid) as refused:
        sign_up(world, **changes)

    assert (refused.value.code, refused.value.values["field"]) == (code, field)
    assert [count(table) for table in (Person, Membership, Card, Consent, SignIn)] == before


def test_sign_up_into_the_ward_itself_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        sign_up(world, group_id=world.groups["ward"])


def test_sign_in_with_the_pin_and_with_the_password(world: World) -> None:
    learner, officer = enter(world, PIN), enter(world, PASSWORD, who=world.cleo)

    assert (learner.level, learner.expires_at) == ("pin", NOON + timedelta(days=30))
    assert (officer.level, officer.expires_at) == ("password", NOON + timedelta(hours=12))
    actor = find_actor(reading(), officer.token, now=NOON)
    assert actor is not None
    assert actor.role == "officer"


def test_sign_in_takes_a_code_written_with_a_space(world: World) -> None:
    code = world.cards[world.ada].code

    assert enter(world, PIN, code=f" {code[:3]} {code[3:]}").person_id == world.ada


def test_sign_in_ends_the_session_that_the_browser_held_before(world: World) -> None:
    first = enter(world, PIN)

    second = enter(world, PIN, old=first.token)

    assert find_actor(reading(), first.token, now=NOON) is None
    assert first.token != second.token


def test_session_past_its_end_is_nobody(world: World) -> None:
    token = enter(world, PASSWORD, who=world.cleo).token

    later = NOON + timedelta(hours=12)

    assert find_actor(reading(), token, now=later - timedelta(seconds=1)) is not None
    assert find_actor(reading(), token, now=later) is None


def test_unknown_code_wrong_pin_and_no_pin_are_answered_alike(world: World) -> None:
    wrong = [refusal(world) for _ in range(5)]
    unknown = [refusal(world, code="000001", network="other") for _ in range(5)]
    without = [refusal(world, who=world.cleo, network="third") for _ in range(5)]

    assert wrong == unknown == without
    assert [values.get("left") for _, values in wrong] == [4, 3, 2, 1, None]
    assert wrong[4] == ("sign_in_locked", {"minutes": 15})


def test_password_of_a_learner_and_pin_shaped_nonsense_open_nothing(world: World) -> None:
    assert refusal(world, PASSWORD)[0] == "sign_in_wrong"
    assert refusal(world, "")[0] == "sign_in_wrong"


def test_code_of_another_shape_is_said_and_not_counted(world: World) -> None:
    assert refusal(world, code="12")[0] == "code_shape"
    assert count(FailureCount) == 0


def test_locked_person_is_refused_with_the_right_pin_until_the_rest_is_over(world: World) -> None:
    for _ in range(5):
        refusal(world)

    assert refusal(world, PIN) == ("sign_in_locked", {"minutes": 15})
    assert refusal(world, PIN, now=NOON + timedelta(minutes=14, seconds=1)) == (
        "sign_in_locked",
        {"minutes": 1},
    )
    assert enter(world, PIN, now=NOON + timedelta(minutes=15)).person_id == world.ada


def test_lock_of_one_person_touches_nobody_else(world: World) -> None:
    for _ in range(5):
        refusal(world)

    assert enter(world, "9713", who=world.ben).person_id == world.ben


def test_second_lock_is_twice_as_long_and_a_day_of_rest_forgets(world: World) -> None:
    for _ in range(5):
        refusal(world)
    again = NOON + timedelta(minutes=15)
    for _ in range(5):
        last = refusal(world, now=again)

    rested = again + timedelta(minutes=30, days=1)

    assert last == ("sign_in_locked", {"minutes": 30})
    assert refusal(world, now=rested) == ("sign_in_wrong", {"field": "secret", "left": 4})


def test_right_pin_starts_the_count_anew(world: World) -> None:
    for _ in range(4):
        refusal(world)

    enter(world, PIN)

    assert refusal(world)[1]["left"] == 4


def test_fifth_try_with_the_right_pin_enters(world: World) -> None:
    for _ in range(4):
        refusal(world)

    assert enter(world, PIN).person_id == world.ada
    assert enter(world, PIN).person_id == world.ada


def test_attack_from_elsewhere_leaves_the_trusted_device_open(world: World) -> None:
    device = enter(world, PIN).device_token

    for _ in range(5):
        refusal(world, network="attacker")

    assert enter(world, PIN, device=device).person_id == world.ada
    assert refusal(world, PIN, network="attacker")[0] == "sign_in_locked"


def test_trusted_device_is_locked_by_its_own_wrong_tries(world: World) -> None:
    device = enter(world, PIN).device_token

    for _ in range(5):
        refusal(world, device=device)

    assert refusal(world, PIN, device=device)[0] == "sign_in_locked"
    assert enter(world, PIN).person_id == world.ada


def test_device_that_knows_someone_else_is_not_trusted(world: World) -> None:
    device = enter(world, "9713", who=world.ben).device_token

    for _ in range(5):
        refusal(world, device=device)

    assert refusal(world, PIN)[0] == "sign_in_locked"


def test_network_with_very_many_wrong_tries_rests(world: World) -> None:
    for number in range(50):
        refusal(world, code=str(100000 + number))

    assert refusal(world, PIN)[0] == "sign_in_locked"
    assert enter(world, PIN, network="home").person_id == world.ada


@pytest.mark.slow
def test_many_at_once_check_five_secrets_at_most(app: Flask, world: World) -> None:
    def try_one(number: int) -> str:
        with app.app_context():
            try:
                enter(world, f"{number:04d}", network=f"n{number}")
            except Locked as refused:
                return "checked" if refused.values["minutes"] != 15 else refused.code
            except Invalid as refused:
                return refused.code
        return "in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(try_one, range(40)))

    assert outcomes.count("sign_in_wrong") == 4  # the fifth was checked too, and answered as the lock it brought
    db.session.rollback()
    row = reading().scalars(select(FailureCount).where(FailureCount.key == f"person:{world.ada}@elsewhere")).one()
    assert row.failures == 5


def test_device_enters_with_the_pin_alone(world: World) -> None:
    device = enter(world, PIN).device_token

    entered = entering.sign_in_on_device(
        person_id=world.ada, pin=PIN, device_token=device, network="x", old_token=None, now=NOON
    )

    assert (entered.person_id, entered.level, entered.device_token) == (world.ada, "pin", None)


@pytest.mark.parametrize("device", [None, "made-up", "bens"])
def test_device_that_does_not_know_the_person_is_refused(world: World, device: str | None) -> None:
    if device == "bens":
        device = enter(world, "9713", who=world.ben).device_token

    with pytest.raises(NotFound):
        entering.sign_in_on_device(
            person_id=world.ada, pin=PIN, device_token=device, network="x", old_token=None, now=NOON
        )


def test_phone_and_pin_work_only_on_a_device_used_before(world: World) -> None:
    device = enter(world, PIN).device_token
    give_phone(world.ada)

    assert enter(world, PIN, code="0912 345 678", device=device).person_id == world.ada
    assert refusal(world, PIN, code="0912345678")[0] == "sign_in_wrong"


def test_phone_that_two_share_on_a_device_names_nobody(world: World) -> None:
    device = enter(world, PIN).device_token
    enter(world, "9713", who=world.ben, device=device)
    give_phone(world.ada)
    give_phone(world.ben)

    assert refusal(world, PIN, code="0912345678", device=device)[0] == "sign_in_wrong"


def give_phone(person_id: int) -> None:
    person = db.session.get(Person, person_id)
    assert person is not None
    person.phone = "0912345678"
    db.session.commit()


def test_card_opens_a_learning_session_again_and_again(world: World) -> None:
    token = world.cards[world.ada].token

    first = entering.open_card(token=token, old_token=None, now=NOON)
    second = entering.open_card(token=token, old_token=None, now=NOON)

    assert (first.level, second.level, first.person_id) == ("card", "card", world.ada)
    assert first.token != second.token


def test_reprint_kills_the_old_card_its_code_and_its_sessions(world: World) -> None:
    old = world.cards[world.ada]
    opened = entering.open_card(token=old.token, old_token=None, now=NOON)

    new = account.reprint_card(person_id=world.ada, by=world.cleo, now=NOON)

    with pytest.raises(NotFound):
        entering.open_card(token=old.token, old_token=None, now=NOON)
    assert find_actor(reading(), opened.token, now=NOON) is None
    assert refusal(world, PIN, code=old.code)[0] == "sign_in_wrong"
    assert enter(world, PIN, code=new.code).person_id == world.ada


def test_tokens_are_stored_as_digests_only(world: World) -> None:
    entered = enter(world, PIN)

    assert entered.token not in set(reading().scalars(select(SignIn.token_hash)))
    assert world.cards[world.ada].token not in set(reading().scalars(select(Card.token_hash)))


def test_pin_raises_a_card_session_and_replaces_its_token(world: World) -> None:
    opened = entering.open_card(token=world.cards[world.ada].token, old_token=None, now=NOON)

    raised = entering.confirm_pin(
        person_id=world.ada, pin=PIN, device_token=None, network="x", old_token=opened.token, now=NOON
    )

    assert raised.level == "pin"
    assert find_actor(reading(), opened.token, now=NOON) is None


def test_sign_out_ends_the_session_whoever_holds_its_token(world: World) -> None:
    token = enter(world, PIN).token

    sessions.sign_out(token=token)

    assert find_actor(reading(), token, now=NOON) is None


def test_sweep_forgets_what_is_over_and_keeps_what_is_not(world: World) -> None:
    refusal(world)
    old = enter(world, PASSWORD, who=world.cleo)
    fresh = enter(world, PIN, now=NOON + timedelta(days=2))

    tries.sweep(now=NOON + timedelta(days=2))

    assert find_actor(reading(), fresh.token, now=NOON + timedelta(days=2)) is not None
    assert find_actor(reading(), old.token, now=NOON) is None
    assert count(FailureCount) == 0
