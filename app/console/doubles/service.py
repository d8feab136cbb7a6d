"""Merging two records of one person, and undoing it within thirty days.

The one goes on; the other is closed, points to it and holds no name any more. What was learned moves; the
ledger does not: in the open cycles its entries count for the one who goes on, what is frozen stays as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.badges.credentials.service import supersede_all
from app.console.doubles import moving
from app.core.db import transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.people.directory import MOST_ID, get_person
from app.people.domain import ConsentGiven
from app.people.doubles.domain import UNDO, narrower
from app.people.doubles.models import Merge, NotDouble
from app.people.grants import grants_of, group_tree, groups_of, rights_in
from app.people.models import Card, Consent, Membership, Person, RoleGrant
from app.people.roles import BRINGS, FIELD, Scope, may_grant
from app.people.service import end_cards, end_sessions, grant_role, record_consent
from app.standings.merging import count_apart, count_as_one

FIELDS = ("name", "folded", "name_key", "address", "adult", "birth_year", "phone", "import_key")
NOBODY = {"name": "", "folded": "", "name_key": b"", "birth_year": None, "phone": None, "import_key": None}
FILLED = ("birth_year", "phone", "import_key")  # taken over where the one who goes on has none


@dataclass(frozen=True)
class _Two:
    """The two records, held, and who works on them."""

    kept: Person
    gone: Person
    by: int
    now: datetime


def merge(*, kept_id: int, gone_id: int, by: int, within: Scope, now: datetime) -> int:
    """One record goes on, the other is closed and counts as it; returns the number of the merge.

    Args:
        within: Where ``by`` may do so; both records belong there.

    Raises:
        NotFound: A record that is not here, or not within reach.
        Invalid: The same twice; oneself; or roles that ``by`` may not hand on.
    """
    if kept_id == gone_id:
        raise Invalid("double_same")
    if by in (kept_id, gone_id):
        raise Invalid("double_self")
    with transaction() as session:
        two = _hold(session, kept_id, gone_id, by, within, now)
        detail: dict[str, Any] = {"roles": _move_roles(session, two)}
        detail["moved"] = moving.move(session, gone_id, kept_id)
        supersede_all(session, gone_id, now=now)
        detail |= _merge_memberships(session, two)
        detail["cards"] = list(session.scalars(_open_cards(gone_id)))
        end_cards(session, [gone_id], now=now)
        end_sessions(session, gone_id)
        detail["consents"] = _narrow_consents(session, two)
        count_as_one(session, gone=gone_id, kept=kept_id)
        detail |= _close(session, two)
        made = Merge(kept_id=kept_id, gone_id=gone_id, at=now, by=by, detail=detail, import_key=detail["key"])
        session.add(made)
        session.flush()
        _note(session, "person.merge", kept_id, by, now, {"gone": gone_id, "merge": made.id})
        return made.id


def _hold(session: Session, kept_id: int, gone_id: int, by: int, within: Scope, now: datetime) -> _Two:
    if not 0 < max(kept_id, gone_id) < MOST_ID:
        raise NotFound
    ids = sorted((kept_id, gone_id))
    session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()).all()
    for one in ids:
        get_person(session, one)
        if not within.everywhere and not within.covers_any(groups_of(session, one)):
            raise NotFound
    return _Two(session.get_one(Person, kept_id), session.get_one(Person, gone_id), by, now)


def _note(session: Session, action: str, person_id: int, by: int, now: datetime, detail: dict[str, Any]) -> None:
    record(session, actor_id=by, action=action, subject_kind="person", subject_id=person_id, now=now, detail=detail)


def _move_roles(session: Session, two: _Two) -> dict[str, list[int]]:
    """Roles beside learners go along where ``by`` could have given them; those with a password never do."""
    held, kept = grants_of(session, two.gone.id), grants_of(session, two.kept.id)
    if not held:
        return {"ended": [], "granted": []}
    if any(BRINGS[one.role] - FIELD for one in held):
        raise Invalid("double_staff")
    rights, tree = rights_in(session, two.by), group_tree(session)
    if not all(may_grant(rights, one.role, one.group_id, tree) for one in held):
        raise Invalid("double_role")
    open_ones = (RoleGrant.person_id == two.gone.id, RoleGrant.ended_at.is_(None))
    ended = list(session.scalars(select(RoleGrant.id).where(*open_ones)))
    session.execute(update(RoleGrant).where(*open_ones).values(ended_at=two.now))
    for one in (one for one in held if one not in kept):
        grant_role(session, two.kept.id, one.role, one.group_id, granted_by=two.by, now=two.now)
    made = select(RoleGrant.id).where(RoleGrant.person_id == two.kept.id, RoleGrant.granted_at == two.now)
    return {"ended": ended, "granted": list(session.scalars(made))}


def _merge_memberships(session: Session, two: _Two) -> dict[str, list[int]]:
    """A group that the one who goes on lacks comes along; others end. A word given for the other holds for both."""
    came, ended, confirmed = list[int](), list[int](), list[int]()
    mine = {one.kind: one for one in _memberships(session, two.kept.id)}
    for theirs in _memberships(session, two.gone.id):
        own = mine.get(theirs.kind)
        if own is None:
            theirs.person_id = two.kept.id
            came.append(theirs.id)
            continue
        theirs.ended_at = two.now
        ended.append(theirs.id)
        if own.confirmed_at is None and theirs.confirmed_at is not None and own.group_id == theirs.group_id:
            own.confirmed_at, own.confirmed_by = theirs.confirmed_at, theirs.confirmed_by
            confirmed.append(own.id)
    session.flush()
    return {"groups_came": came, "groups_ended": ended, "groups_confirmed": confirmed}


def _memberships(session: Session, person_id: int) -> list[Membership]:
    query = select(Membership).where(Membership.person_id == person_id, Membership.ended_at.is_(None))
    return list(session.scalars(query.order_by(Membership.id).with_for_update()))


def _open_cards(person_id: int) -> Any:
    return select(Card.id).where(Card.person_id == person_id, Card.ended_at.is_(None))


def _narrow_consents(session: Session, two: _Two) -> list[list[str | None]]:
    changed = narrower(_consents(session, two.kept.id), _consents(session, two.gone.id))
    for purpose, giver, choice, _, _ in changed:
        record_consent(
            session, two.kept.id, purpose=purpose, choice=choice, giver=giver, recorded_by=two.by, now=two.now
        )
    return [[purpose, giver, before] for purpose, giver, _, before, _ in changed]


def _consents(session: Session, person_id: int) -> list[ConsentGiven]:
    query = select(Consent).where(Consent.person_id == person_id).order_by(Consent.given_at, Consent.id)
    return [ConsentGiven(c.purpose, c.choice, c.giver, c.given_at) for c in session.scalars(query)]


def _close(session: Session, two: _Two) -> dict[str, Any]:
    """The second record holds nobody's name any more; what undoing needs lies with the merge."""
    kept, gone = two.kept, two.gone
    person = {name: getattr(gone, name) for name in FIELDS}
    person["name_key"] = person["name_key"].hex()
    key = gone.import_key
    for name, nothing in NOBODY.items():
        setattr(gone, name, nothing)
    gone.closed_at = two.now
    session.flush()  # the list's key is free before the other takes it
    filled = [name for name in FILLED if getattr(kept, name) is None and person[name] is not None]
    for name in filled:
        setattr(kept, name, person[name])
    session.flush()
    return {"person": person, "filled": filled, "key": None if "import_key" in filled else key}


