"""Whom cards can be printed for, and who holds one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.core.text import fold
from app.groups.models import Group
from app.groups.queries import khu_members
from app.people.grants import belongs
from app.people.models import Card, Membership, Person
from app.people.roles import Scope

WHO = ("none", "unprinted", "all")  # without a card; without a printed one; everyone
MOST = 200  # cards in one go: 25 sheets of paper, some two seconds of work


@dataclass(frozen=True)
class Holder:
    """Someone whom a card can be printed for."""

    id: int
    name: str
    group: str
    has_card: bool
    printed: bool


@dataclass(frozen=True)
class Selection:
    """Whom a choice finds.

    Attributes:
        rows: The first :data:`MOST`, by group and given name.
        found: How many there are.
        people: How many people the group has.
        printed: How many of them hold a printed card.
    """

    rows: tuple[Holder, ...]
    found: int
    people: int
    printed: int


def find_holders(session: Session, *, group: Group | None, who: str, text: str, within: Scope) -> Selection:
    """People of a group (``None``: the whole ward), by what card they hold and by words of the name.

    Args:
        who: One of :data:`WHO`.
        within: Only those who belong there.
    """
    base = _holders(within).where(*_of(session, group))
    people, printed = session.execute(
        base.with_only_columns(func.count(), func.count(Card.sheet_id)).order_by(None)
    ).one()
    words = [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]
    chosen = base.where(*words, *_lacking(who))
    found = session.scalar(chosen.with_only_columns(func.count()).order_by(None)) or 0
    return Selection(_rows(session, chosen.limit(MOST)), found, people, printed)


def chosen(session: Session, person_ids: Collection[int], within: Scope) -> tuple[Holder, ...]:
    """As :func:`holders`, for a list that somebody ticked.

    Raises:
        Invalid: Nobody was.
    """
    found = holders(session, person_ids, within)
    if not found:
        raise Invalid("cards_nobody", field="person")
    return found


def holders(session: Session, person_ids: Collection[int], within: Scope) -> tuple[Holder, ...]:
    """These people, as far as they are here and belong there, by group and given name."""
    return _rows(session, _holders(within).where(Person.id.in_(person_ids)))


def _holders(within: Scope) -> Select[int, str, str, int, int | None]:
    return (
        select(Person.id, Person.name, Group.name, Card.id, Card.sheet_id)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .outerjoin(Card, (Card.person_id == Person.id) & Card.ended_at.is_(None))
        .where(Person.closed_at.is_(None), *belongs(Person.id, within))
        .order_by(Group.sort_key, Person.name_key, Person.id)
    )


def _of(session: Session, group: Group | None) -> list[ColumnElement[bool]]:
    if group is None or group.kind == "ward":
        return []
    if group.kind == "khu_pho":
        return [Membership.group_id.in_(khu_members(session, group.id))]
    return belongs(Person.id, Scope(group_ids=frozenset((group.id,))))


def _lacking(who: str) -> list[ColumnElement[bool]]:
    if who == "all":
        return []
    return [Card.id.is_(None) if who == "none" else Card.sheet_id.is_(None)]


def _rows(session: Session, query: Select[int, str, str, int, int | None]) -> tuple[Holder, ...]:
    return tuple(
        Holder(person_id, name, group or "", card is not None, sheet is not None)
        for person_id, name, group, card, sheet in session.execute(query)
    )
