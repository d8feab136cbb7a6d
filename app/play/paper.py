"""Keying in a sheet of paper: it counts exactly as the same answers on a phone would, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.attempts.domain import HOW
from app.attempts.models import Attempt, Response
from app.attempts.queries import plan_of
from app.attempts.service import record_response, settle
from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Invalid
from app.core.formats import moment
from app.outreach.classes.attending import note_attempt
from app.outreach.paper.domain import answer_form, check_number, is_blank
from app.outreach.paper.models import PaperSheet
from app.outreach.paper.queries import SheetView, drawn_of, sheet_by_number
from app.outreach.queries import get_in_reach, reach_of
from app.people.consents import keeps_record
from app.people.queries import same_household
from app.play.queries import Desk
from app.play.service import count
from app.quizzes.domain import Drawn, Item
from app.quizzes.queries import get_item

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Keyed:
    """How a sheet came out."""

    number: str
    person_id: int
    right: int
    asked: int
    passed: bool
    how: str


@dataclass(frozen=True)
class Given:
    """One answer on the paper; "" where the question was left empty, which earns nothing."""

    item: Item
    choice: str


def key_in(*, number: str, person_id: int | None, how: str, form: Fields, by: int, now: datetime) -> Keyed:
    """Key in one sheet.

    It is an attempt of its own, even while another is open on a phone; what was not right does not come back
    on paper. It counts in the month in which it is keyed in.

    Raises:
        Invalid: No such sheet in reach; keyed in already; nobody, oneself or one's own household; a way there is
            not; or ``field`` (``q3``) is a question without an answer.
        NotFound: No such person in reach.
    """
    with transaction() as session:
        session.execute(select(PaperSheet.id).where(PaperSheet.number == check_number(number)).with_for_update())
        sheet = open_sheet(session, number, by)
        check_person(session, person_id, by)
        assert person_id is not None
        if how not in HOW:
            raise Invalid("paper_how", field="how")
        drawn = drawn_of(session, sheet.print_id)
        answers = [_answer(session, one, form, place) for place, one in enumerate(drawn, start=1)]
        attempt = _attempt(session, sheet, person_id, drawn, how, now)
        for place, given in enumerate(answers, start=1):
            _record(session, attempt, place, given, sheet.number, now)
        _take(session, sheet.number, person_id, attempt.id, by, now)
        return Keyed(sheet.number, person_id, attempt.right or 0, len(drawn), bool(attempt.passed), how)


def open_sheet(session: Session, number: str, by: int) -> SheetView:
    """A sheet in reach that nobody has keyed in. A step that only reads.

    Raises:
        Invalid: Its number; or it was keyed in.
    """
    sheet = sheet_by_number(session, check_number(number), reach_of(session, by))
    if sheet.keyed_at is not None:
        raise Invalid("paper_keyed", field="so", number=sheet.number, at=moment(sheet.keyed_at))
    return sheet


def check_person(session: Session, person_id: int | None, by: int) -> None:
    """Whose sheet it is: somebody in reach, never oneself, nor someone of one's own household. A step that only reads.

    Raises:
        Invalid: Nobody was chosen, or one of these.
        NotFound: No such person in reach.
    """
    if person_id is None:
        raise Invalid("paper_person", field="person")
    if person_id == by:
        raise Invalid("paper_own", field="person")
    get_in_reach(session, person_id, by)
    if same_household(session, by, person_id):
        raise Invalid("paper_household", field="person")
    if not keeps_record(session, person_id):
        raise Invalid("paper_no_record", field="person")


def _answer(session: Session, drawn: Drawn, form: Fields, place: int) -> Given:
    item = get_item(session, drawn.revision_id)
    if is_blank(form, place):
        return Given(item, "")
    try:
        return Given(item, item.kind.read(answer_form(form, place, item.type), drawn.order))
    except Invalid as missing:
        raise Invalid("paper_answer", field=f"q{place}") from missing


def _attempt(
    session: Session, sheet: SheetView, person_id: int, drawn: Sequence[Drawn], how: str, now: datetime
) -> Attempt:
    """An attempt that has ended already: on paper nothing comes back, and one on a phone may go on beside it."""
    attempt = Attempt(
        person_id=person_id, purpose="lesson", quiz_id=sheet.quiz_id, how=how,
        draw=[one.as_json() for one in drawn], started_at=now, ended_at=now,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    if sheet.class_id is not None:
        note_attempt(session, sheet.class_id, attempt.id)
    return attempt


def _record(session: Session, attempt: Attempt, place: int, given: Given, number: str, now: datetime) -> None:
    """One answer with all that follows from it, as on a phone."""
    step, key = plan_of(attempt).steps[place - 1], f"paper:{number}:{place}"
    if given.choice:
        response = record_response(session, attempt, step, given.item, given.choice, key=key, now=now)
    else:
        response = Response(
            attempt_id=attempt.id, item_id=given.item.id, round=1, choice="", credit=0, score=0, idempotency_key=key,
            answered_at=now,
        )  # fmt: skip
        attempt.responses.append(response)
        session.flush()
    steps = settle(attempt, now=now)
    assert attempt.person_id is not None
    count(session, Desk(attempt), steps, given.item, response, attempt.person_id, now)


def _take(session: Session, number: str, person_id: int, attempt_id: int, by: int, now: datetime) -> None:
    values = {"person_id": person_id, "attempt_id": attempt_id, "keyed_by": by, "keyed_at": now}
    taken = update(PaperSheet).where(PaperSheet.number == number, PaperSheet.attempt_id.is_(None)).values(**values)
    if session.execute(taken.returning(PaperSheet.id)).first() is None:
        raise Invalid("paper_keyed", field="so", number=number, at=moment(now))
    record(
        session, actor_id=by, action="paper.key", subject_kind="paper_sheet", subject_id=number, now=now,
        detail={"person_id": person_id},
    )  # fmt: skip
