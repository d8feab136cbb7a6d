"""Rules of question sheets on paper: their numbers, what can be asked there, how answers are keyed in. Pure."""

from collections.abc import Mapping, Sequence

from app.core.errors import Invalid
from app.quizzes.kinds.kind import LETTERS, Form

DIGITS = 6  # five, and one that says whether they were read rightly
PAPER = ("single", "multiple", "true_false", "ordering", "matching", "numeric", "text")
MOST = 40  # sheets of one printing
WEIGHTS = (3, 7, 9, 3, 7)  # each has an inverse modulo ten: one wrong digit is always noticed


def check_digit(five: str) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True)) % 10)


def number_of(five: int) -> str:
    """A sheet's number from 10000 to 99999: those five digits, and the check digit."""
    return f"{five}{check_digit(str(five))}"


def check_number(text: str) -> str:
    """A number as somebody reads it from a sheet, spaces and dashes aside.

    Raises:
        Invalid: Not six digits, or one of them misread.
    """
    digits = "".join(one for one in text if not one.isspace() and one not in "-.")
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise Invalid("paper_number_shape", field="so")
    if check_digit(digits[:-1]) != digits[-1]:
        raise Invalid("paper_number_wrong", field="so")
    return digits


def check_copies(text: str) -> int:
    """How many sheets to print.

    Raises:
        Invalid: Not a number from 1 to :data:`MOST`.
    """
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 3 or not 1 <= int(typed) <= MOST:
        raise Invalid("paper_copies", field="copies", most=MOST)
    return int(typed)


def field_name(place: int, name: str) -> str:
    """How a question's field is called on the keying page: ``q3-choice``."""
    return f"q{place}-{name}"


def is_blank(form: Mapping[str, Sequence[str]], place: int) -> bool:
    """Whether the keyer ticked that this question was left empty on the paper."""
    return bool(form.get(field_name(place, "blank")))


def answer_form(form: Mapping[str, Sequence[str]], place: int, type: str) -> Form:
    """What the keying page holds for one question, as the item's type reads forms.

    An order is keyed in place by place: ``q3-at0`` is the letter that stands first on the paper.
    """
    start = field_name(place, "")
    own = {name.removeprefix(start): list(values) for name, values in form.items() if name.startswith(start)}
    if type == "ordering":
        letters = [own.get(f"at{n}", [""])[0] for n in range(len(LETTERS)) if f"at{n}" in own]
        return {"order": ["".join(letters)]}
    return own
