"""The rules about people that need no database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.core.errors import Invalid
from app.people.domain import (
    ConsentGiven,
    check_answer,
    check_name,
    check_pin,
    group_hint,
    in_force,
    lock_minutes,
    press,
    public_name,
    role_of,
)

DAY = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
ADA = "Nguyễn Thị Ada"
SELF = (None, "full", "given", "no")
GUARDIAN = (None, "full", "no")


def answers(own: str | None, guardian: str | None) -> list[ConsentGiven]:
    pairs = (("self", own), ("guardian", guardian))
    return [ConsentGiven("name", choice, giver, DAY) for giver, choice in pairs if choice is not None]


@pytest.mark.parametrize(("own", "guardian"), list(product(SELF, GUARDIAN)))
def test_public_name_of_an_adult_follows_their_own_answer_alone(own: str | None, guardian: str | None) -> None:
    expected = {"full": ADA, "given": "Ada"}.get(own or "")

    assert public_name(ADA, "yes", answers(own, guardian)) == expected


@pytest.mark.parametrize("adult", ["no", "unsaid"])
@pytest.mark.parametrize(("own", "guardian"), list(product(SELF, GUARDIAN)))
def test_public_name_of_a_minor_or_unsaid_needs_both(adult: str, own: str | None, guardian: str | None) -> None:
    expected = {"full": ADA, "given": "Ada"}.get(own or "") if guardian == "full" else None

    assert public_name(ADA, adult, answers(own, guardian)) == expected


def test_public_name_of_a_minor_takes_the_narrower_answer() -> None:
    both = [ConsentGiven("name", "full", "self", DAY), ConsentGiven("name", "given", "guardian", DAY)]

    assert public_name(ADA, "no", both) == "Ada"


@pytest.mark.parametrize("adult", ["yes", "no", "unsaid"])
def test_public_name_with_consent_to_other_things_is_nothing(adult: str) -> None:
    others = [
        ConsentGiven(purpose, "full", giver, DAY) for purpose in ("record", "photo") for giver in ("self", "guardian")
    ]

    assert public_name(ADA, adult, others) is None


@pytest.mark.parametrize("adult", ["yes", "no"])
def test_public_name_after_withdrawal_is_nothing(adult: str) -> None:
    given = answers("full", "full")

    withdrawn = [ConsentGiven("name", "no", "self", DAY + timedelta(days=1)), *given]

    assert public_name(ADA, adult, withdrawn) is None


@pytest.mark.parametrize("name", ["Ada", "Y", "H'Hen Niê", "Sùng A Dơ"])
def test_public_name_given_only_is_the_last_word(name: str) -> None:
    assert public_name(name, "yes", answers("given", None)) == name.split()[-1]


def test_in_force_at_the_same_moment_is_the_later_row() -> None:
    same = [ConsentGiven("name", "full", "self", DAY), ConsentGiven("name", "no", "self", DAY)]

    assert in_force(same, "name", "self") == "no"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hoa", "Hoa"),
        ("  Nguyễn   Thị Hoa ", "Nguyễn Thị Hoa"),
        ("Nguye\u0302\u0303n Thi\u0323 Hoa", "Nguyễn Thị Hoa"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("K’Brơi Đạ Tẻh", "K’Brơi Đạ Tẻh"),
        ("Sùng A Dơ", "Sùng A Dơ"),
        ("nguyễn thị hoa", "nguyễn thị hoa"),
        ("Công Tằng Tôn Nữ Thị Ngọc", "Công Tằng Tôn Nữ Thị Ngọc"),
    ],
)
def test_name_is_kept_as_written_in_one_spelling(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"), [("", "name_missing"), ("  12 ", "name_missing"), ("a" * 81, "name_too_long")]
)
def test_name_that_is_none_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_name(typed)

    assert (refused.value.code, refused.value.values["field"]) == (code, "name")


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "１２３４", "", "2 58"])
def test_pin_of_another_shape_is_refused(pin: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_pin(pin)

    assert refused.value.code == "pin_shape"


@pytest.mark.parametrize("pin", ["1111", "1234", "456789", "9876", "00000"])
def test_pin_easy_to_guess_is_refused(pin: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_pin(pin)

    assert refused.value.code == "pin_easy"


@pytest.mark.parametrize(
    ("grants", "level", "role"),
    [
        ([], "password", "learner"),
        (["volunteer"], "card", "learner"),
        (["volunteer"], "pin", "volunteer"),
        (["officer"], "card", "learner"),
        (["officer"], "pin", "volunteer"),
        (["officer", "volunteer"], "password", "officer"),
    ],
)
def test_role_grows_with_the_level_of_the_session(grants: list[str], level: str, role: str) -> None:
    assert role_of(grants, level) == role


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 15), (6, 0), (10, 30), (15, 60), (35, 960), (40, 1440), (5000, 1440)],
)
def test_lock_doubles_each_time_up_to_a_day(failures: int, minutes: int) -> None:
    assert lock_minutes(failures, 5) == minutes


@pytest.mark.parametrize(
    ("typed", "key", "shown", "after"),
    [
        ("", "2", False, ("2", False)),
        ("258", "0", True, ("2580", True)),
        ("258012", "3", False, ("258012", False)),
        ("25", "xoa", False, ("2", False)),
        ("", "xoa", False, ("", False)),
        ("25", "hien", False, ("25", True)),
        ("25", "hien", True, ("25", False)),
        ("2<b>5", "8", False, ("258", False)),
        ("25", "12", False, ("25", False)),
        ("25", "²", False, ("25", False)),
    ],
)
def test_press_adds_a_digit_takes_one_or_shows(typed: str, key: str, shown: bool, after: tuple[str, bool]) -> None:
    assert press(typed, key, shown) == after


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Khu phố 5", "5"),
        ("Khu phố 12", "12"),
        ("Khu phố Đền Công 1", "Đ…"),
        ("Bí Thượng", "B…"),
        ("Tổ 3", "3"),
    ],
)
def test_group_hint_tells_no_more_than_its_own_people_need(name: str, hint: str) -> None:
    assert group_hint(name) == hint


@pytest.mark.parametrize(
    ("purpose", "choice", "giver"),
    [
        ("record", "given", "self"),
        ("name", "yes", "self"),
        ("other", "full", "self"),
        ("name", "full", "aunt"),
    ],
)
def test_answer_that_was_never_offered_is_refused(purpose: str, choice: str, giver: str) -> None:
    with pytest.raises(Invalid):
        check_answer(purpose, choice, giver)
