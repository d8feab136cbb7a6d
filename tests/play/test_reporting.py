"""Reporting an item that one has answered, and what officers do about it, on both databases."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.attempts.domain import Learner
from app.attempts.queries import find_last, plan_of
from app.audit.models import AuditEntry
from app.console.reports import answer_reports
from app.core.db import db, reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.notices.models import Notice
from app.play.reporting import report_item, was_reported
from app.quizzes.domain import REPORTS_A_DAY, REPORTS_OF_GUESTS
from app.quizzes.models import Item, ItemHold, ItemReport, ItemRevision
from app.quizzes.queries import pool
from app.quizzes.report_list import answered_reports, count_reported, hidden_by_officers, reported_items
from app.quizzes.reports import hide_item, return_item
from app.quizzes.service import load_bank
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward
from tests.quizzes.bank import change, write_quiz

pytestmark = pytest.mark.both
TODAY = date(2026, 10, 14)
LATER = NOON + timedelta(hours=1)


def sit(learner: Learner, quiz_id: str = "cuoc-goi", now: datetime = NOON) -> tuple[int, list[str]]:
    """Answer a quiz; returns the attempt and its items in the order of its steps."""
    answer_all(learner, quiz_id, now=now)
    db.session.rollback()
    attempt = find_last(reading(), learner, quiz_id)
    assert attempt is not None
    return attempt.id, [step.drawn.item for step in plan_of(attempt).steps]


def stored() -> list[ItemReport]:
    db.session.rollback()
    return list(db.session.scalars(select(ItemReport).order_by(ItemReport.id)))


def a_town() -> tuple[Learner, int]:
    """Ada, who learns, and Cleo the officer; a quiz of eight items."""
    ids = make_ward()
    make_quiz()
    ada = make_person(group_id=ids["1"])
    return Learner(person_id=ada), make_person("Lê Cleo", group_id=ids["3"], role="officer", ward_id=ids["ward"])


def report(learner: Learner, attempt: int, number: int = 1, **more: str) -> None:
    values = {"reason": "key", "words": "Em nghĩ là A."} | more
    report_item(learner, attempt, number, reason=values["reason"], words=values["words"], now=NOON)


def test_report_names_item_revision_and_person(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        attempt, items = sit(ada)
        report(ada, attempt, 2, words="  Em nghĩ\nlà A. ")
        (row,) = stored()
        revision = db.session.scalars(select(ItemRevision.id).where(ItemRevision.item_id == items[1])).one()
        assert (row.item_id, row.revision_id, row.person_id, row.guest) == (items[1], revision, ada.person_id, None)
        assert (row.reason, row.words, row.state, row.created_at) == ("key", "Em nghĩ là A.", "open", NOON)
        assert was_reported(reading(), attempt, items[1])
        assert not was_reported(reading(), attempt, items[0])


def test_report_sent_twice_counts_once(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        attempt, _ = sit(ada)
        report(ada, attempt)
        report(ada, attempt, reason="spelling")
        assert [row.reason for row in stored()] == ["key"]


def test_only_own_answered_steps_can_be_reported(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        attempt, _ = sit(ada)
        ben = Learner(person_id=make_person("Trần Văn Ben"))
        for learner, attempt_id, number in (
            (ben, attempt, 1), (Learner(guest="x"), attempt, 1), (ada, attempt, 6), (ada, attempt, 0),
            (ada, attempt + 1, 1), (ada, 2**40, 1),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                report(learner, attempt_id, number)
        assert stored() == []


def test_step_that_waits_for_its_answer_cannot_be_reported(app: Flask) -> None:
    from app.play.service import start

    with app.app_context():
        ada, _ = a_town()
        start(ada, "an-toan-so", "cuoc-goi", how="independent", now=NOON)
        attempt = find_last(reading(), ada, "cuoc-goi")
        assert attempt is not None
        with pytest.raises(NotFound):
            report(ada, attempt.id)


def test_reason_is_needed_and_words_are_few(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        attempt, _ = sit(ada)
        for more, field in (({"reason": "boring"}, "reason"), ({"words": "x" * 501}, "words")):
            with pytest.raises(Invalid) as caught:
                report(ada, attempt, **more)
            assert caught.value.values["field"] == field
        assert stored() == []


def test_tenth_report_of_a_day_is_the_last_and_tomorrow_is_another_day(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        for _ in range(2):
            attempt, _items = sit(ada)
            for number in range(1, 6):
                report(ada, attempt, number)
        attempt, _items = sit(ada)
        with pytest.raises(Invalid) as caught:
            report(ada, attempt)
        assert (caught.value.code, len(stored())) == ("report_enough", REPORTS_A_DAY)
        report_item(ada, attempt, 1, reason="key", words="", now=NOON + timedelta(days=1))
        assert len(stored()) == REPORTS_A_DAY + 1


def test_guests_report_too_and_a_flood_about_one_item_is_held_back(app: Flask) -> None:
    with app.app_context():
        a_town()
        guest = Learner(guest="g")
        attempt, items = sit(guest)
        report(guest, attempt)
        (first,) = stored()
        assert (first.person_id, first.guest) == (None, "g")
        with transaction() as session:
            session.add_all(
                ItemReport(
                    key=f"k{n}", item_id=items[1], revision_id=first.revision_id, guest=f"g{n}", reason="other",
                    created_at=NOON,
                )
                for n in range(REPORTS_OF_GUESTS)
            )  # fmt: skip
        with pytest.raises(Invalid) as caught:
            report(guest, attempt, 2)
        assert caught.value.code == "report_known"
        report(guest, attempt, 3)


def test_database_refuses_a_second_report_and_a_closed_one_without_answer(app: Flask) -> None:
    with app.app_context():
        ada, cleo = a_town()
        attempt, _ = sit(ada)
        report(ada, attempt)
        (row,) = stored()
        again = ItemReport(
            key=row.key, item_id=row.item_id, revision_id=row.revision_id, guest="g", reason="key", created_at=NOON
        )
        closed = ItemReport(
            key="other", item_id=row.item_id, revision_id=row.revision_id, guest="g", reason="key", created_at=NOON,
            state="fixed", closed_at=NOON, closed_by=cleo,
        )  # fmt: skip
        for bad in (again, closed):
            with pytest.raises(IntegrityError), transaction() as session:
                session.add(bad)


def test_queue_groups_by_item_with_counts_most_reported_first(app: Flask) -> None:
    with app.app_context():
        ada, _ = a_town()
        attempt, items = sit(ada)
        guest = Learner(guest="g")
        other, theirs = sit(guest)
        report(ada, attempt, 1)
        common = next(item for item in items[1:] if item in theirs)
        report(ada, attempt, items.index(common) + 1)
        report(guest, other, theirs.index(common) + 1, reason="spelling", words="")
        db.session.rollback()
        found = reported_items(reading())
        assert [(one.item.id, one.count) for one in found] == [(common, 2), (items[0], 1)]
        assert (count_reported(reading()), found[0].reasons) == (2, (("spelling", 1), ("key", 1)))
        assert [(r.name, r.words) for r in found[0].reports] == [("", ""), ("Nguyễn Thị Ada", "Em nghĩ là A.")]
        assert [row.text for row in found[0].rows if row.state == "right"] == [f"Lựa chọn b của {common}"]


def test_answer_closes_what_was_seen_and_tells_the_reporter_once(app: Flask) -> None:
    with app.app_context():
        ada, cleo = a_town()
        item, attempts = "", [sit(ada) for _ in range(2)]
        item = next(one for one in attempts[0][1] if one in attempts[1][1])
        for attempt, items in attempts:
            report(ada, attempt, items.index(item) + 1)
        seen = stored()[-1].id
        guest = Learner(guest="g")
        while True:
            other, theirs = sit(guest)
            if item in theirs:
                break
        report(guest, other, theirs.index(item) + 1)
        assert answer_reports(item, state="fixed", answer="Đã đổi đáp án.", seen=seen, by=cleo, now=LATER) == 2
        assert [(r.state, r.answer, r.closed_by, r.closed_at) for r in stored()] == [
            ("fixed", "Đã đổi đáp án.", cleo, LATER),
            ("fixed", "Đã đổi đáp án.", cleo, LATER),
            ("open", "", None, None),
        ]
        notices = db.session.scalars(select(Notice)).all()
        assert [(n.person_id, n.kind, n.body["answer"]) for n in notices] == [
            (ada.person_id, "report", "Đã đổi đáp án.")
        ]
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "report.fixed")).one()
        assert (entry.actor_id, entry.subject_id, entry.detail) == (cleo, item, {"reports": 2})
        assert [(a.item_id, a.state, a.count) for a in answered_reports(reading())] == [(item, "fixed", 2)]


def test_answer_is_needed_and_given_once(app: Flask) -> None:
    with app.app_context():
        ada, cleo = a_town()
        attempt, items = sit(ada)
        report(ada, attempt)
        seen = stored()[0].id
        for state, answer in (("kept", "  "), ("", "Vâng."), ("open", "Vâng.")):
            with pytest.raises(Invalid):
                answer_reports(items[0], state=state, answer=answer, seen=seen, by=cleo, now=LATER)
        answer_reports(items[0], state="kept", answer="Đúng rồi ạ.", seen=seen, by=cleo, now=LATER)
        with pytest.raises(Conflict):
            answer_reports(items[0], state="fixed", answer="Đã sửa.", seen=seen, by=cleo, now=LATER)
        assert [row.answer for row in stored()] == ["Đúng rồi ạ."]


def asked() -> list[str]:
    db.session.rollback()
    return [item.id for item in pool(db.session(), "bai", TODAY)]


def test_hidden_item_leaves_the_pool_and_files_do_not_bring_it_back(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    with app.app_context():
        cleo = make_person("Lê Cleo")
        load_bank(tmp_path, now=NOON)
        hide_item("c2", by=cleo, now=NOON)
        hide_item("c2", by=cleo, now=LATER)
        assert asked() == ["c1", "c3", "c4"]
        change(path, "Câu c2: {X} làm gì?", "Câu c2: {X} nên làm gì?")
        load_bank(tmp_path, now=LATER)
        assert asked() == ["c1", "c3", "c4"]
        assert [(h.item_id, h.by, h.at) for h in hidden_by_officers(reading())] == [("c2", "Lê Cleo", NOON)]

        return_item("c2", by=cleo, now=LATER)
        return_item("c2", by=cleo, now=LATER)
        assert asked() == ["c1", "c2", "c3", "c4"]
        assert load_bank(tmp_path, now=LATER).revised == 1  # it belongs to its file again
        assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
            "item.hide", "item.return",
        ]  # fmt: skip


def test_item_changed_on_screen_while_hidden_stays_the_ward_s(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        cleo = make_person("Lê Cleo")
        load_bank(tmp_path, now=NOON)
        hide_item("c2", by=cleo, now=NOON)
        with transaction() as session:
            session.get_one(Item, "c2").revision = 2
        return_item("c2", by=cleo, now=LATER)
        db.session.rollback()
        assert db.session.get_one(Item, "c2").origin == "ward"
        assert db.session.scalars(select(ItemHold)).all() == []


def test_nothing_to_hide(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        cleo = make_person("Lê Cleo")
        load_bank(tmp_path, now=NOON)
        write_quiz(tmp_path, items=("c1", "c2", "c3"))
        load_bank(tmp_path, now=NOON)
        with pytest.raises(Conflict):
            hide_item("c4", by=cleo, now=datetime(2026, 10, 15, tzinfo=UTC))
        with pytest.raises(NotFound):
            hide_item("c9", by=cleo, now=NOON)
        with pytest.raises(NotFound):
            return_item("c9", by=cleo, now=NOON)
