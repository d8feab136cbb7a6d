"""The draw can be worked out again by anyone who has the seed."""

import hashlib

import pytest

from app.core.errors import Invalid
from app.outreach.confirming.domain import ONE_IN, check_outcome, digest_of, is_drawn

SEED = "2026-10 thử " + "0" * 40


def test_about_one_in_ten_is_drawn_and_another_seed_draws_others() -> None:
    drawn = {n for n in range(1, 10_001) if is_drawn(SEED, n)}
    others = {n for n in range(1, 10_001) if is_drawn(SEED + "1", n)}

    assert 900 <= len(drawn) <= 1100
    assert len(drawn & others) < 200


def test_rule_is_the_one_that_is_published() -> None:
    number = int(hashlib.sha256(f"{SEED}|7".encode()).hexdigest(), 16)

    assert is_drawn(SEED, 7) is (number % ONE_IN == 0)
    assert digest_of(SEED) == hashlib.sha256(SEED.encode()).hexdigest()


@pytest.mark.parametrize(
    ("outcome", "note", "code"),
    [("maybe", "", "look_outcome"), ("redo", " ", "look_note"), ("ok", "a" * 201, "visit_note")],
)
def test_outcome_says_what_it_needs(outcome: str, note: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_outcome(outcome, note)

    assert refused.value.code == code


def test_note_is_kept_in_one_spelling() -> None:
    assert check_outcome("redo", "  có người\nbấm giúp ") == "có người bấm giúp"
