"""Numbers of sheets, and answers as they are keyed in."""

import pytest

from app.core.errors import Invalid
from app.outreach.paper.domain import answer_form, check_copies, check_number, is_blank, number_of


def test_number_is_read_with_or_without_spaces() -> None:
    number = number_of(48271)

    assert [check_number(text) for text in (number, f"{number[:3]} {number[3:]}", f" {number[:3]}-{number[3:]} ")] == [
        number
    ] * 3


def test_one_wrong_digit_is_always_noticed() -> None:
    number = number_of(48271)
    others = [
        number[:place] + str((int(digit) + by) % 10) + number[place + 1 :]
        for place, digit in enumerate(number)
        for by in range(1, 10)
    ]

    for other in others:
        with pytest.raises(Invalid) as refused:
            check_number(other)
        assert refused.value.code == "paper_number_wrong"


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12a456", "１２３４５６"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_number(text)
    assert refused.value.code == "paper_number_shape"


def test_copies_are_from_one_to_forty() -> None:
    assert [check_copies(text) for text in ("1", " 40 ")] == [1, 40]
    for text in ("0", "41", "", "-3", "mười"):
        with pytest.raises(Invalid):
            check_copies(text)


def test_fields_of_one_question_are_told_apart() -> None:
    form = {"q1-choice": ["a"], "q11-choice": ["b"], "q2-at0": ["b"], "q2-at1": ["a"], "q3-blank": ["1"], "so": ["1"]}

    assert answer_form(form, 1, "single") == {"choice": ["a"]}
    assert answer_form(form, 2, "ordering") == {"order": ["ba"]}
    assert (is_blank(form, 3), is_blank(form, 1)) == (True, False)
