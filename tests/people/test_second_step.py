"""The second step: set up, asked for, lost, begun anew; links for a password. On both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import db, reading, transaction
from app.core.errors import Conflict, HocSoError, Invalid, Locked, NotFound
from app.people import entering, safety, second_step
from app.people.domain import Half, SignedIn
from app.people.factors import factor_of
from app.people.models import EntryLink, HalfSignIn, RecoveryCode, SecondFactor, SignIn
from app.people.queries import find_actor
from app.people.service import clear_pin, set_password
from app.people.totp import code_of, step_at
from app.people.tries import sweep
from tests.factories import NOON, make_person
from tests.people.conftest import PASSWORD, World

pytestmark = pytest.mark.both
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield


def enter(world: World, secret: str = PASSWORD, *, required: bool = True, now: datetime = NOON) -> SignedIn | Half:
    return entering.sign_in(
        code=world.cards[world.cleo].code, secret=secret, required=required, device_token=None, network="hall",
        old_token=None, now=now,
    )  # fmt: skip


def half(world: World, now: datetime = NOON) -> str:
    entered = enter(world, now=now)
    assert isinstance(entered, Half)
    return entered.token


def key_of(person_id: int) -> str:
    key = factor_of(reading(), person_id).key
    assert key is not None
    return key


def code(key: str, now: datetime) -> str:
    return code_of(key, step_at(now))


def set_up(world: World, now: datetime = NOON) -> tuple[str, list[str], SignedIn]:
    """Cleo's first sign-in: the key, ten codes and the session."""
    token = half(world, now)
    key = key_of(world.cleo)
    entered, codes = second_step.finish_setup(token=token, code=code(key, now), device_token=None, now=now)
    return key, codes, entered


def finish(token: str, typed: str, now: datetime = LATER) -> SignedIn:
    return second_step.finish(token=token, code=typed, device_token=None, now=now)


def actions() -> list[str]:
    return list(reading().scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def rows(table: type) -> int:
    return reading().scalar(select(func.count()).select_from(table)) or 0


def test_password_alone_opens_no_session(world: World) -> None:
    half(world)

    assert (rows(SignIn), rows(HalfSignIn)) == (0, 1)


def test_pin_needs_no_second_step(world: World) -> None:
    entered = entering.sign_in(
        code=world.cards[world.ada].code, secret="2580", required=True, device_token=None, network="hall",
        old_token=None, now=NOON,
    )  # fmt: skip

    assert isinstance(entered, SignedIn)


def test_first_sign_in_sets_up_and_tells_ten_codes(world: World) -> None:
    _key, codes, entered = set_up(world)

    actor = find_actor(reading(), entered.token, now=NOON)
    assert actor is not None
    assert (actor.id, actor.level, actor.role) == (world.cleo, "password", "officer")
    assert ([c[0] for c in codes], {len(c) for c in codes}) == (list("0123456789"), {12})
    assert (rows(HalfSignIn), actions()) == (0, ["factor.set"])


def test_neither_key_nor_codes_are_readable_in_the_database(world: World) -> None:
    key, codes, _ = set_up(world)

    row = reading().get_one(SecondFactor, world.cleo)
    assert row.sealed is not None
    assert key not in row.sealed
    assert [one for one in reading().scalars(select(RecoveryCode.secret)) if not one.startswith("$argon2id$")] == []
    assert len(codes) == rows(RecoveryCode)


def test_next_sign_in_asks_for_the_code(world: World) -> None:
    key, _, first = set_up(world)

    entered = finish(half(world, LATER), code(key, LATER))

    assert entered.token != first.token
    assert find_actor(reading(), entered.token, now=LATER) is not None


def test_who_set_it_up_is_asked_also_where_it_is_optional(world: World) -> None:
    assert isinstance(enter(world, required=False), SignedIn)
    set_up(world)

    assert isinstance(enter(world, required=False, now=LATER), Half)


def test_code_works_once(world: World) -> None:
    key, _, _ = set_up(world)
    typed = code(key, LATER)
    finish(half(world, LATER), typed)

    with pytest.raises(Invalid):
        finish(half(world, LATER), typed)


def test_of_two_at_once_with_one_code_one_enters(app: Flask, world: World) -> None:
    key, _, _ = set_up(world)
    tokens, typed = [half(world, LATER), half(world, LATER)], code(key, LATER)

    def try_it(token: str) -> str:
        with app.app_context():
            try:
                finish(token, typed)
            except (Invalid, Conflict) as error:
                return error.code
            finally:
                db.session.remove()
            return "in"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(try_it, tokens))

    assert found.count("in") == 1
    assert set(found) <= {"in", "factor_used", "factor_wrong"}


