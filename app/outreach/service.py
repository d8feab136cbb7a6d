"""Use cases of field work: newcomers confirmed; sign-ups at the door; cards, PINs and how someone reads."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import reading, transaction
from app.core.errors import Invalid
from app.notices.service import queue
from app.outreach.classes.attending import meet_in_class
from app.outreach.queries import get_in_reach, home_of, reach_of
from app.outreach.visits.service import meet
from app.people import accommodations, account
from app.people.domain import Accommodations, IssuedCard
from app.people.grants import roles_of
from app.people.models import Person
from app.people.service import add_person, confirm_membership, issue_card, record_consent
from app.standings.service import post_join


@dataclass(frozen=True)
class DoorCard:
    """Who was signed up, and the card that is shown this once."""

    person_id: int
    card: IssuedCard


def _note(session: Session, action: str, kind: str, subject_id: int, by: int, now: datetime) -> None:
    record(session, actor_id=by, action=action, subject_kind=kind, subject_id=subject_id, now=now)


def confirm_newcomer(*, person_id: int, by: int, now: datetime) -> None:
    """Someone who knows them says that they live here: from now on what they passed this month counts.

    Raises:
        NotFound: No such person in this volunteer's reach.
        Invalid: Oneself.
        Conflict: Confirmed already.
    """
    with transaction() as session:
        _check_reach(session, person_id, by)
        _confirm(session, person_id, by, now)


def _confirm(session: Session, person_id: int, by: int, now: datetime) -> None:
    confirm_membership(session, person_id, by=by, now=now)
    post_join(session, person_id, now=now)
    _note(session, "membership.confirm", "person", person_id, by, now)
    body = {"group_id": home_of(session, person_id)}
    queue(session, person_id, "confirmed", body, key=f"confirmed:{person_id}:{now.isoformat()}", now=now)


def _check_reach(session: Session, person_id: int, by: int) -> None:
    get_in_reach(session, person_id, by)


def sign_up_at_door(
    *,
    key: str,
    name: str,
    address: str,
    adult: str,
    group_id: int,
    branch_id: int | None,
    agreed: bool,
    guardian: bool,
    by: int,
    now: datetime,
    visit_id: int | None = None,
    class_id: int | None = None,
) -> DoorCard:
    """Sign someone up who sits beside a volunteer, and issue the card.

    In the volunteer's own reach this is the confirmation too. The same key again signs nobody up
    twice: it issues the card anew.

    Args:
        agreed: Whether they agreed that results are kept.
        guardian: Whether a guardian agreed; needed under the counted age.
        visit_id: The visit in which it happens, if it is one: it is this person's from now on.
        class_id: The class in which it happens, if it is one: they are on its list.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
        NotFound: No such visit of this volunteer, or no such class in reach.
        Conflict: The visit is over, or somebody else's; the class has not begun.
    """
    if not agreed:
        raise Invalid("record_consent_asked", field="agreed")
    if adult == "no" and not guardian:
        raise Invalid("consent_guardian", field="guardian")
    with transaction() as session:
        person_id = _find_by_form(session, key)
        if person_id is None:
            person_id = add_person(
                session,
                name=name,
                address=address,
                adult=adult,
                group_id=group_id,
                branch_id=branch_id,
                import_key=f"form:{key[:48]}" if key else None,
                now=now,
            )
            givers = ("self", "guardian") if guardian else ("self",)
            _after_sign_up(session, person_id, group_id, givers, by, now)
        if visit_id is not None:
            meet(session, visit_id, person_id, by=by, now=now)
        if class_id is not None:
            meet_in_class(session, class_id, person_id, by=by, now=now)
        card = issue_card(session, person_id, now=now)
        _note(session, "card.issue", "person", person_id, by, now)
        return DoorCard(person_id, card)


def _find_by_form(session: Session, key: str) -> int | None:
    return session.scalar(select(Person.id).where(Person.import_key == f"form:{key[:48]}")) if key else None


def _after_sign_up(
    session: Session, person_id: int, group_id: int, givers: tuple[str, ...], by: int, now: datetime
) -> None:
    for giver in givers:
        record_consent(
            session, person_id, purpose="record", choice="full", giver=giver, recorded_by=by, how="spoken", now=now
        )
    _note(session, "person.add", "person", person_id, by, now)
    if reach_of(session, by).covers(group_id):
        confirm_membership(session, person_id, by=by, now=now)


def let_choose_new_pin(*, person_id: int, by: int, now: datetime) -> None:
    """Clear a forgotten PIN of someone in reach: its owner opens the card and chooses a new one.

    Raises:
        NotFound: No such person in this volunteer's reach.
        Invalid: Oneself, or someone whose PIN only an officer may clear.
    """
    _require_reach(person_id, by)
    account.reset_pin(person_id=person_id, by=by, now=now)


def print_card(*, person_id: int, by: int, now: datetime) -> IssuedCard:
    """A new card for someone in reach; the old one ends.

    Raises:
        NotFound: No such person in this volunteer's reach.
        Invalid: Someone with a role: that card would open a volunteer's work.
    """
    _require_reach(person_id, by)
    if by != person_id and roles_of(reading(), person_id):
        raise Invalid("card_role")
    return account.reprint_card(person_id=person_id, by=by, now=now)


def make_reading_easier(*, person_id: int, chosen: Accommodations, by: int, now: datetime) -> None:
    """Choose for someone in reach, who sits beside the volunteer, how they read and answer best.

    Raises:
        NotFound: No such person in this volunteer's reach.
        Invalid: A size or contrast that there is not.
    """
    _require_reach(person_id, by)
    accommodations.keep_for(person_id=person_id, chosen=chosen, by=by, now=now)


def _require_reach(person_id: int, by: int) -> None:
    with transaction() as session:
        _check_reach(session, person_id, by)
