"""Answering reports about an item: the reports, the notices and the trail, all or nothing."""

from datetime import datetime

from app.audit.service import record
from app.core.db import transaction
from app.notices.service import queue
from app.quizzes.queries import get_item
from app.quizzes.reports import close_open


def answer_reports(item_id: str, *, state: str, answer: str, seen: int, by: int, now: datetime) -> int:
    """Answer an item's open reports; everyone who reported it under their name is told, once.

    Args:
        state: fixed | kept.
        answer: One short answer for all of them.
        seen: The newest report's id on the officer's screen; later ones stay open.

    Returns:
        How many were answered.

    Raises:
        Invalid: No answer, or no decision.
        Conflict: None is open any more.
    """
    with transaction() as session:
        closed = close_open(session, item_id, state=state, answer=answer, seen=seen, by=by, now=now)
        told: set[int] = set()
        for report in closed:
            if report.person_id is None or report.person_id in told:
                continue
            told.add(report.person_id)
            stem = get_item(session, report.revision_id).stem
            body = {"item": item_id, "stem": stem, "state": state, "answer": report.answer}
            queue(session, report.person_id, "report", body, key=f"report:{report.id}", now=now)
        record(
            session, actor_id=by, action=f"report.{state}", subject_kind="item", subject_id=item_id, now=now,
            reason=closed[0].answer, detail={"reports": len(closed)},
        )  # fmt: skip
        return len(closed)