def test_wrong_codes_are_counted_and_lock_the_right_one_too(world: World) -> None:
    key, _, _ = set_up(world)
    token = half(world, LATER)
    left = []
    for _ in range(4):
        with pytest.raises(Invalid) as wrong:
            finish(token, "000000")
        left.append(wrong.value.values["left"])
    with pytest.raises(Locked):
        finish(token, "000000")

    with pytest.raises(Locked):
        finish(token, code(key, LATER))
    assert left == [4, 3, 2, 1]


def test_correct_code_forgives_the_wrong_ones_before(world: World) -> None:
    key, _, _ = set_up(world)
    token = half(world, LATER)
    for _ in range(4):
        with pytest.raises(Invalid):
            finish(token, "000000")
    finish(token, code(key, LATER))
    again = LATER + timedelta(minutes=1)

    with pytest.raises(Invalid) as wrong:
        finish(half(world, again), "000000", again)
    assert wrong.value.values["left"] == 4


def test_half_a_sign_in_lasts_ten_minutes(world: World) -> None:
    key, _, _ = set_up(world)
    token = half(world, LATER)
    late = LATER + timedelta(minutes=10)

    with pytest.raises(NotFound):
        finish(token, code(key, late), late)


def test_half_a_sign_in_ends_with_a_new_password(world: World) -> None:
    key, _, _ = set_up(world)
    token = half(world, LATER)
    with transaction() as session:
        set_password(session, world.cleo, "mot mat khau khac", now=LATER)
        clear_pin(session, world.cleo)  # ends every session, the half ones too

    with pytest.raises(NotFound):
        finish(token, code(key, LATER))


def test_code_on_paper_works_once_and_is_noted(world: World) -> None:
    _, codes, _ = set_up(world)
    finish(half(world, LATER), codes[4])

    with pytest.raises(Invalid) as wrong:
        finish(half(world, LATER), codes[4])
    assert (wrong.value.code, factor_of(reading(), world.cleo).codes_left) == ("recovery_wrong", 9)
    assert actions() == ["factor.set", "factor.recovery"]


def test_code_on_paper_of_another_place_is_wrong(world: World) -> None:
    _, codes, _ = set_up(world)

    with pytest.raises(Invalid):
        finish(half(world, LATER), "5" + codes[4][1:])


def test_new_phone_replaces_the_old_one_only_once_it_has_proved_itself(world: World) -> None:
    old, _, entered = set_up(world)
    actor = find_actor(reading(), entered.token, now=NOON)
    assert actor is not None
    safety.begin_other_phone(person_id=world.cleo, code=code(old, LATER), now=LATER)
    new = key_of(world.cleo)
    between = LATER + timedelta(minutes=1)
    finish(half(world, between), code(old, between), between)

    after = between + timedelta(minutes=1)
    codes = safety.confirm_phone(person_id=world.cleo, keep=actor.sign_in_id, code=code(new, after), now=after)

    assert (new != old, len(codes), rows(SignIn)) == (True, 10, 1)
    with pytest.raises(Invalid):
        finish(half(world, after), code(old, after), after)


def test_new_phone_is_not_begun_with_a_wrong_code(world: World) -> None:
    set_up(world)

    with pytest.raises(Invalid):
        safety.begin_other_phone(person_id=world.cleo, code="000000", now=LATER)
    assert factor_of(reading(), world.cleo).key is None


def test_new_codes_void_the_old_ones(world: World) -> None:
    key, codes, _ = set_up(world)

    fresh = safety.renew_codes(person_id=world.cleo, code=code(key, LATER), now=LATER)

    with pytest.raises(Invalid):
        finish(half(world, LATER), codes[0])
    finish(half(world, LATER), fresh[0])
    assert actions() == ["factor.set", "factor.codes", "factor.recovery"]


def change(world: World, entered: SignedIn, old: str = PASSWORD, password: str = "mot mat khau khac") -> None:
    actor = find_actor(reading(), entered.token, now=NOON)
    assert actor is not None
    safety.change_password(
        person_id=world.cleo, keep=actor.sign_in_id, old=old, password=password, repeat=password,
        device_token=None, network="hall", now=NOON,
    )  # fmt: skip


def test_new_password_ends_the_other_sessions(world: World) -> None:
    here, other = enter(world, required=False), enter(world, required=False)
    assert isinstance(here, SignedIn)
    assert isinstance(other, SignedIn)

    change(world, here)

    assert [find_actor(reading(), one.token, now=NOON) is not None for one in (here, other)] == [True, False]
    with pytest.raises(Invalid):
        enter(world)
    assert isinstance(enter(world, "mot mat khau khac"), Half)
    assert actions() == ["password.change"]


