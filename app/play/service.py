"""Answering questions: every consequence of an answer, in order, in one transaction."""

import random
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.attempts.domain import Learner, Plan, Step
from app.attempts.models import Attempt, Response
from app.attempts.queries import find_last, find_open, path_so_far, plan_of, times_seen
from app.attempts.remembering import remember
from app.attempts.service import (
    AnsweredMeanwhile,
    note_day,
    open_attempt,
    place,
    record_response,
    settle,
    take_turn,
)
from app.awards.service import ensure_cycle
from app.badges.service import issue_earned
from app.core.calendar import local_date
from app.core.db import transaction
from app.core.errors import Conflict, Locked, NotFound
from app.outreach.classes.attending import note_attempt
from app.play.domain import Outcome, Question, Verdict, verdict
from app.play.queries import Desk, desk
from app.quizzes.domain import BLUEPRINTS, Drawn, Item, draw, present
from app.quizzes.kinds.kind import Form, first
from app.quizzes.queries import get_item, pool, quiz_card
from app.standings.service import post_day, post_pass, post_points, whom

TRIES = 3  # how often an answer looks again when another device was faster


def start(
    learner: Learner,
    topic_slug: str,
    quiz_id: str,
    *,
    how: str,
    now: datetime,
    chance: random.Random | None = None,
    fewer: bool = False,
    class_id: int | None = None,
) -> int:
    """Begin a quiz, or go on with the attempt that is open.

    Args:
        class_id: The class in which that happens, if it is one.
        fewer: Leave a distractor out, for whoever asked for that. Never where people compete.

    Returns:
        The number of the step to answer next.

    Raises:
        NotFound: There is no such quiz.
        Conflict: None of its items can be asked today.
    """
    dice = chance or random.Random(secrets.randbits(64))  # noqa: S311 — a seeded shuffle, no secret
    with transaction() as session:
        card = quiz_card(session, topic_slug, quiz_id)

        def drawn() -> Sequence[Drawn]:
            items = pool(session, card.id, local_date(now))
            seen = times_seen(session, learner, [item.id for item in items])
            return draw(items, seen, dice, blueprint=BLUEPRINTS[card.tier], fewer=fewer)

        attempt = open_attempt(session, learner, card.id, drawn=drawn, how=how, now=now)
        if class_id is not None:
            note_attempt(session, class_id, attempt.id)
        following = plan_of(attempt).next
        return following.number if following else 1


def look(
    session: Session,
    learner: Learner,
    quiz_id: str | None,
    number: int,
    *,
    purpose: str = "lesson",
    form: Form | None = None,
    draft: str = "",
) -> Question | Verdict:
    """What stands at a step of the learner's newest attempt: the question, or its answered state.

    Args:
        form: What has been entered so far, to show it again.
        draft: The same as an address keeps it.

    Raises:
        NotFound: No attempt, or no such step.
        Conflict: The step's turn has not come.
    """
    attempt = find_open(session, learner, quiz_id, purpose=purpose) or find_last(
        session, learner, quiz_id, purpose=purpose
    )
    if attempt is None:
        raise NotFound
    steps = plan_of(attempt)
    step = _reachable(steps, number)
    item = get_item(session, step.drawn.revision_id)
    if step.answer is not None:
        return verdict(attempt.id, steps, step, item)
    return _question(attempt, steps, step, item, item.kind.draft(form, step.drawn.order) if form else draft)


def _question(attempt: Attempt, steps: Plan, step: Step, item: Item, draft: str = "") -> Question:
    if item.kind.by_turns:  # only turns that were really taken: an address must not look ahead
        draft = path_so_far(attempt, item.id, step.round)
    return Question(
        attempt.id,
        step.number,
        steps.asked,
        step.round,
        present(item, step.drawn, draft),
        draft,
        tuple(steps.segments(step.number)),
        attempt.how,
        secrets.token_urlsafe(12),
    )


