"""Setting up the ward and changing its groups. Steps but for the set-up; the console writes the trail."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import local_date
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import clean, fold, natural_key
from app.groups.domain import (
    check_contact_phone,
    check_distinct,
    check_group_name,
    check_source,
    slug_of,
)
from app.groups.models import KINDS, Group, Ward
from app.groups.models import Population as PopulationRow
from app.groups.queries import get_group, get_ward, ward_group
from app.groups.settings import BY_NAME, Value, check_part

TEXT_LENGTH = 80


def set_up_ward(
    *,
    unit: str,
    ward: str,
    groups: Sequence[tuple[str, int | None]],
    as_of: date,
    source: str,
    now: datetime,
) -> int:
    """Make the ward and its khu phố; returns the id of the ward's group.

    Raises:
        Conflict: The ward is there already.
        Invalid: A name is missing, or two khu phố have the same.
    """
    with transaction() as session:
        return create_ward(session, unit=unit, ward=ward, groups=groups, as_of=as_of, source=source, now=now)


def create_ward(
    session: Session,
    *,
    unit: str,
    ward: str,
    groups: Sequence[tuple[str, int | None]],
    as_of: date,
    source: str,
    now: datetime,
    demo: bool = False,
) -> int:
    """:func:`set_up_ward` as a step, for a set-up that also makes the first officer."""
    unit, ward = clean(unit), clean(ward)
    if not unit:
        raise Invalid("unit_missing", field="unit")
    if not ward:
        raise Invalid("ward_missing", field="ward")
    if not groups:
        raise Invalid("groups_missing", field="groups")
    check_distinct(name for name, _ in groups)
    _claim_ward(session, unit=unit[:TEXT_LENGTH], name=ward[:TEXT_LENGTH], demo=demo)
    name = ward if fold(ward).startswith("phuong ") else f"Phường {ward}"
    root = _insert(session, "ward", check_group_name(name, field="ward"), None, local_date(now))
    for khu, adults in groups:
        made = _insert(session, "khu_pho", check_group_name(khu, field="groups"), root, local_date(now))
        if adults is not None:
            session.add(PopulationRow(group_id=made.id, adults=adults, as_of=as_of, source=check_source(source)))
    session.flush()
    return root.id


def _claim_ward(session: Session, *, unit: str, name: str, demo: bool) -> None:
    insert = insert_for(session)
    row = {"id": 1, "unit": unit, "name": name, "demo": demo}
    statement = insert(Ward).values(**row).on_conflict_do_nothing().returning(Ward.id)
    if session.execute(statement).first() is None:
        raise Conflict("already_set_up")


def add_group(session: Session, *, kind: str, name: str, parent_id: int | None = None, now: datetime) -> int:
    """Add a khu phố, a tổ of one, or a chi đoàn; without a parent it stands under the ward.

    Raises:
        Invalid: No usable name, an unknown kind, or a name that is there already.
        NotFound: No such parent, or the ward is not set up.
    """
    if kind not in KINDS[1:]:
        raise Invalid("group_kind", field="kind")
    parent = ward_group(session) if parent_id is None else get_group(session, parent_id)
    if (kind == "to") != (parent.kind == "khu_pho"):
        raise Invalid("group_parent", field="parent_id")
    return _insert(session, kind, check_group_name(name), parent, local_date(now)).id


def _insert(session: Session, kind: str, name: str, parent: Group | None, day: date) -> Group:
    slug = slug_of(kind, name, parent.slug if parent else "")
    if session.scalar(select(Group.id).where(Group.slug == slug)) is not None:
        raise Invalid("group_exists", field="name", name=name)
    group = Group(
        kind=kind,
        name=name,
        slug=slug,
        folded=fold(name),
        sort_key=natural_key(name),
        parent_id=parent.id if parent else None,
        valid_from=day,
    )
    session.add(group)
    session.flush()
    return group


def rename_group(session: Session, group_id: int, name: str) -> None:
    """Give a group another name. Its address stays: posters carry it.

    Raises:
        Invalid: No usable name, or another group of the kind has it.
    """
    group = get_group(session, group_id)
    name = check_group_name(name)
    same = select(Group.id).where(
        Group.folded == fold(name),
        Group.kind == group.kind,
        Group.parent_id == group.parent_id,
        Group.id != group.id,
    )
    if session.scalar(same.limit(1)) is not None:
        raise Invalid("group_exists", field="name", name=name)
    group.name, group.folded, group.sort_key = name, fold(name), natural_key(name)
    session.flush()


def set_population(session: Session, group_id: int, *, adults: int, as_of: date, source: str) -> None:
    """What the official list of a day says; the same day again corrects it.

    Cycles that are already open keep the figure they froze.

    Raises:
        Invalid: A negative count, or no source.
    """
    group = get_group(session, group_id)
    if adults < 0:
        raise Invalid("population_shape", field="adults")
    insert = insert_for(session)
    row = {"adults": adults, "source": check_source(source)}
    statement = insert(PopulationRow).values(group_id=group.id, as_of=as_of, **row)
    session.execute(statement.on_conflict_do_update(index_elements=["group_id", "as_of"], set_=row))


def set_contact(session: Session, group_id: int, *, name: str, phone: str) -> None:
    """Who helps a khu phố; both empty takes the contact away.

    Raises:
        Invalid: A number that cannot be dialled.
    """
    group = get_group(session, group_id)
    group.contact_phone = check_contact_phone(phone)
    group.contact_name = clean(name)[:TEXT_LENGTH]
    session.flush()


def set_settings(session: Session, values: Mapping[str, Value | None]) -> None:
    """Change settings of the ward; the values were checked. The one who calls writes the trail.

    Raises:
        NotFound: The ward is not set up.
    """
    ward = get_ward(session)
    if ward is None:
        raise NotFound
    for name, value in values.items():
        setattr(ward, BY_NAME[name].name, value)
    session.flush()


def set_help_contact(session: Session, *, name: str, phone: str, hours: str) -> None:
    """The ward's own help line, for those whose khu phố names nobody.

    Raises:
        NotFound: The ward is not set up.
        Invalid: A number that cannot be dialled.
    """
    typed = {"help_name": name, "help_phone": phone, "help_hours": hours}
    set_settings(session, check_part("tro-giup", typed))
