"""Whom certificates can be printed for, and what stands on each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.badges.credentials.models import Credential
from app.badges.credentials.queries import Paper, paper_of
from app.badges.models import Achievement, Badge
from app.badges.papers.domain import MOST, RINGS, Options, day_words, options_of, title_of, told
from app.badges.papers.models import PaperRun
from app.core.calendar import local_date
from app.core.errors import NotFound
from app.core.text import fold
from app.cycles.domain import Bounds
from app.documents.certificate import CertificateData, Sheet, undrawable
from app.groups.models import Group
from app.groups.queries import get_ward, khu_members
from app.people.grants import belongs
from app.people.models import Membership, Person
from app.people.roles import Scope


@dataclass(frozen=True)
class Earned:
    """A badge that someone holds, as the list shows it."""

    id: int
    person_id: int
    name: str
    group: str
    slug: str
    title: str
    ring: int
    issued_at: datetime
    signed: bool


@dataclass(frozen=True)
class Selection:
    """What a choice finds: the first :data:`MOST`, and how many there are."""

    rows: tuple[Earned, ...]
    found: int


@dataclass(frozen=True)
class Progress:
    """How far a printing is: certificates ready, and all of them."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        return self.done >= self.total


def find_earned(
    session: Session, *, group: Group | None, slug: str, during: Bounds | None, text: str, within: Scope
) -> Selection:
    """Badges that are held, by khu phố and given name.

    Args:
        group: Those of its people; ``None`` for the whole ward.
        slug: Of one achievement; "" for all.
        during: Issued in that time; ``None`` for ever.
        text: Words of the name.
    """
    words = [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]
    query = _held(within).where(*_of(session, group), *words)
    if slug:
        query = query.where(Badge.achievement_slug == slug)
    if during is not None:
        query = query.where(Badge.issued_at >= during.starts_at, Badge.issued_at < during.ends_at)
    found = session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    return Selection(_rows(session, query.limit(MOST)), found)


def earned(session: Session, badge_ids: Collection[int], within: Scope) -> tuple[Earned, ...]:
    """These badges, as far as they are held and their people belong there."""
    return _rows(session, _held(within).where(Badge.id.in_(badge_ids)))


def _held(within: Scope) -> Select[Badge, str, str, str, int, str | None, int | None]:
    return (
        select(
            Badge, Person.name, Group.name, Achievement.title, Achievement.ring, Achievement.skill_slug, Credential.id
        )
        .join(Person, Person.id == Badge.person_id)
        .join(Achievement, Achievement.slug == Badge.achievement_slug)
        .outerjoin(Credential, (Credential.badge_id == Badge.id) & Credential.ended_at.is_(None))
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Badge.revoked_at.is_(None), Person.closed_at.is_(None), *belongs(Person.id, within))
        .order_by(Group.sort_key, Person.name_key, Person.id, Achievement.position)
    )


def _of(session: Session, group: Group | None) -> list[ColumnElement[bool]]:
    if group is None or group.kind == "ward":
        return []
    if group.kind == "khu_pho":
        return [Membership.group_id.in_(khu_members(session, group.id))]
    return belongs(Person.id, Scope(group_ids=frozenset((group.id,))))


def _rows(session: Session, query: Select[Badge, str, str, str, int, str | None, int | None]) -> tuple[Earned, ...]:
    return tuple(
        Earned(
            id=badge.id,
            person_id=badge.person_id,
            name=name,
            group=group or "",
            slug=badge.achievement_slug,
            title=title_of(title, skill=skill is not None),
            ring=ring if skill else 0,
            issued_at=badge.issued_at,
            signed=signed is not None,
        )
        for badge, name, group, title, ring, skill, signed in session.execute(query)
    )


def held_badge(session: Session, person_id: int, slug: str) -> Badge:
    """Someone's badge for an achievement.

    Raises:
        NotFound: They do not hold it.
    """
    query = select(Badge).where(
        Badge.person_id == person_id, Badge.achievement_slug == slug, Badge.revoked_at.is_(None)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def certificates_of(session: Session, badge_ids: Sequence[int], art: Path) -> list[CertificateData]:
    """What the certificates of these badges say, in the list's order; those that are not signed are left out.

    Args:
        art: The folder ``badges/``.
    """
    everywhere = Scope(everywhere=True)
    sentences = dict(session.execute(select(Achievement.slug, Achievement.sentence)).all())
    found = ((one, paper_of(session, one.id)) for one in earned(session, badge_ids, everywhere) if one.signed)
    return [_certificate(one, paper, sentences[one.slug], art) for one, paper in found if paper is not None]


def _certificate(one: Earned, paper: Paper, sentence: str, art: Path) -> CertificateData:
    return CertificateData(
        name=one.name,
        group=one.group,
        title=one.title,
        ring=RINGS.get(one.ring, ""),
        sentence=told(sentence),
        art=(art / one.slug / "badge.svg").read_text(encoding="utf-8"),
        day=day_words(local_date(paper.issued_at)),
        code=paper.code,
        url=paper.url,
    )


def sheet_of(session: Session, now: datetime, options: Options | None = None) -> Sheet:
    """What is the same on every certificate of this ward."""
    ward, chosen = get_ward(session), options or Options(False, 0, 0, "pdf")
    return Sheet(
        unit=ward.unit if ward else "",
        place=f"Phường {ward.name}" if ward else "",
        made_at=now,
        layer=chosen.layer,
        x=chosen.x,
        y=chosen.y,
        demo=ward is not None and ward.demo,
    )


def run_of(session: Session, run_id: int) -> PaperRun:
    """One printing.

    Raises:
        NotFound: There is none.
    """
    found = session.get(PaperRun, run_id) if run_id < 2**31 else None
    if found is None:
        raise NotFound
    return found


def recent_runs(session: Session, most: int = 5) -> list[PaperRun]:
    """The newest printings."""
    return list(session.scalars(select(PaperRun).order_by(PaperRun.id.desc()).limit(most)))


def run_options(run: PaperRun) -> Options:
    return options_of(run.options)


def unsigned(session: Session, run: PaperRun) -> list[int]:
    """The badges of a printing that still have to be signed, in order; those no longer held are left out."""
    held = {one.id: one for one in earned(session, run.badge_ids, Scope(everywhere=True))}
    return [one for one in run.badge_ids if one in held and not held[one].signed]


def progress_of(session: Session, run: PaperRun) -> Progress:
    """How far a printing is."""
    return Progress(len(run.badge_ids) - len(unsigned(session, run)), len(run.badge_ids))


def left_out(session: Session, run: PaperRun) -> list[tuple[str, str]]:
    """Names that cannot be printed, with the letters that the fonts do not hold."""
    people = earned(session, run.badge_ids, Scope(everywhere=True))
    found = {one.name: undrawable(one.name + one.group) for one in people}
    return [(name, letters) for name, letters in found.items() if letters]
