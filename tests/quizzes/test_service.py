"""Seeding the bank and approving a quiz, on both databases."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.quizzes.listing import quiz_state, quiz_states
from app.quizzes.models import Item, ItemRevision, Quiz
from app.quizzes.queries import get_item, hidden_items, pool
from app.quizzes.service import Loaded, approve_quiz, load_bank
from tests.factories import make_person
from tests.quizzes.bank import change, write_quiz, write_topic

pytestmark = pytest.mark.both
NOW = datetime(2026, 10, 14, 5, tzinfo=UTC)
TODAY = date(2026, 10, 14)
LATER = NOW + timedelta(days=1)


def asked(today: date = TODAY) -> list[str]:
    """The ids that may be asked on a day."""
    db.session.rollback()
    return [item.id for item in pool(db.session(), "bai", today)]


def revisions(item_id: str) -> list[ItemRevision]:
    db.session.rollback()
    query = select(ItemRevision).where(ItemRevision.item_id == item_id).order_by(ItemRevision.revision)
    return list(db.session.scalars(query))


def test_bank_is_loaded_and_loaded_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        assert load_bank(tmp_path, now=NOW) == Loaded(4, 0, 0, ())
        assert load_bank(tmp_path, now=LATER) == Loaded(0, 0, 0, ())
        assert [r.created_at for r in revisions("c1")] == [NOW]


def test_edited_item_becomes_revision_two_and_the_pinned_one_stays(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        pinned = pool(db.session(), "bai", TODAY)[0].revision_id
        change(path, "Câu c1: {X} làm gì?", "Câu c1: {X} nên làm gì?")
        assert load_bank(tmp_path, now=LATER) == Loaded(0, 1, 0, ())
        following = pool(db.session(), "bai", TODAY)[0].revision_id
        assert get_item(db.session(), pinned).stem == "Câu c1: {X} làm gì?"
        assert get_item(db.session(), following).stem == "Câu c1: {X} nên làm gì?"
        assert [r.revision for r in revisions("c1")] == [1, 2]


def test_item_removed_from_its_file_retires_and_comes_back_with_it(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        write_quiz(tmp_path, items=("c1", "c2", "c3"))
        assert load_bank(tmp_path, now=NOW).retired == 1
        assert asked() == ["c1", "c2", "c3"]
        write_quiz(tmp_path)
        assert load_bank(tmp_path, now=NOW) == Loaded(0, 0, 0, ())
        assert asked() == ["c1", "c2", "c3", "c4"]


def test_item_removed_from_a_small_objective_retires_too(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path, items=("c1", "c2", "c3"))
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        write_quiz(tmp_path, items=("c1", "c2"))
        load_bank(tmp_path, now=NOW)
        assert asked() == ["c1", "c2"]


def test_quiz_whose_file_is_gone_has_nothing_to_ask(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    write_quiz(tmp_path, "khac", items=("k1", "k2", "k3"))
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        path.unlink()
        assert load_bank(tmp_path, now=NOW).retired == 4
        assert asked() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes = 3", "minutes ="),  # no TOML any more
        ('tier = "lam-quen"', 'tier = "kho"'),  # the head is faulty
        ('key = "b"', 'key = "d"'),  # one item is
        ('id = "c1"', 'id = "c 1"'),  # its id is, so that it cannot be told which it was
    ],
)
def test_what_cannot_be_read_stays_as_it_last_was(app: Flask, tmp_path: Path, old: str, new: str) -> None:
    path = write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        change(path, old, new)
        assert load_bank(tmp_path, now=NOW).retired == 0
        assert asked() == ["c1", "c2", "c3", "c4"]


def test_quizzes_of_a_topic_that_cannot_be_read_stay(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        write_topic(tmp_path, "slug =")
        assert load_bank(tmp_path, now=NOW).retired == 0
        assert asked() == ["c1", "c2", "c3", "c4"]


def test_id_used_twice_makes_no_new_revision_each_time(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    path = write_quiz(tmp_path, "khac", items=("c1", "k2", "k3", "k4"))
    change(path, "Câu c1", "Câu khác")
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        again = load_bank(tmp_path, now=NOW)
        assert (again.new, again.revised, [f.item for f in again.faults]) == (0, 0, ["c1"])


def test_decomposed_file_is_stored_composed(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    path.write_text(unicodedata.normalize("NFD", path.read_text(encoding="utf-8")), encoding="utf-8")
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        stem = get_item(db.session(), revisions("c1")[0].id).stem
        assert stem == unicodedata.normalize("NFC", stem)


def test_item_edited_by_the_ward_keeps_its_words(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        with transaction() as session:
            session.get_one(Item, "c1").origin = "ward"
        change(path, "Câu c1", "Câu khác")
        assert load_bank(tmp_path, now=NOW).revised == 0
        assert len(revisions("c1")) == 1


def test_item_past_its_review_date_hides_itself(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    change(path, "review_by = 2027-12-31", "review_by = 2026-10-14")
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        assert asked(TODAY) == ["c1", "c2", "c3", "c4"]
        assert asked(TODAY + timedelta(days=1)) == ["c2", "c3", "c4"]
        assert hidden_items(db.session(), TODAY + timedelta(days=1)) == 1


def test_approval_is_kept_once_with_who_and_when(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        cleo = make_person("Lê Thị Cleo")
        approve_quiz("bai", by=cleo, now=NOW)
        approve_quiz("bai", by=cleo, now=LATER)
        quiz = db.session.get_one(Quiz, "bai")
        assert (quiz.approved_at, quiz.approved_by) == (NOW, cleo)
        trail = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "quiz.approve")).all()
        assert [(e.actor_id, e.subject_id) for e in trail] == [(cleo, "bai")]


def test_loading_again_keeps_the_approval(app: Flask, tmp_path: Path) -> None:
    write_quiz(tmp_path)
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        approve_quiz("bai", by=make_person("Lê Thị Cleo"), now=NOW)
        load_bank(tmp_path, now=LATER)
        db.session.rollback()
        assert db.session.get_one(Quiz, "bai").approved_at == NOW


def test_quiz_changed_after_its_approval_waits_again(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path)
    with app.app_context():
        cleo = make_person("Lê Thị Cleo")
        load_bank(tmp_path, now=NOW)
        approve_quiz("bai", by=cleo, now=NOW)
        change(path, "Câu c1", "Câu khác")
        load_bank(tmp_path, now=LATER)
        (state,) = quiz_states(db.session(), LATER)
        assert (state.changed, state.waits) == (1, True)

        approve_quiz("bai", by=cleo, now=LATER + timedelta(minutes=1))
        db.session.rollback()
        (state,) = quiz_states(db.session(), LATER)
        assert (state.changed, state.waits) == (0, False)


def test_unknown_quiz_is_not_found(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(NotFound):
            approve_quiz("khong-co", by=1, now=NOW)
        with pytest.raises(NotFound):
            quiz_state(db.session(), "khong-co", NOW)


def test_items_due_for_review_come_first_and_retired_ones_last(app: Flask, tmp_path: Path) -> None:
    path = write_quiz(tmp_path, items=("c1", "c2", "c3", "c4", "c5"))
    with app.app_context():
        load_bank(tmp_path, now=NOW)
        change(path, 'id = "c1"', 'id = "c9"')  # c1 leaves, c9 is new
        for item, day in (("c3", "2026-10-01"), ("c4", "2026-11-10")):
            text = path.read_text(encoding="utf-8")
            at = text.index(f'id = "{item}"')
            path.write_text(
                text[:at] + text[at:].replace("review_by = 2027-12-31", f"review_by = {day}", 1),
                encoding="utf-8",
            )
        load_bank(tmp_path, now=NOW)
        state, items = quiz_state(db.session(), "bai", NOW)
        assert [(i.item.id, i.state) for i in items] == [
            ("c3", "hidden"),
            ("c4", "soon"),
            ("c2", "live"),
            ("c5", "live"),
            ("c9", "live"),
            ("c1", "retired"),
        ]
        assert (state.live, state.soon, state.hidden, state.retired) == (4, 1, 1, 1)
