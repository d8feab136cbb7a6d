"""Who in the database a row of a list could mean. Reads."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold
from app.groups.models import Group
from app.people.bulk.person_rows import Row, code_of
from app.people.directory import MOST_ID
from app.people.doubles.queries import final_ids
from app.people.models import Card, Membership, Person

CHUNK = 900  # values in one question: SQLite of some machines allows 999


@dataclass
class Known:
    """Someone who is here, or who comes in with a row above.

    Attributes:
        id: ``None`` for who comes in with the list.
        line: The row that means them, once one does.
    """

    id: int | None
    folded: str
    name: str = ""
    birth_year: int | None = None
    phone: str | None = None
    import_key: str | None = None
    address: str = ""
    closed: bool = False
    home_id: int | None = None
    khu_id: int | None = None
    branch_id: int | None = None
    confirmed: bool = False
    line: int = 0

    def take(self, values: dict[str, Any], khu_id: int) -> None:
        """What a row says otherwise is what the rows after it see."""
        self.birth_year = values.get("birth_year", self.birth_year)
        self.phone = values.get("phone", self.phone)
        self.khu_id = khu_id if "home" in values else self.khu_id


class People:
    """Those of the database whom the rows could mean, by number, key of an earlier list, card and name."""

    def __init__(self, session: Session, rows: Iterable[Row], keys: Collection[str]) -> None:
        rows = list(rows)
        self.cards = _cards(session, {row.code for row in rows if row.code.isdigit()})
        numbers = {int(row.code[3:]) for row in rows if row.code.startswith("HS-")}
        self.merged = final_ids(session, numbers | set(self.cards.values()))
        ids = {n for n in numbers | set(self.cards.values()) | set(self.merged.values()) if n < MOST_ID}
        self.by_id: dict[int, Known] = {}
        for column, wanted in (
            (Person.id, ids),
            (Person.import_key, keys),
            (Person.folded, {fold(r.name) for r in rows}),
        ):
            for some in chunks(wanted):
                for person in session.scalars(select(Person).where(column.in_(some))):
                    self.by_id.setdefault(person.id, _known(person))
        self._place(session)
        self.by_key = {one.import_key: one for one in self.by_id.values() if one.import_key}
        self.by_name: dict[str, list[Known]] = {}
        for one in self.by_id.values():
            if not one.closed:
                self.by_name.setdefault(one.folded, []).append(one)

    def _place(self, session: Session) -> None:
        parents = dict(session.execute(select(Group.id, Group.parent_id).where(Group.kind == "to")).all())
        for some in chunks(self.by_id):
            query = select(Membership.person_id, Membership.kind, Membership.group_id, Membership.confirmed_at)
            for person_id, kind, group_id, confirmed_at in session.execute(
                query.where(Membership.person_id.in_(some), Membership.ended_at.is_(None))
            ):
                one = self.by_id[person_id]
                if kind == "home":
                    one.home_id, one.khu_id = group_id, parents.get(group_id, group_id)
                    one.confirmed = confirmed_at is not None
                else:
                    one.branch_id = group_id

    def by_code(self, code: str) -> Known | None:
        """Whose number or card it is, following merges."""
        number = self.cards.get(code) if code.isdigit() else int(code[3:])
        found = self.by_id.get(self.merged.get(number, number)) if number is not None else None
        return None if found is None or found.closed else found

    def add(self, row: Row, khu_id: int, key: str) -> None:
        """Who comes in with a row is known to the rows below."""
        one = Known(None, fold(row.name), row.name, row.birth_year, row.phone, key, khu_id=khu_id, line=row.line)
        self.by_name.setdefault(one.folded, []).append(one)
        self.by_key[key] = one


def _known(person: Person) -> Known:
    return Known(
        person.id, person.folded, person.name, person.birth_year, person.phone, person.import_key, person.address,
        person.closed_at is not None,
    )  # fmt: skip


def _cards(session: Session, codes: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(codes):
        query = select(Card.code, Card.person_id).where(Card.code.in_(some), Card.ended_at.is_(None))
        found.update(dict(session.execute(query).all()))
    return found


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, some at a time."""
    left = iter(values)
    while some := list(islice(left, CHUNK)):
        yield some


def names_for(one: Known) -> str:
    """How a sentence points to someone: by number, or by the row."""
    return code_of(one.id) if one.id is not None else f"dòng {one.line}"


Find = Callable[[Row], Known | None]
