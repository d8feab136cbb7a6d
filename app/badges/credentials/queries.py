"""Reading signed badges: what is printed, what is served, and whether it still holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from app.badges.credentials.domain import masked
from app.badges.credentials.models import Credential, Issuer
from app.badges.credentials.openbadges import Certified, way
from app.badges.models import Achievement, Badge, GroupBadge
from app.config import Settings
from app.core.errors import Conflict, NotFound
from app.core.sealing import unseal
from app.core.security import digest
from app.groups.queries import get_ward
from app.people.doubles.queries import final_ids
from app.people.models import Person
from app.people.queries import public_names
from app.quizzes.models import Skill, Topic

TOKEN_SEAL, HOLDER_SEAL = "credential-token", "credential-holder"
VERIFY = "/giay/"
DEMO = "https://hocso.example"  # an address that is nobody's


@dataclass(frozen=True)
class Paper:
    """What a print of a badge carries.

    Attributes:
        code: The short one, for typing.
        url: The page that the QR opens.
    """

    credential_id: int
    code: str
    url: str
    issued_at: datetime


@dataclass(frozen=True)
class State:
    """Whether a signed badge holds: valid | revoked | superseded | withdrawn, and since when it does not."""

    name: str
    since: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.name == "valid"


@dataclass(frozen=True)
class Shown:
    """A signed badge as pages show it.

    Attributes:
        awarded_at: When it was reached; ``issued_at``: when this document was signed.
        how: What had to be done for it, where it is no skill's.
        unit: Who issued it.
    """

    id: int
    person_id: int
    serial: str
    code: str
    slug: str
    title: str
    sentence: str
    kind: str
    ring: int
    is_skill: bool
    how: str
    awarded_at: datetime
    issued_at: datetime
    state: State
    name_hidden: bool
    body: str
    unit: str


@dataclass(frozen=True)
class Named:
    """What a page may say about whose it is: ``how`` is shown | masked | hidden."""

    how: str
    name: str


def verify_url(base: str, token: str) -> str:
    """The page behind a QR."""
    return f"{base}{VERIFY}{token}"


def base_of(session: Session) -> str | None:
    """The address that badges are issued under; ``None`` before the first one."""
    return session.scalar(select(Issuer.base_url))


def address_for(session: Session, settings: Settings) -> str:
    """The address that badges would be issued under now.

    Raises:
        Conflict: There is none with https, and this is no demo.
    """
    if settings.secure:
        return settings.base_url
    ward = get_ward(session)
    if ward is not None and ward.demo:
        return DEMO
    raise Conflict("credential_https")


def live_id(session: Session, badge_id: int) -> int | None:
    """The credential of a badge that holds, if there is one."""
    return session.scalar(select(Credential.id).where(Credential.badge_id == badge_id, Credential.ended_at.is_(None)))


def paper_of(session: Session, badge_id: int) -> Paper | None:
    """The live credential of a badge as it is printed; ``None`` where there is none."""
    live = live_id(session, badge_id)
    return paper_for(session, live) if live else None


def paper_for(session: Session, credential_id: int) -> Paper | None:
    """What a print of one credential carries; ``None`` once its owner is erased."""
    row = session.get(Credential, credential_id)
    if row is None or row.token_sealed is None:
        return None
    token = unseal(row.token_sealed, purpose=TOKEN_SEAL, owner=row.id)
    return Paper(row.id, row.code, verify_url(base_of(session) or "", token), row.issued_at)


def holder_code(session: Session, credential_id: int) -> str | None:
    """The random code that the signed identifier is a hash of: for its owner alone."""
    row = session.get(Credential, credential_id)
    if row is None or row.holder_sealed is None:
        return None
    return unseal(row.holder_sealed, purpose=HOLDER_SEAL, owner=row.id)


def state_of(session: Session, credential_id: int) -> State:
    """Whether it holds now.

    Raises:
        NotFound: No such credential.
    """
    row = session.get(Credential, credential_id)
    if row is None:
        raise NotFound
    return State(row.ended_how or "valid", row.ended_at)


def _all() -> Select[Credential, Badge, Achievement]:
    return (
        select(Credential, Badge, Achievement)
        .join(Badge, Badge.id == Credential.badge_id)
        .join(Achievement, Achievement.slug == Badge.achievement_slug)
    )


def _shown(session: Session, query: Select[Credential, Badge, Achievement]) -> Shown | None:
    row = session.execute(query).first()
    if row is None:
        return None
    signed, badge, achievement = row
    ward = get_ward(session)
    return Shown(
        id=signed.id,
        person_id=badge.person_id,
        serial=signed.serial,
        code=signed.code,
        slug=achievement.slug,
        title=achievement.title,
        sentence=achievement.sentence,
        kind=achievement.kind,
        ring=achievement.ring,
        is_skill=achievement.skill_slug is not None,
        how=way(achievement.criterion),
        awarded_at=badge.issued_at,
        issued_at=signed.issued_at,
        state=State(signed.ended_how or "valid", signed.ended_at),
        name_hidden=signed.name_hidden,
        body=signed.body,
        unit=ward.unit if ward else "",
    )


def by_id(session: Session, credential_id: int) -> Shown | None:
    return _shown(session, _all().where(Credential.id == credential_id))


def by_serial(session: Session, serial: str) -> Shown | None:
    return _shown(session, _all().where(Credential.serial == serial))


def by_token(session: Session, token: str) -> Shown | None:
    return _shown(session, _all().where(Credential.token_hash == digest(token)))


def by_code(session: Session, code: str) -> Shown | None:
    return _shown(session, _all().where(Credential.code == code))


def live_of(session: Session, person_id: int, slug: str) -> Shown | None:
    """Someone's own credential that holds, for one achievement."""
    own = (Badge.person_id == person_id, Badge.achievement_slug == slug, Credential.ended_at.is_(None))
    return _shown(session, _all().where(*own))


