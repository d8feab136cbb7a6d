"""Bringing in a list: good rows go in, the rest is reported; a second time changes nothing."""

from collections.abc import Iterator
from collections.abc import Mapping as Choices
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.audit.service import record
from app.core.calendar import local_date
from app.core.db import reading, transaction
from app.core.errors import Invalid
from app.core.text import slugify
from app.groups.models import Ward
from app.groups.queries import get_ward
from app.people.bulk.collectives import GroupPlan, plan_groups, write_groups
from app.people.bulk.columns import Mapping, check_mapping, guess, labels, records
from app.people.bulk.group_rows import GroupRow, read_group
from app.people.bulk.limits import PLAIN, Limits
from app.people.bulk.models import HeadingChoice
from app.people.bulk.person_rows import Row, RowError, read_person
from app.people.bulk.planning import Plan, plan_people
from app.people.bulk.report import Change, Report
from app.people.bulk.table import Table, kept, read_table
from app.people.bulk.writing import add_people, change_person
from app.people.models import Person

AT_ONCE = 4000  # rows written in one transaction: under two seconds in which others wait to write
SHOWN = 20
ACTIONS = {"people": "people.import", "groups": "groups.import", "branches": "branches.import"}


def try_out(*, kind: str, table: Table, mapping: Mapping, now: datetime, limits: Limits = PLAIN) -> Report:
    """What a list would bring. Nothing is written.

    Raises:
        Invalid: The mapping cannot be used, or there are too many rows.
    """
    session = reading()
    return _Run(session, kind, table, mapping, limits, now).report()


def bring_in(
    *, kind: str, table: Table, mapping: Mapping, by: int, now: datetime, most: int = AT_ONCE, limits: Limits = PLAIN
) -> Iterator[Report]:
    """Bring in the good rows of a list, up to ``most`` in one transaction; what is yielded is committed.

    Whoever stops listening may call again: it goes on where this ended. The list is read against the
    database before others are kept from writing, and once more only where somebody wrote meanwhile.
    Whoever comes in belongs to the khu phố of the list at once (an officer vouches for it), has
    not been asked for any consent, and has no card yet. What was chosen for the headings is remembered.

    Yields:
        What was written so far; ``left`` says how many rows still wait.

    Raises:
        Invalid: The mapping cannot be used, or there are too many rows.
    """
    run, new, changed, left = _Run(reading(), kind, table, mapping, limits, now), 0, 0, 1
    while left:
        with transaction() as session:
            session.get(Ward, 1, with_for_update=True)  # the same list twice at once: one after the other
            if kind != "people" or run.stamp != _stamp(session):
                run = _Run(session, kind, table, mapping, limits, now)
            report = run.write(session, by, most)
            remember(session, kind, table, mapping, by=by, now=now)
            _note(session, kind, report, table, by=by, now=now)
            run.stamp = _stamp(session)
        new, changed, left = new + report.new, changed + report.changed, report.left
        yield replace(report, new=new, changed=changed)


def import_file(
    *, kind: str, data: bytes, by: int, now: datetime, dry_run: bool, limits: Limits = PLAIN, group: str = ""
) -> Report:
    """A file as a whole, read as its headings suggest, in as many transactions as it takes.

    Args:
        group: The khu phố of rows that name none.

    Raises:
        Invalid: The file as a whole cannot be read, or a column that is needed is missing.
    """
    table = read_table(data, limits)
    mapping = guess(table, kind, remembered(reading(), kind))
    if group:
        mapping = replace(mapping, given=(("khu", group),))
    if dry_run:
        return try_out(kind=kind, table=table, mapping=mapping, now=now, limits=limits)
    *_, last = bring_in(kind=kind, table=table, mapping=mapping, by=by, now=now, limits=limits)
    return last


def _stamp(session: Session) -> tuple[int | None, int | None]:
    """Changes when anyone comes in, or an officer changes anything: a plan made before is then made anew."""
    people, trail = session.scalar(select(func.max(Person.id))), session.scalar(select(func.max(AuditEntry.id)))
    return people, trail


