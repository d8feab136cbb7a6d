"""What officers read while they decide: each month's progress, each proposal with its flags and evidence."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.audit.queries import entries
from app.awards.domain import Rule, name_state, others_may_decide, seen_as
from app.awards.models import Nomination
from app.awards.queries import Candidate, candidates, latest_publication, officer_homes, rules_of
from app.cycles.models import Cycle
from app.cycles.queries import all_cycles
from app.groups.queries import home_khu
from app.people.directory import names_of
from app.people.models import Consent
from app.standings.queries import Standing, Table, frozen_table

DECIDABLE = ("frozen", "review", "returned")


@dataclass(frozen=True)
class Month:
    """A cycle with how many of its proposals are decided."""

    cycle: Cycle
    total: int
    decided: int


@dataclass(frozen=True)
class Answer:
    """The last answer of one giver on the public name."""

    choice: str
    given_at: datetime


@dataclass(frozen=True)
class Row:
    """One proposal as this officer sees it.

    Attributes:
        seen: What a form sends back, so that a decision on an older state is noticed.
        name_state: full | given | refused | not_asked | guardian_not_asked; "" for groups.
        own: "" | self | group: whether it is the officer's own matter.
        others: Whether another officer may decide it.
    """

    candidate: Candidate
    seen: str
    name_state: str
    answer: Answer | None
    guardian: Answer | None
    own: str
    others: bool

    @property
    def id(self) -> int:
        return self.candidate.id

    @property
    def mine_to_decide(self) -> bool:
        return not self.own or not self.others


@dataclass(frozen=True)
class Review:
    """A cycle's proposals in the order of its rules."""

    cycle: Cycle
    rules: tuple[Rule, ...]
    rows: tuple[Row, ...]
    version: int
    number: str

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def decided(self) -> int:
        return sum(1 for row in self.rows if row.candidate.decision != "undecided")

    @property
    def left(self) -> int:
        return self.total - self.decided

    @property
    def decidable(self) -> bool:
        return self.cycle.state in DECIDABLE

    def of(self, award: str) -> list[Row]:
        return [row for row in self.rows if row.candidate.award == award]

    def left_of(self, award: str) -> int:
        return sum(1 for row in self.of(award) if row.candidate.decision == "undecided")

    def row(self, nomination_id: int) -> Row | None:
        return next((row for row in self.rows if row.id == nomination_id), None)


@dataclass(frozen=True)
class Evidence:
    """More about one proposal: the group's row of the frozen sheet, and every decision so far."""

    table: Table | None
    standing: Standing | None
    trail: list[AuditEntry]
    names: dict[int, str]


def months(session: Session) -> list[Month]:
    """Every cycle, the newest first, with its progress."""
    query = select(Nomination.cycle_id, func.count(), func.count().filter(Nomination.decision != "undecided")).group_by(
        Nomination.cycle_id
    )
    counts = {cycle: (total, decided) for cycle, total, decided in session.execute(query)}
    return [Month(cycle, *counts.get(cycle.id, (0, 0))) for cycle in all_cycles(session)]


def review(session: Session, cycle: Cycle, *, by: int, by_home: int | None) -> Review:
    """A cycle's proposals as one officer sees them."""
    found = candidates(session, cycle)
    answers = _answers(session, {c.person_id for c in found if c.person_id is not None})
    khu = home_khu(session, by_home)
    officers = officer_homes(session)
    rows = [_row(c, answers, by, khu.id if khu else None, officers) for c in found]
    publication = latest_publication(session, cycle.id)
    return Review(
        cycle,
        tuple(rules_of(session, cycle.id)),
        tuple(rows),
        publication.version if publication else 0,
        publication.number if publication else "",
    )


Answers = dict[tuple[int, str], Answer]


def _answers(session: Session, people: set[int]) -> Answers:
    """The answer in force of each person and giver on the public name."""
    query = (
        select(Consent)
        .where(Consent.person_id.in_(people), Consent.purpose == "name")
        .order_by(Consent.given_at, Consent.id)
    )
    return {(c.person_id, c.giver): Answer(c.choice, c.given_at) for c in session.scalars(query)}


def _row(
    found: Candidate,
    answers: Answers,
    by: int,
    khu: int | None,
    officers: list[tuple[int, int | None]],
) -> Row:
    person = found.person_id or 0
    own, guardian = answers.get((person, "self")), answers.get((person, "guardian"))
    theirs = "self" if person == by else "group" if khu is not None and found.group_id == khu else ""
    return Row(
        candidate=found,
        seen=seen_as(found.decision, found.decided_at),
        name_state=name_state(found.adult, own.choice if own else None, guardian.choice if guardian else None)
        if found.person_id is not None
        else "",
        answer=own,
        guardian=guardian,
        own=theirs,
        others=others_may_decide(officers, by, found.group_id, found.person_id),
    )


def evidence(session: Session, cycle: Cycle, row: Row) -> Evidence:
    """What stands behind one proposal."""
    table = frozen_table(session, cycle) if row.candidate.subject == "group" else None
    trail = entries(session, subject=("nomination", str(row.id))).entries
    actors = {entry.actor_id for entry in trail if entry.actor_id is not None}
    return Evidence(table, table.row_of(row.candidate.group_id) if table else None, trail, names_of(session, actors))
