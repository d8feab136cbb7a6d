"""Questions before and after a class: the same objectives, other items. A measure: nothing of it counts."""

import random
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.attempts.domain import Answered, Learner, Plan, plan
from app.attempts.queries import times_seen
from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, NotFound
from app.outreach.classes.domain import MOMENTS, choose
from app.outreach.classes.models import ClassAnswer, ClassMeasure
from app.outreach.classes.queries import ClassView, class_of, present
from app.people.consents import check_record
from app.quizzes.domain import Drawn, ItemView, PoolItem
from app.quizzes.domain import present as show
from app.quizzes.kinds.kind import Form
from app.quizzes.models import Item
from app.quizzes.queries import get_item, pool, quiz_cards


@dataclass(frozen=True)
class Asked:
    """One question of a measure, without its key."""

    moment: str
    number: int
    count: int
    segments: tuple[str, ...]
    view: ItemView


def start(
    *, person_id: int, moment: str, now: datetime, chance: random.Random | None = None, fewer: bool = False
) -> int | None:
    """Begin the questions before or after, or go on with them.

    Returns:
        The number of the question to answer next; ``None`` when all are answered.

    Raises:
        NotFound: This person sits in no class just now.
        Conflict: Nothing can be asked; or it is too late to ask what was known before.
        Invalid: This person took back that results are recorded.
    """
    dice = chance or random.Random(secrets.randbits(64))  # noqa: S311 — a seeded shuffle, no secret
    with transaction() as session:
        here = _class_here(session, person_id, moment, now)
        check_record(session, person_id)
        found = find(session, here.id, person_id, moment)
        if found is None:
            if moment == "before" and _learned(session, here.id, person_id):
                raise Conflict("class_before_late")
            drawn = _draw(session, here, person_id, moment, local_date(now), dice, fewer=fewer)
            found = _make(session, here.id, person_id, moment, drawn, now)
        following = plan_of(session, found).next
        return following.number if following else None


def _class_here(session: Session, person_id: int, moment: str, now: datetime) -> ClassView:
    here = class_of(session, person_id, now)
    if here is None or moment not in MOMENTS:
        raise NotFound
    return here


def _learned(session: Session, class_id: int, person_id: int) -> bool:
    return any(one.learned or one.after for one in present(session, class_id) if one.person_id == person_id)


def find(session: Session, class_id: int, person_id: int, moment: str) -> ClassMeasure | None:
    """What someone answers or answered before or after a class."""
    own = (ClassMeasure.class_id == class_id, ClassMeasure.person_id == person_id, ClassMeasure.moment == moment)
    return session.scalar(select(ClassMeasure).where(*own))


def _draw(
    session: Session, here: ClassView, person_id: int, moment: str, today: date, dice: random.Random, *, fewer: bool
) -> tuple[Drawn, ...]:
    quizzes = [here.quiz_id, *(q.id for q in quiz_cards(session, here.topic_slug) if q.id != here.quiz_id)]
    pools = [pool(session, quiz_id, today) for quiz_id in quizzes]
    seen = _seen(session, person_id, [item for one in pools for item in one])
    other = find(session, here.id, person_id, "before") if moment == "after" else None
    used = [Drawn.from_json(one).item for one in other.draw] if other else []
    like = [session.get_one(Item, item).objective_id for item in used] if other else None
    drawn = choose(pools, seen, dice, like=like, without=used, fewer=fewer)
    if not drawn:
        raise Conflict("quiz_empty")
    return drawn


def _seen(session: Session, person_id: int, items: list[PoolItem]) -> dict[str, int]:
    """How often someone met each item: in attempts, and in measures of this and other classes."""
    ids = [item.id for item in items]
    query = (
        select(ClassAnswer.item_id, func.count())
        .join(ClassMeasure, ClassMeasure.id == ClassAnswer.measure_id)
        .where(ClassMeasure.person_id == person_id, ClassAnswer.item_id.in_(ids))
        .group_by(ClassAnswer.item_id)
    )
    asked: dict[str, int] = dict(session.execute(query).all())
    met = times_seen(session, Learner(person_id=person_id), ids)
    return {item: met.get(item, 0) + asked.get(item, 0) for item in ids}


def _make(
    session: Session, class_id: int, person_id: int, moment: str, drawn: tuple[Drawn, ...], now: datetime
) -> ClassMeasure:
    values = {
        "class_id": class_id,
        "person_id": person_id,
        "moment": moment,
        "draw": [one.as_json() for one in drawn],
        "started_at": now,
    }
    session.execute(insert_for(session)(ClassMeasure).values(**values).on_conflict_do_nothing())
    made = find(session, class_id, person_id, moment)
    assert made is not None  # ours, or the one that another request made in the same moment
    return made


def plan_of(session: Session, measure: ClassMeasure) -> Plan:
    """Where a measure stands; nothing comes back in it."""
    query = select(ClassAnswer).where(ClassAnswer.measure_id == measure.id)
    answers = [Answered(one.item_id, 1, one.choice, one.credit) for one in session.scalars(query)]
    return plan([Drawn.from_json(one) for one in measure.draw], answers, returns=False)


def look(session: Session, person_id: int, moment: str, number: int, now: datetime) -> Asked | None:
    """One question of what someone answers just now; ``None`` when it is not this one's turn.

    Raises:
        NotFound: They sit in no class, or did not begin.
    """
    here = _class_here(session, person_id, moment, now)
    measure = find(session, here.id, person_id, moment)
    if measure is None:
        raise NotFound
    steps = plan_of(session, measure)
    if steps.next is None or steps.next.number != number:
        return None
    item = get_item(session, steps.next.drawn.revision_id)
    segments = tuple("done" if s.answer else "current" if s.number == number else "todo" for s in steps.first_round)
    return Asked(moment, number, steps.asked, segments, show(item, steps.next.drawn))


def drawn_at(session: Session, person_id: int, moment: str, number: int, now: datetime) -> Drawn:
    """What stands at a number of the questions that someone answers just now.

    Raises:
        NotFound: They sit in no class, did not begin, or there is no such number.
    """
    measure = find(session, _class_here(session, person_id, moment, now).id, person_id, moment)
    step = plan_of(session, measure).step(number) if measure is not None else None
    if step is None:
        raise NotFound
    return step.drawn


def answer(*, person_id: int, moment: str, number: int, form: Form, now: datetime) -> int | None:
    """Record one answer; the same question again changes nothing.

    Returns:
        The number of the question to answer next; ``None`` when all are answered.

    Raises:
        NotFound: They sit in no class, or did not begin.
        Invalid: Nothing was chosen.
    """
    with transaction() as session:
        here = _class_here(session, person_id, moment, now)
        measure = find(session, here.id, person_id, moment)
        if measure is None:
            raise NotFound
        session.get(ClassMeasure, measure.id, with_for_update=True)
        step = plan_of(session, measure).next
        if step is not None and step.number == number:
            kind = get_item(session, step.drawn.revision_id).kind
            choice = kind.read(form, step.drawn.order)
            session.add(
                ClassAnswer(
                    measure_id=measure.id, item_id=step.drawn.item, choice=choice, credit=kind.credit(choice),
                    answered_at=now,
                )
            )  # fmt: skip
            session.flush()
            step = _settle(session, measure, now).next
        return step.number if step else None


def _settle(session: Session, measure: ClassMeasure, now: datetime) -> Plan:
    steps = plan_of(session, measure)
    if steps.next is None:
        measure.ended_at, measure.credit = now, round(steps.credit / steps.asked)
        session.flush()
    return steps
