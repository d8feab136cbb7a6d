"""Answering questions: every consequence of an answer, in order, in one transaction."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.attempts.domain import Answered, Learner, Plan, Step
from app.attempts.models import Attempt
from app.attempts.queries import find_last, find_open, lock_own, plan_of, times_seen
from app.attempts.service import note_day, open_attempt, record_response, settle
from app.awards.service import ensure_cycle
from app.badges.service import issue_earned
from app.core.calendar import local_date
from app.core.db import transaction
from app.core.errors import Conflict, NotFound
from app.quizzes.domain import LETTERS, Item, ItemView, present
from app.quizzes.queries import get_item, pool, quiz_card
from app.standings.service import post_day, post_pass, post_points, whom


@dataclass(frozen=True)
class Shown:
    """One option after the answer: its letter, text and what it turned out to be."""

    letter: str
    text: str
    reason: str
    state: str  # right | chosen | other


@dataclass(frozen=True)
class Question:
    """A step that waits for an answer. Holds no key."""

    attempt_id: int
    number: int
    asked: int
    round: int
    view: ItemView
    segments: tuple[str, ...]
    how: str
    key: str  # of this form: sending it twice counts once


@dataclass(frozen=True)
class Verdict:
    """A step that has been answered, with everything there is to learn from it."""

    attempt_id: int
    number: int
    asked: int
    round: int
    stem: str
    options: tuple[Shown, ...]
    right: bool
    rationale: str
    source_title: str
    source_date: str
    segments: tuple[str, ...]
    returns: bool  # a wrong one of the first round is asked again at the end
    next_number: int | None


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended."""

    attempt_id: int
    right: int
    asked: int
    passed: bool
    how: str
    started_at: datetime
    segments: tuple[str, ...]


def start(
    learner: Learner,
    topic_slug: str,
    quiz_id: str,
    *,
    how: str,
    now: datetime,
    chance: random.Random | None = None,
) -> int:
    """Begin a quiz, or go on with the attempt that is open.

    Returns:
        The number of the step to answer next.

    Raises:
        NotFound: There is no such quiz.
        Conflict: None of its items can be asked today.
    """
    with transaction() as session:
        card = quiz_card(session, topic_slug, quiz_id)
        seen = times_seen(session, learner.person_id, card.id) if learner.person_id is not None else {}
        attempt = open_attempt(
            session,
            learner,
            card.id,
            pool=pool(session, card.id, local_date(now)),
            seen=seen,
            how=how,
            chance=chance or random.Random(secrets.randbits(64)),  # noqa: S311 — a seeded shuffle, no secret
            now=now,
        )
        following = plan_of(attempt).next
        return following.number if following else 1


def look(session: Session, learner: Learner, quiz_id: str, number: int) -> Question | Verdict:
    """What stands at a step of the learner's newest attempt: the question, or its answered state.

    Raises:
        NotFound: No attempt, or no such step.
        Conflict: The step's turn has not come.
    """
    attempt = find_open(session, learner, quiz_id) or find_last(session, learner, quiz_id)
    if attempt is None:
        raise NotFound
    steps = plan_of(attempt)
    step = _reachable(steps, number)
    item = get_item(session, step.drawn.revision_id)
    if step.answer is not None:
        return _verdict(attempt, steps, step, item)
    return Question(
        attempt.id,
        number,
        steps.asked,
        step.round,
        present(item, step.drawn),
        tuple(steps.segments(number)),
        attempt.how,
        secrets.token_urlsafe(12),
    )


def answer_item(learner: Learner, attempt_id: int, number: int, letter: str, *, key: str, now: datetime) -> Verdict:
    """Record one response and what follows from it, all or nothing.

    The same step again, whatever the choice or the device, returns the stored verdict and
    changes nothing.

    Raises:
        NotFound: The attempt is not this learner's.
        Conflict: The step's turn has not come.
        Invalid: No option was chosen.
    """
    with transaction() as session:
        attempt = lock_own(session, learner, attempt_id)
        steps = plan_of(attempt)
        step = _reachable(steps, number)
        item = get_item(session, step.drawn.revision_id)
        if step.answer is not None:
            return _verdict(attempt, steps, step, item)
        choice = step.drawn.option_at(letter)
        response = record_response(session, attempt, step, item, choice, key=f"{attempt_id}:{number}:{key}", now=now)
        steps = settle(attempt, now=now)
        if learner.person_id is not None:
            _count(session, attempt, steps, step, response.score, learner.person_id, now)
        answered = steps.steps[number - 1]
        return _verdict(attempt, steps, answered, item)


def _count(
    session: Session, attempt: Attempt, steps: Plan, step: Step, score: int, person_id: int, now: datetime
) -> None:
    """Ledger, badges and the day: what an answer of a known person leads to."""
    new_day = note_day(session, person_id, local_date(now))
    finished = step.round == 1 and steps.first_round_done
    earns = step.round == 1 and attempt.how == "independent"
    passed = finished and steps.passed
    if new_day or earns or passed:
        cycle = ensure_cycle(session, now)
        who = whom(session, person_id, cycle)
        mine = f"{cycle.period}:{person_id}"
        if new_day:
            post_day(session, cycle, who, how=attempt.how, now=now)
        if earns:
            source = f"points:{mine}:{step.drawn.revision_id}"
            post_points(session, cycle, who, score, quiz_id=attempt.quiz_id, source=source, now=now)
        if passed:
            source = f"pass:{mine}:{attempt.quiz_id}:{attempt.how}"
            post_pass(session, cycle, who, quiz_id=attempt.quiz_id, how=attempt.how, source=source, now=now)
    if finished or new_day:
        session.flush()
        issue_earned(session, person_id, now=now)


def outcome(session: Session, learner: Learner, quiz_id: str) -> Outcome:
    """The newest attempt's result, once its first round is complete.

    Raises:
        NotFound: There is none.
    """
    attempt = find_last(session, learner, quiz_id)
    if attempt is None or attempt.right is None:
        raise NotFound
    steps = plan_of(attempt)
    segments = tuple(steps.segments(0))
    return Outcome(
        attempt.id,
        attempt.right,
        steps.asked,
        bool(attempt.passed),
        attempt.how,
        attempt.started_at,
        segments,
    )


def _reachable(steps: Plan, number: int) -> Step:
    step = steps.step(number)
    if step is None:
        raise NotFound
    if steps.next is not None and number > steps.next.number:
        raise Conflict("not_yet")
    return step


def _verdict(attempt: Attempt, steps: Plan, step: Step, item: Item) -> Verdict:
    assert step.answer is not None
    following = steps.next
    return Verdict(
        attempt.id,
        step.number,
        steps.asked,
        step.round,
        item.stem,
        _options(item, step, step.answer),
        step.answer.right,
        item.rationale,
        item.source.title,
        f"{item.source.date:%d/%m/%Y}",
        tuple(steps.segments(step.number)),
        returns=step.round == 1 and not step.answer.right,
        next_number=following.number if following else None,
    )


def _options(item: Item, step: Step, answer: Answered) -> tuple[Shown, ...]:
    shown = []
    for place, option_id in enumerate(step.drawn.order):
        option = item.option(option_id)
        state = "right" if option_id == item.key else "chosen" if option_id == answer.choice else "other"
        shown.append(Shown(LETTERS[place], option.text, option.reason, state))
    return tuple(shown)
