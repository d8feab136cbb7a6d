"""Rules, proposals, decisions and publication of a cycle's awards."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.awards.domain import (
    GroupFigures,
    PersonFigures,
    Proposal,
    Rule,
    check_decision,
    merit,
    others_may_decide,
    propose,
    publish_words,
    reason,
    seen_as,
)  # fmt: skip
from app.awards.models import Award, AwardRule, CycleRule, Nomination, Publication
from app.awards.parser import RuleFault, read_rules
from app.awards.queries import latest_publication, nominations, officer_homes, rules_of, undecided
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import clean
from app.cycles.models import Cycle
from app.cycles.service import move
from app.groups.queries import home_khu
from app.notices.service import queue
from app.standings.models import FrozenPerson
from app.standings.service import current_cycle


def load_rules(folder: Path) -> list[RuleFault]:
    """Bring the award rules up to the files; open cycles keep the rules that they opened with."""
    found, faults = read_rules(folder)
    with transaction() as session:
        for rule in found:
            body = rule.model_dump(mode="json", exclude={"art"})
            digest = _digest(body)
            row = session.get(AwardRule, rule.slug)
            if row is None:
                session.add(AwardRule(slug=rule.slug, version=1, body=body, digest=digest))
            elif row.digest != digest:
                row.version, row.body, row.digest = row.version + 1, body, digest
    return faults


def _digest(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def ensure_cycle(session: Session, now: datetime) -> Cycle:
    """The month in which something that happens now counts, its award rules written down when it opens."""
    cycle, made = current_cycle(session, now)
    if made:
        snapshot_rules(session, cycle.id)
    return cycle


def snapshot_rules(session: Session, cycle_id: int) -> None:
    """Keep the rules as they are now for a cycle that has none yet."""
    for row in session.scalars(select(AwardRule)):
        values = {"cycle_id": cycle_id, "slug": row.slug, "body": row.body}
        session.execute(insert_for(session)(CycleRule).values(**values).on_conflict_do_nothing())


def nominate(
    session: Session, cycle: Cycle, groups: Sequence[GroupFigures], people: Sequence[PersonFigures]
) -> list[Proposal]:
    """Write down whom the cycle's rules propose; called in the transaction that freezes it."""
    rules = rules_of(session, cycle.id)
    if not rules:
        snapshot_rules(session, cycle.id)
        rules = rules_of(session, cycle.id)
    found = propose(rules, groups, people)
    for proposal in found:
        session.add(
            Nomination(
                cycle_id=cycle.id,
                award=proposal.award,
                subject=proposal.subject,
                person_id=proposal.subject_id if proposal.subject == "person" else None,
                group_id=proposal.subject_id if proposal.subject == "group" else None,
                place=proposal.place,
                evidence=dict(proposal.evidence),
            )
        )
    session.flush()
    return found


def decide(
    period: str,
    nomination_id: int,
    *,
    decision: str,
    note: str,
    waiver: str,
    seen: str,
    by: int,
    by_home: int | None,
    now: datetime,
) -> None:
    """One officer's decision on one proposal.

    Args:
        waiver: Why the officer decides on oneself or one's own khu phố, where nobody else can.
        seen: What the officer's page showed (``domain.seen_as``); another may have been faster.
        by_home: Where the officer lives, khu phố or tổ: deciding on it needs someone else, or a waiver.

    Raises:
        NotFound: No such proposal in that cycle.
        Invalid: No decision or note, the decision is on oneself or one's own group, or the merit is
            used already.
        Conflict: Another officer has decided meanwhile, or the review is over.
    """
    note, waiver = clean(note), clean(waiver)
    check_decision(decision, note)
    with transaction() as session:
        cycle = _in_review(session, period, by=by, now=now)
        row = session.get(Nomination, nomination_id, with_for_update=True)
        if row is None or row.cycle_id != cycle.id:
            raise NotFound
        if (row.decided_by, row.decision, row.note) == (by, decision, note):
            return  # sent twice
        if seen_as(row.decision, row.decided_at) != seen:
            raise Conflict("decision_moved")
        waiver = _guard_own(session, row, by=by, by_home=by_home, waiver=waiver)
        if decision == "approve":
            _guard_merit(session, cycle, row)
        row.decision, row.note, row.waiver, row.decided_by, row.decided_at = decision, note, waiver, by, now
        record(
            session,
            actor_id=by,
            action=f"nomination.{decision}",
            subject_kind="nomination",
            subject_id=row.id,
            now=now,
            reason=note or waiver,
            detail={"period": period},
        )


def _in_review(session: Session, period: str, *, by: int, now: datetime) -> Cycle:
    cycle = _lock(session, period)
    if cycle.state in ("frozen", "returned"):
        move(session, cycle, "review", by=by, now=now)
    if cycle.state != "review":
        raise Conflict("cycle_state")
    return cycle


