"""A class for tests: planned by Dũng in khu phố 1, an hour before noon. Call inside an application context."""

from datetime import timedelta

from app.core.db import reading, transaction
from app.outreach.classes import attending, measures, service
from app.outreach.classes.domain import code_of, window_of
from app.outreach.classes.models import ClassAnswer, ClassMeasure
from app.outreach.classes.queries import secret_of
from app.quizzes.domain import Drawn
from app.quizzes.queries import get_item
from tests.factories import NOON, make_person, make_quiz
from tests.town import Town

PLAN = {"day": "2026-10-14", "clock": "12:00", "place": "Nhà văn hoá", "quiz_id": "cuoc-goi", "expected": "30"}
BEFORE = NOON - timedelta(hours=1)


def plan(town: Town, **given: object) -> int:
    """A class at noon; ``with_quiz=False`` where the quiz is there already."""
    if given.pop("with_quiz", True):
        make_quiz()
    values: dict[str, object] = {
        "key": "lop", **PLAN, "group_id": town.groups["1"], "trainer_id": town.dung, "by": town.dung, "now": BEFORE,
    }  # fmt: skip
    return service.plan_class(**{**values, **given})  # type: ignore[arg-type]


def bring(town: Town, class_id: int, count: int, *, group: str = "1") -> list[int]:
    """People whom the trainer puts on the list."""
    people = [make_person(f"Người Số {number}", group_id=town.groups[group]) for number in range(1, count + 1)]
    for person in people:
        attending.tick(class_id=class_id, person_id=person, by=town.dung, now=NOON)
    return people


def code_now(class_id: int) -> str:
    return code_of(secret_of(reading(), class_id), window_of(NOON))


def answer_all(person_id: int, moment: str, *, wrong: int = 0) -> list[str]:
    """Answer the questions before or after; returns the items in the order they were asked."""
    number = measures.start(person_id=person_id, moment=moment, now=NOON)
    while number is not None:
        order, revision = step_of(person_id, moment, number)
        kind = get_item(reading(), revision).kind
        right = kind.solution()
        chosen = next(o for o in order if o != right) if wrong else right
        wrong = max(0, wrong - 1)
        form = {"choice": ["abc"[order.index(chosen)]]}
        number = measures.answer(person_id=person_id, moment=moment, number=number, form=form, now=NOON)
    with transaction() as session:
        rows = session.query(ClassMeasure).filter_by(person_id=person_id, moment=moment).one()
        return [one["item"] for one in rows.draw]


def step_of(person_id: int, moment: str, number: int) -> tuple[tuple[str, ...], int]:
    """The order of the options at a question, and the revision that is asked."""
    with transaction() as session:
        row = session.query(ClassMeasure).filter_by(person_id=person_id, moment=moment).one()
        drawn = Drawn.from_json(row.draw[number - 1])
        return drawn.order, drawn.revision_id


def answers() -> int:
    return reading().query(ClassAnswer).count()
