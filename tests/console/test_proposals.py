"""Deciding on proposed items: bank, ledger, notice and trail together, once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.attempts.domain import Learner
from app.audit.models import AuditEntry
from app.console.proposals import Accepted, accept_proposal, decline_proposal
from app.core.db import db, reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.cycles.models import Cycle
from app.notices.models import Notice
from app.quizzes.domain import PROPOSALS_WAITING
from app.quizzes.listing import quiz_state
from app.quizzes.models import Item, ItemRevision, Objective, Proposal
from app.quizzes.proposal_list import count_proposals, proposals_by, waiting_proposals
from app.quizzes.proposals import propose
from app.quizzes.queries import pool
from app.quizzes.service import approve_quiz
from app.standings.checking import check
from app.standings.domain import add_up
from app.standings.models import LedgerEntry, PersonCycle
from app.standings.queries import entries_of
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward
from tests.quizzes.draft import draft

pytestmark = pytest.mark.both
LATER = NOON + timedelta(days=1)


class Desk:
    """Ada proposes, Cleo and Én decide."""

    def __init__(self) -> None:
        ids = make_ward()
        make_quiz()
        self.ada = make_person(group_id=ids["1"])
        self.cleo = make_person("Lê Cleo", group_id=ids["3"], role="officer", ward_id=ids["ward"])
        self.en = make_person("Vũ Thị Én", group_id=ids["2"], role="officer", ward_id=ids["ward"])
        self.objective = db.session.scalars(select(Objective.id).order_by(Objective.id)).first() or 0
        db.session.rollback()

    def propose(self, key: str = "k1", *, by: int | None = None, **changes: str) -> int:
        return propose(
            key=key, quiz_id="cuoc-goi", person_id=by or self.ada, values=draft(**changes), objective_id=None, now=NOON
        )

    def accept(self, number: int, *, by: int | None = None, sensitivity: str = "M", **changes: str) -> Accepted:
        return accept_proposal(
            number,
            values=draft(**changes),
            objective_id=self.objective,
            sensitivity=sensitivity,
            answer="",
            by=by or self.cleo,
            now=LATER,
        )


def stored(number: int) -> Proposal:
    db.session.rollback()
    return db.session.get_one(Proposal, number)


def credited() -> list[tuple[str, int, str]]:
    db.session.rollback()
    query = select(LedgerEntry.source, LedgerEntry.points, LedgerEntry.how).where(LedgerEntry.source.like("proposal%"))
    return [tuple(row) for row in db.session.execute(query)]


def test_proposal_waits_with_everything_that_was_written(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        number = desk.propose(stem="  {X} nhận tin lạ,\n nên làm gì? ")
        assert desk.propose(stem="Khác hẳn?") == number  # the same form again
        (mine,) = proposals_by(reading(), desk.ada)
        assert (mine.state, mine.values["stem"], mine.values["key"]) == ("waiting", "{X} nhận tin lạ, nên làm gì?", "b")
        assert (count_proposals(reading()), [p.name for p in waiting_proposals(reading())]) == (1, ["Nguyễn Thị Ada"])


def test_unsound_or_endless_proposals_are_refused(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        with pytest.raises(Invalid) as caught:
            desk.propose(hint="")
        assert caught.value.values["field"] == "hint"
        with pytest.raises(NotFound):
            propose(key="k", quiz_id="none", person_id=desk.ada, values=draft(), objective_id=None, now=NOON)
        with pytest.raises(Invalid):
            propose(key="k", quiz_id="cuoc-goi", person_id=desk.ada, values=draft(), objective_id=99, now=NOON)
        for number in range(PROPOSALS_WAITING):
            desk.propose(f"k{number}")
        with pytest.raises(Invalid) as caught:
            desk.propose("one more")
        assert (caught.value.code, count_proposals(reading())) == ("proposal_enough", PROPOSALS_WAITING)


def test_accepted_proposal_is_an_item_of_the_ward_s(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        approve_quiz("cuoc-goi", by=desk.cleo, now=NOON)
        number = desk.propose()
        assert desk.accept(number, sensitivity="H", stem="Câu đã sửa: {X} làm gì?") == Accepted(f"dx-{number}", 10)
        item = db.session.get_one(Item, f"dx-{number}")
        revision = db.session.scalars(select(ItemRevision).where(ItemRevision.item_id == item.id)).one()
        assert (item.quiz_id, item.objective_id, item.origin, item.revision) == (
            "cuoc-goi", desk.objective, "ward", 1,
        )  # fmt: skip
        assert (revision.type, revision.body["stem"], revision.body["key"]) == (
            "single",
            "Câu đã sửa: {X} làm gì?",
            "b",
        )
        assert (revision.valid_as_of, revision.review_by) == (date(2026, 10, 15), date(2027, 1, 16))
        assert item.id in [one.id for one in pool(reading(), "cuoc-goi", date(2026, 10, 15))]
        state, _ = quiz_state(reading(), "cuoc-goi", LATER)
        assert (state.changed, state.waits) == (1, True)
        row = stored(number)
        assert (row.state, row.decided_by, row.item_id) == ("accepted", desk.cleo, item.id)
        assert row.body["stem"] == draft()["stem"]  # what was handed in stays


def test_writer_is_credited_and_told_once_and_the_ledger_agrees(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        answer_all(Learner(person_id=desk.ada), now=NOON)
        before = reading().scalars(select(PersonCycle.points).where(PersonCycle.person_id == desk.ada)).one()
        db.session.rollback()
        number = desk.propose()
        desk.accept(number)
        assert credited() == [(f"proposal:{number}", 10, "none")]
        cycle = db.session.scalars(select(Cycle)).one()
        row = db.session.get_one(PersonCycle, (cycle.id, desk.ada))
        assert (row.points, row.passes) == (before + 10, 1)
        total = add_up(entries_of(db.session(), cycle.id))[desk.ada]
        assert (total.points, total.learned_on) == (before + 10, {date(2026, 10, 14)})  # no day of learning
        assert check(reading()).lines == ()
        notice = db.session.scalars(select(Notice).where(Notice.kind == "proposal")).one()
        assert (notice.person_id, notice.body["points"], notice.body["state"]) == (desk.ada, 10, "accepted")
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "proposal.accept")).one()
        assert (entry.actor_id, entry.subject_id) == (desk.cleo, str(number))


def test_cap_of_the_month_holds_for_credit_too(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        desk.accept(desk.propose("k1"))
        with transaction() as session:
            session.scalars(select(Cycle)).one().points_cap = 14
        assert desk.accept(desk.propose("k2"), stem="Câu khác?").points == 4
        assert check(reading()).lines == ()


def test_decided_once_and_never_on_one_s_own(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        own = desk.propose("own", by=desk.cleo)
        for decide in (desk.accept, lambda number: decline_proposal(number, answer="Không.", by=desk.cleo, now=LATER)):
            with pytest.raises(Invalid) as caught:
                decide(own)
            assert caught.value.code == "proposal_own"
        desk.accept(own, by=desk.en)
        for decide in (desk.accept, lambda number: decline_proposal(number, answer="Không.", by=desk.en, now=LATER)):
            with pytest.raises(Conflict):
                decide(own)
            with pytest.raises(NotFound):
                decide(2**40)
        assert len(credited()) == 1


def test_declined_needs_a_reason_which_the_writer_reads(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        number = desk.propose()
        with pytest.raises(Invalid) as caught:
            decline_proposal(number, answer=" ", by=desk.cleo, now=LATER)
        assert caught.value.values["field"] == "answer"
        decline_proposal(number, answer="Bài này có câu giống rồi.", by=desk.cleo, now=LATER)
        row = stored(number)
        assert (row.state, row.answer, row.item_id, credited()) == ("declined", "Bài này có câu giống rồi.", None, [])
        notice = db.session.scalars(select(Notice)).one()
        assert (notice.body["state"], notice.body["answer"]) == ("declined", "Bài này có câu giống rồi.")


@pytest.mark.parametrize(("field", "text"), [("stem", ""), ("key", "z"), ("rationale", "Một. Hai. Ba.")])
def test_unsound_correction_changes_nothing(app: Flask, field: str, text: str) -> None:
    with app.app_context():
        desk = Desk()
        number = desk.propose()
        with pytest.raises(Invalid) as caught:
            desk.accept(number, **{field: text})
        assert caught.value.values["field"] == field
        assert (stored(number).state, credited()) == ("waiting", [])


def test_objective_of_another_quiz_is_refused(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        make_quiz("otp", skill="otp")
        desk.objective = db.session.scalars(select(Objective.id).where(Objective.skill_slug == "otp")).first() or 0
        number = desk.propose()
        with pytest.raises(Invalid) as caught:
            desk.accept(number)
        assert caught.value.values["field"] == "objective"


def test_two_officers_at_the_same_moment_accept_once(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        number = desk.propose()

    def decide(by: int) -> str:
        with app.app_context():
            try:
                return desk.accept(number, by=by).item_id
            except Conflict as conflict:
                return conflict.code

    with ThreadPoolExecutor(4) as officers:
        told = sorted(officers.map(decide, [desk.cleo, desk.en] * 2))
    assert told == [f"dx-{number}", "proposal_decided", "proposal_decided", "proposal_decided"]
    with app.app_context():
        assert len(credited()) == 1
        assert len(db.session.scalars(select(Item).where(Item.id.like("dx-%"))).all()) == 1


def test_database_alone_refuses_a_second_item_and_a_verdict_on_one_s_own(app: Flask) -> None:
    with app.app_context():
        desk = Desk()
        first, second = desk.propose("k1"), desk.propose("k2")
        item = desk.accept(first).item_id
        for wrong in (
            {"state": "accepted", "item_id": item, "decided_by": desk.cleo, "decided_at": LATER},
            {"state": "declined", "answer": "Không.", "decided_by": desk.ada, "decided_at": LATER},
            {"state": "declined", "answer": "", "decided_by": desk.cleo, "decided_at": LATER},
            {"state": "accepted", "decided_by": desk.cleo, "decided_at": LATER},
            {"state": "waiting", "decided_by": desk.cleo, "decided_at": LATER},
        ):
            with pytest.raises(IntegrityError), transaction() as session:
                session.execute(update(Proposal).where(Proposal.id == second).values(**wrong))
