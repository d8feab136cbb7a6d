"""Taking lists out: the people one may see, the groups, the chi đoàn, in the columns that bringing in understands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.audit.service import record
from app.core.calendar import local_date
from app.core.db import reading, transaction
from app.core.errors import Invalid
from app.core.i18n import N_, say
from app.groups.models import Group
from app.groups.queries import get_ward, populations_at
from app.people.bulk.person_rows import code_of
from app.people.bulk.sheets import as_csv, as_xlsx
from app.people.directory import Wanted
from app.people.models import Membership, Person
from app.people.roles import Scope

Row = Sequence[str | int]
FORMATS = ("xlsx", "csv")
PEOPLE = ("Mã", "Họ tên", "Năm sinh", "Xưng hô", "Khu phố", "Tổ", "Chi đoàn", "Điện thoại", "Tình trạng")
GROUPS = (
    "Mã", "Tên", "Loại", "Thuộc khu phố", "Dân từ {age} tuổi", "Ngày số liệu", "Nguồn số liệu", "Người phụ trách",
    "Điện thoại",
)  # fmt: skip
BRANCHES = ("Mã", "Tên chi đoàn", "Bí thư", "Điện thoại", "Số người")
TITLES = {"people": N_("Người học"), "groups": N_("Khu phố"), "branches": N_("Chi đoàn")}
SLUGS = {"people": "nguoi-hoc", "groups": "khu-pho", "branches": "chi-doan"}
KINDS = {"khu_pho": "khu phố", "to": "tổ"}


@dataclass(frozen=True)
class Exported:
    """A file to hand over: its name, what is in it, how many rows."""

    name: str
    data: bytes
    rows: int


def export_people(*, wanted: Wanted, format: str, by: int | None, now: datetime) -> Exported:
    """The people of a list, all pages of it; the trail says who took how many.

    Raises:
        Invalid: No such format.
    """
    return _export("people", PEOPLE, list(people_rows(reading(), wanted)), format, by, now)


def export_groups(*, kind: str, within: Scope, contacts: bool, format: str, by: int | None, now: datetime) -> Exported:
    """The khu phố and tổ, or the chi đoàn.

    Args:
        kind: groups | branches.
        within: Only these.
        contacts: With the names and numbers of those who look after them.

    Raises:
        Invalid: No such format.
    """
    session = reading()
    rows = branch_rows(session) if kind == "branches" else group_rows(session, now)
    told = [row for group_id, row in rows if within.covers(group_id)]
    headings: tuple[str, ...] = BRANCHES
    if kind == "groups":
        ward = get_ward(session)
        headings = tuple(heading.format(age=ward.adult_age if ward else 16) for heading in GROUPS)
    if not contacts:
        hidden = {
            place for place, heading in enumerate(headings) if heading in ("Người phụ trách", "Bí thư", "Điện thoại")
        }
        told = [[cell for place, cell in enumerate(row) if place not in hidden] for row in told]
        headings = tuple(heading for place, heading in enumerate(headings) if place not in hidden)
    return _export(kind, headings, told, format, by, now)


def _export(
    kind: str, headings: Sequence[str], rows: list[Row], format: str, by: int | None, now: datetime
) -> Exported:
    if format not in FORMATS:
        raise Invalid("export_format", field="format")
    data = as_csv(headings, rows) if format == "csv" else as_xlsx(say(TITLES[kind]), headings, rows)
    name, detail = f"hoc-so-{SLUGS[kind]}-{local_date(now).isoformat()}.{format}", {"rows": len(rows)}
    with transaction() as session:
        record(session, actor_id=by, action="list.export", subject_kind="list", subject_id=name, now=now, detail=detail)
    return Exported(name, data, len(rows))


def people_rows(session: Session, wanted: Wanted) -> Iterable[Row]:
    """The people in the order of given names, in the columns of :data:`PEOPLE`."""
    home, branch = aliased(Membership), aliased(Membership)
    groups = {g.id: g for g in session.scalars(select(Group))}
    query = (
        select(Person, home.group_id, home.confirmed_at, branch.group_id)
        .outerjoin(home, (home.person_id == Person.id) & (home.kind == "home") & home.ended_at.is_(None))
        .outerjoin(branch, (branch.person_id == Person.id) & (branch.kind == "branch") & branch.ended_at.is_(None))
        .where(*wanted.conditions())
        .order_by(Person.name_key, Person.id)
        .execution_options(yield_per=1000)
    )
    for person, home_id, confirmed_at, branch_id in session.execute(query):
        place = groups.get(home_id)
        above = groups.get(place.parent_id or 0) if place is not None and place.kind == "to" else place
        yield (
            code_of(person.id),
            person.name,
            person.birth_year or "",
            person.address,
            above.name if above else "",
            place.name if place is not None and place.kind == "to" else "",
            groups[branch_id].name if branch_id else "",
            person.phone or "",
            "đã xác nhận" if confirmed_at else "chờ xác nhận",
        )


def group_rows(session: Session, now: datetime) -> list[tuple[int, Row]]:
    """The khu phố, each before its tổ, in the columns of :data:`GROUPS`; with their ids."""
    known, query = populations_at(session, local_date(now)), select(Group).where(Group.valid_to.is_(None))
    there = [g for g in session.scalars(query.order_by(Group.sort_key, Group.id)) if g.kind in KINDS]
    names = {g.id: g.name for g in there}
    ordered = [
        one for khu in there if khu.kind == "khu_pho" for one in (khu, *(g for g in there if g.parent_id == khu.id))
    ]
    found: list[tuple[int, Row]] = []
    for g in ordered:
        counted, parent = known.get(g.id), names[g.parent_id] if g.kind == "to" and g.parent_id else ""
        day = f"{counted.as_of:%d/%m/%Y}" if counted else ""
        figures = (counted.adults if counted else "", day, counted.source if counted else "")
        found.append((g.id, (g.slug, g.name, KINDS[g.kind], parent, *figures, g.contact_name, g.contact_phone)))
    return found


def branch_rows(session: Session) -> list[tuple[int, Row]]:
    """The chi đoàn in the columns of :data:`BRANCHES`; with their ids."""
    counted = select(Membership.group_id, func.count()).where(
        Membership.kind == "branch", Membership.ended_at.is_(None)
    )
    members: dict[int, int] = dict(session.execute(counted.group_by(Membership.group_id)).all())
    groups = select(Group).where(Group.kind == "chi_doan", Group.valid_to.is_(None)).order_by(Group.sort_key, Group.id)
    return [
        (g.id, (g.slug, g.name, g.contact_name, g.contact_phone, members.get(g.id, 0))) for g in session.scalars(groups)
    ]
