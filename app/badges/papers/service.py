"""Printing certificates: each badge is signed before its paper exists, a few at a time where there are many."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from app.audit.service import record
from app.badges.credentials.service import ensure_credential
from app.badges.papers.domain import MOST, STEP, Options
from app.badges.papers.models import PaperRun
from app.badges.papers.queries import Progress, earned, progress_of, run_of, unsigned
from app.config import Settings
from app.core.db import insert_for, transaction
from app.core.errors import Invalid
from app.people.roles import Scope


def start_run(*, badge_ids: Collection[int], options: Options, key: str, by: int, within: Scope, now: datetime) -> int:
    """Note what shall be printed; returns the printing's id. Nothing is signed yet.

    Args:
        key: The form's own: what is sent twice is one printing.
        within: Where the officer may.

    Raises:
        Invalid: Nobody was chosen, or too many.
    """
    with transaction() as session:
        chosen = [one.id for one in earned(session, badge_ids, within)]
        if not chosen:
            raise Invalid("papers_nobody", field="badge")
        if len(chosen) > MOST:
            raise Invalid("papers_many", field="badge", most=MOST)
        values = {"key": key, "made_by": by, "made_at": now, "badge_ids": chosen, "options": asdict(options)}
        made = insert_for(session)(PaperRun).values(**values).on_conflict_do_nothing().returning(PaperRun.id)
        run_id: int | None = session.scalar(made)
        if run_id is None:
            return session.scalars(select(PaperRun.id).where(PaperRun.key == key)).one()
        detail = {"papers": len(chosen), "layer": options.layer}
        record(
            session, actor_id=by, action="papers.print", subject_kind="paper_run", subject_id=run_id, now=now,
            detail=detail,
        )  # fmt: skip
        return run_id


def go_on(run_id: int, *, now: datetime, settings: Settings) -> Progress:
    """Sign the next few badges of a printing; called again until it is finished, by anyone, any number of times.

    Raises:
        NotFound: No such printing.
        Conflict: There is no address to sign under.
    """
    with transaction() as session:
        run = run_of(session, run_id)
        for badge_id in unsigned(session, run)[:STEP]:
            ensure_credential(session, badge_id, now=now, settings=settings)
        session.flush()
        return progress_of(session, run)