class _Run:
    """One reading of a list against the database of this moment."""

    def __init__(
        self, session: Session, kind: str, table: Table, mapping: Mapping, limits: Limits, now: datetime
    ) -> None:
        self.kind, self.now, self.stamp, self.done = kind, now, _stamp(session), (0, 0)
        found = records(table, check_mapping(mapping, table, kind))
        if len(found) > limits.rows:
            raise Invalid("file_rows", field="file", most=limits.rows)
        self.size, self.errors = len(found), list[RowError]()
        today, ward = local_date(now), get_ward(session)
        self.plan: Plan | GroupPlan
        if kind == "people":
            age = ward.adult_age if ward else 16
            people = [read_person(line, cells, today, age) for line, cells in found]
            self.plan = plan_people(session, [row for row in people if isinstance(row, Row)])
            self._keep_errors(people)
        else:
            groups = [read_group(line, cells, today, branches=kind == "branches") for line, cells in found]
            self.plan = plan_groups(session, [row for row in groups if isinstance(row, GroupRow)], now)
            self._keep_errors(groups)

    def _keep_errors(self, rows: list[Row | list[RowError]] | list[GroupRow | list[RowError]]) -> None:
        for row in rows:
            if isinstance(row, list):
                self.errors += row
        self.errors += self.plan.errors

    def report(self) -> Report:
        plan, changes, added = self.plan, [], []
        for row, _, values in plan.changed:
            told = row.row if hasattr(row, "row") else row
            changes.append(Change(told.line, told.name, tuple(values)))
        for one in plan.new[:SHOWN]:
            told = one.row if hasattr(one, "row") else one
            added.append((told.line, told.name))
        errors = tuple(sorted(self.errors, key=lambda error: error.line))
        return Report(
            self.size, len(plan.new), len(plan.changed), plan.same, errors, tuple(changes), added=tuple(added)
        )

    def write(self, session: Session, by: int, most: int) -> Report:
        """Write the next rows: what is new first, then what changes."""
        whole = self.report()
        if isinstance(self.plan, GroupPlan):
            refused = write_groups(session, self.plan, by=by, now=self.now)
            self.errors += refused
            return replace(self.report(), changed=whole.changed - len(refused))
        some, more = self.done
        new = self.plan.new[some : some + most]
        changed = self.plan.changed[more : more + most - len(new)]
        add_people(session, new, by=by, now=self.now)
        for _, known, values in changed:
            change_person(session, known, values, by=by, now=self.now)
        self.done = (some + len(new), more + len(changed))
        left = whole.new + whole.changed - sum(self.done)
        return replace(whole, new=len(new), changed=len(changed), left=left)


def _note(session: Session, kind: str, report: Report, table: Table, *, by: int, now: datetime) -> None:
    counts = {"new": report.new, "changed": report.changed, "same": report.same, "broken": report.broken}
    file = sha256(kept(table)).hexdigest()[:16]
    record(session, actor_id=by, action=ACTIONS[kind], subject_kind="list", subject_id=file, now=now, detail=counts)


def remembered(session: Session, kind: str) -> dict[str, str]:
    """What officers of this ward chose for headings before: heading → field."""
    query = select(HeadingChoice.heading, HeadingChoice.field).where(HeadingChoice.kind == kind)
    return dict(session.execute(query).all())


def remember(session: Session, kind: str, table: Table, mapping: Mapping, *, by: int, now: datetime) -> None:
    """Step: keep the choices that the headings alone would not have led to."""
    before: Choices[str, str] = remembered(session, kind)
    usual = guess(table, kind).columns if mapping.header else ()
    for place, label in enumerate(labels(table, mapping.header)):
        heading = slugify(label)
        field = mapping.columns[place] if place < len(mapping.columns) else ""
        expected = before.get(heading, usual[place] if place < len(usual) else "")
        if heading and field != expected:
            session.merge(HeadingChoice(kind=kind, heading=heading, field=field, chosen_at=now, chosen_by=by))
    session.flush()