def naming(session: Session, shown: Shown) -> Named:
    """What the page behind a QR may say: the name where its owner agreed, initials else, nothing where they hid it."""
    if shown.name_hidden or shown.state.name == "withdrawn":
        return Named("hidden", "")
    allowed = public_names(session, [shown.person_id])[shown.person_id]
    if allowed is not None:
        return Named("shown", allowed)
    final = final_ids(session, [shown.person_id]).get(shown.person_id, shown.person_id)
    return Named("masked", masked(session.scalar(select(Person.name).where(Person.id == final)) or ""))


def ended_places(session: Session, list_no: int) -> tuple[list[int], datetime | None]:
    """The places of one status list that are set, in order, and when the last was."""
    rows = session.execute(
        select(Credential.list_index, Credential.ended_at)
        .where(Credential.list_no == list_no, Credential.ended_at.is_not(None))
        .order_by(Credential.list_index)
    ).all()
    return [index for index, _ in rows], max((at for _, at in rows if at is not None), default=None)


def issuer_since(session: Session) -> datetime | None:
    """When the first badge was issued."""
    return session.scalar(select(Issuer.frozen_at))


def list_exists(session: Session, list_no: int) -> bool:
    return session.scalar(select(Credential.id).where(Credential.list_no == list_no).limit(1)) is not None


def certified(session: Session, slug: str) -> Certified:
    """What an achievement certifies, as documents say it.

    Raises:
        NotFound: There is none with that slug.
    """
    query = (
        select(Achievement, Topic.digcomp_area)
        .outerjoin(Skill, Skill.slug == Achievement.skill_slug)
        .outerjoin(Topic, Topic.slug == Skill.topic_slug)
        .where(Achievement.slug == slug)
    )
    row = session.execute(query).first()
    if row is None:
        raise NotFound
    one, area = row
    area = one.area or area
    return Certified(one.slug, one.title, one.sentence, one.ring, one.criterion, one.skill_slug is not None, area)


def holders(session: Session) -> list[tuple[Achievement, str | None, int]]:
    """Every achievement in catalogue order, its topic, and how many people (or khu phố) hold it."""
    people = select(Badge.achievement_slug.label("slug"), Badge.id).where(Badge.revoked_at.is_(None))
    groups = select(GroupBadge.achievement_slug, GroupBadge.id)
    both = union_all(people, groups).subquery()
    count = select(both.c.slug, func.count().label("held")).group_by(both.c.slug).subquery()
    query = (
        select(Achievement, Skill.topic_slug, func.coalesce(count.c.held, 0))
        .outerjoin(Skill, Skill.slug == Achievement.skill_slug)
        .outerjoin(count, count.c.slug == Achievement.slug)
        .order_by(Achievement.position, Achievement.slug)
    )
    return [(one, topic, held) for one, topic, held in session.execute(query)]


def badges_to_show(session: Session, number: int) -> list[int]:
    """Badges for a sample, of as many kinds as there are: ids, one of each achievement first."""
    place = func.row_number().over(partition_by=Badge.achievement_slug, order_by=Badge.id)
    held = (
        select(Badge.id, place.label("place"))
        .join(Person, Person.id == Badge.person_id)
        .where(Badge.revoked_at.is_(None), Person.closed_at.is_(None))
        .subquery()
    )
    return list(session.scalars(select(held.c.id).order_by(held.c.place, held.c.id).limit(number)))