def undo(*, merge_id: int, by: int, within: Scope, now: datetime) -> int:
    """Two people after all; returns the number of the one who comes back.

    What the one who goes on did meanwhile stays theirs. An answer of consent that the merge took over is
    answered back to what it was; where nothing had been asked, "no" stands.

    Raises:
        NotFound: No such merge within reach.
        Conflict: Undone already, too long ago, or the one who goes on was merged on.
        Invalid: Oneself.
    """
    with transaction() as session:
        merged = session.get(Merge, merge_id, with_for_update=True) if 0 < merge_id < MOST_ID else None
        if merged is None:
            raise NotFound
        if merged.undone_at is not None or not merged.detail or now - merged.at > UNDO:
            raise Conflict("merge_over", days=UNDO.days)
        if by in (merged.kept_id, merged.gone_id):
            raise Invalid("double_self")
        _check_last(session, merged)
        if not within.everywhere and not within.covers_any(groups_of(session, merged.kept_id)):
            raise NotFound
        kept = session.get_one(Person, merged.kept_id, with_for_update=True)
        gone = session.get_one(Person, merged.gone_id, with_for_update=True)
        _restore(session, _Two(kept, gone, by, now), merged.detail)
        merged.undone_at, merged.undone_by, merged.detail, merged.import_key = now, by, {}, None
        _note(session, "person.unmerge", merged.kept_id, by, now, {"gone": merged.gone_id, "merge": merge_id})
        return merged.gone_id