def test_new_password_needs_the_old_one_and_tries_are_counted(world: World) -> None:
    entered = enter(world, required=False)
    assert isinstance(entered, SignedIn)
    found: list[str] = []
    for _ in range(6):
        with pytest.raises(HocSoError) as refused:
            change(world, entered, old="khong phai mat khau")
        found.append(refused.value.code)

    assert found == ["password_wrong_old"] * 4 + ["sign_in_locked"] * 2


def an_officer(world: World) -> int:
    return make_person("Mai Kim", group_id=world.groups["1"], role="officer", ward_id=world.groups["ward"])


def use(token: str, password: str = "mot mat khau khac", now: datetime = NOON) -> SignedIn | Half:
    return safety.use_link(
        token=token, password=password, repeat=password, required=True, device_token=None, old_token=None, now=now
    )


def test_link_lets_its_holder_choose_a_password_once(world: World) -> None:
    kim = an_officer(world)
    token = safety.issue_link(person_id=kim, by=world.cleo, now=NOON)

    entered = use(token)

    assert (isinstance(entered, Half), entered.person_id) == (True, kim)
    with pytest.raises(NotFound):
        use(token)
    assert actions() == ["signin.link", "signin.link_used"]


def test_link_is_void_after_half_an_hour_or_a_newer_one(world: World) -> None:
    kim = an_officer(world)
    first = safety.issue_link(person_id=kim, by=world.cleo, now=NOON)
    second = safety.issue_link(person_id=kim, by=world.cleo, now=NOON)

    with pytest.raises(NotFound):
        use(first)
    with pytest.raises(NotFound):
        use(second, now=NOON + timedelta(minutes=30))
    sweep(now=NOON + timedelta(minutes=30))
    assert rows(EntryLink) == 0


def test_link_with_a_password_that_does_not_do_stays_usable(world: World) -> None:
    token = safety.issue_link(person_id=an_officer(world), by=world.cleo, now=NOON)

    with pytest.raises(Invalid):
        use(token, "ngan")
    assert isinstance(use(token), Half)


def test_of_two_at_once_with_one_link_one_chooses(app: Flask, world: World) -> None:
    token = safety.issue_link(person_id=an_officer(world), by=world.cleo, now=NOON)

    def try_it(password: str) -> bool:
        with app.app_context():
            try:
                use(token, password)
            except NotFound:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(try_it, [f"mat khau so {n} day" for n in range(4)]))

    assert found.count(True) == 1


def test_link_of_a_colleague_leaves_the_second_step_as_it_is(world: World) -> None:
    kim = an_officer(world)
    key, _, _ = set_up(world)
    token = safety.issue_link(person_id=world.cleo, by=kim, now=LATER)

    entered = use(token, now=LATER)

    assert isinstance(entered, Half)
    finish(entered.token, code(key, LATER))


def test_reset_makes_the_next_sign_in_set_up_anew(world: World) -> None:
    old, _, entered = set_up(world)
    safety.reset_factor(person_id=world.cleo, by=an_officer(world), now=LATER)

    assert find_actor(reading(), entered.token, now=LATER) is None
    half(world, LATER)
    assert key_of(world.cleo) != old
    assert actions() == ["factor.set", "factor.reset"]


def test_rescue_link_sets_up_anew_and_lifts_the_locks(world: World) -> None:
    set_up(world)
    for _ in range(5):
        with pytest.raises((Invalid, Locked)):
            enter(world, "khong phai mat khau")
    with transaction() as session:
        token = safety.make_link(session, world.cleo, "rescue", by=None, now=LATER)

    entered = use(token, now=LATER)

    assert isinstance(entered, Half)
    second_step.finish_setup(
        token=entered.token, code=code(key_of(world.cleo), LATER), device_token=None, now=LATER
    )  # fmt: skip
    assert isinstance(enter(world, "mot mat khau khac", now=LATER), Half)
    assert actions() == ["factor.set", "signin.rescue", "signin.link_used", "factor.set"]


def refused(call: object) -> str:
    with pytest.raises(Invalid) as error:
        call()  # type: ignore[operator]
    return error.value.code


def test_nobody_touches_their_own_or_a_higher_one_s_way_in(world: World) -> None:
    ward = world.groups["ward"]
    admin = make_person("Tạ Admin", group_id=world.groups["1"], role="admin", ward_id=ward)
    leader = make_person("Lò Leader", group_id=world.groups["1"], role="leader", ward_id=world.groups["1"])

    for act in (safety.reset_factor, safety.issue_link):
        assert refused(lambda act=act: act(person_id=admin, by=admin, now=NOON)) == "signin_own"
        assert refused(lambda act=act: act(person_id=world.cleo, by=admin, now=NOON)) == "signin_beyond"
        act(person_id=leader, by=admin, now=NOON)
    assert actions() == ["factor.reset", "signin.link"]
