"""The first steps of an installation: the ward, its khu phố, its first officer, and the content's files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.awards.service import load_rules
from app.badges.service import load_catalogue
from app.core import security
from app.core.calendar import local_date
from app.core.db import transaction
from app.core.errors import Invalid
from app.core.text import clean
from app.groups.domain import parse_khu_pho, slug_of
from app.groups.models import Group
from app.groups.service import create_ward
from app.outreach.practice.service import load_practices
from app.people.domain import IssuedCard, check_password
from app.people.service import add_person, confirm_membership, grant_role, issue_card, store_secret
from app.quizzes.service import load_bank


@dataclass(frozen=True)
class FirstOfficer:
    """Who may enter first: the card is shown this once."""

    person_id: int
    card: IssuedCard


def load_content(root: Path, now: datetime) -> None:
    """Bring questions, checklists, achievements and award rules up to the files; faulty ones stay as they last were."""
    load_bank(root / "quizzes", now=now)
    load_practices(root / "quizzes", now=now)
    load_catalogue(root / "badges")
    load_rules(root / "badges" / "awards")


def set_up(
    *,
    unit: str,
    ward: str,
    groups: str,
    source: str,
    name: str,
    address: str,
    home: str,
    password: str,
    root: Path,
    now: datetime,
) -> FirstOfficer:
    """Make the ward and its first officer; content is loaded first, so that a second try finds it there.

    Args:
        groups: One khu phố a line, ``Khu phố 5; 1.050`` or the name alone.
        source: Where the population figures come from, if there are any.
        home: The first officer's khu phố, as one of ``groups`` spells it.
        root: The project's folder, with ``quizzes`` and ``badges``.

    Raises:
        Conflict: The ward is there already.
        Invalid: A value does not fit; ``field`` says which.
    """
    lines = [(line.name, line.adults) for line in parse_khu_pho(groups)]
    if not clean(source) and any(adults is not None for _, adults in lines):
        raise Invalid("source_missing", field="source")
    hashed = security.hash_secret(check_password(password))
    load_content(root, now)
    with transaction() as session:
        ward_id = create_ward(
            session, unit=unit, ward=ward, groups=lines, as_of=local_date(now), source=source, now=now
        )
        return _first_officer(session, name, address, _find_khu(session, home), hashed, ward_id, now)


def _find_khu(session: Session, home: str) -> int:
    slug = slug_of("khu_pho", clean(home))
    found = session.scalar(select(Group.id).where(Group.kind == "khu_pho", Group.slug == slug))
    if found is None:
        raise Invalid("home_not_listed", field="home")
    return found


def _first_officer(
    session: Session, name: str, address: str, home_id: int, hashed: str, ward_id: int, now: datetime
) -> FirstOfficer:
    person_id = add_person(session, name=name, address=address, adult="yes", group_id=home_id, now=now)
    confirm_membership(session, person_id, by=None, now=now)
    grant_role(session, person_id, "officer", ward_id, granted_by=None, now=now)
    store_secret(session, person_id, "password", hashed, now=now)
    card = issue_card(session, person_id, now=now)
    record(session, actor_id=None, action="ward.set_up", subject_kind="person", subject_id=person_id, now=now)
    return FirstOfficer(person_id, card)
