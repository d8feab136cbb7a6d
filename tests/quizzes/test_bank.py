"""The bank that we ship: wide enough to be trusted, every type really used, everything read twice."""

from collections import Counter

import pytest

from app.config import ROOT
from app.quizzes.parser import Bank, read_bank
from app.quizzes.shapes import FILES

LEAST = {"spot": 40, "scenario": 16}  # of each other type: ten


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read_bank(ROOT / "quizzes")


def test_bank_has_no_fault_and_nothing_that_one_person_alone_has_read(bank: Bank) -> None:
    assert bank.faults == ()
    assert bank.unreviewed == 0


def test_bank_has_eight_topics_of_forty_items_in_two_tiers(bank: Bank) -> None:
    items = Counter({quiz.topic: 0 for quiz in bank.quizzes})
    for quiz in bank.quizzes:
        items[quiz.topic] += len(quiz.items)
    tiers = {(quiz.topic, quiz.head.tier) for quiz in bank.quizzes}
    assert len(items) == 8
    assert {topic: count for topic, count in items.items() if count < 40} == {}
    assert sum(items.values()) >= 420
    assert len(tiers) == 16


def test_every_type_is_really_used(bank: Bank) -> None:
    used = Counter(item.type for item in bank.items)
    assert {name: used[name] for name in FILES if used[name] < LEAST.get(name, 10)} == {}


def test_key_is_not_known_by_its_place_or_its_length(bank: Bank) -> None:
    singles = [item.model_dump() for item in bank.items if item.type == "single"]
    places = Counter([o["id"] for o in item["options"]].index(item["key"]) for item in singles)
    longest = sum(max(item["options"], key=lambda o: len(o["text"]))["id"] == item["key"] for item in singles)
    assert all(0.22 <= places[place] / len(singles) <= 0.45 for place in range(3))
    assert longest / len(singles) <= 1 / 3


def test_lure_and_truth_are_both_asked(bank: Bank) -> None:
    keys = Counter(item.model_dump()["key"] for item in bank.items if item.type == "true_false")
    assert min(keys.values()) / sum(keys.values()) >= 0.35


def test_skill_bears_one_title(bank: Bank) -> None:
    titles: dict[str, set[str]] = {}
    for quiz in bank.quizzes:
        titles.setdefault(quiz.head.skill.id, set()).add(quiz.head.skill.title)
    assert {skill: names for skill, names in titles.items() if len(names) > 1} == {}
