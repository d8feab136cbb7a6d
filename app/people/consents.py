"""The consent book: what each purpose stands at, every answer so far, and answering for oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Invalid
from app.people.directory import get_person
from app.people.domain import PURPOSES, ConsentGiven, agreed, in_force
from app.people.models import Consent, Person
from app.people.queries import ConsentRow, consents_of
from app.people.service import record_consent

BOTH = ("self", "guardian")


@dataclass(frozen=True)
class Page:
    """One purpose of the book.

    Attributes:
        answer: What holds: full | given | no; ``None`` where someone has not been asked yet.
        own: The person's own answer in force.
        guardian: A guardian's.
        rows: Every answer, the newest first.
    """

    purpose: str
    answer: str | None
    own: str | None
    guardian: str | None
    rows: tuple[ConsentRow, ...]


def book(session: Session, person_id: int) -> list[Page]:
    """Every purpose of one person, asked or not.

    Raises:
        NotFound: No such person here.
    """
    person, rows = get_person(session, person_id), consents_of(session, person_id)
    given = [ConsentGiven(row.purpose, row.choice, row.giver, row.given_at) for row in reversed(rows)]
    return [
        Page(
            purpose,
            agreed(person.adult, given, purpose),
            in_force(given, purpose, "self"),
            in_force(given, purpose, "guardian"),
            tuple(row for row in rows if row.purpose == purpose),
        )
        for purpose in PURPOSES
    ]


def answer_own(*, person_id: int, purpose: str, choice: str, now: datetime) -> None:
    """One's own answer on one's own screen. The same answer again is not written twice.

    Someone under age may answer too: without a guardian's yes theirs opens nothing, and their no closes.

    Raises:
        NotFound: No such person here.
        Invalid: A word that is no answer.
    """
    with transaction() as session:
        person = session.get(Person, get_person(session, person_id).id, with_for_update=True)
        assert person is not None
        given = [
            ConsentGiven(r.purpose, r.choice, r.giver, r.given_at) for r in reversed(consents_of(session, person_id))
        ]
        if in_force(given, purpose, "self") != choice:
            record_consent(session, person_id, purpose=purpose, choice=choice, giver="self", recorded_by=None, now=now)


def stop_for(*, person_id: int, how: str, by: int, now: datetime) -> int:
    """Write down, for someone who asked for it, that nothing more is recorded or shown.

    Args:
        how: spoken | paper | phone.

    Returns:
        For how many purposes that changed something.

    Raises:
        NotFound: No such person here.
        Invalid: One's own; or how it was said is missing.
    """
    if by == person_id:
        raise Invalid("consent_own")
    if how not in ("spoken", "paper", "phone"):
        raise Invalid("consent_how", field="how")
    with transaction() as session:
        open_ones = [page.purpose for page in book(session, person_id) if page.answer != "no"]
        for purpose in open_ones:
            record_consent(
                session, person_id, purpose=purpose, choice="no", giver="self", recorded_by=by, how=how, now=now
            )
            detail = {"purpose": purpose, "choice": "no", "giver": "self", "how": how}
            record(
                session, actor_id=by, action="consent.record", subject_kind="person", subject_id=person_id, now=now,
                detail=detail,
            )  # fmt: skip
        return len(open_ones)


def keeps_record(session: Session, person_id: int) -> bool:
    """Whether results are recorded in this person's name: not after they, or a guardian, took that back."""
    return "no" not in _last_answers(session, (person_id,), "record").values()


def check_record(session: Session, person_id: int) -> None:
    """Raises:
    Invalid: Results may not be recorded in this person's name.
    """
    if not keeps_record(session, person_id):
        raise Invalid("record_withdrawn")


def photo_allowed(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Of these people, those whose picture may be shown now."""
    wanted = set(person_ids)
    answers = _last_answers(session, wanted, "photo")
    adults = select(Person.id, Person.adult).where(Person.id.in_(wanted), Person.closed_at.is_(None))
    return {
        person_id
        for person_id, adult in session.execute(adults)
        if all(answers.get((person_id, giver)) == "full" for giver in (BOTH if adult != "yes" else BOTH[:1]))
    }


def _last_answers(session: Session, person_ids: Iterable[int], purpose: str) -> dict[tuple[int, str], str]:
    query = select(Consent.person_id, Consent.giver, Consent.choice).where(
        Consent.person_id.in_(tuple(person_ids)), Consent.purpose == purpose
    )
    rows = session.execute(query.order_by(Consent.given_at, Consent.id))
    return {(person_id, giver): choice for person_id, giver, choice in rows}
