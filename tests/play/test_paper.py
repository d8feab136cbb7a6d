"""A sheet of paper keyed in counts as a phone would, once, and never for oneself."""

import pytest
import sqlalchemy as sa

from app.attempts.domain import Learner
from app.attempts.models import Attempt
from app.attempts.queries import find_open
from app.audit.models import AuditEntry
from app.config import ROOT
from app.core.db import reading
from app.core.errors import Invalid, NotFound
from app.outreach.classes import attending
from app.outreach.classes.models import ClassAttempt
from app.outreach.domain import Reach
from app.outreach.paper import queries
from app.outreach.paper.domain import PAPER
from app.outreach.paper.models import PaperPrint, PaperSheet
from app.people.consents import answer_own
from app.play.paper import Keyed, key_in
from app.play.service import start
from app.quizzes.queries import quiz_cards
from app.quizzes.service import load_bank
from app.standings.models import LedgerEntry
from tests.factories import NOON, answer_all, make_person, make_quiz
from tests.outreach.classes.room import plan
from tests.outreach.field import share_phone
from tests.outreach.paper.sheets import filled, print_some
from tests.town import Town, make_town


@pytest.fixture
def town(app) -> Town:  # type: ignore[no-untyped-def]
    town = make_town(app)
    with app.app_context():
        make_quiz()
    return town


def key(town: Town, number: str, person: int | None = None, **given: object) -> Keyed:
    values: dict[str, object] = {
        "number": number, "person_id": person or town.ada, "how": "independent", "by": town.dung, "now": NOON,
    }  # fmt: skip
    form = given.pop("form", None) or filled(number, town, **given)  # type: ignore[arg-type]
    return key_in(**values, form=form)  # type: ignore[arg-type]


def counted(person: int) -> list[tuple[str, str, int]]:
    query = select_entries().where(LedgerEntry.person_id == person).order_by(LedgerEntry.id)
    return [tuple(row) for row in reading().execute(query)]  # type: ignore[misc]


def select_entries() -> sa.Select[str, str, int]:
    return sa.select(LedgerEntry.kind, LedgerEntry.how, LedgerEntry.points)


@pytest.mark.both
def test_sheet_counts_exactly_as_a_phone_does(town: Town) -> None:
    with town.app.app_context():
        other = make_person("Đỗ Giấy", group_id=town.groups["1"])
        answer_all(Learner(person_id=town.ada), wrong=1)
        (number, _) = print_some(town)

        keyed = key(town, number, other, wrong=1)

        assert keyed == Keyed(number, other, 4, 5, True, "independent")
        assert sorted(counted(other)) == sorted(counted(town.ada))
        attempt = reading().query(Attempt).filter_by(person_id=other).one()
        assert (attempt.quiz_id, attempt.right, attempt.passed, attempt.ended_at) == ("cuoc-goi", 4, True, NOON)


@pytest.mark.both
def test_sheet_read_aloud_is_guided_and_not_counted(town: Town) -> None:
    with town.app.app_context():
        (number, _) = print_some(town)
        form = filled(number, town)

        key_in(number=number, person_id=town.ada, how="read_aloud", form=form, by=town.dung, now=NOON)

        assert {(kind, points) for kind, how, points in counted(town.ada)} >= {("pass", 0)}
        assert {how for _, how, _ in counted(town.ada)} == {"read_aloud"}
        assert [points for _, _, points in counted(town.ada) if points] == []


@pytest.mark.both
def test_same_sheet_is_keyed_in_once(town: Town) -> None:
    with town.app.app_context():
        (number, other) = print_some(town)
        key(town, number)

        with pytest.raises(Invalid) as refused:
            key(town, number, make_person("Đỗ Khác", group_id=town.groups["1"]))

        assert refused.value.code == "paper_keyed"
        key(town, other)
        assert reading().query(Attempt).count() == 2
        rows = reading().execute(sa.select(PaperSheet.person_id, PaperSheet.keyed_by).order_by(PaperSheet.id)).all()
        assert [tuple(row) for row in rows] == [(town.ada, town.dung)] * 2
        actions = reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert [a for a in actions if a.startswith("paper.")] == ["paper.print", "paper.key", "paper.key"]


