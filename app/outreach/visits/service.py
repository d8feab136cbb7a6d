"""Use cases of a visit: begun, somebody signed up in it, steps ticked, ended. The volunteer's own phone does it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach.models import HelpRequest
from app.outreach.practice.queries import practice, practices
from app.outreach.queries import get_in_reach, home_of, reach_of
from app.outreach.visits.domain import LASTS, MARKS, check_how, check_note, is_live
from app.outreach.visits.models import Practising, Tick, Visit
from app.outreach.visits.queries import run_of
from app.people.directory import MOST_ID


def start_visit(*, person_id: int | None, group_id: int | None, by: int, how: str = "read_aloud", now: datetime) -> int:
    """Sit down beside someone; returns the visit's id. Whoever has no card yet is signed up in it.

    The same person again, while the visit goes on, returns the visit.

    Args:
        person_id: Whom, or ``None`` for someone who is not signed up.
        group_id: Where, for someone who is not signed up.

    Raises:
        NotFound: Nobody like that, or no such group, in this volunteer's reach.
        Invalid: Oneself.
        Conflict: A visit to someone else goes on.
    """
    with transaction() as session:
        if person_id == by:
            raise Invalid("visit_self")
        if person_id is not None:
            get_in_reach(session, person_id, by)
            group_id = home_of(session, person_id)
        elif group_id is None or not reach_of(session, by).covers(group_id):
            raise NotFound
        _end_left_open(session, by, now)
        values = {
            "volunteer_id": by,
            "person_id": person_id,
            "group_id": group_id,
            "started_at": now,
            "how": check_how(how),
            "note": "",
        }
        statement = insert_for(session)(Visit).values(**values).on_conflict_do_nothing().returning(Visit.id)
        made = session.scalar(statement)
        if made is None:
            return _same(session, by, person_id)
        _note(session, "visit.start", made, by, now)
        return int(made)


def _end_left_open(session: Session, by: int, now: datetime) -> None:
    """Nobody ended it: it was over after the longest that a visit lasts."""
    query = select(Visit).where(Visit.volunteer_id == by, Visit.ended_at.is_(None)).with_for_update()
    for visit in session.scalars(query):
        if not is_live(visit.started_at, None, now):
            visit.ended_at = visit.started_at + LASTS
    session.flush()


def _same(session: Session, by: int, person_id: int | None) -> int:
    going_on = session.scalars(select(Visit).where(Visit.volunteer_id == by, Visit.ended_at.is_(None))).one()
    if going_on.person_id != person_id:
        raise Conflict("visit_open")
    return going_on.id


def _note(session: Session, action: str, visit_id: int, by: int, now: datetime) -> None:
    record(session, actor_id=by, action=action, subject_kind="visit", subject_id=visit_id, now=now)


def get_live(session: Session, visit_id: int, by: int, now: datetime) -> Visit:
    """This volunteer's visit, its row held.

    Raises:
        NotFound: There is none, or it is someone else's.
        Conflict: It is over.
    """
    query = select(Visit).where(Visit.id == visit_id, Visit.volunteer_id == by).with_for_update()
    visit = session.scalar(query.execution_options(populate_existing=True)) if visit_id < MOST_ID else None
    if visit is None:
        raise NotFound
    if not is_live(visit.started_at, visit.ended_at, now):
        raise Conflict("visit_over")
    return visit


def meet(session: Session, visit_id: int, person_id: int, *, by: int, now: datetime) -> None:
    """Whoever sits there was signed up just now: the visit is theirs. A step.

    Raises:
        NotFound: No such visit of this volunteer.
        Conflict: It is over, or somebody else's.
    """
    visit = get_live(session, visit_id, by, now)
    if visit.person_id not in (None, person_id):
        raise Conflict("visit_open")
    visit.person_id, visit.group_id = person_id, home_of(session, person_id)
    session.flush()


def choose_how(*, visit_id: int, how: str, by: int, now: datetime) -> None:
    """How the quizzes are done that are begun in this visit.

    Raises:
        NotFound: No such visit of this volunteer.
        Invalid: None of the ways there are.
        Conflict: The visit is over.
    """
    with transaction() as session:
        get_live(session, visit_id, by, now).how = check_how(how)


def begin_practice(*, visit_id: int, slug: str, by: int, now: datetime) -> None:
    """Take up a checklist; taken up before, it goes on where it was.

    Raises:
        NotFound: No such visit, or no such checklist today.
        Conflict: The visit is over.
    """
    with transaction() as session:
        get_live(session, visit_id, by, now)
        if slug not in {one.slug for one in practices(session, local_date(now))}:
            raise NotFound
        values = {"visit_id": visit_id, "practice_slug": slug, "run": 1, "started_at": now}
        session.execute(insert_for(session)(Practising).values(**values).on_conflict_do_nothing())


def mark_step(*, visit_id: int, slug: str, run: int, step: str, mark: str, by: int, now: datetime) -> None:
    """Tick a step, or tick it otherwise; a form of an earlier run changes nothing.

    Args:
        run: The run that the form was shown for.
        mark: self | prompted

    Raises:
        NotFound: No such visit, checklist or step.
        Invalid: No such mark.
        Conflict: The visit is over, or an earlier step comes first.
    """
    if mark not in MARKS:
        raise Invalid("bad_request")
    with transaction() as session:
        get_live(session, visit_id, by, now)
        tried = practice(session, slug)
        going = run_of(session, visit_id, tried)
        if going is None or tried.step(step) is None:
            raise NotFound
        if going.number != run:
            return
        if not going.may_mark(step):
            raise Conflict("visit_order")
        row = {"visit_id": visit_id, "practice_slug": slug, "run": run, "step": step, "mark": mark, "at": now}
        ticked = insert_for(session)(Tick).values(**row)
        keys = ["visit_id", "practice_slug", "run", "step"]
        session.execute(ticked.on_conflict_do_update(index_elements=keys, set_={"mark": mark, "at": now}))


def start_over(*, visit_id: int, slug: str, run: int, by: int, now: datetime) -> None:
    """Begin again from the start, nobody prompts; a form of an earlier run changes nothing.

    Raises:
        NotFound: No such visit or checklist.
        Conflict: The visit is over, or steps of this run are left.
    """
    with transaction() as session:
        get_live(session, visit_id, by, now)
        going = run_of(session, visit_id, practice(session, slug))
        if going is None:
            raise NotFound
        if going.number != run:
            return
        if not going.may_restart:
            raise Conflict("visit_steps_left")
        chosen = (Practising.visit_id == visit_id, Practising.practice_slug == slug, Practising.run == run)
        session.execute(update(Practising).where(*chosen).values(run=run + 1))


def end_visit(*, visit_id: int, note: str, helped: bool, by: int, now: datetime) -> None:
    """Say goodbye. Ended already, nothing changes.

    Args:
        helped: Whether what the person had asked help for is done.

    Raises:
        NotFound: No such visit of this volunteer.
        Invalid: The note is too long.
    """
    text = check_note(note)
    with transaction() as session:
        query = select(Visit).where(Visit.id == visit_id, Visit.volunteer_id == by).with_for_update()
        visit = session.scalar(query) if visit_id < MOST_ID else None
        if visit is None:
            raise NotFound
        if visit.ended_at is not None:
            return
        visit.ended_at, visit.note = min(now, visit.started_at + LASTS), text
        if helped and visit.person_id is not None:
            _finish_requests(session, visit.person_id, by, now)
        _note(session, "visit.end", visit_id, by, now)


def _finish_requests(session: Session, person_id: int, by: int, now: datetime) -> None:
    """What the person had asked for and nobody else is at is done with this visit."""
    mine = HelpRequest.taken_by.is_(None) | (HelpRequest.taken_by == by)
    query = select(HelpRequest).where(HelpRequest.person_id == person_id, HelpRequest.state != "done", mine)
    for request in session.scalars(query.with_for_update()):
        request.state, request.done_at, request.outcome = "done", now, "visited"
        request.taken_by, request.taken_at = by, request.taken_at or now
        record(session, actor_id=by, action="help.done", subject_kind="help_request", subject_id=request.id, now=now)
