"""Deciding on proposed items: the bank, the ledger, the notice and the trail, all or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.service import record
from app.awards.service import ensure_cycle
from app.core.calendar import local_date
from app.core.db import transaction
from app.core.errors import Invalid
from app.notices.service import queue
from app.quizzes.domain import PROPOSAL_POINTS, check_answer
from app.quizzes.drafting import SENSITIVITIES, Values, check_draft
from app.quizzes.models import Objective, Proposal
from app.quizzes.proposals import decide, make_item, objectives_of, take_waiting
from app.quizzes.shapes import ItemFile
from app.standings.service import post_credit, whom


@dataclass(frozen=True)
class Accepted:
    """The item that a proposal became, and the points that its writer got."""

    item_id: str
    points: int


def accept_proposal(
    proposal_id: int,
    *,
    values: Values,
    objective_id: int | None,
    sensitivity: str,
    answer: str,
    by: int,
    now: datetime,
) -> Accepted:
    """Put a proposed item into its quiz, as the officer corrected it, and credit whoever wrote it, once.

    Args:
        values: The fields of ``drafting.FIELDS``.
        sensitivity: H, M or L: how soon its facts are to be looked at again.
        answer: A word to the writer; may be "".

    Raises:
        NotFound: No such proposal.
        Conflict: It has been decided.
        Invalid: One's own, or a field does not fit; ``field`` says which.
    """
    with transaction() as session:
        proposal = take_waiting(session, proposal_id, by=by)
        objective = _objective(session, proposal, objective_id)
        answer = check_answer(answer, needed=False)
        item = _sound(proposal_id, values, objective, sensitivity, now)
        make_item(session, proposal, item, objective.id, now=now)
        decide(session, proposal, state="accepted", answer=answer, item_id=item.id, by=by, now=now)
        points = _credit(session, proposal, now)
        _tell(session, proposal, item.stem, points, now)
        detail = {"item": item.id, "points": points}
        record(
            session, actor_id=by, action="proposal.accept", subject_kind="proposal", subject_id=proposal_id, now=now,
            detail=detail,
        )  # fmt: skip
        return Accepted(item.id, points)


def _objective(session: Session, proposal: Proposal, objective_id: int | None) -> Objective:
    found = [one for one in objectives_of(session, proposal.quiz_id) if one.id == objective_id]
    if not found:
        raise Invalid("proposal_objective", field="objective")
    return found[0]


def _sound(proposal_id: int, values: Values, objective: Objective, sensitivity: str, now: datetime) -> ItemFile:
    if sensitivity not in SENSITIVITIES:
        raise Invalid("proposal_sensitivity", field="sensitivity")
    draft = check_draft(
        values,
        today=local_date(now),
        item_id=f"dx-{proposal_id}",
        objective=objective.name,
        sensitivity=sensitivity,
    )
    if draft.item is None:
        raise draft.faults[0]
    return draft.item


def _credit(session: Session, proposal: Proposal, now: datetime) -> int:
    cycle = ensure_cycle(session, now)
    who = whom(session, proposal.person_id, cycle)
    source = f"proposal:{proposal.id}"
    return post_credit(session, cycle, who, PROPOSAL_POINTS, quiz_id=proposal.quiz_id, source=source, now=now)


def _tell(session: Session, proposal: Proposal, stem: str, points: int, now: datetime) -> None:
    body = {"stem": stem, "state": proposal.state, "answer": proposal.answer, "points": points}
    queue(session, proposal.person_id, "proposal", body, key=f"proposal:{proposal.id}", now=now)


def decline_proposal(proposal_id: int, *, answer: str, by: int, now: datetime) -> None:
    """Say no, with a reason that the writer reads.

    Raises:
        NotFound: No such proposal.
        Conflict: It has been decided.
        Invalid: One's own, or no reason.
    """
    with transaction() as session:
        proposal = take_waiting(session, proposal_id, by=by)
        answer = check_answer(answer)
        decide(session, proposal, state="declined", answer=answer, item_id=None, by=by, now=now)
        _tell(session, proposal, proposal.body["stem"], 0, now)
        record(
            session, actor_id=by, action="proposal.decline", subject_kind="proposal", subject_id=proposal_id, now=now,
            reason=answer,
        )  # fmt: skip
