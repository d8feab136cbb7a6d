"""A restored backup knows less than was promised since: the erased are erased again, what was taken back stays so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.badges.credentials.endings import keep_endings
from app.core.db import reading, transaction
from app.people.models import Consent, Person, SignIn
from app.privacy import journal
from app.privacy.erasing import erase_person
from app.privacy.journal import Line
from app.privacy.models import Erasure

Key = tuple[int, str, str]


@dataclass(frozen=True)
class Kept:
    """What had to be done again: people erased, answers of consent taken back."""

    erased: int
    withdrawn: int

    @property
    def restored(self) -> bool:
        """Whether the database is older than the journal."""
        return bool(self.erased or self.withdrawn)


def keep_promises(folder: Path, now: datetime) -> Kept:
    """Compare journal and database, both ways: do again what the database forgot, write down what the file lacks.

    Where anything had to be done again, every session ends too: one that was ended has come back as well.
    """
    lines = journal.read(folder)
    erased, withdrawn = _forgotten(reading(), lines), _unheard(reading(), lines)
    if erased or withdrawn:
        with transaction() as session:
            erased, withdrawn = _forgotten(session, lines), _unheard(session, lines)  # another may have been faster
            for line in erased:
                if session.get(Erasure, line.person) is None:  # not with a record that it was merged into
                    erase_person(session, line.person, why="restored", by=None, now=now)
            for line in withdrawn:
                session.add(_answer(line))
            session.execute(delete(SignIn))
            record(
                session, actor_id=None, action="privacy.restored", subject_kind="database", subject_id="journal",
                now=now, detail={"erased": len(erased), "withdrawn": len(withdrawn)},
            )  # fmt: skip
    journal.append(folder, _unwritten(reading(), lines))
    keep_endings(folder)
    return Kept(len(erased), len(withdrawn))


def _same(session: Session, lines: Iterable[Line]) -> dict[int, datetime]:
    """When the people that lines name were added: a number given to someone else since means nobody."""
    numbers = {line.person for line in lines}
    return dict(session.execute(select(Person.id, Person.created_at).where(Person.id.in_(numbers))).all())


def _forgotten(session: Session, lines: Iterable[Line]) -> list[Line]:
    wanted = {line.person: line for line in lines if line.what == "erase"}
    added = _same(session, wanted.values())
    done = set(session.scalars(select(Erasure.person_id)))
    return [line for line in wanted.values() if line.person not in done and added.get(line.person) == line.since]


def _unheard(session: Session, lines: Iterable[Line]) -> list[Line]:
    """The last answer of each giver, where it narrowed something and the database has none as late."""
    wanted = list(lines)
    gone = {line.person for line in wanted if line.what == "erase"}
    last = {_key(line): line for line in wanted if line.what == "withdraw" and line.person not in gone}
    narrow = {key: line for key, line in last.items() if line.choice != "full"}
    added, known = _same(session, narrow.values()), _latest(session, {line.person for line in narrow.values()})
    return [
        line
        for key, line in narrow.items()
        if added.get(line.person) == line.since and (key not in known or known[key] < line.at)
    ]


def _key(line: Line) -> Key:
    return line.person, line.purpose, line.giver


def _latest(session: Session, people: set[int]) -> dict[Key, datetime]:
    query = select(Consent.person_id, Consent.purpose, Consent.giver, Consent.given_at)
    rows = session.execute(query.where(Consent.person_id.in_(people)).order_by(Consent.given_at))
    return {(person, purpose, giver): at for person, purpose, giver, at in rows}


def _answer(line: Line) -> Consent:
    return Consent(
        person_id=line.person,
        purpose=line.purpose,
        choice=line.choice,
        giver=line.giver,
        text_version="",
        given_at=line.at,
        recorded_by=None,
        how=None,
    )


def _unwritten(session: Session, lines: list[Line]) -> list[Line]:
    known = set(lines)
    query = select(Erasure, Person.created_at).join(Person, Person.id == Erasure.person_id)
    erased = {line.person for line in lines if line.what == "erase"}
    found = [
        Line("erase", e.person_id, since, e.at) for e, since in session.execute(query) if e.person_id not in erased
    ]
    newest = max((line.at for line in lines if line.what == "withdraw"), default=None)
    answers = select(Consent, Person.created_at).join(Person, Person.id == Consent.person_id)
    if newest is not None:
        answers = answers.where(Consent.given_at >= newest)
    for c, since in session.execute(answers.order_by(Consent.given_at, Consent.id)):
        line = Line("withdraw", c.person_id, since, c.given_at, c.purpose, c.giver, c.choice)
        found += [line] if line not in known else []
    return found
