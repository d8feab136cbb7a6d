"""Lessons: a topic's page, a quiz's first page, one question a screen, and how it ended."""

from functools import cache

from flask import Blueprint, Response, request

from app.attempts.domain import HOW
from app.attempts.queries import find_open, in_progress, passed_quizzes, plan_of
from app.badges.queries import issued_since
from app.core import clock, web
from app.core.db import reading
from app.outreach.classes.queries import ClassView, class_of
from app.outreach.visits.queries import Beside, beside
from app.people.household.turns import ends_lesson
from app.play import service
from app.play.domain import Heading, Sitting
from app.play.feeling_views import thanks, unless_put_off
from app.play.feelings import after_quiz, before_topic
from app.play.steps import answer_step, fewer_options, learner, new_guest, show_step
from app.quizzes.queries import QuizCard, quiz_card, quiz_cards, topic, topics

bp = Blueprint("play", __name__)


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
    feeling = before_topic(db, who.person_id, topic_slug, thank=thanks()) if who.person_id is not None else None
    return web.render(
        "play/topic.html",
        feeling=unless_put_off(feeling),
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
    return web.render("play/quiz.html", card=card, next_number=step.number if step else None, helper=_helper())


def _helper() -> Beside | None:
    """Who sits beside the reader just now, or teaches the class they sit in, with the way of learning chosen there."""
    who, held_in = learner(), _class()
    if held_in is not None:
        return Beside(held_in.trainer, held_in.how)
    return beside(reading(), who.person_id, clock.now()) if who.person_id is not None else None


def _class() -> ClassView | None:
    """The class that the reader sits in just now."""
    who = learner()
    return class_of(reading(), who.person_id, clock.now()) if who.person_id is not None else None


@bp.post("/hoc/<topic_slug>/<quiz_id>")
def start(topic_slug: str, quiz_id: str) -> Response:
    new_guest()
    how, held_in = request.form.get("how", "independent"), _class()
    if held_in is not None and (held_in.how != "independent" or how not in HOW):
        how = held_in.how  # what is read aloud to a class is read aloud to everyone in it
    number = service.start(
        learner(),
        topic_slug,
        quiz_id,
        how=how if how in HOW else "independent",
        now=clock.now(),
        fewer=fewer_options(),
        class_id=held_in.id if held_in else None,
    )
    return web.see_other(f"/hoc/{topic_slug}/{quiz_id}/{number}")


@bp.get("/hoc/<topic_slug>/<quiz_id>/<int:number>")
def item(topic_slug: str, quiz_id: str, number: int) -> Response:
    return show_step(lesson(topic_slug, quiz_id), number)


@bp.post("/hoc/<topic_slug>/<quiz_id>/<int:number>")
def answer(topic_slug: str, quiz_id: str, number: int) -> Response:
    return answer_step(lesson(topic_slug, quiz_id), number)


def lesson(topic_slug: str, quiz_id: str) -> Sitting:
    """A quiz as its pages name it."""

    @cache
    def heading() -> Heading:
        card = quiz_card(reading(), topic_slug, quiz_id)
        return Heading(card.title, card.topic_title, card.topic_icon)

    return Sitting("lesson", quiz_id, f"/hoc/{topic_slug}/{quiz_id}", f"/hoc/{topic_slug}", heading)


@bp.get("/hoc/<topic_slug>/<quiz_id>/xong")
@ends_lesson
def done(topic_slug: str, quiz_id: str) -> Response:
    """How the lesson ended: what was learnt, not a percentage; the new badge where there is one."""
    db, who = reading(), learner()
    card = quiz_card(db, topic_slug, quiz_id)
    outcome = service.outcome(db, who, quiz_id)
    badges = issued_since(db, who.person_id, outcome.started_at) if who.person_id is not None else []
    following = _after(card.id, passed_quizzes(db, who.person_id) if who.person_id is not None else {card.id})
    feeling = (
        after_quiz(db, who.person_id, card, outcome, now=clock.now(), thank=thanks())
        if who.person_id is not None
        else None
    )
    return web.render(
        "play/done.html",
        card=card,
        outcome=outcome,
        badges=badges,
        following=following,
        feeling=unless_put_off(feeling),
    )


def _after(quiz_id: str, passed: set[str]) -> QuizCard | None:
    """The next quiz that has not been passed yet, in learning order after this one."""
    cards = quiz_cards(reading())
    place = next((i for i, c in enumerate(cards) if c.id == quiz_id), 0)
    rest = cards[place + 1 :] + cards[:place]
    return next((c for c in rest if c.id not in passed), None)
