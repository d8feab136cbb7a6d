"""The contest's own badges: when it has closed, for those who answered every question, rightly or not."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.badges.models import Badge
from app.badges.service import catch_up, load_catalogue
from app.config import ROOT
from app.contests.running import run_due
from app.core.db import reading
from tests.contests.week import CLOSED, NOON, OPEN, make_bank, take_part
from tests.factories import make_person, make_ward

pytestmark = pytest.mark.both


def test_whole_contest_gives_its_badge_once_it_has_closed(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_bank()
        load_catalogue(ROOT / "badges")
        run_due(OPEN)
        ada, ben = make_person("Ada", group_id=ids["1"]), make_person("Ben", group_id=ids["1"])
        take_part(ada, right=0)
        take_part(ben, answers=9)
        before = catch_up(NOON)
        run_due(CLOSED)

        after = (catch_up(CLOSED), catch_up(CLOSED))

        held = reading().execute(select(Badge.person_id, Badge.achievement_slug)).all()
        assert (before, after, held) == (0, (1, 0), [(ada, "thi-tuan")])
