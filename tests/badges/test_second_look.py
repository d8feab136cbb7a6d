"""A skill that has to be shown again: its badge goes for now, its owner is told, and it returns."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.badges import queries
from app.badges.second_look import REDO, look_again
from app.badges.service import confirm_skill, load_catalogue
from app.config import ROOT
from app.core.db import reading, transaction
from app.notices.models import Notice
from app.outreach.confirming.domain import is_drawn
from app.outreach.confirming.service import ensure_seed
from tests.factories import NOON
from tests.outreach.field import end, make_practice, visit_and_practise
from tests.town import Town, make_town

DAY = timedelta(days=1)


@pytest.fixture
def town(app) -> Town:  # type: ignore[no-untyped-def]
    """Ada has shown a skill beside Dũng, and the draw chose it."""
    town = make_town(app)
    with app.app_context():
        make_practice()
        load_catalogue(ROOT / "badges")
        seed = next(s for n in range(1000) if is_drawn(s := f"{n:064d}", 1))
        with transaction() as session:
            ensure_seed(session, "2026-10", now=NOON, seed=seed)
        visit = visit_and_practise(town.ada, by=town.dung)
        confirm_skill(visit_id=visit, practice="goi-thu", by=town.dung, now=NOON)
        end(visit, by=town.dung)
    return town


def rings(town: Town) -> int:
    return queries.rings_held(reading(), town.ada, "tinh-mat")


def settle(town: Town, outcome: str) -> None:
    look_again(confirmation_id=1, outcome=outcome, note="có người bấm giúp", by=town.cleo, now=NOON + DAY)


@pytest.mark.both
@pytest.mark.parametrize(("outcome", "held"), [("ok", 2), ("unreached", 2), ("redo", 0)])
def test_badge_goes_only_where_it_has_to_be_shown_again(town: Town, outcome: str, held: int) -> None:
    with town.app.app_context():
        assert rings(town) == 2

        settle(town, outcome)

        assert rings(town) == held
        told = reading().scalars(sa.select(Notice.kind).where(Notice.kind == "redo")).all()
        trail = sa.select(AuditEntry.action, AuditEntry.reason).where(AuditEntry.action == "badge.revoke")
        assert (len(told), [tuple(row) for row in reading().execute(trail)]) == (
            (1, [("badge.revoke", REDO)]) if outcome == "redo" else (0, [])
        )


@pytest.mark.both
def test_badge_returns_when_the_skill_was_shown_again(town: Town) -> None:
    with town.app.app_context():
        settle(town, "redo")

        visit = visit_and_practise(town.ada, by=town.dung, now=NOON + 2 * DAY)
        confirm_skill(visit_id=visit, practice="goi-thu", by=town.dung, now=NOON + 2 * DAY)

        (badge,) = [
            one for one in queries.wallet(reading(), town.ada) if one.skill_slug == "tinh-mat" and one.ring == 2
        ]
        assert (rings(town), badge.issued_at) == (2, NOON + 2 * DAY)


def test_badge_stays_while_another_confirmation_stands(town: Town) -> None:
    """The first one ended in another way, the skill was shown again, then the first is looked at."""
    with town.app.app_context():
        with transaction() as session:
            session.execute(sa.text("UPDATE confirmation SET ended_at = :at"), {"at": "2026-10-14 06:00:00"})
        visit = visit_and_practise(town.ada, by=town.dung, now=NOON + DAY / 2)
        confirm_skill(visit_id=visit, practice="goi-thu", by=town.dung, now=NOON + DAY / 2)

        settle(town, "redo")

        assert rings(town) == 2


def test_owner_reads_it_kindly_at_home(town: Town) -> None:
    with town.app.app_context():
        settle(town, "redo")

    page = town.as_ada().open("/")

    assert "xin cất lại một thời gian" in page.text
    assert "có người bấm giúp" not in page.text  # what the officer noted is not for the door
