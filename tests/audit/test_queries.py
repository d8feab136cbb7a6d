from datetime import UTC, datetime

import pytest
from flask import Flask

from app.audit import queries
from app.audit.service import record
from app.core.db import reading, transaction

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def write(count: int, action: str, subject: int = 1) -> None:
    with transaction() as session:
        for _ in range(count):
            record(session, actor_id=1, action=action, subject_kind="person", subject_id=subject, now=NOW)


@pytest.mark.both
def test_entries_come_newest_first_by_key(app: Flask) -> None:
    with app.app_context():
        write(queries.PAGE + 1, "card.issue")

        first = queries.entries(reading())
        second = queries.entries(reading(), before=first.older)

        ids = [entry.id for entry in first.entries]
        assert ids == sorted(ids, reverse=True)
        assert (len(first.entries), len(second.entries), second.older) == (queries.PAGE, 1, None)


def test_entries_of_one_action_and_one_subject(app: Flask) -> None:
    with app.app_context():
        write(2, "card.issue", subject=7)
        write(1, "pin.clear", subject=8)

        session = reading()
        assert len(queries.entries(session, action="pin.clear").entries) == 1
        assert len(queries.entries(session, subject=("person", "7")).entries) == 2
        assert queries.actions(session) == ["card.issue", "pin.clear"]
