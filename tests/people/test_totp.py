"""Codes of the second step, against the figures of RFC 6238."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import Invalid
from app.people.totp import (
    address_of_key,
    check_code,
    check_recovery,
    code_of,
    in_fours,
    is_recovery,
    matching_step,
    step_at,
)

KEY = base64.b32encode(b"12345678901234567890").decode()  # the key of the RFC's appendix B
NOON = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)

    assert matching_step(KEY, code, moment, after=0) == step_at(moment)


@pytest.mark.parametrize(("off", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clock_may_be_one_step_off_either_way(off: int, fits: bool) -> None:
    code = code_of(KEY, step_at(NOON + timedelta(seconds=off)))

    assert (matching_step(KEY, code, NOON, after=0) is not None) is fits


def test_code_taken_before_is_taken_no_more_nor_an_older_one() -> None:
    here = step_at(NOON)

    assert matching_step(KEY, code_of(KEY, here), NOON, after=here) is None
    assert matching_step(KEY, code_of(KEY, here - 1), NOON, after=here) is None
    assert matching_step(KEY, code_of(KEY, here + 1), NOON, after=here) == here + 1


@pytest.mark.parametrize("text", ["123456", " 123 456 ", "123-456", "123.456"])
def test_code_is_read_however_it_is_grouped(text: str) -> None:
    assert check_code(text) == "123456"


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        check_code(text)


def test_recovery_code_names_its_place() -> None:
    assert check_recovery("4839 2017 4651") == (4, "483920174651")
    assert (is_recovery("4839 2017 4651"), is_recovery("123 456")) == (True, False)


@pytest.mark.parametrize("text", ["", "4839 2017 465", "4839 2017 46512", "4839 2017 465x"])
def test_what_is_no_recovery_code_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        check_recovery(text)


def test_key_is_written_in_fours_and_into_an_address_for_apps() -> None:
    assert in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"
    address = address_of_key(KEY, who="123456", issuer="Học Số Thử")
    assert address.startswith("otpauth://totp/H%E1%BB%8Dc%20S%E1%BB%91%20Th%E1%BB%AD:123456?secret=" + KEY)
