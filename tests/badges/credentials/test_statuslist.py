"""Status lists: one bit each, the leftmost first, and no bomb unpacks."""

import gzip
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.badges.credentials.domain import LIST_LENGTH
from app.badges.credentials.statuslist import decode, encode, is_set


@given(st.sets(st.integers(0, LIST_LENGTH - 1), max_size=20))
def test_exactly_the_places_that_were_set_are_set(places: set[int]) -> None:
    bits = decode(encode(places))

    assert {place for place in range(LIST_LENGTH) if is_set(bits, place)} == places


def test_place_zero_is_the_leftmost_bit() -> None:
    assert decode(encode([0]))[0] == 0b1000_0000


def test_same_places_give_the_same_text() -> None:
    assert encode([7, 3]) == encode([3, 7])


@pytest.mark.parametrize("size", [0, LIST_LENGTH // 8 - 1, LIST_LENGTH // 8 + 1, 50_000_000])
def test_list_of_another_length_is_refused_without_unpacking_it(size: int) -> None:
    with pytest.raises(ValueError):
        decode("u" + urlsafe_b64encode(gzip.compress(bytes(size))).decode().rstrip("="))


@pytest.mark.parametrize("text", ["", "z123", "u!!!", "uAAAA"])
def test_no_list_at_all_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        decode(text)
