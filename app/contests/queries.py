"""Reading contests. Nothing here tells a key or what an answer was worth before the contest has closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.contests.domain import DONE, RUNNING, Player, QuestionFigures
from app.contests.models import Contest, ContestAnswer, ContestEntry, ContestQuestion, ContestTeam
from app.core.errors import NotFound
from app.core.text import natural_key
from app.groups.models import Group
from app.quizzes.domain import Drawn
from app.standings.domain import is_public_place

LATELY = 26  # contests whose questions are asked again last
LIST = 12  # past weeks on the page


@dataclass(frozen=True)
class ContestView:
    """A contest as its pages speak of it; ``state`` is the row's, ``over`` whether its end has passed."""

    id: int
    period: str
    opens_at: datetime
    closes_at: datetime
    results_at: datetime
    state: str
    reason: str
    over: bool
    can_restore: bool


@dataclass(frozen=True)
class TeamRow:
    """A team's result as it may be shown: with its place and score, or by name alone."""

    group_id: int
    slug: str
    name: str
    people: int
    score: int | None
    place: int | None
    tied: bool


@dataclass(frozen=True)
class TeamTable:
    """Teams of one kind: ``told`` with place and score, the ``others`` by name."""

    told: tuple[TeamRow, ...]
    others: tuple[TeamRow, ...]


@dataclass(frozen=True)
class OwnEntry:
    """Where someone's own attempt stands; the figures are ``None`` before the contest has closed."""

    entry_id: int
    answered: int
    ended: bool
    right: int | None
    credit: int | None
    points: int | None


def find_contest(session: Session, period: str, now: datetime) -> ContestView:
    """A contest by its name.

    Raises:
        NotFound: There is none.
    """
    found = session.scalar(select(Contest).where(Contest.period == period))
    if found is None:
        raise NotFound
    return _view(found, now)


def _view(row: Contest, now: datetime) -> ContestView:
    over = row.closes_at <= now
    restorable = row.state == "cancelled" and row.draw is None and not over
    return ContestView(
        row.id, row.period, row.opens_at, row.closes_at, row.results_at, row.state, row.reason, over, restorable
    )


def current(session: Session, now: datetime) -> ContestView | None:
    """The contest to show first: the open one, else the next that will open."""
    running = select(Contest).where(Contest.state == "open").order_by(Contest.opens_at.desc()).limit(1)
    found = session.scalar(running)
    if found is None:
        coming = select(Contest).where(Contest.state.in_(("draft", "cancelled")), Contest.closes_at > now)
        found = session.scalar(coming.order_by(Contest.opens_at).limit(1))
    return _view(found, now) if found else None


def past(session: Session, now: datetime) -> list[ContestView]:
    """Closed contests, the newest first."""
    query = select(Contest).where(Contest.state.in_(DONE)).order_by(Contest.opens_at.desc()).limit(LIST)
    return [_view(row, now) for row in session.scalars(query)]


def drawn_of(session: Session, contest_id: int) -> list[Drawn]:
    """A contest's questions in their order."""
    return [Drawn.from_json(one) for one in session.get_one(Contest, contest_id).draw or ()]


def own_entry(session: Session, contest_id: int, person_id: int) -> OwnEntry | None:
    query = select(ContestEntry).where(ContestEntry.contest_id == contest_id, ContestEntry.person_id == person_id)
    row = session.scalar(query)
    if row is None:
        return None
    count = select(func.count()).select_from(ContestAnswer).where(ContestAnswer.entry_id == row.id)
    return OwnEntry(row.id, session.scalar(count) or 0, row.ended_at is not None, row.right, row.credit, row.points)


def count_entries(session: Session, contest_ids: Collection[int]) -> dict[int, int]:
    """Contest → how many people have begun."""
    query = select(ContestEntry.contest_id, func.count()).where(ContestEntry.contest_id.in_(contest_ids))
    return dict(session.execute(query.group_by(ContestEntry.contest_id)).all())


