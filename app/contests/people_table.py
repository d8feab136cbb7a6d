"""Who did how well in a contest: only those who said yes to the boards, names joined at this moment."""

from sqlalchemy.orm import Session

from app.contests.queries import credits_of
from app.standings.boards_domain import Board, ranked
from app.standings.boards_queries import names_for


def people_table(session: Session, contest_id: int, person_id: int) -> tuple[Board, int | None]:
    """The board of a contest, and the reader's own result in hundredths of a question, if they took part."""
    results = credits_of(session, contest_id)
    return ranked(results, names_for(session, results)), results.get(person_id)