def _lock(session: Session, period: str) -> Cycle:
    found = session.scalar(select(Cycle).where(Cycle.period == period).with_for_update())
    if found is None:
        raise NotFound
    return found


def _guard_own(session: Session, row: Nomination, *, by: int, by_home: int | None, waiver: str) -> str:
    """Nobody decides on themselves or their own khu phố. Returns the waiver that belongs in the row."""
    khu = home_khu(session, by_home)
    group = row.group_id or row.evidence.get("group_id")
    if row.person_id != by and (khu is None or group != khu.id):
        return ""
    if others_may_decide(officer_homes(session), by, group, row.person_id):
        raise Invalid("own_decision", field="waiver")
    if not waiver:
        raise Invalid("waiver_missing", field="waiver")
    return waiver


def _guard_merit(session: Session, cycle: Cycle, row: Nomination) -> None:
    """One merit, one award: what backs an approved award backs no second one."""
    rules = {rule.slug: rule for rule in rules_of(session, cycle.id)}
    mine = _merit(cycle, rules[row.award], row)
    for other in nominations(session, cycle.id):
        used = other.id != row.id and other.decision == "approve"
        if used and _merit(cycle, rules[other.award], other) == mine:
            raise Invalid("merit_used", field="decision", award=rules[other.award].title)


def _merit(cycle: Cycle, rule: Rule, row: Nomination) -> str:
    return merit(cycle.period, rule, row.subject, row.person_id or row.group_id or 0)


def body_to_publish(session: Session, cycle: Cycle) -> dict[str, Any]:
    """What a publication holds: approved proposals with ids and figures, never names."""
    rules = {rule.slug: rule for rule in rules_of(session, cycle.id)}
    approved = [n for n in nominations(session, cycle.id) if n.decision == "approve"]
    approved.sort(key=lambda n: (rules[n.award].position, n.place, n.id))
    learners = select(func.count()).where(
        FrozenPerson.cycle_id == cycle.id,
        FrozenPerson.run == cycle.run,
        FrozenPerson.passes + FrozenPerson.helped > 0,
    )
    return {
        "period": cycle.period,
        "digest": cycle.digest,
        "learners": session.scalar(learners) or 0,
        "comment_days": 0,
        "signatures": 1,
        "awards": [_published(n, rules[n.award]) for n in approved],
    }


def _published(row: Nomination, rule: Rule) -> dict[str, Any]:
    return {
        "award": rule.slug,
        "title": rule.title,
        "subject": row.subject,
        "subject_id": row.person_id or row.group_id,
        "place": row.place,
        "reason": reason(rule, row.evidence),
        "evidence": row.evidence,
    }


def publish(period: str, *, typed: str, number: str, by: int, now: datetime) -> int:
    """Sign and announce a cycle: one signature, no comment days, as the public page says.

    Returns:
        The version published.

    Raises:
        NotFound: No such cycle.
        Invalid: The month was not typed, or proposals are undecided.
        Conflict: The cycle is not at this step.
    """
    if clean(typed).casefold() not in publish_words(period):
        raise Invalid("publish_word", field="typed", word=publish_words(period)[0])
    with transaction() as session:
        cycle = _lock(session, period)
        if open_ones := undecided(session, cycle.id):
            raise Invalid("undecided", field="undecided", count=open_ones)
        if cycle.state == "frozen":  # nothing was proposed, so nothing had to be decided
            move(session, cycle, "review", by=by, now=now)
        move(session, cycle, "signed", by=by, now=now, reason=clean(number))
        version = _publish(session, cycle, number=clean(number), by=by, now=now)
        move(session, cycle, "announced", by=by, now=now)
        return version


def _publish(session: Session, cycle: Cycle, *, number: str, by: int, now: datetime) -> int:
    body = body_to_publish(session, cycle)
    last = latest_publication(session, cycle.id)
    version = last.version + 1 if last else 1
    session.add(
        Publication(
            cycle_id=cycle.id,
            version=version,
            body=body,
            digest=_digest(body),
            number=number,
            signed_by=by,
            signed_at=now,
            announced_at=now,
        )
    )
    rules = {rule.slug: rule for rule in rules_of(session, cycle.id)}
    for row in nominations(session, cycle.id):
        if row.decision == "approve":
            _grant(session, cycle, row, rules[row.award], now)
    session.flush()
    return version


def _grant(session: Session, cycle: Cycle, row: Nomination, rule: Rule, now: datetime) -> None:
    done = _merit(cycle, rule, row)
    session.add(Award(cycle_id=cycle.id, nomination_id=row.id, level=cycle.kind, merit=done, granted_at=now))
    if row.person_id is not None:
        body = {"period": cycle.period, "title": rule.title}
        queue(
            session,
            row.person_id,
            "award",
            body,
            key=f"award:{cycle.period}:{rule.slug}:{row.person_id}",
            now=now,
        )
