"""Officers skip a week, or call an open contest off, with a reason that everyone can read; a week can be taken back."""

from datetime import datetime

from sqlalchemy import select

from app.audit.service import record
from app.contests.domain import check_reason
from app.contests.models import Contest
from app.core.db import transaction
from app.core.errors import Conflict, NotFound
from app.quizzes.reserving import release


def skip(*, period: str, reason: str, by: int, now: datetime) -> None:
    """Skip a week that has not closed. What was answered in an open one stays, and counts nowhere.

    Raises:
        NotFound: No such contest.
        Invalid: The reason is missing or too long.
        Conflict: It has closed already, or was skipped before.
    """
    reason = check_reason(reason)
    with transaction() as session:
        contest = session.scalar(select(Contest).where(Contest.period == period).with_for_update())
        if contest is None:
            raise NotFound
        if contest.state not in ("draft", "open") or now >= contest.closes_at:
            raise Conflict("contest_closed")
        release(session, [one["item"] for one in contest.draw or ()])
        contest.state, contest.reason, contest.cancelled_by = "cancelled", reason, by
        record(
            session, actor_id=by, action="contest.skip", subject_kind="contest", subject_id=period, now=now,
            reason=reason,
        )  # fmt: skip


def take_back(*, period: str, by: int, now: datetime) -> None:
    """Undo a skip, as long as the week has not ended. One that was open begins anew where it had no questions yet.

    Raises:
        NotFound: No such contest.
        Conflict: It was not skipped, its end has passed, or it was called off while people answered.
    """
    with transaction() as session:
        contest = session.scalar(select(Contest).where(Contest.period == period).with_for_update())
        if contest is None:
            raise NotFound
        if contest.state != "cancelled" or now >= contest.closes_at or contest.draw is not None:
            raise Conflict("contest_not_skipped")
        contest.state, contest.reason, contest.cancelled_by = "draft", "", None
        record(session, actor_id=by, action="contest.restore", subject_kind="contest", subject_id=period, now=now)
