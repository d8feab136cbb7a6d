"""Taking part: one counted attempt, one question after the other, each answer final, nothing told before the close."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contests.domain import arranged
from app.contests.models import Contest, ContestAnswer, ContestEntry
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, NotFound
from app.people.consents import check_record
from app.people.grants import scope_in
from app.people.roles import NOWHERE
from app.quizzes.domain import Drawn, ItemView, present
from app.quizzes.kinds.kind import Form
from app.quizzes.queries import get_item


@dataclass(frozen=True)
class Asked:
    """One question of a contest, without its key.

    Attributes:
        segments: One word a question for the progress bar: done | current | todo; never right or wrong.
        draft: What has been entered so far, as an address keeps it.
    """

    period: str
    number: int
    count: int
    segments: tuple[str, ...]
    view: ItemView
    draft: str


def enter(*, person_id: int, period: str, now: datetime) -> int | None:
    """Begin the one counted attempt, or go on with it.

    Returns:
        The number of the question to answer next; ``None`` when all are answered.

    Raises:
        NotFound: No such contest.
        Conflict: It is not open; or this person's work shows them the keys.
        Invalid: This person took back that results are recorded.
    """
    with transaction() as session:
        contest = _open(session, period, now)
        check_record(session, person_id)
        if scope_in(session, person_id, "bank.read") != NOWHERE:
            raise Conflict("contest_staff")
        entry = find_entry(session, contest.id, person_id) or _make(session, contest, person_id, now)
        return _next(session, entry)


def _open(session: Session, period: str, now: datetime) -> Contest:
    """An open contest, its row held so that it cannot close under an answer (on PostgreSQL; SQLite writes alone).

    Raises:
        NotFound: No such contest.
        Conflict: It has not opened yet, or is over.
    """
    query = select(Contest).where(Contest.period == period).with_for_update(read=True)
    contest = session.scalar(query)
    if contest is None:
        raise NotFound
    if contest.state == "draft" and now < contest.closes_at:
        raise Conflict("contest_early")
    if contest.state != "open" or now >= contest.closes_at:
        raise Conflict("contest_over")
    return contest


def find_entry(session: Session, contest_id: int, person_id: int) -> ContestEntry | None:
    own = (ContestEntry.contest_id == contest_id, ContestEntry.person_id == person_id)
    return session.scalar(select(ContestEntry).where(*own))


def _make(session: Session, contest: Contest, person_id: int, now: datetime) -> ContestEntry:
    drawn = [Drawn.from_json(one) for one in contest.draw or ()]
    mine = arranged([(d, get_item(session, d.revision_id).kind) for d in drawn], contest.seed or "", person_id)
    values = {
        "contest_id": contest.id, "person_id": person_id, "draw": [one.as_json() for one in mine], "started_at": now,
    }  # fmt: skip
    session.execute(insert_for(session)(ContestEntry).values(**values).on_conflict_do_nothing())
    made = find_entry(session, contest.id, person_id)
    assert made is not None  # ours, or the one that another request made in the same moment
    return made


def _answered(session: Session, entry: ContestEntry) -> set[int]:
    return set(session.scalars(select(ContestAnswer.place).where(ContestAnswer.entry_id == entry.id)))


def _next(session: Session, entry: ContestEntry) -> int | None:
    done = _answered(session, entry)
    return next((place for place in range(1, len(entry.draw) + 1) if place not in done), None)


def look(
    session: Session,
    person_id: int,
    period: str,
    number: int,
    now: datetime,
    *,
    form: Form | None = None,
    draft: str = "",
) -> Asked | int | None:
    """A question of one's own attempt, if it is its turn.

    Args:
        form: What has been entered so far, to show it again.
        draft: The same as an address keeps it.

    Returns:
        The question; or the number of the one to answer next, ``None`` when all are answered.

    Raises:
        NotFound: No such contest, or not begun.
        Conflict: It is not open.
    """
    contest = session.scalar(select(Contest).where(Contest.period == period))
    entry = find_entry(session, contest.id, person_id) if contest else None
    if contest is None or entry is None:
        raise NotFound
    if contest.state != "open" or now >= contest.closes_at:
        raise Conflict("contest_over")
    following = _next(session, entry)
    if following != number:
        return following
    drawn = [Drawn.from_json(one) for one in entry.draw]
    return asked(session, period, drawn, number, form=form, draft=draft, done=_answered(session, entry))


def asked(
    session: Session,
    period: str,
    drawn: Sequence[Drawn],
    number: int,
    *,
    form: Form | None,
    draft: str,
    done: Container[int],
) -> Asked:
    """One question of a contest as an attempt or the copy for practice shows it."""
    here = drawn[number - 1]
    item = get_item(session, here.revision_id)
    draft = item.kind.draft(form, here.order) if form else draft
    places = range(1, len(drawn) + 1)
    segments = tuple("done" if p in done else "current" if p == number else "todo" for p in places)
    return Asked(period, number, len(drawn), segments, present(item, here, draft), draft)


def answer(*, person_id: int, period: str, number: int, form: Form, now: datetime) -> int | None:
    """Keep one answer; it is final, and nothing tells whether it was right. A question sent twice keeps the first.

    Returns:
        The number of the question to answer next; ``None`` when all are answered.

    Raises:
        NotFound: No such contest or question, or not begun.
        Conflict: It is not open any more, or the question's turn has not come.
        Invalid: Nothing was answered.
    """
    with transaction() as session:
        contest = _open(session, period, now)
        own = (ContestEntry.contest_id == contest.id, ContestEntry.person_id == person_id)
        entry = session.scalar(select(ContestEntry).where(*own).with_for_update())
        if entry is None or not 1 <= number <= len(entry.draw):
            raise NotFound
        check_record(session, person_id)
        following = _next(session, entry)
        if number in _answered(session, entry):
            return following
        if following != number:
            raise Conflict("not_yet")
        here = Drawn.from_json(entry.draw[number - 1])
        choice = get_item(session, here.revision_id).kind.read(form, here.order)
        session.add(ContestAnswer(entry_id=entry.id, place=number, item_id=here.item, choice=choice, answered_at=now))
        session.flush()
        following = _next(session, entry)
        if following is None:
            entry.ended_at = now
        return following
