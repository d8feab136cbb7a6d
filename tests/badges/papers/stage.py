"""A demo ward in which Ada holds a badge: papers can be signed for it."""

import sqlalchemy as sa

from app.attempts.domain import Learner
from app.badges.models import Badge
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading, transaction
from app.groups.models import Ward
from tests.factories import NOON, answer_all, make_quiz
from tests.town import Town

ART = ROOT / "badges"


def earn(town: Town, *people: int) -> list[int]:
    """Each of them passes a quiz and so holds ``tinh-mat``; the ids of these badges, in their order."""
    with town.app.app_context():
        make_quiz()
        make_quiz("tin-nhan", skill="vung-tay")
        load_catalogue(ART)
        with transaction() as session:
            session.get_one(Ward, 1).demo = True
        for person in people:
            answer_all(Learner(person_id=person), now=NOON)
        query = sa.select(Badge.person_id, Badge.id).where(Badge.achievement_slug == "tinh-mat")
        found = dict(reading().execute(query).all())
        return [found[person] for person in people]