@pytest.mark.both
def test_nobody_keys_in_own_family_or_out_of_reach(town: Town) -> None:
    with town.app.app_context():
        (number, _) = print_some(town)
        share_phone(town.ada, town.dung)
        lonely = make_person("Đỗ Rút", group_id=town.groups["1"])
        answer_own(person_id=lonely, purpose="record", choice="no", now=NOON)

        for person, code in ((town.dung, "paper_own"), (town.ada, "paper_household"), (lonely, "paper_no_record")):
            with pytest.raises(Invalid) as refused:
                key(town, number, person)
            assert refused.value.code == code
        with pytest.raises(NotFound):
            key(town, number, town.ben)
        form = filled(number, town)
        with pytest.raises(Invalid) as nobody:
            key_in(number=number, person_id=None, how="independent", form=form, by=town.dung, now=NOON)
        assert (nobody.value.code, reading().query(Attempt).count()) == ("paper_person", 0)


@pytest.mark.both
def test_answer_that_is_missing_names_its_question_and_stores_nothing(town: Town) -> None:
    with town.app.app_context():
        (number, _) = print_some(town)
        form = filled(number, town)
        del form["q3-choice"]

        with pytest.raises(Invalid) as refused:
            key(town, number, form=form)

        assert refused.value.values["field"] == "q3"
        assert (reading().query(Attempt).count(), reading().query(LedgerEntry).count()) == (0, 0)
        with pytest.raises(Invalid) as how:
            key_in(number=number, person_id=town.ada, how="nhanh", form=form, by=town.dung, now=NOON)
        assert how.value.values["field"] == "how"


@pytest.mark.both
def test_question_left_empty_earns_nothing_and_can_be_looked_at(town: Town) -> None:
    with town.app.app_context():
        (number, _) = print_some(town)

        keyed = key(town, number, blank=1)

        assert (keyed.right, keyed.passed) == (4, True)
    ada = town.as_ada()
    assert [ada.open(f"/hoc/an-toan-so/cuoc-goi/{n}").status for n in (1, 2, 3, 4, 5)] == [200] * 5
    assert ada.open("/hoc/an-toan-so/cuoc-goi/xong").status == 200


@pytest.mark.both
def test_lesson_that_is_open_on_a_phone_goes_on(town: Town) -> None:
    with town.app.app_context():
        learner = Learner(person_id=town.ada)
        start(learner, "an-toan-so", "cuoc-goi", how="independent", now=NOON)
        (number, _) = print_some(town)

        key(town, number)

        assert find_open(reading(), learner, "cuoc-goi") is not None


@pytest.mark.both
def test_printing_twice_is_one_and_needs_own_reach(town: Town) -> None:
    with town.app.app_context():
        assert print_some(town, "3") == print_some(town, "5")
        for field, given in (
            ("copies", {"copies": "0"}),
            ("group", {"group_id": town.groups["2"]}),
            ("quiz", {"quiz_id": "khong-co"}),
        ):
            with pytest.raises(Invalid) as refused:
                print_some(town, **{"key": field, **given})  # type: ignore[arg-type]
            assert refused.value.values["field"] == field
        assert reading().query(PaperPrint).count() == 1


def test_sheet_of_a_class_is_an_attempt_of_the_class(town: Town) -> None:
    with town.app.app_context():
        made = plan(town, with_quiz=False)
        attending.tick(class_id=made, person_id=town.ada, by=town.dung, now=NOON)
        (number, _) = print_some(town, class_id=made)

        key(town, number)

        assert reading().scalars(sa.select(ClassAttempt.class_id)).all() == [made]


def test_sheet_of_another_khu_pho_is_not_found(town: Town) -> None:
    with town.app.app_context():
        (number, _) = print_some(town, group_id=town.groups["2"], by=town.cleo)

        with pytest.raises(Invalid) as refused:
            key(town, number, form={"q1-choice": ["a"]})

        assert refused.value.code == "paper_unknown"


def test_every_type_that_works_on_paper_can_be_printed_and_keyed_in(town: Town) -> None:
    """The bank that the project ships: whatever is printed of it, answered rightly, is passed."""
    with town.app.app_context():
        load_bank(ROOT / "quizzes", now=NOON)
        seen: set[str] = set()
        for card in quiz_cards(reading()):
            if seen == set(PAPER):
                break
            numbers = print_some(town, "1", card.id, key=card.id)
            sheet = queries.sheet_by_number(reading(), numbers[0], Reach(everyone=True))
            types = {view.type for view in queries.questions(reading(), sheet.print_id)}
            if types - seen:
                assert key(town, numbers[0]).passed is True
            seen |= types

        assert seen == set(PAPER)
