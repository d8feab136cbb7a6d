"""Printing many cards at once. The database keeps digests alone, so that a printed card is always a new one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core import security
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.domain import IssuedCard
from app.people.models import Card, Person
from app.people.printing.models import CardSheet
from app.people.printing.queries import MOST, holders
from app.people.roles import Scope
from app.people.service import end_cards, random_code


@dataclass(frozen=True)
class PrintedCard:
    """A card at the one moment when its token is known, and whose it is."""

    person_id: int
    name: str
    group: str
    card: IssuedCard


def print_cards(
    *, person_ids: Collection[int], key: str, by: int, within: Scope, now: datetime
) -> tuple[PrintedCard, ...]:
    """New cards for these people, by group and given name; what each of them held before ends at once.

    Args:
        key: The form's own: what is sent twice prints once.
        within: Where the one who prints may do so.

    Raises:
        Invalid: Nobody, or more than :data:`MOST`.
        NotFound: Someone who is not here, or does not belong there.
        Conflict: This form has printed already; its tokens are known to nobody any more.
    """
    wanted = set(person_ids)
    if not wanted:
        raise Invalid("cards_nobody")
    if len(wanted) > MOST:
        raise Invalid("cards_many", most=MOST)
    with transaction() as session:
        session.scalars(select(Person.id).where(Person.id.in_(wanted)).order_by(Person.id).with_for_update()).all()
        people = holders(session, wanted, within)
        if len(people) != len(wanted):
            raise NotFound
        sheet_id = _begin_sheet(session, key, by, now)
        ended = end_cards(session, wanted, now=now)
        cards = _issue(session, [person.id for person in people], sheet_id, now)
        _note(session, sheet_id, list(cards), ended, by, now)
        return tuple(PrintedCard(one.id, one.name, one.group, cards[one.id]) for one in people)


def _begin_sheet(session: Session, key: str, by: int, now: datetime) -> int:
    statement = insert_for(session)(CardSheet).values(key=key, printed_by=by, printed_at=now)
    made = session.scalar(statement.on_conflict_do_nothing().returning(CardSheet.id))
    if made is None:
        raise Conflict("sheet_printed")
    return int(made)


def _issue(session: Session, person_ids: list[int], sheet_id: int, now: datetime) -> dict[int, IssuedCard]:
    codes = _free_codes(session, len(person_ids))
    cards = {person_id: IssuedCard(code, security.token()) for person_id, code in zip(person_ids, codes, strict=True)}
    rows = [
        {
            "person_id": person_id,
            "code": card.code,
            "token_hash": security.digest(card.token),
            "issued_at": now,
            "sheet_id": sheet_id,
        }
        for person_id, card in cards.items()
    ]
    session.execute(insert(Card), rows)
    return cards


def _free_codes(session: Session, count: int) -> list[str]:
    """So many different codes that no card ever had."""
    free: set[str] = set()
    while len(free) < count:
        tried = {random_code() for _ in range(count - len(free))}
        free |= tried - set(session.scalars(select(Card.code).where(Card.code.in_(tried))))
    return list(free)


def _note(session: Session, sheet_id: int, person_ids: list[int], ended: int, by: int, now: datetime) -> None:
    detail = {"cards": len(person_ids), "ended": ended}
    record(
        session, actor_id=by, action="cards.print", subject_kind="card_sheet", subject_id=sheet_id, now=now,
        detail=detail,
    )  # fmt: skip
    for person_id in person_ids:
        record(
            session, actor_id=by, action="card.issue", subject_kind="person", subject_id=person_id, now=now,
            detail={"sheet": sheet_id},
        )  # fmt: skip
