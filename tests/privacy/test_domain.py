"""Clocks, words and names, without a database."""

from datetime import UTC, date, datetime

import pytest

from app.core.errors import Invalid
from app.privacy.domain import (
    acknowledge_by,
    answer_by,
    check_answer,
    check_request,
    check_word,
    is_overdue,
    months_before,
    take_out,
    working_day_after,
)

WEDNESDAY = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 10, 16, 16, 30, tzinfo=UTC)  # 23:30 in the ward
SATURDAY_JUST = datetime(2026, 10, 16, 17, 30, tzinfo=UTC)  # 00:30 on Saturday in the ward


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (WEDNESDAY, date(2026, 10, 16)),
        (FRIDAY_NIGHT, date(2026, 10, 20)),
        (SATURDAY_JUST, date(2026, 10, 20)),
    ],
)
def test_acknowledging_has_two_whole_working_days(received: datetime, last_day: date) -> None:
    end = datetime(last_day.year, last_day.month, last_day.day, 17, tzinfo=UTC)  # its midnight in the ward

    assert acknowledge_by(received, 2) == end


def test_holidays_are_no_working_days() -> None:
    tet = {date(2027, 2, day) for day in range(5, 12)}

    assert working_day_after(date(2027, 2, 4), 2, tet) == date(2027, 2, 15)


def test_answering_has_fifteen_days() -> None:
    assert answer_by(WEDNESDAY, 15) == datetime(2026, 10, 29, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "hours", "late"),
    [
        ("new", 0, False),
        ("new", 1, True),
        ("acknowledged", 1, False),
        ("acknowledged", 100, True),
        ("closed", 100, False),
    ],
)
def test_overdue_by_the_clock_that_runs(state: str, hours: int, late: bool) -> None:
    ack, due = datetime(2026, 10, 16, 17, tzinfo=UTC), datetime(2026, 10, 20, 17, tzinfo=UTC)
    now = datetime(2026, 10, 16, 16, 59, tzinfo=UTC) if not hours else ack if hours == 1 else due

    assert is_overdue(state, ack, due, now) == late


def test_months_back_end_where_a_short_month_does() -> None:
    end_of_march = datetime(2027, 3, 31, 5, tzinfo=UTC)

    assert months_before(end_of_march, 1) == datetime(2027, 2, 27, 17, tzinfo=UTC)
    assert months_before(end_of_march, 24) == datetime(2025, 3, 30, 17, tzinfo=UTC)
    assert months_before(datetime(2027, 1, 15, tzinfo=UTC), 1) == datetime(2026, 12, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["xoá", "XOÁ", "xóa", " xoa "])
def test_word_is_taken_in_any_spelling(typed: str) -> None:
    check_word(typed)


@pytest.mark.parametrize("typed", ["", "xo", "xoá hết"])
def test_other_words_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        check_word(typed)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("gọi bà Nguyễn Thị Ưởng nhé", "gọi bà … nhé"),
        ("NGUYỄN THỊ ƯỞNG, nguyen thi uong", "…, …"),
        ("Nguyễn  Thị\nƯởng", "…"),
        ("Nguyễn Thị Ưởng và Nguyễn Thị Ưởng", "… và …"),
        ("Nguyễn Thị Uyên", "Nguyễn Thị Uyên"),
        ("số 0912345678 hoặc 0912 345 678, +84 912.345.678", "số … hoặc …, …"),
        ("mã 109123456789", "mã 109123456789"),
        ("", ""),
    ],
)
def test_name_and_number_are_taken_out_in_any_spelling(text: str, left: str) -> None:
    assert take_out(text, "Nguyễn Thị Ưởng", "0912345678") == left


def test_one_word_alone_is_no_ones_name() -> None:
    assert take_out("Hoa nở", "Hoa", None) == "Hoa nở"


@pytest.mark.parametrize(
    ("values", "known", "code"),
    [
        (("ask", "", "", ""), True, "request_kind"),
        (("correct", "", "", ""), True, "request_words"),
        (("see", "", "", "0912 345 678"), False, "name_missing"),
        (("see", "", "Ada", ""), False, "request_contact"),
        (("see", "x" * 1001, "", ""), True, "request_long"),
    ],
)
def test_request_that_nobody_could_answer_is_refused(values: tuple[str, ...], known: bool, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_request(*values, known=known)

    assert refused.value.code == code


@pytest.mark.parametrize(("outcome", "answer"), [("", "xong"), ("done", " "), ("refused", "x" * 1001)])
def test_answer_needs_outcome_and_words(outcome: str, answer: str) -> None:
    with pytest.raises(Invalid):
        check_answer(outcome, answer)
