"""Reading practice checklists."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.outreach.practice.domain import Practice
from app.outreach.practice.models import PracticeRow
from app.outreach.practice.parser import PracticeFile, practice_of


def practices(session: Session, today: date) -> list[Practice]:
    """Those that may be tried today, in their order: in the files, and not past their review date."""
    query = select(PracticeRow).where(PracticeRow.retired_at.is_(None), PracticeRow.review_by >= today)
    return [_practice(row) for row in session.scalars(query.order_by(PracticeRow.position, PracticeRow.slug))]


def practice(session: Session, slug: str) -> Practice:
    """One checklist, also one that is offered no longer.

    Raises:
        NotFound: There is none.
    """
    row = session.get(PracticeRow, slug)
    if row is None:
        raise NotFound
    return _practice(row)


def practice_titles(session: Session) -> dict[str, str]:
    """The title of every checklist there ever was, by slug."""
    return dict(session.execute(select(PracticeRow.slug, PracticeRow.title)).all())


def _practice(row: PracticeRow) -> Practice:
    return practice_of(PracticeFile.model_validate(row.body, strict=False))
