"""How confirmations are looked at again is public: the hash from the first day, the seed afterwards."""

from datetime import datetime

from flask import Flask

from app.closing.service import open_due
from app.core import clock
from app.core.db import reading
from app.outreach.confirming.domain import digest_of
from app.outreach.confirming.queries import seed_of
from tests.factories import NOON, make_ward
from tests.page import Browser


def test_hash_is_there_when_the_month_opens_and_the_seed_when_it_is_over(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_ward()
        open_due(NOON)
        open_due(NOON)
        seed = seed_of(reading(), "2026-10")
    assert seed is not None

    clock.use(lambda: NOON)
    during = browser.open("/cach-xet-chon").text
    clock.use(lambda: datetime(2026, 11, 1, tzinfo=NOON.tzinfo))
    after = browser.open("/cach-xet-chon").text

    assert [digest_of(seed) in page for page in (during, after)] == [True, True]
    assert [seed in page for page in (during, after)] == [False, True]
