"""Scoring entries and freezing results: steps of a close."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.attempts.domain import score_response
from app.contests.domain import Player, QuestionFigures, is_right, teams
from app.contests.models import Contest, ContestAnswer, ContestEntry, ContestQuestion, ContestTeam
from app.cycles.models import Cycle
from app.people.consents import keeps_record
from app.quizzes.domain import Drawn
from app.quizzes.queries import get_item
from app.standings.queries import memberships_for
from app.standings.service import current_cycle, post_credit, whom


def score_entries(session: Session, contest: Contest, entries: Sequence[ContestEntry], *, now: datetime) -> None:
    """What every answer is worth, what the entry adds up to, and its points in the ledger."""
    if not entries:
        return
    kinds = {d.item: get_item(session, d.revision_id).kind for d in map(Drawn.from_json, contest.draw or ())}
    cycle, _ = current_cycle(session, contest.closes_at)
    for entry in entries:
        answers = session.scalars(select(ContestAnswer).where(ContestAnswer.entry_id == entry.id)).all()
        for answer in answers:
            answer.credit = kinds[answer.item_id].credit(answer.choice)
        _settle(session, cycle, contest, entry, [answer.credit or 0 for answer in answers], now)


def _settle(
    session: Session, cycle: Cycle, contest: Contest, entry: ContestEntry, each: Sequence[int], now: datetime
) -> None:
    points = 0
    if keeps_record(session, entry.person_id):  # who took that back meanwhile reads their result, and it counts nowhere
        points = _post(session, cycle, contest.period, entry.person_id, each, now)
        entry.group_id, entry.branch_id = memberships_for(session, entry.person_id, contest.opens_at)
    entry.answered, entry.right, entry.credit = len(each), sum(map(is_right, each)), sum(each)
    entry.points, entry.scored_at = points, now
    session.flush()


def _post(session: Session, cycle: Cycle, period: str, person_id: int, each: Iterable[int], now: datetime) -> int:
    """Points of a counted attempt, once: the source is the contest's and the person's."""
    points = sum(score_response(credit, round=1) for credit in each)
    if not points:
        return 0
    who, source = whom(session, person_id, cycle), f"points:{period}:{person_id}"
    return post_credit(session, cycle, who, points, quiz_id=None, source=source, now=now)


def freeze(session: Session, contest_id: int, players: Sequence[Player], figures: Iterable[QuestionFigures]) -> None:
    """Keep the teams' results and how each question went."""
    for table in (ContestTeam, ContestQuestion):
        session.execute(delete(table).where(table.contest_id == contest_id))
    for branch in (False, True):
        for team in teams(players, branch=branch):
            session.add(
                ContestTeam(
                    contest_id=contest_id, group_id=team.group_id, people=team.people, score=team.score,
                    place=team.place,
                )
            )  # fmt: skip
    for one in figures:
        session.add(ContestQuestion(contest_id=contest_id, place=one.place, answered=one.answered, right=one.right))
    session.flush()
