"""Who someone says they are, and whether the secret fits: counted, then checked outside any transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import security
from app.core.errors import Conflict, Invalid, Locked
from app.people.domain import PIN_DIGITS
from app.people.models import Authenticator, Person
from app.people.sessions import knows
from app.people.tries import Counter, Tally, count_try, counter_for

# What a secret is checked against where there is nobody: it takes as long, and nothing fits.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$q53mP58u5opVJ5wGTuiUrw$AswS58k9bq3rD6y9U3oRtVWqDQQNhLw71b+S3XHnxCg"


@dataclass(frozen=True)
class Claim:
    """A try, counted already and not checked yet."""

    person_id: int | None
    kind: str  # pin | password
    stored: str
    counter: Counter
    tally: Tally

    def verify(self, secret: str, *, wrong: str, field: str) -> int:
        """The person's id when the secret fits. Takes 30 ms: never inside a transaction.

        Raises:
            Invalid: ``wrong``, with the tries left.
            Locked: That was the last try.
            Busy: Too many are being checked already.
        """
        fits = security.verify_secret(self.stored, secret)
        if fits and self.person_id is not None:
            return self.person_id
        if self.tally.left == 0:
            raise Locked("sign_in_locked", minutes=self.tally.minutes)
        raise Invalid(wrong, field=field, left=self.tally.left)

    def still_holds(self, session: Session) -> None:
        """The secret was not cleared or changed while it was being checked.

        Raises:
            Conflict: It was.
        """
        if find_secret(session, self.person_id, self.kind) != self.stored:
            raise Conflict("secret_moved")


def make_claim(
    session: Session,
    person_id: int | None,
    typed: str,
    secret: str,
    *,
    kind: str = "",
    place: str,
    network: str,
    now: datetime,
) -> Claim:
    """Count a try and find what to check the secret against.

    Args:
        typed: What stands for a person where none was found.
        kind: pin | password, where only one will do; "" for the one that has this length.
        place: See :func:`app.people.tries.counter_for`.

    Raises:
        Locked: Too many tries before this one.
    """
    counter = counter_for(person_id, typed, place, network)
    tally = count_try(session, counter, now=now)
    kind = kind or ("pin" if len(secret) <= PIN_DIGITS[1] else "password")
    return Claim(person_id, kind, find_secret(session, person_id, kind) or NOBODY, counter, tally)


def find_secret(session: Session, person_id: int | None, kind: str) -> str | None:
    """The stored hash, unless the person has left."""
    return session.scalar(
        select(Authenticator.secret)
        .join(Person, Person.id == Authenticator.person_id)
        .where(Authenticator.person_id == person_id, Authenticator.kind == kind, Person.closed_at.is_(None))
    )


def place_of(session: Session, device_id: int | None, person_id: int | None, *, otherwise: str) -> str:
    """Where someone tries: on a device that knows them, or ``otherwise``."""
    known = person_id is not None and knows(session, device_id, person_id)
    return f"device:{device_id}" if known else otherwise
