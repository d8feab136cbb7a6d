"""Numbers as they are read aloud, and as they are read from forms."""

import pytest

from app.core.formats import telephone
from app.core.text import whole_number


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("0912345678", "0912 345 678"), ("02033854567", "0203 385 4567"), ("19009068", "1900 9068"), ("113", "113")],
)
def test_telephone_numbers_stand_in_pieces(digits: str, shown: str) -> None:
    assert telephone(digits) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("", None), (None, None), ("-1", None), ("1.5", None), ("²", None), ("9" * 10, None)],
)
def test_small_whole_numbers_are_read_from_forms(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number
