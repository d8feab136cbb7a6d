from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.people.bulk.cells import SIGNS, bare, guard, plain, text_of

HOSTILE = st.text(st.sampled_from(["'", *SIGNS, "a", "1", " ", "ơ", "|", "!"]), max_size=8)


@given(HOSTILE | st.text(max_size=20))
def test_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert not guard(text).startswith(tuple(SIGNS))
    assert bare(guard(text)) == text


@pytest.mark.parametrize("text", ["Hoa", "'Hoa'", "O'Brien", "1=1", "'1"])
def test_text_without_danger_stays_as_it_is(text: str) -> None:
    assert (guard(text), bare(text)) == (text, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (912345678.0, "912345678"),
        (1958, "1958"),
        (1958.0, "1958"),
        (1.5, "1.5"),
        (date(1958, 3, 15), "1958-03-15"),
        (datetime(1958, 3, 15, tzinfo=UTC), "1958-03-15"),
        (True, ""),
        (None, ""),
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
    ],
)
def test_cell_of_a_workbook_as_text(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "?", "…", "\u00a0", "\ufeff"])
def test_cell_that_says_nothing_is_empty(cell: str) -> None:
    assert plain(cell) == ""


def test_formula_stays_out_and_guarded_text_does_not() -> None:
    with pytest.raises(Invalid):
        plain("=Hoa")
    assert plain("'=Hoa") == "=Hoa"


def test_endless_cell_stays_out() -> None:
    with pytest.raises(Invalid):
        plain("a" * 201)
