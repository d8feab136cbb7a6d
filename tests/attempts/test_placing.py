"""A placement asks after several topics, the easy ones first, and says where to begin."""

import random

import pytest

from app.attempts.placing import Candidate, choose, tier_for

TOPICS = ("an-toan", "ai", "thanh-toan", "vneid", "dich-vu", "suc-khoe", "kinh-te")


def bank(topics: tuple[str, ...] = TOPICS, tiers: tuple[str, ...] = ("lam-quen", "thu-suc")) -> list[Candidate]:
    return [
        Candidate(f"{topic}-{tier}-{level}-{kind}", topic, tier, level, kind)
        for topic in topics
        for tier in tiers
        for level in (1, 2, 3)
        for kind in ("single", "scenario")
    ]


def test_six_items_of_six_topics_the_easy_half_first() -> None:
    chosen = choose(bank(), random.Random(3))

    by_name = {one.item: one for one in bank()}
    asked = [by_name[name] for name in chosen]
    assert len({one.topic for one in asked}) == 6
    assert [one.tier for one in asked] == ["lam-quen"] * 3 + ["thu-suc"] * 3
    assert [one.difficulty <= 2 for one in asked[:3]] + [one.difficulty >= 2 for one in asked[3:]] == [True] * 6
    assert {one.type for one in asked} == {"single"}


def test_two_topics_take_turns() -> None:
    chosen = choose(bank(("ai", "vneid"), ("lam-quen",)), random.Random(3))

    assert (len(set(chosen)), sum(name.startswith("ai") for name in chosen)) == (6, 3)


def test_small_bank_gives_what_it_has() -> None:
    assert len(choose(bank(("ai",), ("lam-quen",))[:2], random.Random(1))) == 2


def test_empty_bank_gives_nothing() -> None:
    assert choose([], random.Random(1)) == ()


@pytest.mark.parametrize(("credit", "tier"), [(0, "lam-quen"), (79, "lam-quen"), (80, "thu-suc"), (100, "thu-suc")])
def test_eighty_percent_begin_with_the_harder_tier(credit: int, tier: str) -> None:
    assert tier_for(credit) == tier