def _check_last(session: Session, merged: Merge) -> None:
    later = select(Merge.id).where(Merge.gone_id == merged.kept_id, Merge.undone_at.is_(None))
    if session.scalar(later) is not None:
        raise Conflict("merge_inner")


def _restore(session: Session, two: _Two, detail: dict[str, Any]) -> None:
    kept, gone, person = two.kept, two.gone, dict(detail["person"])
    person["name_key"] = bytes.fromhex(person["name_key"])
    for name in detail["filled"]:
        if getattr(kept, name) == person[name]:
            setattr(kept, name, None)
    session.flush()
    for name, value in person.items():
        setattr(gone, name, value)
    gone.closed_at = None
    session.flush()
    count_apart(session, gone=gone.id, kept=kept.id)
    moving.move_back(session, detail["moved"], gone.id, kept.id)
    _reopen(session, two, detail)
    for purpose, giver, before in detail["consents"]:
        record_consent(
            session, kept.id, purpose=purpose, choice=before or "no", giver=giver, recorded_by=two.by, now=two.now
        )


def _reopen(session: Session, two: _Two, detail: dict[str, Any]) -> None:
    """Groups, cards and roles as they were; a group that the second record has got since stays."""
    came = update(Membership).where(Membership.id.in_(detail["groups_came"]), Membership.person_id == two.kept.id)
    session.execute(came.values(person_id=two.gone.id))
    unsaid = update(Membership).where(Membership.id.in_(detail["groups_confirmed"]))
    session.execute(unsaid.values(confirmed_at=None, confirmed_by=None))
    for table, ids in (
        (Membership, detail["groups_ended"]),
        (Card, detail["cards"]),
        (RoleGrant, detail["roles"]["ended"]),
    ):
        session.execute(update(table).where(table.id.in_(ids)).values(ended_at=None))
    granted = update(RoleGrant).where(RoleGrant.id.in_(detail["roles"]["granted"]), RoleGrant.ended_at.is_(None))
    session.execute(granted.values(ended_at=two.now))
    if detail["roles"]["granted"]:
        end_sessions(session, two.kept.id)
    session.expire_all()


def call_distinct(*, one: int, other: int, by: int, within: Scope, now: datetime) -> None:
    """Somebody looked: these are two people. They are not shown as doubles any more.

    Raises:
        NotFound: A record that is not here, or not within reach.
        Invalid: The same twice.
    """
    if one == other:
        raise Invalid("double_same")
    with transaction() as session:
        _hold(session, one, other, by, within, now)
        first, second = sorted((one, other))
        session.merge(NotDouble(first_id=first, second_id=second, at=now, by=by))
        _note(session, "person.distinct", first, by, now, {"other": second})


def seal(*, now: datetime) -> None:
    """After thirty days what undoing would need is forgotten."""
    with transaction() as session:
        old = select(Merge).where(Merge.at < now - UNDO, Merge.undone_at.is_(None))
        for merged in session.scalars(old.with_for_update()):
            if merged.detail:
                merged.detail = {}
