"""Reading boards of individuals. Names are joined at this moment, so that taking a consent back works at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.calendar import local
from app.cycles.models import Cycle
from app.people.domain import ConsentGiven, agreed, public_name
from app.people.doubles.queries import final_ids
from app.people.models import Consent, Person
from app.quizzes.models import Quiz
from app.standings.boards_domain import Board, band_of, ranked, total
from app.standings.boards_models import BoardChoice
from app.standings.models import LedgerEntry, PersonCycle
from app.standings.queries import counted_as

NEEDED = ("record", "name")


@dataclass(frozen=True)
class Own:
    """Where someone stands with the boards.

    Attributes:
        shown_as: name | nickname; "" for someone who is not on them.
        shown: What others read now; ``None`` while a consent is missing.
        needs: What is missing before anything is shown: "" | name (their own consent) | guardian | record.
    """

    shown_as: str
    nickname: str
    shown: str | None
    needs: str


@dataclass(frozen=True)
class Filters:
    """Which part of a board is asked for; ``None`` is everyone."""

    group_id: int | None = None
    band: str | None = None
    topic: str | None = None


def shown_names(session: Session, only: Collection[int] | None = None) -> dict[int, str]:
    """Person → what the boards may show now: everyone who said yes and whom every consent still allows."""
    query = select(BoardChoice, Person.name, Person.adult).join(Person, Person.id == BoardChoice.person_id)
    query = query.where(Person.closed_at.is_(None))
    if only is not None:
        query = query.where(BoardChoice.person_id.in_(only))
    rows = session.execute(query).all()
    given = _consents(session, [choice.person_id for choice, _, _ in rows])
    names = {c.person_id: _shown(c, name, adult, given.get(c.person_id, ())) for c, name, adult in rows}
    return {person_id: name for person_id, name in names.items() if name is not None}


def _consents(session: Session, people: Collection[int]) -> dict[int, list[ConsentGiven]]:
    query = select(Consent).where(Consent.person_id.in_(people), Consent.purpose.in_(NEEDED))
    found: dict[int, list[ConsentGiven]] = {}
    for row in session.scalars(query.order_by(Consent.given_at, Consent.id)):
        found.setdefault(row.person_id, []).append(ConsentGiven(row.purpose, row.choice, row.giver, row.given_at))
    return found


def _shown(choice: BoardChoice, name: str, adult: str, given: Iterable[ConsentGiven]) -> str | None:
    """The name for the boards. An adult's nickname needs no more than the yes to the boards; all else a consent."""
    known = list(given)
    if any(one.choice == "no" for one in _last(known, "record")):
        return None
    if choice.shown_as == "name":
        return public_name(name, adult, known)
    return choice.nickname if adult == "yes" or agreed(adult, known, "name") in ("full", "given") else None


def _last(given: Iterable[ConsentGiven], purpose: str) -> list[ConsentGiven]:
    """The last answer of each giver."""
    return list({one.giver: one for one in given if one.purpose == purpose}.values())


def own_choice(session: Session, person_id: int) -> Own:
    """What someone chose about the boards, and what is still missing for it."""
    choice, person = session.get(BoardChoice, person_id), session.get_one(Person, person_id)
    given = _consents(session, [person_id]).get(person_id, [])
    shown = _shown(choice, person.name, person.adult, given) if choice is not None else None
    wanted = choice.shown_as if choice is not None else ""
    return Own(wanted, choice.nickname if choice else "", shown, _needs(person.adult, given, wanted or "nickname"))


def _needs(adult: str, given: list[ConsentGiven], shown_as: str) -> str:
    if any(one.choice == "no" for one in _last(given, "record")):
        return "record"
    answers = {one.giver: one.choice for one in _last(given, "name")}
    if shown_as == "nickname" and adult == "yes":
        return ""
    if answers.get("self", "no") == "no":
        return "name"
    return "guardian" if adult != "yes" and answers.get("guardian", "no") == "no" else ""


def board(session: Session, cycle: Cycle, filters: Filters) -> Board:
    """Those who are shown, by their points in a cycle."""
    names = shown_names(session)
    if filters.band is not None or filters.group_id is not None:
        names = _narrowed(session, cycle, names, filters)
    points = _topic_points(session, cycle, filters.topic) if filters.topic else _points(session, cycle)
    return ranked(points, names)


def _narrowed(session: Session, cycle: Cycle, names: dict[int, str], filters: Filters) -> dict[int, str]:
    """Of these people, those of a khu phố in that cycle, or of an age."""
    query = (
        select(Person.id, Person.birth_year, PersonCycle.group_id)
        .join(PersonCycle, PersonCycle.person_id == Person.id)
        .where(PersonCycle.cycle_id == cycle.id, Person.id.in_(names))
    )
    year = local(cycle.starts_at).year
    return {
        person_id: names[person_id]
        for person_id, birth_year, group_id in session.execute(query)
        if (filters.group_id is None or group_id == filters.group_id)
        and (filters.band is None or band_of(birth_year, year) == filters.band)
    }


def _points(session: Session, cycle: Cycle) -> dict[int, int]:
    query = select(PersonCycle.person_id, PersonCycle.points).where(PersonCycle.cycle_id == cycle.id)
    return _as_counted(session, cycle, dict(session.execute(query).all()), most=cycle.points_cap)


def _topic_points(session: Session, cycle: Cycle, topic: str) -> dict[int, int]:
    query = (
        select(LedgerEntry.person_id, func.sum(LedgerEntry.points))
        .join(Quiz, Quiz.id == LedgerEntry.quiz_id)
        .where(LedgerEntry.cycle_id == cycle.id, Quiz.topic_slug == topic, LedgerEntry.points > 0)
        .group_by(LedgerEntry.person_id)
    )
    return _as_counted(session, cycle, dict(session.execute(query).all()), most=cycle.points_cap)


def _as_counted(session: Session, cycle: Cycle, points: dict[int, int], *, most: int) -> dict[int, int]:
    """Points under the number that counts for each person in the cycle, up to the cap."""
    finals = counted_as(session, cycle.id)
    if finals:
        points = total((finals.get(person, person), int(many)) for person, many in points.items())
    return {person: min(int(many), most) for person, many in points.items()}


def names_for(session: Session, people: Collection[int]) -> dict[int, str]:
    """Of these people, those whom a list of individuals may show, merged numbers under the one that goes on."""
    finals = final_ids(session, people)
    shown = shown_names(session, {finals.get(one, one) for one in people})
    return {one: shown[finals.get(one, one)] for one in people if finals.get(one, one) in shown}


@dataclass(frozen=True)
class Nickname:
    """A nickname on the boards, for the officers who answer for what stands there."""

    person_id: int
    nickname: str
    name: str


def nicknames(session: Session) -> list[Nickname]:
    """Every nickname on the boards with whose it is, the newest first."""
    query = (
        select(BoardChoice.person_id, BoardChoice.nickname, Person.name)
        .join(Person, Person.id == BoardChoice.person_id)
        .where(BoardChoice.shown_as == "nickname", Person.closed_at.is_(None))
        .order_by(BoardChoice.chosen_at.desc(), BoardChoice.person_id)
    )
    return [Nickname(*row) for row in session.execute(query)]