def asked_before(session: Session) -> dict[str, int]:
    """Item → in how many of the last half year's contests it was asked."""
    query = select(Contest.draw).where(Contest.state.in_(RUNNING)).order_by(Contest.opens_at.desc()).limit(LATELY)
    used: dict[str, int] = {}
    for drawn in session.scalars(query):
        for one in drawn or ():
            used[one["item"]] = used.get(one["item"], 0) + 1
    return used


def unscored(session: Session, contest_id: int, *, limit: int) -> list[ContestEntry]:
    """The next entries without a result, their rows held."""
    query = select(ContestEntry).where(ContestEntry.contest_id == contest_id, ContestEntry.scored_at.is_(None))
    return list(session.scalars(query.order_by(ContestEntry.id).limit(limit).with_for_update()))


def players(session: Session, contest_id: int) -> list[Player]:
    """Everyone who answered at least one question, once scored."""
    query = select(ContestEntry).where(ContestEntry.contest_id == contest_id, ContestEntry.answered > 0)
    rows = session.scalars(query.order_by(ContestEntry.person_id))
    return [Player(row.person_id, row.credit or 0, row.group_id, row.branch_id) for row in rows]


def question_figures(session: Session, contest_id: int) -> list[QuestionFigures]:
    """How each question went, from the scored answers."""
    right = func.sum(func.coalesce(ContestAnswer.credit, 0) / 100)  # whole division: 100 alone makes one
    query = (
        select(ContestAnswer.place, func.count(), right)
        .join(ContestEntry, ContestEntry.id == ContestAnswer.entry_id)
        .where(ContestEntry.contest_id == contest_id)
        .group_by(ContestAnswer.place)
        .order_by(ContestAnswer.place)
    )
    return [QuestionFigures(place, answered, int(many or 0)) for place, answered, many in session.execute(query)]


def frozen_figures(session: Session, contest_id: int) -> list[QuestionFigures]:
    """How each question went, as it was kept at the close."""
    query = select(ContestQuestion).where(ContestQuestion.contest_id == contest_id).order_by(ContestQuestion.place)
    return [QuestionFigures(row.place, row.answered, row.right) for row in session.scalars(query)]


def team_table(session: Session, contest_id: int, kind: str) -> TeamTable:
    """Frozen results of the ward's teams of a kind: the upper half with figures, the others by name."""
    query = (
        select(ContestTeam, Group)
        .join(Group, Group.id == ContestTeam.group_id)
        .where(ContestTeam.contest_id == contest_id, Group.kind == kind)
    )
    found = session.execute(query).all()
    scores = [team.score for team, _ in found if team.score is not None]
    rows = [
        TeamRow(group.id, group.slug, group.name, t.people, t.score, t.place, scores.count(t.score or 0) > 1)
        for t, group in found
    ]
    told = [row for row in rows if row.place is not None and is_public_place(row.place, len(scores))]
    others = [row for row in rows if row not in told]
    return TeamTable(
        tuple(sorted(told, key=lambda r: (r.place or 0, natural_key(r.name)))),
        tuple(sorted(others, key=lambda r: natural_key(r.name))),
    )


def credits_of(session: Session, contest_id: int) -> dict[int, int]:
    """Person → result, in hundredths of a question, of a contest that has closed."""
    return {player.person_id: player.credit for player in players(session, contest_id)}


def all_weeks(session: Session, now: datetime) -> list[ContestView]:
    """Every contest that has a row, the newest first, half a year back."""
    query = select(Contest).order_by(Contest.opens_at.desc()).limit(LATELY)
    return [_view(row, now) for row in session.scalars(query)]


def count_finished(session: Session, person_id: int) -> int:
    """In how many contests that have closed someone answered every question."""
    whole = (ContestEntry.ended_at.is_not(None), ContestEntry.scored_at.is_not(None))
    return session.scalar(select(func.count()).where(ContestEntry.person_id == person_id, *whole)) or 0


def entrants(session: Session) -> list[int]:
    """Everyone who has ever finished one."""
    return list(session.scalars(select(ContestEntry.person_id).where(ContestEntry.scored_at.is_not(None)).distinct()))