def answer_item(
    learner: Learner, attempt_id: int, number: int, form: Form, *, key: str, now: datetime
) -> Question | Verdict:
    """Record one response and what follows from it, all or nothing. A story is taken one turn further.

    The same step again, whatever the choice or the device, returns the stored verdict and
    changes nothing.

    Returns:
        The verdict, or the question again where its story goes on.

    Raises:
        NotFound: The attempt is not this learner's.
        Conflict: The step's turn has not come.
        Invalid: Nothing was answered.
    """
    for _ in range(TRIES):
        try:
            with transaction() as session:
                return _answer(session, learner, attempt_id, number, form, key=key, now=now)
        except AnsweredMeanwhile:  # what the other request stored is there now
            continue
    raise Locked("busy")


def _answer(
    session: Session, learner: Learner, attempt_id: int, number: int, form: Form, *, key: str, now: datetime
) -> Question | Verdict:
    found = desk(session, learner, attempt_id, now)
    attempt = found.attempt
    steps = plan_of(attempt)
    step = _reachable(steps, number)
    item = get_item(session, step.drawn.revision_id)
    if step.answer is not None:
        return verdict(attempt.id, steps, step, item)
    path = path_so_far(attempt, item.id, step.round) if item.kind.by_turns else ""
    if item.kind.by_turns and first(form, "place") not in ("", str(len(path.split(",")) if path else 0)):
        return _question(attempt, steps, step, item)  # a turn sent twice
    choice = item.kind.read(form, step.drawn.order, path)
    if item.kind.by_turns:
        take_turn(session, attempt, step, choice)
    if not item.kind.is_whole(choice):
        return _question(attempt, steps, step, item)
    response = record_response(session, attempt, step, item, choice, key=f"{attempt_id}:{number}:{key}", now=now)
    steps = settle(attempt, now=now)
    if learner.person_id is not None:
        count(session, found, steps, item, response, learner.person_id, now)
    return verdict(attempt.id, steps, steps.steps[number - 1], item)


def count(
    session: Session, found: Desk, steps: Plan, item: Item, response: Response, person_id: int, now: datetime
) -> None:
    """Ledger, badges, the day and what comes back later: what an answer of a known person leads to. A step.

    A placement only tells where to begin: a day of learning like any other, no points, no return.
    """
    attempt, home, placing = found.attempt, None, found.attempt.purpose == "placement"
    new_day = not found.learnt_today and note_day(session, person_id, local_date(now))
    finished = response.round == 1 and steps.first_round_done
    earns = response.round == 1 and attempt.how == "independent" and not placing
    passed = finished and steps.passed and attempt.quiz_id is not None
    if new_day or earns or finished:
        cycle = found.cycle or ensure_cycle(session, now)
        who = found.who or whom(session, person_id, cycle)
        home, mine = who.group_id, f"{cycle.period}:{person_id}"
        if new_day:
            post_day(session, cycle, who, how=attempt.how, now=now)
        if earns:
            source = f"points:{mine}:{item.revision_id}"
            post_points(session, cycle, who, response.score, quiz_id=item.quiz_id, source=source, now=now)
        if passed and attempt.quiz_id is not None:
            source = f"pass:{mine}:{attempt.quiz_id}:{attempt.how}"
            post_pass(session, cycle, who, quiz_id=attempt.quiz_id, how=attempt.how, source=source, now=now)
    if finished and placing:
        place(session, person_id, steps, now=now)
    elif finished or (response.round == 2 and steps.next is None):
        remember(session, attempt, steps, round=response.round, item_of=get_item, group_id=home)
    if finished or new_day:
        session.flush()
        issue_earned(session, person_id, now=now)


def outcome(session: Session, learner: Learner, quiz_id: str | None, *, purpose: str = "lesson") -> Outcome:
    """The newest attempt's result, once its first round is complete.

    Raises:
        NotFound: There is none.
    """
    attempt = find_last(session, learner, quiz_id, purpose=purpose)
    if attempt is None or attempt.right is None:
        raise NotFound
    steps = plan_of(attempt)
    return Outcome(
        attempt.id,
        attempt.right,
        steps.asked,
        bool(attempt.passed),
        attempt.how,
        attempt.started_at,
        tuple(steps.segments(0)),
    )


def _reachable(steps: Plan, number: int) -> Step:
    step = steps.step(number)
    if step is None:
        raise NotFound
    if steps.next is not None and number > steps.next.number:
        raise Conflict("not_yet")
    return step
