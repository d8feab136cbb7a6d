"""What is told once a contest has closed: one's own answers, the hardest question, the copy for practice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contests.domain import DONE, PRACTICE, QuestionFigures, arranged, hardest
from app.contests.models import Contest, ContestAnswer
from app.contests.queries import frozen_figures
from app.contests.service import Asked, asked, find_entry
from app.core.errors import NotFound
from app.quizzes.domain import Drawn, Item
from app.quizzes.kinds.kind import Form, Row
from app.quizzes.queries import get_item


@dataclass(frozen=True)
class Told:
    """A question with its key, explanation and source; ``credit`` is ``None`` where it was not answered."""

    number: int
    type: str
    scene: str
    stem: str
    rows: tuple[Row, ...]
    credit: int | None
    rationale: str
    source_title: str
    source_date: str

    @property
    def right(self) -> bool:
        return self.credit == 100

    @property
    def level(self) -> str:
        """right | partly | wrong | none"""
        if self.credit is None:
            return "none"
        return "right" if self.right else "partly" if self.credit else "wrong"


def _closed(session: Session, period: str, states: Sequence[str] = DONE) -> Contest:
    """A contest whose keys may be told.

    Raises:
        NotFound: There is none, or it has not closed yet.
    """
    contest = session.scalar(select(Contest).where(Contest.period == period, Contest.state.in_(states)))
    if contest is None:
        raise NotFound
    return contest


def own_answers(session: Session, period: str, person_id: int) -> list[Told]:
    """Every question of a closed contest, with what this person answered.

    Raises:
        NotFound: It has not closed, or this person did not take part.
    """
    contest = _closed(session, period)
    entry = find_entry(session, contest.id, person_id)
    if entry is None:
        raise NotFound
    query = select(ContestAnswer).where(ContestAnswer.entry_id == entry.id)
    given = {row.place: row for row in session.scalars(query)}
    found = []
    for number, drawn in enumerate(map(Drawn.from_json, entry.draw), start=1):
        item, row = get_item(session, drawn.revision_id), given.get(number)
        choice, credit = (row.choice, row.credit) if row is not None else (item.kind.solution(), None)
        found.append(_told(number, item, drawn, choice, credit))
    return found


def _told(number: int, item: Item, drawn: Drawn, choice: str, credit: int | None) -> Told:
    scene, rows = getattr(item.kind, "scene", ""), item.kind.rows(choice, drawn.order)
    day = f"{item.source.date:%d/%m/%Y}"
    return Told(number, item.type, scene, item.stem, rows, credit, item.rationale, item.source.title, day)


def hardest_question(session: Session, period: str) -> tuple[QuestionFigures, Told] | None:
    """The question that the smallest share got right, explained; ``None`` where too few took part to say.

    Raises:
        NotFound: The results are not out yet.
    """
    contest = _closed(session, period, ("published",))
    figures = hardest(frozen_figures(session, contest.id))
    if figures is None:
        return None
    drawn = _practice_draw(session, contest)[figures.place - 1]
    item = get_item(session, drawn.revision_id)
    return figures, _told(figures.place, item, drawn, item.kind.solution(), None)


def _practice_draw(session: Session, contest: Contest) -> list[Drawn]:
    drawn = [Drawn.from_json(one) for one in contest.draw or ()]
    return arranged([(d, get_item(session, d.revision_id).kind) for d in drawn], contest.seed or "", PRACTICE)


def practice_question(
    session: Session, period: str, number: int, *, form: Form | None = None, draft: str = ""
) -> Asked:
    """A question of a closed contest, to try for oneself: nothing is kept and nothing counts.

    Raises:
        NotFound: It has not closed, or there is no such question.
    """
    contest = _closed(session, period)
    drawn = _practice_draw(session, contest)
    if not 1 <= number <= len(drawn):
        raise NotFound
    return asked(session, period, drawn, number, form=form, draft=draft, done=range(1, number))


def practice_answer(session: Session, period: str, number: int, form: Form) -> Told:
    """What an answer in the copy for practice would be worth, with everything there is to learn.

    Raises:
        NotFound: The contest has not closed, or there is no such question.
        Invalid: Nothing was answered.
    """
    contest = _closed(session, period)
    drawn = _practice_draw(session, contest)
    if not 1 <= number <= len(drawn):
        raise NotFound
    here = drawn[number - 1]
    item = get_item(session, here.revision_id)
    choice = item.kind.read(form, here.order)
    return _told(number, item, here, choice, item.kind.credit(choice))
