"""Use cases of the organiser's desk that no feature below has: each writes one entry of the trail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Invalid
from app.groups import service as groups
from app.groups.queries import group_by_slug
from app.people.directory import get_person
from app.people.domain import IssuedCard
from app.people.roles import Scope
from app.people.service import (
    add_person,
    confirm_membership,
    issue_card,
    record_consent,
)

HOWS = ("spoken", "paper", "phone")  # how an answer of consent reached the one who writes it down


def _note(
    session: Session,
    action: str,
    kind: str,
    subject_id: int,
    by: int,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    record(session, actor_id=by, action=action, subject_kind=kind, subject_id=subject_id, now=now, detail=detail)


def add_group(*, kind: str, name: str, parent_id: int | None, within: Scope, by: int, now: datetime) -> int:
    """Add a khu phố, a tổ or a chi đoàn; returns the id.

    Args:
        parent_id: The khu phố of a tổ; ``None`` for what stands under the ward.
        within: Where the one who adds it may do so.

    Raises:
        Invalid: No usable name, there already, or a place outside ``within``.
    """
    if not within.covers(parent_id):
        raise Invalid("group_parent", field="parent_id")
    with transaction() as session:
        group_id = groups.add_group(session, kind=kind, name=name, parent_id=parent_id, now=now)
        _note(session, "group.add", "group", group_id, by, now, {"kind": kind})
        return group_id


def rename_group(*, slug: str, name: str, by: int, now: datetime) -> None:
    """Give a group another name; its address stays.

    Raises:
        NotFound: No such group.
        Invalid: No usable name, or a neighbour has it.
    """
    with transaction() as session:
        group = group_by_slug(session, slug)
        before = group.name
        groups.rename_group(session, group.id, name)
        _note(session, "group.rename", "group", group.id, by, now, {"before": before, "after": group.name})


def set_population(*, slug: str, adults: int, as_of: date, source: str, by: int, now: datetime) -> None:
    """Enter what the official list of a day says.

    Raises:
        NotFound: No such group.
        Invalid: A negative count, or no source.
    """
    with transaction() as session:
        group = group_by_slug(session, slug)
        groups.set_population(session, group.id, adults=adults, as_of=as_of, source=source)
        detail = {"adults": adults, "as_of": as_of.isoformat()}
        _note(session, "group.population", "group", group.id, by, now, detail)


def set_contact(*, slug: str, name: str, phone: str, by: int, now: datetime) -> None:
    """Say who helps a khu phố.

    Raises:
        NotFound: No such group.
        Invalid: A number that cannot be dialled.
    """
    with transaction() as session:
        group = group_by_slug(session, slug)
        groups.set_contact(session, group.id, name=name, phone=phone)
        _note(session, "group.contact", "group", group.id, by, now)


def add_one_person(
    *,
    name: str,
    address: str,
    adult: str,
    group_id: int,
    branch_id: int | None,
    birth_year: int | None,
    phone: str,
    within: Scope,
    by: int,
    now: datetime,
) -> int:
    """Enter one person from the ward's own papers: confirmed at once, asked for nothing yet.

    Args:
        within: Where the one who enters them may do so.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
    """
    if not within.covers(group_id):
        raise Invalid("group_missing", field="group")
    with transaction() as session:
        person_id = add_person(
            session,
            name=name,
            address=address,
            adult=adult,
            group_id=group_id,
            branch_id=branch_id,
            birth_year=birth_year,
            phone=phone or None,
            now=now,
        )
        confirm_membership(session, person_id, by=by, now=now)
        _note(session, "person.add", "person", person_id, by, now)
        return person_id


def print_card(*, person_id: int, by: int, now: datetime) -> IssuedCard:
    """A new card; the old one ends.

    Raises:
        NotFound: No such person.
    """
    with transaction() as session:
        get_person(session, person_id)
        card = issue_card(session, person_id, now=now)
        _note(session, "card.issue", "person", person_id, by, now)
        return card


def write_down_consent(
    *, person_id: int, purpose: str, choice: str, giver: str, how: str, by: int, now: datetime
) -> None:
    """Write down an answer that someone gave; the one who writes may not answer for themselves.

    Args:
        how: spoken | paper | phone.

    Raises:
        NotFound: No such person.
        Invalid: A word that is no answer; or one's own.
    """
    if by == person_id:
        raise Invalid("consent_own")
    if how not in HOWS:
        raise Invalid("consent_how", field="how")
    with transaction() as session:
        get_person(session, person_id)
        record_consent(
            session, person_id, purpose=purpose, choice=choice, giver=giver, recorded_by=by, how=how, now=now
        )
        detail = {"purpose": purpose, "choice": choice, "giver": giver, "how": how}
        _note(session, "consent.record", "person", person_id, by, now, detail)
