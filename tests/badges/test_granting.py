"""A badge for the past: a preview that gives nothing, giving once, never taking away; revoking with a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.domain import Learner
from app.audit.models import AuditEntry
from app.badges import granting
from app.badges.credentials.service import ensure_credential
from app.badges.facts import facts_of
from app.badges.groups import badges_of_group
from app.badges.models import Achievement, Badge
from app.badges.queries import wallet
from app.badges.service import catch_up, issue_earned, load_catalogue
from app.config import ROOT
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid
from app.cycles.models import Cycle
from app.standings.models import FrozenGroup
from tests.badges.papers.stage import earn
from tests.factories import NOON, answer_all
from tests.outreach.field import end, make_practice, visit_and_practise
from tests.town import Town, make_town


@pytest.fixture
def town(app: Flask) -> Town:
    return make_town(app)


def add_later(session: sa.orm.Session) -> None:
    """A badge that came after Ada and Ben had learnt."""
    session.add(
        Achievement(
            slug="moi", title="Mới", kind="nui", palette="dinh-danh", ring=1, skill_slug=None, sentence="{X} thử.",
            criterion={"type": "lessons", "count": 1}, position=900, digest="",
        )
    )  # fmt: skip


def holders(slug: str) -> list[int]:
    held = sa.select(Badge.person_id).where(Badge.achievement_slug == slug, Badge.revoked_at.is_(None))
    return sorted(reading().scalars(held))


@pytest.mark.both
def test_preview_gives_nothing_and_giving_twice_gives_once(town: Town) -> None:
    earn(town, town.ada, town.ben)
    with town.app.app_context():
        with transaction() as session:
            add_later(session)

        found = granting.preview(reading(), "moi")
        before = holders("moi")
        given = [granting.grant_all("moi", by=town.cleo, now=NOON) for _ in range(2)]

        assert [one.person_id for one in found.people] == [town.ada, town.ben]
        assert (found.held, before, given, holders("moi")) == (0, [], [2, 0], [town.ada, town.ben])
        entries = sa.select(AuditEntry.actor_id, AuditEntry.detail).where(AuditEntry.action == "badge.grant")
        assert reading().execute(entries).all() == [(town.cleo, {"new": 2})]


@pytest.mark.both
def test_harder_criterion_takes_nothing_away(town: Town) -> None:
    earn(town, town.ada)
    with town.app.app_context():
        with transaction() as session:
            session.get_one(Achievement, "bai-dau-tien").criterion = {"type": "lessons", "count": 50}
        granting.grant_all("bai-dau-tien", by=town.cleo, now=NOON)
        with transaction() as session:
            issue_earned(session, town.ada, now=NOON)

        assert holders("bai-dau-tien") == [town.ada]


@pytest.mark.both
@pytest.mark.parametrize("signed", [False, True])
def test_badge_is_taken_back_with_a_reason_and_put_right_again(town: Town, signed: bool) -> None:
    (badge,) = earn(town, town.ada)
    with town.app.app_context():
        if signed:
            with transaction() as session:
                ensure_credential(session, badge, now=NOON, settings=town.app.config["SETTINGS"])

        granting.take_back(badge, reason="Trao nhầm người", by=town.cleo, now=NOON)
        taken = holders("tinh-mat")
        with transaction() as session:
            issue_earned(session, town.ada, now=NOON)  # it does not come back by itself
        granting.grant_all("tinh-mat", by=town.cleo, now=NOON)  # nor by giving to everyone
        still = holders("tinh-mat")
        granting.put_right(badge, reason="Thu hồi nhầm", by=town.cleo, now=NOON + timedelta(hours=1))

        assert (taken, still, holders("tinh-mat")) == ([], [], [town.ada])
        about = sa.select(AuditEntry.reason).where(AuditEntry.subject_kind == ("credential" if signed else "badge"))
        assert reading().scalars(about.order_by(AuditEntry.id)).all() == ["Trao nhầm người", "Thu hồi nhầm"]


@pytest.mark.parametrize("decide", [granting.take_back, granting.put_right])
def test_no_reason_and_ones_own_badge_are_refused(town: Town, decide: Callable[..., None]) -> None:
    (badge,) = earn(town, town.ada)
    with town.app.app_context():
        with pytest.raises(Invalid, match="credential_reason"):
            decide(badge, reason="  ", by=town.cleo, now=NOON)
        with pytest.raises(Invalid, match="credential_own"):
            decide(badge, reason="Của tôi", by=town.ada, now=NOON)
        assert holders("tinh-mat") == [town.ada]


def test_badge_cannot_be_put_right_where_nothing_was_signed_or_taken(town: Town) -> None:
    (badge,) = earn(town, town.ada)
    with town.app.app_context(), pytest.raises(Conflict, match="badge_unsigned"):
        granting.put_right(badge, reason="Thử", by=town.cleo, now=NOON)


@pytest.mark.both
def test_volunteer_earns_when_the_learner_later_passes_alone(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = visit_and_practise(town.ada, by=town.dung)
        during = facts_of(reading(), town.dung)
        end(visit, by=town.dung)
        after = facts_of(reading(), town.dung)
        load_catalogue(ROOT / "badges")
        catch_up(NOON)
        nobody = holders("cam-tay-chi-viec")
        answer_all(Learner(person_id=town.ada), now=NOON + timedelta(days=1))
        new = [catch_up(NOON + timedelta(days=1)) for _ in range(2)]

        assert ((during.visits, during.went_alone), (after.visits, after.went_alone)) == ((0, 0), (1, 0))
        assert (nobody, new, holders("cam-tay-chi-viec")) == ([], [1, 0], [town.dung])


@pytest.mark.both
def test_khu_pho_earns_by_its_best_closed_month_and_its_people_see_it(town: Town) -> None:
    earn(town, town.ada)
    khu = town.groups["1"]
    with town.app.app_context():
        with transaction() as session:
            cycle = session.scalars(sa.select(Cycle)).one()
            cycle.run, cycle.frozen_at, cycle.digest, cycle.state = "r", NOON, "0" * 64, "frozen"
            session.add(
                FrozenGroup(
                    cycle_id=cycle.id, run="r", group_id=khu, people=640, people_as_of=None, people_source="",
                    counted=64, reached=64, score=10.0, place=1,
                )
            )  # fmt: skip

        new = [catch_up(NOON) for _ in range(2)]

        assert new == [2, 0]  # a tenth: the first two
        assert [one.slug for one in badges_of_group(reading(), khu)] == ["xom-so-2", "xom-so"]
        held = {one.slug for one in wallet(reading(), town.ada) if one.issued_at}
        others = {one.slug for one in wallet(reading(), town.ben) if one.issued_at}
        assert ({"xom-so", "xom-so-2"} <= held, "xom-so" in others) == (True, False)
    assert "Xóm số vững vàng" in town.guest().open("/khu-pho/1").text
