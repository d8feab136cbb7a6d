"""Lessons: a topic's page, a quiz's first page, one question a screen, and how it ended."""

import secrets

from flask import Blueprint, Response, request, session, url_for

from app.attempts.domain import HOW, Learner
from app.attempts.queries import find_open, in_progress, passed_quizzes, plan_of
from app.badges.queries import issued_since
from app.core import clock, web
from app.core.db import reading
from app.core.security import digest
from app.people.access import actor
from app.play import service
from app.play.service import Question, Verdict
from app.quizzes.queries import QuizCard, quiz_card, quiz_cards, topic, topics

bp = Blueprint("play", __name__)


def learner() -> Learner:
    """Who is answering: the person signed in, else the guest that this browser's session knows."""
    who = actor()
    if who is not None:
        return Learner(person_id=who.id)
    return Learner(guest=digest(str(session.get("guest", ""))))


@bp.get("/hoc")
def lessons() -> Response:
    """All topics with their quizzes, and where the reader stands."""
    who, db = learner(), reading()
    passed = passed_quizzes(db, who.person_id) if who.person_id is not None else set()
    return web.render(
        "play/lessons.html",
        topics=topics(db),
        cards=quiz_cards(db),
        passed=passed,
        open={p.quiz_id: p for p in in_progress(db, who)},
    )


@bp.get("/hoc/<topic_slug>")
def topic_page(topic_slug: str) -> Response:
    who, db = learner(), reading()
    passed = passed_quizzes(db, who.person_id) if who.person_id is not None else set()
    return web.render(
        "play/topic.html",
        topic=topic(db, topic_slug),
        cards=quiz_cards(db, topic_slug),
        passed=passed,
        open={p.quiz_id: p for p in in_progress(db, who)},
    )


@bp.get("/hoc/<topic_slug>/<quiz_id>")
def quiz(topic_slug: str, quiz_id: str) -> Response:
    """A quiz's first page: what it is about, how it is done, and the button."""
    db = reading()
    card = quiz_card(db, topic_slug, quiz_id)
    attempt = find_open(db, learner(), quiz_id)
    step = plan_of(attempt).next if attempt else None
    return web.render("play/quiz.html", card=card, next_number=step.number if step else None)


@bp.post("/hoc/<topic_slug>/<quiz_id>")
def start(topic_slug: str, quiz_id: str) -> Response:
    if actor() is None and "guest" not in session:
        session["guest"] = secrets.token_urlsafe(16)
    how = request.form.get("how", "independent")
    number = service.start(learner(), topic_slug, quiz_id, how=how if how in HOW else "independent", now=clock.now())
    return web.see_other(_item_url(topic_slug, quiz_id, number))


@bp.get("/hoc/<topic_slug>/<quiz_id>/<int:number>")
def item(topic_slug: str, quiz_id: str, number: int) -> Response:
    """A step: the question, or the answered question with its explanation."""
    db = reading()
    card = quiz_card(db, topic_slug, quiz_id)
    shown = service.look(db, learner(), quiz_id, number)
    return web.render(
        "play/item.html", _fragment(shown), card=card, shown=shown, error="", next_url=_next_url(card, shown)
    )


@bp.post("/hoc/<topic_slug>/<quiz_id>/<int:number>")
def answer(topic_slug: str, quiz_id: str, number: int) -> Response:
    card = quiz_card(reading(), topic_slug, quiz_id)
    form = request.form
    verdict, errors = web.attempt(
        lambda: service.answer_item(
            learner(),
            form.get("attempt", 0, int),
            number,
            form.get("choice", ""),
            key=form.get("key", "")[:40] or secrets.token_urlsafe(12),
            now=clock.now(),
        )
    )
    if verdict is None:
        shown = service.look(reading(), learner(), quiz_id, number)
        words = next(iter(errors.values()))
        return web.render(
            "play/item.html", _fragment(shown), status=422, card=card, shown=shown, error=words, next_url=""
        )
    return web.after_post(
        "play/_verdict.html",
        to=_item_url(topic_slug, quiz_id, number),
        card=card,
        shown=verdict,
        next_url=_next_url(card, verdict),
    )


@bp.get("/hoc/<topic_slug>/<quiz_id>/xong")
def done(topic_slug: str, quiz_id: str) -> Response:
    """How the lesson ended: what was learnt, not a percentage; the new badge where there is one."""
    db, who = reading(), learner()
    card = quiz_card(db, topic_slug, quiz_id)
    outcome = service.outcome(db, who, quiz_id)
    badges = issued_since(db, who.person_id, outcome.started_at) if who.person_id is not None else []
    following = _after(card.id, passed_quizzes(db, who.person_id) if who.person_id is not None else {card.id})
    return web.render("play/done.html", card=card, outcome=outcome, badges=badges, following=following)


def _after(quiz_id: str, passed: set[str]) -> QuizCard | None:
    """The next quiz that has not been passed yet, in learning order after this one."""
    cards = quiz_cards(reading())
    place = next((i for i, c in enumerate(cards) if c.id == quiz_id), 0)
    rest = cards[place + 1 :] + cards[:place]
    return next((c for c in rest if c.id not in passed), None)


def _fragment(shown: Question | Verdict) -> str:
    return "play/_verdict.html" if isinstance(shown, Verdict) else "play/_question.html"


def _item_url(topic_slug: str, quiz_id: str, number: int) -> str:
    return url_for("play.item", topic_slug=topic_slug, quiz_id=quiz_id, number=number)


def _next_url(card: QuizCard, shown: Question | Verdict) -> str:
    """Where "Câu tiếp theo" leads."""
    if isinstance(shown, Question):
        return ""
    if shown.next_number is None:
        return url_for("play.done", topic_slug=card.topic_slug, quiz_id=card.id)
    return _item_url(card.topic_slug, card.id, shown.next_number)
