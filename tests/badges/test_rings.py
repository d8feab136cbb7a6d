"""Rings 2 and 3: issued with the confirmation, shown in place of the first, never called for by learning alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.domain import Learner
from app.badges.catalogue import read_catalogue
from app.badges.criteria import Facts, progress
from app.badges.models import Badge
from app.badges.queries import highest_rings, nearest, rings_held, wallet
from app.badges.service import confirm_skill, load_catalogue
from app.config import ROOT
from app.core.db import reading, transaction
from app.core.errors import Conflict
from app.outreach.confirming.service import name_helper
from app.outreach.practice.parser import read_practices
from app.outreach.visits.service import begin_practice, start_visit
from app.people.service import issue_card
from tests.factories import NOON, answer_all
from tests.outreach.field import make_practice, visit_and_practise
from tests.town import Town, make_town


@pytest.fixture
def town(app: Flask) -> Town:
    town = make_town(app)
    with app.app_context():
        make_practice()
        load_catalogue(ROOT / "badges")
    return town


def badges(person: int) -> list[str]:
    query = sa.select(Badge.achievement_slug).where(Badge.person_id == person)
    return sorted(reading().scalars(query))


@pytest.mark.parametrize(("kind", "unit"), [("skill_confirmed", "visit"), ("skill_taught", "person")])
def test_predicates_look_at_what_was_shown_and_taught(kind: str, unit: str) -> None:
    nothing = Facts(frozenset({"tinh-mat"}), 9, ())
    shown = Facts(frozenset(), 0, (), skills_confirmed=frozenset({"tinh-mat"}), skills_taught=frozenset({"tinh-mat"}))

    found = [progress({"type": kind, "skill": "tinh-mat"}, facts) for facts in (nothing, shown)]

    assert [(p.reached, p.unit) for p in found] == [(False, unit), (True, unit)]


def test_every_checklist_has_badges_of_both_rings() -> None:
    skills = {one.skill for one in read_practices(ROOT / "quizzes")[0]}
    found = read_catalogue(ROOT / "badges")[0]
    first = {b.skill: (b.kind, b.palette, b.glyph) for b in found if b.skill and b.ring == 1}

    for ring, kind in ((2, "skill_confirmed"), (3, "skill_taught")):
        of_ring = {b.skill: b for b in found if b.skill and b.ring == ring}
        assert of_ring.keys() == skills
        for skill, badge in of_ring.items():
            assert (badge.slug, badge.criterion.type) == (f"{skill}-{ring}", kind)
            assert (badge.kind, badge.palette, badge.glyph) == first[skill]


@pytest.mark.both
def test_confirmation_brings_ring_2_and_ring_3_for_whoever_was_named(town: Town) -> None:
    with town.app.app_context():
        with transaction() as session:
            code = issue_card(session, town.ben, now=NOON).code
        name_helper(learner_id=town.ada, skill="tinh-mat", code=code, now=NOON - timedelta(hours=1))
        visit = visit_and_practise(town.ada, by=town.dung)

        for _ in range(2):  # a double tap confirms once
            confirm_skill(visit_id=visit, practice="goi-thu", by=town.dung, now=NOON)

        assert (badges(town.ada), badges(town.ben), badges(town.dung)) == (["tinh-mat-2"], ["tinh-mat-3"], [])
        assert rings_held(reading(), town.ada, "tinh-mat") == 2


@pytest.mark.both
def test_nothing_is_issued_where_it_was_not_shown(town: Town) -> None:
    with town.app.app_context():
        visit = start_visit(person_id=town.ada, group_id=None, by=town.dung, now=NOON)
        begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON)
        with pytest.raises(Conflict):
            confirm_skill(visit_id=visit, practice="goi-thu", by=town.dung, now=NOON)

        assert badges(town.ada) == []


def test_wallet_shows_one_badge_for_a_skill_the_highest_held(town: Town) -> None:
    with town.app.app_context():
        held = wallet(reading(), town.ada)
        assert [h.slug for h in highest_rings(held) if h.skill_slug] == ["tinh-mat"]
        near = nearest(held)
        assert near is not None
        assert near.progress.unit == "lesson"

        answer_all(Learner(person_id=town.ada))
        confirm_skill(visit_id=visit_and_practise(town.ada, by=town.dung), practice="goi-thu", by=town.dung, now=NOON)

        assert [h.slug for h in highest_rings(wallet(reading(), town.ada)) if h.skill_slug] == ["tinh-mat-2"]


def test_page_of_a_badge_leads_to_the_real_thing(town: Town) -> None:
    page = town.as_ada().open("/huy-hieu/tinh-mat")

    assert page.link("Gọi video thử") == "/can-giup?tu=/huy-hieu/tinh-mat"
    assert page.link("Có người hàng xóm đang chỉ cho bác?") == "/toi/nguoi-chi?ky-nang=tinh-mat"
    ring = town.as_ada().open("/huy-hieu/tinh-mat-2")
    assert ("Tự làm trọn phiếu thực hành" in ring.text, "Còn 1 bài" in ring.text) == (True, False)
