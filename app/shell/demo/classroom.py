"""The demo's class: one that is over, with questions before and after, and one still to come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.core.calendar import local
from app.core.db import reading
from app.outreach.classes import measures
from app.outreach.classes.attending import come_in, count_heads
from app.outreach.classes.domain import MOMENTS
from app.outreach.classes.service import plan_class
from app.quizzes.queries import get_item
from app.shell.demo.answers import right_form, wrong_form

AGO, AHEAD = timedelta(days=3), timedelta(days=2)
RIGHT = dict(zip(MOMENTS, (0.45, 0.8), strict=True))  # how likely an answer is right before, and after
WITHOUT_A_NAME = 4  # heads counted besides the names
PLACE = "Nhà văn hoá (thử)"


def hold_classes(trainer: int, group_id: int, people: Sequence[int], quiz: str, chance: Random, now: datetime) -> None:
    """A class three days ago in which these people sat, and one in two days."""
    for at in (now - AGO, now + AHEAD):
        when = local(at).replace(hour=14, minute=0)
        made = plan_class(
            key=f"demo-{when:%Y%m%d}", day=f"{when:%Y-%m-%d}", clock="14:00", group_id=group_id, place=PLACE,
            quiz_id=quiz, trainer_id=trainer, expected="20", by=trainer, now=now - AGO - timedelta(days=1),
        )  # fmt: skip
        if at < now:
            for person_id in people:
                come_in(class_id=made, person_id=person_id, now=when)
                for moment in MOMENTS:
                    _answer(person_id, moment, chance, when)
            heads = str(len(people) + WITHOUT_A_NAME)
            count_heads(class_id=made, heads=heads, by=trainer, now=when)


def _answer(person_id: int, moment: str, chance: Random, now: datetime) -> None:
    number = measures.start(person_id=person_id, moment=moment, now=now, chance=chance)
    while number is not None:
        drawn = measures.drawn_at(reading(), person_id, moment, number, now)
        kind = get_item(reading(), drawn.revision_id).kind
        right = chance.random() < RIGHT[moment]
        form = right_form(kind, drawn.order, "") if right else wrong_form(kind, drawn.order, chance, "")
        number = measures.answer(person_id=person_id, moment=moment, number=number, form=form, now=now)
