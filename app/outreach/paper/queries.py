"""Reading sheets of paper: what was printed, what is still to be keyed in, one sheet by its number."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.core.errors import Invalid, NotFound
from app.groups.models import Group
from app.outreach.domain import Reach
from app.outreach.paper.models import PaperPrint, PaperSheet
from app.people.directory import MOST_ID
from app.people.models import Person
from app.quizzes.domain import Drawn, Item, ItemView, present
from app.quizzes.models import Quiz
from app.quizzes.queries import get_item

MOST_LISTED = 60


@dataclass(frozen=True)
class PrintView:
    """One printing in the list, and at the head of its pages."""

    id: int
    quiz_id: str
    quiz: str
    group: str
    class_id: int | None
    printed_at: datetime
    sheets: int
    keyed: int


@dataclass(frozen=True)
class SheetView:
    """One sheet as the keying page knows it. Holds no key."""

    number: str
    print_id: int
    quiz_id: str
    quiz: str
    group_id: int
    class_id: int | None
    keyed_at: datetime | None


@dataclass(frozen=True)
class Line:
    """A sheet in the list of one printing: whose it became, once it was keyed in, and how many were right."""

    number: str
    name: str
    keyed_at: datetime | None
    right: int | None
    how: str


def _prints() -> Select[PaperPrint, str, str, int, int]:
    sheets = select(func.count()).where(PaperSheet.print_id == PaperPrint.id).correlate(PaperPrint)
    keyed = sheets.where(PaperSheet.attempt_id.is_not(None))
    return (
        select(PaperPrint, Quiz.title, Group.name, sheets.scalar_subquery(), keyed.scalar_subquery())
        .join(Quiz, Quiz.id == PaperPrint.quiz_id)
        .join(Group, Group.id == PaperPrint.group_id)
    )


def _view(row: PaperPrint, quiz: str, group: str, sheets: int, keyed: int) -> PrintView:
    return PrintView(row.id, row.quiz_id, quiz, group, row.class_id, row.printed_at, sheets, keyed)


def printings(session: Session, reach: Reach) -> list[PrintView]:
    """What was printed, the newest first."""
    query = _prints().order_by(PaperPrint.printed_at.desc(), PaperPrint.id.desc()).limit(MOST_LISTED)
    if not reach.everyone:
        query = query.where(PaperPrint.group_id.in_(reach.group_ids))
    return [_view(*row) for row in session.execute(query)]


def print_view(session: Session, print_id: int) -> PrintView:
    """One printing.

    Raises:
        NotFound: There is none.
    """
    row = session.execute(_prints().where(PaperPrint.id == print_id)).first() if print_id < MOST_ID else None
    if row is None:
        raise NotFound
    return _view(*row)


def group_of_print(session: Session, print_id: int) -> list[int]:
    """For :func:`app.people.access.require`: where a printing belongs; empty where there is none."""
    query = select(PaperPrint.group_id).where(PaperPrint.id == print_id)
    return list(session.scalars(query)) if print_id < MOST_ID else []


def lines(session: Session, print_id: int) -> list[Line]:
    """The sheets of one printing."""
    query = (
        select(PaperSheet.number, Person.name, PaperSheet.keyed_at, Attempt.right, Attempt.how)
        .outerjoin(Person, Person.id == PaperSheet.person_id)
        .outerjoin(Attempt, Attempt.id == PaperSheet.attempt_id)
        .where(PaperSheet.print_id == print_id)
        .order_by(PaperSheet.id)
    )
    return [Line(number, name or "", at, right, how or "") for number, name, at, right, how in session.execute(query)]


def drawn_of(session: Session, print_id: int) -> tuple[Drawn, ...]:
    """What a printing asks, in order."""
    draw = session.scalars(select(PaperPrint.draw).where(PaperPrint.id == print_id)).one()
    return tuple(Drawn.from_json(one) for one in draw)


def questions(session: Session, print_id: int) -> list[ItemView]:
    """What is printed: without key, reasons or rationale."""
    return [present(get_item(session, one.revision_id), one) for one in drawn_of(session, print_id)]


def solutions(session: Session, print_id: int) -> list[tuple[Item, Drawn]]:
    """The questions with their keys: for the volunteer's own page alone."""
    return [(get_item(session, one.revision_id), one) for one in drawn_of(session, print_id)]


def sheet_by_number(session: Session, number: str, reach: Reach) -> SheetView:
    """A sheet in reach, by the number that :func:`app.outreach.paper.domain.check_number` passed.

    Raises:
        Invalid: There is none.
    """
    query = (
        select(PaperSheet, PaperPrint, Quiz.title)
        .join(PaperPrint, PaperPrint.id == PaperSheet.print_id)
        .join(Quiz, Quiz.id == PaperPrint.quiz_id)
    )
    row = session.execute(query.where(PaperSheet.number == number)).first()
    if row is None or not reach.covers(row[1].group_id):
        raise Invalid("paper_unknown", field="so")
    sheet, printing, quiz = row
    return SheetView(
        sheet.number, printing.id, printing.quiz_id, quiz, printing.group_id, printing.class_id, sheet.keyed_at
    )
