"""Roles, what each brings, and where: the rules alone."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.roles import (
    BRINGS,
    EVERYWHERE,
    FIELD,
    NOWHERE,
    ONLY_WARD,
    PERMISSIONS,
    ROLES,
    STAFF,
    WARD_WIDE,
    Held,
    Scope,
    Tree,
    may_grant,
    reaches,
    rights_of,
)

WARD, KHU_1, KHU_2, TO_1, BRANCH = 1, 2, 3, 4, 5
TREE = Tree(WARD, {WARD: None, KHU_1: WARD, KHU_2: WARD, TO_1: KHU_1, BRANCH: WARD})
GROUPS = st.sampled_from(sorted(TREE.parents))
HELD = st.builds(Held, st.sampled_from(ROLES), GROUPS)
NOBODY_LOOKS = ("people.read", "people.edit", "people.import", "people.help", "help.handle", "awards.read")


@pytest.mark.parametrize(
    ("granted", "group", "covered"),
    [
        (WARD, KHU_1, True), (WARD, TO_1, True), (WARD, None, True), (KHU_1, KHU_1, True), (KHU_1, TO_1, True),
        (KHU_1, KHU_2, False), (KHU_1, WARD, False), (TO_1, KHU_1, False), (KHU_1, None, False), (BRANCH, KHU_1, False),
        (KHU_1, 99, False),
    ],
)  # fmt: skip
def test_grant_covers_its_group_and_all_below(granted: int, group: int | None, covered: bool) -> None:
    assert TREE.covers(granted, group) is covered
    assert TREE.scope(granted).covers(group) is covered


def test_groups_in_a_circle_are_walked_once() -> None:
    assert Tree(WARD, {WARD: None, 7: 8, 8: 7}).covers(KHU_1, 7) is False


def test_before_set_up_nothing_covers_everything() -> None:
    assert Tree(None, {}).scope(KHU_1) == NOWHERE


def test_every_permission_is_known_and_held_by_the_officer() -> None:
    assert BRINGS["officer"] == set(PERMISSIONS)
    assert set().union(*BRINGS.values(), FIELD, WARD_WIDE) <= set(PERMISSIONS)
    assert {role for role in ROLES if role not in STAFF} == {"volunteer"}


def test_partner_sees_nobody_and_changes_nothing() -> None:
    assert not BRINGS["partner"] & set(NOBODY_LOOKS)
    assert not [p for p in BRINGS["partner"] if p.split(".")[1] in ("edit", "grant", "review", "publish", "approve")]


def test_admin_reads_no_answers_and_decides_on_no_honour() -> None:
    assert not [p for p in BRINGS["admin"] if p.split(".")[0] in ("awards", "bank")]


def test_who_reviews_does_not_publish_and_the_other_way_round() -> None:
    assert ("awards.publish" in BRINGS["reviewer"], "awards.review" in BRINGS["approver"]) == (False, False)
    assert ("bank.approve" in BRINGS["author"], "bank.edit" in BRINGS["approver"]) == (False, False)


@pytest.mark.parametrize("role", ROLES)
def test_card_opens_nothing_and_a_pin_what_is_done_beside_learners(role: str) -> None:
    held = [Held(role, WARD)]

    assert rights_of(held, "card", TREE) == {}
    assert set(rights_of(held, "pin", TREE)) == BRINGS[role] & FIELD
    assert set(rights_of(held, "password", TREE)) == BRINGS[role]


@pytest.mark.parametrize("role", ROLES)
def test_what_concerns_the_whole_ward_is_not_held_in_a_khu_pho(role: str) -> None:
    rights = rights_of([Held(role, KHU_1)], "password", TREE)

    assert set(rights) == BRINGS[role] - WARD_WIDE
    assert set(rights.values()) <= {Scope(group_ids=frozenset({KHU_1, TO_1}))}


def test_several_roles_add_up_each_where_it_is_held() -> None:
    rights = rights_of([Held("leader", KHU_1), Held("leader", KHU_2), Held("partner", WARD)], "password", TREE)

    assert rights["people.read"] == Scope(group_ids=frozenset({KHU_1, TO_1, KHU_2}))
    assert rights["groups.read"] == EVERYWHERE


@pytest.mark.parametrize(
    ("by", "role", "group", "may"),
    [
        ("officer", "officer", WARD, True), ("officer", "approver", WARD, True), ("officer", "author", KHU_1, False),
        ("officer", "leader", KHU_1, True), ("admin", "leader", TO_1, True), ("admin", "admin", WARD, True),
        ("admin", "partner", WARD, True), ("admin", "officer", WARD, False), ("admin", "reviewer", WARD, False),
        ("admin", "author", WARD, False), ("leader", "volunteer", KHU_1, False), ("officer", "king", WARD, False),
    ],
)  # fmt: skip
def test_who_may_give_what(by: str, role: str, group: int, may: bool) -> None:
    assert may_grant(rights_of([Held(by, WARD)], "password", TREE), role, group, TREE) is may


@pytest.mark.parametrize(("role", "group", "may"), [("volunteer", TO_1, True), ("volunteer", KHU_2, False)])
def test_officer_of_a_khu_pho_gives_roles_there_alone(role: str, group: int, may: bool) -> None:
    rights = rights_of([Held("officer", KHU_1)], "password", TREE)

    assert may_grant(rights, role, group, TREE) is may


def test_ward_roles_are_given_at_the_ward_alone() -> None:
    rights = rights_of([Held("officer", WARD)], "password", TREE)

    given = {(role, group) for role, group in product(ROLES, TREE.parents) if may_grant(rights, role, group, TREE)}

    assert {group for role, group in given if role in ONLY_WARD} == {WARD}
    assert {role for role, _ in given} == set(ROLES)


@given(st.lists(HELD, max_size=4), st.lists(HELD, max_size=4), HELD)
def test_nobody_ever_hands_on_more_than_they_hold(mine: list[Held], theirs: list[Held], gift: Held) -> None:
    rights = rights_of(mine, "password", TREE)
    before = rights_of(theirs, "password", TREE)

    if may_grant(rights, gift.role, gift.group_id, TREE) and reaches(rights, before):
        assert reaches(rights, rights_of([*theirs, gift], "password", TREE))


@given(st.lists(HELD, max_size=4), st.sampled_from(sorted(PERMISSIONS)), GROUPS)
def test_more_roles_never_take_a_right_away(held: list[Held], permission: str, group: int) -> None:
    for size in range(len(held)):
        fewer, more = (rights_of(held[:n], "password", TREE) for n in (size, size + 1))
        assert fewer.get(permission, NOWHERE).covers(group) <= more.get(permission, NOWHERE).covers(group)


@given(st.lists(HELD, max_size=4))
def test_reaching_is_reflexive_and_the_ward_officer_reaches_all(held: list[Held]) -> None:
    rights = rights_of(held, "password", TREE)

    assert reaches(rights, rights)
    assert reaches(rights_of([Held("officer", WARD)], "password", TREE), rights)
