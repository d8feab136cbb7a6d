"""Confirming a skill that was really shown, naming a helper beforehand, and the second look at one in ten."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.cycles.domain import month_of
from app.groups.queries import get_ward
from app.outreach.confirming.domain import ONE_IN, check_outcome, digest_of, is_drawn
from app.outreach.confirming.models import Confirmation, DrawSeed, HelperNaming, SecondLook
from app.outreach.confirming.queries import helper_named
from app.outreach.practice.models import PracticeRow
from app.outreach.practice.queries import practice
from app.outreach.queries import get_in_reach
from app.outreach.visits.queries import run_of
from app.outreach.visits.service import get_live
from app.people.directory import MOST_ID
from app.people.models import Card, Person
from app.people.queries import same_household
from app.people.tries import Counter, count_try, forgive


@dataclass(frozen=True)
class Confirmed:
    """A skill that was shown, and whom the learner had named as helper beforehand (``None``: nobody)."""

    id: int
    person_id: int
    skill: str
    helper_id: int | None


def confirm_shown(session: Session, visit_id: int, slug: str, *, by: int, now: datetime) -> Confirmed:
    """Write down that the person of a visit did a checklist alone, again from the start. A step.

    Confirmed before, the first confirmation stands.

    Raises:
        NotFound: No such visit of this volunteer, or no such checklist in it.
        Conflict: The visit is over, nobody is signed up in it, or it was not done alone from the start.
        Invalid: Someone of one's own household.
    """
    visit = get_live(session, visit_id, by, now)
    shown = practice(session, slug)
    going = run_of(session, visit_id, shown)
    if going is None:
        raise NotFound
    if visit.person_id is None:
        raise Conflict("visit_nobody")
    if not going.alone:
        raise Conflict("confirm_not_alone")
    if same_household(session, by, visit.person_id):
        raise Invalid("confirm_household")
    person_id = visit.person_id
    made = _write(session, person_id, slug, shown.skill, visit_id, by, now)
    return Confirmed(made, person_id, shown.skill, helper_named(session, person_id, shown.skill))


def _write(session: Session, person_id: int, slug: str, skill: str, visit_id: int, by: int, now: datetime) -> int:
    period = month_of(now).period
    seed = ensure_seed(session, period, now=now)
    values = {"person_id": person_id, "practice_slug": slug, "skill_slug": skill, "volunteer_id": by}
    values |= {"visit_id": visit_id, "period": period, "at": now}
    statement = insert_for(session)(Confirmation).values(**values).on_conflict_do_nothing()
    made = session.scalar(statement.returning(Confirmation.id))
    if made is None:
        open_one = (Confirmation.person_id == person_id, Confirmation.skill_slug == skill)
        return session.scalars(select(Confirmation.id).where(*open_one, Confirmation.ended_at.is_(None))).one()
    if is_drawn(seed.seed, made, seed.one_in):
        session.add(SecondLook(confirmation_id=made, drawn_at=now))
    detail = {"skill": skill, "practice": slug, "confirmation": made}
    record(
        session, actor_id=by, action="skill.confirm", subject_kind="person", subject_id=person_id, now=now,
        detail=detail,
    )  # fmt: skip
    return int(made)


def ensure_seed(session: Session, period: str, *, now: datetime, seed: str | None = None) -> DrawSeed:
    """The draw of a month, made where there is none; of two at once one stands. A step.

    Its seed and how many it draws are decided here, beforehand; a setting changed later holds for later months.
    """
    fresh, ward = seed or secrets.token_hex(32), get_ward(session)
    values = {"period": period, "seed": fresh, "digest": digest_of(fresh), "made_at": now}
    values |= {"one_in": ward.look_one_in if ward else ONE_IN}
    session.execute(insert_for(session)(DrawSeed).values(**values).on_conflict_do_nothing())
    return session.get_one(DrawSeed, period)


def look_again(
    session: Session, *, confirmation_id: int, outcome: str, note: str, by: int, now: datetime
) -> Confirmation:
    """Write down what a call found. Nobody looks at their own confirmation, or at one about themselves. A step.

    Where it has to be shown again the confirmation ends; the badge that rests on it is the caller's matter.

    Args:
        outcome: ok | redo | unreached; the last may become another later.

    Raises:
        NotFound: It was not drawn, or is not in reach.
        Invalid: Its shape, or one's own.
        Conflict: Somebody has settled it.
    """
    text = check_outcome(outcome, note)
    query = select(SecondLook, Confirmation).join(Confirmation).where(SecondLook.confirmation_id == confirmation_id)
    row = session.execute(query.with_for_update()).first() if confirmation_id < MOST_ID else None
    if row is None:
        raise NotFound
    look, confirmation = row
    get_in_reach(session, confirmation.person_id, by)
    if by in (confirmation.volunteer_id, confirmation.person_id):
        raise Invalid("look_own")
    if look.outcome in ("ok", "redo"):
        raise Conflict("look_settled")
    look.outcome, look.note, look.looked_by, look.looked_at = outcome, text, by, now
    if outcome == "redo" and confirmation.ended_at is None:
        confirmation.ended_at = now
    record(
        session, actor_id=by, action=f"look.{outcome}", subject_kind="confirmation", subject_id=confirmation_id,
        now=now, detail={"skill": confirmation.skill_slug},
    )  # fmt: skip
    session.flush()
    found: Confirmation = confirmation
    return found


def name_helper(*, learner_id: int, skill: str, code: str, now: datetime) -> None:
    """Say beforehand who teaches a skill, by the six digits of that person's card; in place of whoever was named.

    A code that fits nobody is counted like a wrong PIN, so that codes cannot be tried out.

    Raises:
        Invalid: No such skill or card; oneself, or someone of one's own household.
        Conflict: The skill has been shown already.
        Locked: Too many codes that fitted nobody.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        raise Invalid("code_shape", field="code")
    counter = Counter(f"person:{learner_id}@naming", None)
    with transaction() as session:
        count_try(session, counter, now=now)
    with transaction() as session:
        _check_skill(session, learner_id, skill)
        helper_id = session.scalar(_holder(typed))
        if helper_id is None:
            raise Invalid("helper_card", field="code")
        forgive(session, counter)
        if same_household(session, learner_id, helper_id):
            raise Invalid("helper_household", field="code")
        _end_naming(session, learner_id, skill, now)
        values = {"learner_id": learner_id, "helper_id": helper_id, "skill_slug": skill, "at": now}
        session.execute(insert_for(session)(HelperNaming).values(**values).on_conflict_do_nothing())


def _holder(code: str) -> Select[int]:
    holders = select(Card.person_id).join(Person, Person.id == Card.person_id)
    return holders.where(Card.code == code, Card.ended_at.is_(None), Person.closed_at.is_(None))


def _check_skill(session: Session, learner_id: int, skill: str) -> None:
    known = select(PracticeRow.slug).where(PracticeRow.skill_slug == skill, PracticeRow.retired_at.is_(None)).limit(1)
    if session.scalar(known) is None:
        raise Invalid("helper_skill", field="skill")
    shown = select(Confirmation.id).where(
        Confirmation.person_id == learner_id, Confirmation.skill_slug == skill, Confirmation.ended_at.is_(None)
    )
    if session.scalar(shown) is not None:
        raise Conflict("helper_late")


def _end_naming(session: Session, learner_id: int, skill: str, now: datetime) -> None:
    session.execute(
        update(HelperNaming)
        .where(HelperNaming.learner_id == learner_id, HelperNaming.skill_slug == skill, HelperNaming.ended_at.is_(None))
        .values(ended_at=now)
    )


def forget_helper(*, learner_id: int, skill: str, now: datetime) -> None:
    """Name nobody any more for a skill."""
    with transaction() as session:
        _end_naming(session, learner_id, skill, now)
