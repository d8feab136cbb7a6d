"""Items that people propose: kept until an officer decides. Accepting spans more features; ``console`` commits it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.directory import MOST_ID
from app.quizzes.domain import PROPOSALS_WAITING
from app.quizzes.drafting import Values, check_draft
from app.quizzes.models import Item, ItemRevision, Objective, Proposal, Quiz
from app.quizzes.service import body_of
from app.quizzes.shapes import ItemFile


def propose(*, key: str, quiz_id: str, person_id: int, values: Values, objective_id: int | None, now: datetime) -> int:
    """Hand in an item for a quiz; returns the proposal's id. The same key again returns the first.

    Args:
        key: Of the form.
        values: The fields of ``drafting.FIELDS``.
        objective_id: What it checks, where the writer chose it.

    Raises:
        NotFound: No such quiz.
        Invalid: Something is missing or does not fit; ``field`` says which. Or too many wait already.
    """
    draft = check_draft(values, today=local_date(now))
    key = f"{person_id}:{key[:64]}"
    with transaction() as session:
        if (found := _by_key(session, key)) is not None:
            return found
        if session.get(Quiz, quiz_id) is None:
            raise NotFound
        if objective_id is not None and objective_id not in {o.id for o in objectives_of(session, quiz_id)}:
            raise Invalid("proposal_objective", field="objective")
        if draft.faults:
            raise draft.faults[0]
        waits = select(func.count()).where(Proposal.person_id == person_id, Proposal.state == "waiting")
        if (session.scalar(waits) or 0) >= PROPOSALS_WAITING:
            raise Invalid("proposal_enough", most=PROPOSALS_WAITING)
        row = {
            "key": key,
            "quiz_id": quiz_id,
            "objective_id": objective_id,
            "person_id": person_id,
            "body": dict(draft.values),
            "created_at": now,
            "state": "waiting",
            "answer": "",
        }
        session.execute(insert_for(session)(Proposal).values(**row).on_conflict_do_nothing(index_elements=["key"]))
        made = _by_key(session, key)
        assert made is not None
        return made


def _by_key(session: Session, key: str) -> int | None:
    return session.scalar(select(Proposal.id).where(Proposal.key == key))


def objectives_of(session: Session, quiz_id: str) -> Sequence[Objective]:
    """What a quiz's items check."""
    used = select(Item.objective_id).where(Item.quiz_id == quiz_id)
    return session.scalars(select(Objective).where(Objective.id.in_(used)).order_by(Objective.id)).all()


def take_waiting(session: Session, proposal_id: int, *, by: int) -> Proposal:
    """A proposal that waits, its row held, so that of two officers one decides.

    Raises:
        NotFound: There is none.
        Conflict: It has been decided.
        Invalid: One's own.
    """
    query = select(Proposal).where(Proposal.id == proposal_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True)) if proposal_id < MOST_ID else None
    if found is None:
        raise NotFound
    if found.state != "waiting":
        raise Conflict("proposal_decided")
    if found.person_id == by:
        raise Invalid("proposal_own")
    return found


def make_item(session: Session, proposal: Proposal, item: ItemFile, objective_id: int, *, now: datetime) -> None:
    """A proposal becomes an item of the ward's in its quiz. The id and its one revision are unique."""
    body, digest = body_of(item)
    row = Item(id=item.id, quiz_id=proposal.quiz_id, objective_id=objective_id, revision=1, origin="ward")
    session.add(row)
    session.flush()
    session.add(
        ItemRevision(
            item_id=item.id, revision=1, type=item.type, body=body, digest=digest, difficulty=item.difficulty,
            valid_as_of=item.valid_as_of, review_by=item.review_by, created_at=now,
        )
    )  # fmt: skip
    session.flush()


def decide(
    session: Session, proposal: Proposal, *, state: str, answer: str, item_id: str | None, by: int, now: datetime
) -> None:
    """Note the decision: accepted with the item that it became, or declined."""
    proposal.state, proposal.answer, proposal.item_id = state, answer, item_id
    proposal.decided_at, proposal.decided_by = now, by
    session.flush()
