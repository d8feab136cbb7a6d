"""A month that people learned in and that has closed, made with the real services. Call inside a context."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.awards.models import Nomination
from app.awards.service import decide, ensure_cycle, load_rules
from app.closing.service import close_due_cycles
from app.config import ROOT
from app.core.db import db, transaction
from app.people.service import record_consent
from app.standings.service import post_pass, post_points, whom
from tests.factories import make_ward

OCTOBER = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)  # a Monday morning
CLOSED = datetime(2026, 10, 31, 17, 2, tzinfo=UTC)  # 00:02 on 1 November in Uông Bí
LATER = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
RULES = ROOT / "badges" / "awards"

RULE = """
slug = "{slug}"
title = "{title}"
subject = "person"
measures = ["weeks", "points"]
least = {{ passes = 1 }}
most = 6
reason = "{{weeks}} tuần, {{points}} điểm."
art = {{ kind = "than", palette = "than", glyph = "lua" }}
position = 3
"""


def write_rule(folder: Path, slug: str, title: str) -> None:
    (folder / f"{slug}.toml").write_text(RULE.format(slug=slug, title=title), encoding="utf-8")


def open_month(rules: Path = RULES, *, khu: dict[str, int] | None = None) -> dict[str, int]:
    """A ward in October 2026, its rules written down; returns slug → id of its groups."""
    ids = make_ward(khu=khu)
    begin_month(rules)
    return ids


def begin_month(rules: Path = RULES) -> None:
    """Open October in a ward that is there."""
    load_rules(rules)
    with transaction() as session:
        ensure_cycle(session, OCTOBER)


def learn(person_id: int, *, days: int = 12, passes: int = 3, points: int = 10) -> None:
    """Days of learning from Monday 5 October on, three a week; a pass on each of the first ones."""
    moments = [OCTOBER + timedelta(days=7 * (i // 3) + i % 3) for i in range(days)]
    with transaction() as session:
        cycle = ensure_cycle(session, OCTOBER)
        who = whom(session, person_id, cycle)
        for i, at in enumerate(moments):
            worth, source = (points if i == 0 else 0), f"{person_id}:{i}"
            post_points(session, cycle, who, worth, quiz_id=None, source=f"points:{source}", now=at)  # type: ignore[arg-type]
            if i < passes:
                post_pass(
                    session,
                    cycle,
                    who,
                    quiz_id=None,  # type: ignore[arg-type]
                    how="independent",
                    source=f"pass:{source}",
                    now=at,
                )


def close() -> None:
    """Freeze October."""
    assert [cycle.period for cycle in close_due_cycles(CLOSED)] == ["2026-10"]


def consent(person_id: int, choice: str, *, giver: str = "self", at: datetime = OCTOBER) -> None:
    with transaction() as session:
        record_consent(session, person_id, purpose="name", choice=choice, giver=giver, recorded_by=None, now=at)


def proposal(*, person_id: int | None = None, group_id: int | None = None, award: str = "") -> Nomination:
    """The row that proposes a person or a group."""
    query = select(Nomination)
    if person_id is not None:
        query = query.where(Nomination.person_id == person_id)
    if group_id is not None:
        query = query.where(Nomination.group_id == group_id)
    if award:
        query = query.where(Nomination.award == award)
    db.session.rollback()
    return db.session.scalars(query).one()


def approve(nomination_id: int, by: int, *, seen: str = "undecided", now: datetime = LATER) -> None:
    decide(
        "2026-10",
        nomination_id,
        decision="approve",
        note="",
        waiver="",
        seen=seen,
        by=by,
        by_home=None,
        now=now,
    )
