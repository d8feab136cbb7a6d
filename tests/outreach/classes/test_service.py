"""Classes: planned and called off, who is there, what is asked before and after. Nothing of that counts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.attempts.domain import Learner
from app.attempts.models import Attempt
from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach import service as outreach
from app.outreach.classes import attending, measures, queries, results, service
from app.outreach.classes.domain import LASTS
from app.outreach.classes.models import Attendance, ClassAttempt, ClassMeasure
from app.outreach.domain import Reach
from app.play.service import start
from app.standings.models import LedgerEntry
from tests.factories import NOON, make_person
from tests.outreach.classes.room import BEFORE, answer_all, answers, bring, plan
from tests.town import Town

HERE = Reach(everyone=True)


@pytest.mark.both
def test_form_sent_twice_plans_one_class(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)

        assert plan(town, with_quiz=False, place="Nơi khác") == made
        one = queries.class_view(reading(), made, NOON)
        assert (one.place, one.trainer, one.expected, one.named, one.heads) == ("Nhà văn hoá", "Phạm Dũng", 30, 0, None)
        assert [c.id for c in queries.ahead(reading(), HERE, NOON)] == [made]
        assert [c.id for c in queries.past(reading(), HERE, NOON + LASTS)] == [made]


@pytest.mark.both
def test_volunteer_plans_in_own_reach_only_and_with_someone_who_may_teach(town: Town) -> None:
    with town.app.app_context():
        plan(town)
        for field, given in (
            ("group", {"group_id": town.groups["2"]}),
            ("trainer", {"trainer_id": town.ada}),
            ("quiz", {"quiz_id": "khong-co"}),
        ):
            with pytest.raises(Invalid) as refused:
                plan(town, with_quiz=False, key=field, **given)
            assert refused.value.values["field"] == field
        with pytest.raises(NotFound):
            service.cancel_class(class_id=plan(town, with_quiz=False, key="2", group_id=town.groups["2"], by=town.cleo,
                                               trainer_id=town.cleo), by=town.dung, now=NOON)  # fmt: skip


@pytest.mark.both
def test_class_is_called_off_and_on_again_but_not_with_people_in_it(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)

        for _ in range(2):
            service.cancel_class(class_id=made, by=town.dung, now=BEFORE)
        assert queries.class_view(reading(), made, NOON).cancelled is True
        with pytest.raises(Conflict):
            attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        service.restore_class(class_id=made, by=town.dung, now=NOON)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        with pytest.raises(Conflict) as held:
            service.cancel_class(class_id=made, by=town.dung, now=NOON)

        assert held.value.code == "class_held"
        actions = reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert actions == ["class.plan", "class.cancel", "class.restore", "class.tick"]


@pytest.mark.both
def test_somebody_is_on_the_list_once_whatever_comes_twice(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)

        new = [attending.come_in(class_id=made, person_id=town.ada, now=NOON) for _ in range(2)]
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)

        people = queries.present(reading(), made)
        assert (new, [(p.name, p.way) for p in people]) == ([True, False], [("Nguyễn Thị Ada", "qr")])
        with pytest.raises(IntegrityError), transaction() as session:
            session.add(Attendance(class_id=made, person_id=town.ada, way="hand", at=NOON))


@pytest.mark.both
def test_nobody_comes_in_early_late_or_from_out_of_reach_by_hand(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        for moment in (NOON - timedelta(hours=3), NOON + LASTS):
            with pytest.raises(Conflict):
                attending.come_in(class_id=made, person_id=town.ada, now=moment)
        with pytest.raises(Conflict):
            attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON - timedelta(days=1))
        with pytest.raises(NotFound):
            attending.tick(class_id=made, person_id=town.ben, by=town.dung, now=NOON)

        attending.come_in(class_id=made, person_id=town.ben, now=NOON)  # a guest of another khu phố, with the code

        assert [p.person_id for p in queries.present(reading(), made)] == [town.ben]


@pytest.mark.both
def test_tick_is_undone_unless_something_was_done_in_the_class(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        for _ in range(2):
            attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
            attending.untick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        assert queries.present(reading(), made) == []

        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        measures.start(person_id=town.ada, moment="before", now=NOON)
        with pytest.raises(Conflict) as stays:
            attending.untick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        assert stays.value.code == "class_took_part"


@pytest.mark.both
def test_newcomer_signed_up_in_the_class_is_on_its_list(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)

        for _ in range(2):
            outreach.sign_up_at_door(
                key="f", name="Ngô Mới", address="bà", adult="yes", group_id=town.groups["1"], branch_id=None,
                agreed=True, guardian=False, by=town.dung, now=NOON, class_id=made,
            )  # fmt: skip

        assert [(p.name, p.way) for p in queries.present(reading(), made)] == [("Ngô Mới", "signed_up")]


@pytest.mark.both
def test_heads_stay_beside_names_and_are_never_fewer(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        bring(town, made, 3)
        attending.count_heads(class_id=made, heads="4", by=town.dung, now=NOON)
        with pytest.raises(Invalid):
            attending.count_heads(class_id=made, heads="2", by=town.dung, now=NOON)

        bring(town, made, 2)

        one = queries.class_view(reading(), made, NOON)
        assert (one.named, one.counted, one.heads) == (5, 4, 5)


@pytest.mark.both
def test_questions_before_and_after_leave_no_trace_in_what_counts(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)

        before = answer_all(town.ada, "before", wrong=2)
        after = answer_all(town.ada, "after")

        rows = reading().scalars(sa.select(ClassMeasure.credit).order_by(ClassMeasure.id)).all()
        assert (len(before), len(after), set(before) & set(after), rows) == (3, 3, set(), [33, 100])
        counted = [reading().scalar(sa.select(sa.func.count()).select_from(t)) for t in (LedgerEntry, Attempt)]
        assert counted == [0, 0]
        assert measures.start(person_id=town.ada, moment="before", now=NOON) is None  # asked once


@pytest.mark.both
def test_answer_sent_twice_is_kept_once(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        measures.start(person_id=town.ada, moment="before", now=NOON)

        sent = {"person_id": town.ada, "moment": "before", "number": 1, "form": {"choice": ["a"]}, "now": NOON}
        following = [measures.answer(**sent) for _ in range(2)]  # type: ignore[arg-type]

        assert (following, answers()) == ([2, 2], 1)
        with pytest.raises(Invalid):
            measures.answer(person_id=town.ada, moment="before", number=2, form={}, now=NOON)


def test_what_was_known_before_is_not_asked_after_the_lesson_began(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        start(Learner(person_id=town.ada), "an-toan-so", "cuoc-goi", how="independent", now=NOON, class_id=made)

        with pytest.raises(Conflict) as late:
            measures.start(person_id=town.ada, moment="before", now=NOON)

        assert late.value.code == "class_before_late"
        assert reading().scalars(sa.select(ClassAttempt.class_id)).all() == [made]
        assert len(answer_all(town.ada, "after")) == 3


def test_nobody_is_asked_outside_a_class(town: Town) -> None:
    with town.app.app_context():
        plan(town)
        for moment in ("before", "nua-chung"):
            with pytest.raises(NotFound):
                measures.start(person_id=town.ada, moment=moment, now=NOON)


@pytest.mark.both
def test_result_is_of_those_who_answered_both_times_and_of_five_at_least(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        people = bring(town, made, 6)
        for person in people:
            answer_all(person, "before", wrong=3)
        for person in people[:4]:
            answer_all(person, "after")
        few = results.change(reading(), made)
        answer_all(people[4], "after", wrong=3)

        assert (few.people, few.before, few.after) == (4, None, None)
        enough = results.change(reading(), made)
        assert (enough.people, enough.before, enough.after) == (5, 0, 80)


def test_trainers_are_those_who_hold_field_work_there(town: Town) -> None:
    with town.app.app_context():
        make_person("Vũ Hai", group_id=town.groups["2"], role="volunteer", ward_id=town.groups["2"])
        here = Reach(everyone=False, group_ids=frozenset({town.groups["1"]}))

        assert [name for _, name in queries.trainers(reading(), here)] == ["Lê Cleo", "Phạm Dũng"]


def test_somebody_finds_the_classes_they_were_in(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        answer_all(town.ada, "before", wrong=3)

        assert results.attended(reading(), town.ada) == [(NOON, "Bài cuoc-goi", "Nhà văn hoá", 0, None)]
        assert results.attended(reading(), town.ben) == []
