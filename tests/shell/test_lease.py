"""The lease: one holder at a time, renewed by its owner, taken over when it ends, fenced by a growing token."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.core.db import db
from app.shell.lease import LASTS, release, take
from tests.factories import NOON

pytestmark = pytest.mark.both


def test_second_owner_waits(app: Flask) -> None:
    with app.app_context():
        assert take("ada", NOON) == 1
        assert take("ben", NOON + timedelta(seconds=60)) is None


def test_owner_renews_with_the_same_token(app: Flask) -> None:
    with app.app_context():
        take("ada", NOON)
        assert take("ada", NOON + timedelta(seconds=60)) == 1
        assert take("ben", NOON + LASTS) is None


def test_dead_owner_is_replaced_and_the_token_grows(app: Flask) -> None:
    with app.app_context():
        take("ada", NOON)
        assert take("ben", NOON + LASTS) == 2
        assert take("ada", NOON + LASTS) is None


def test_released_lease_is_free_at_once(app: Flask) -> None:
    with app.app_context():
        take("ada", NOON)
        release("ada", NOON)
        assert take("ben", NOON) == 2


def test_lease_of_another_is_not_released(app: Flask) -> None:
    with app.app_context():
        take("ada", NOON)
        release("ben", NOON)
        assert take("ben", NOON) is None


def test_of_eight_at_once_one_gets_it(app: Flask) -> None:
    barrier, tokens = Barrier(8), []

    def compete(owner: str) -> None:
        with app.app_context():
            barrier.wait()
            tokens.append(take(owner, NOON))
            db.session.remove()

    threads = [Thread(target=compete, args=(f"owner {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(tokens, key=str) == [1, *[None] * 7]
