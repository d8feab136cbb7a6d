"""The second step of signing in: a code from an app, or one on paper; set up, shown, taken once, begun anew.

A try is counted before it is checked, in the same rows as wrong passwords. Checking happens outside any
transaction; what was checked is then taken inside one, and only if nobody took it meanwhile.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import Update, delete, func, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core import security
from app.core.db import insert_for, reading, transaction
from app.core.errors import Conflict, Invalid, Locked
from app.core.sealing import seal, unseal
from app.people.models import RecoveryCode, SecondFactor
from app.people.totp import (
    RECOVERY_CODES,
    RECOVERY_DIGITS,
    check_code,
    check_recovery,
    is_recovery,
    matching_step,
)
from app.people.tries import Counter, Tally, count_try, forgive

PURPOSE = "totp"


@dataclass(frozen=True)
class FactorState:
    """Where someone stands with the second step.

    Attributes:
        set_at: Since when an app is in use; ``None`` while there is none.
        key: The key that is shown now and waits for its first code, if any.
        codes_left: How many recovery codes were not used yet.
    """

    set_at: datetime | None
    key: str | None
    codes_left: int


@dataclass(frozen=True)
class Proof:
    """A code that fits, not taken yet. ``step`` belongs to an app, ``place`` to a code on paper."""

    person_id: int
    counter: Counter
    stored: str
    step: int | None = None
    place: int | None = None
    fresh: bool = False


def factor_of(session: Session, person_id: int) -> FactorState:
    """Where someone stands with the second step."""
    row = session.get(SecondFactor, person_id)
    left = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    waiting = row.sealed_next if row else None
    key = unseal(waiting, purpose=PURPOSE, owner=person_id) if waiting else None
    return FactorState(row.set_at if row else None, key, session.scalar(left) or 0)


def in_use(session: Session, person_id: int) -> bool:
    """Whether someone signs in with a second step."""
    return session.scalar(select(SecondFactor.set_at).where(SecondFactor.person_id == person_id)) is not None


def offer_key(session: Session, person_id: int, *, anew: bool = False) -> None:
    """Have a key ready to be shown; one that waits already stays, unless ``anew``."""
    row = session.get(SecondFactor, person_id)
    if row is not None and row.sealed_next is not None and not anew:
        return
    sealed = seal(pyotp.random_base32(), purpose=PURPOSE, owner=person_id)
    insert = insert_for(session)
    session.execute(
        insert(SecondFactor)
        .values(person_id=person_id, sealed_next=sealed, last_step=0)
        .on_conflict_do_update(index_elements=["person_id"], set_={"sealed_next": sealed})
    )


def prove(person_id: int, text: str, *, fresh: bool = False, now: datetime) -> Proof:
    """Count a try, then check a code from the app or one on paper.

    Args:
        fresh: The code must come from the key that is shown now and not in use yet.

    Raises:
        Invalid: Not a code, or a wrong one, with the tries left.
        Locked: Too many wrong ones.
    """
    paper = is_recovery(text) and not fresh
    typed = check_recovery(text) if paper else (None, check_code(text))
    counter = Counter(f"person:{person_id}@factor", None)
    with transaction() as session:
        tally = count_try(session, counter, now=now)
    proof = _on_paper(person_id, typed, counter) if paper else _in_app(person_id, typed[1], counter, fresh, now)
    if proof is None:
        raise _wrong(tally, paper)
    return proof


def _wrong(tally: Tally, paper: bool) -> Invalid | Locked:
    if tally.left == 0:
        return Locked("sign_in_locked", minutes=tally.minutes)
    return Invalid("recovery_wrong" if paper else "factor_wrong", field="code", left=tally.left)


def _in_app(person_id: int, code: str, counter: Counter, fresh: bool, now: datetime) -> Proof | None:
    row = reading().get(SecondFactor, person_id)
    sealed = None if row is None else row.sealed_next if fresh else row.sealed
    if row is None or sealed is None:
        return None
    key = unseal(sealed, purpose=PURPOSE, owner=person_id)
    step = matching_step(key, code, now, after=0 if fresh else row.last_step)
    return None if step is None else Proof(person_id, counter, sealed, step=step, fresh=fresh)


def _on_paper(person_id: int, typed: tuple[int | None, str], counter: Counter) -> Proof | None:
    place, code = typed
    row = reading().get(RecoveryCode, (person_id, place))
    if row is None or row.used_at is not None or not security.verify_secret(row.secret, code):
        return None
    return Proof(person_id, counter, row.secret, place=place)


def take(session: Session, proof: Proof, *, now: datetime) -> None:
    """Let a code that fits count, once.

    Raises:
        Conflict: It was taken, or the key changed, while it was being checked.
    """
    if proof.place is not None:
        owner = RecoveryCode.person_id == proof.person_id
        same = (RecoveryCode.place == proof.place) & (RecoveryCode.secret == proof.stored)
        done = update(RecoveryCode).where(owner, same, RecoveryCode.used_at.is_(None)).values(used_at=now)
        taken = session.execute(done.returning(RecoveryCode.place)).first()
    else:
        taken = session.execute(_step_taken(proof, now).returning(SecondFactor.person_id)).first()
    if taken is None:
        raise Conflict("factor_used")
    forgive(session, proof.counter)
    if proof.place is not None:
        note(session, "factor.recovery", proof.person_id, proof.person_id, now)


def _step_taken(proof: Proof, now: datetime) -> Update:
    change = update(SecondFactor).where(SecondFactor.person_id == proof.person_id)
    if proof.fresh:
        values = {"sealed": proof.stored, "sealed_next": None, "set_at": now, "last_step": proof.step}
        return change.where(SecondFactor.sealed_next == proof.stored).values(**values)
    newer = SecondFactor.last_step < proof.step
    return change.where(SecondFactor.sealed == proof.stored, newer).values(last_step=proof.step)


def new_codes() -> list[tuple[str, str]]:
    """Ten recovery codes with their hashes. Takes a third of a second: never inside a transaction."""
    low = 10 ** (RECOVERY_DIGITS - 1)
    codes = [f"{place}{secrets.randbelow(low):0{RECOVERY_DIGITS - 1}d}" for place in range(RECOVERY_CODES)]
    return [(code, security.hash_secret(code)) for code in codes]


def keep_codes(session: Session, person_id: int, codes: list[tuple[str, str]]) -> None:
    """These ten in place of those before."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.add_all(
        RecoveryCode(person_id=person_id, place=int(code[0]), secret=hashed, used_at=None) for code, hashed in codes
    )
    session.flush()


def clear_factor(session: Session, person_id: int) -> None:
    """No app and no code any more: the next sign-in sets up anew."""
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def note(session: Session, action: str, person_id: int, by: int | None, now: datetime) -> None:
    """One entry of the trail about how someone signs in."""
    record(session, actor_id=by, action=action, subject_kind="person", subject_id=person_id, now=now)
