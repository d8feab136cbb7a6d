"""Numbers as they are read aloud."""

import pytest

from app.core.formats import telephone


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("0912345678", "0912 345 678"), ("02033854567", "0203 385 4567"), ("19009068", "1900 9068"), ("113", "113")],
)
def test_telephone_numbers_stand_in_pieces(digits: str, shown: str) -> None:
    assert telephone(digits) == shown
