"""`/healthz`: ok, overdue, or a fault; never a cookie."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import text

from app.closing.service import open_due
from app.core import clock
from app.core.db import db
from tests.factories import NOON, make_ward
from tests.page import Browser


def test_healthy_installation(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_ward()
        open_due(NOON)
    clock.use(lambda: NOON)

    response = browser.client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok", "overdue_cycles": 0})
    assert "Set-Cookie" not in response.headers


def test_month_that_nobody_closed_is_told(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_ward()
        open_due(NOON)
    clock.use(lambda: datetime(2026, 10, 31, 17, 11, tzinfo=UTC))

    response = browser.client.get("/healthz")

    assert (response.status_code, response.json) == (503, {"status": "overdue", "overdue_cycles": 1})


def test_store_without_tables_is_a_fault(app: Flask, browser: Browser) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE cycle"))

    response = browser.client.get("/healthz")

    assert (response.status_code, response.json) == (503, {"status": "fault", "overdue_cycles": 0})
