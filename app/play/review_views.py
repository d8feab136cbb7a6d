"""Reviews: what has come back, one question a screen, and how it ended."""

from collections import Counter

from flask import Blueprint, Response, request

from app.attempts.domain import HOW, Learner
from app.attempts.lasting import due, met_of_skill, next_due, skill_titles, skills_held
from app.attempts.queries import find_open, plan_of
from app.attempts.reviewing import SITTING
from app.badges.queries import issued_since
from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.errors import NotFound
from app.core.i18n import say
from app.people.access import require, signed_in
from app.people.household.turns import ends_lesson
from app.play import service, sittings
from app.play.domain import Heading, Sitting
from app.play.steps import answer_step, fewer_options, show_step

bp = Blueprint("review", __name__)


@bp.get("/on-tap")
@require("learner")
def index() -> Response:
    """What should be asked again today; with ``ky-nang``, one skill that its holder refreshes at once."""
    db, who, today = reading(), signed_in(), local_date(clock.now())
    skill = request.args.get("ky-nang", "")
    titles = skill_titles(db)
    if skill and skill not in titles:
        raise NotFound
    waiting = due(db, who.id, today)
    held = skills_held(db, who.id, today)
    attempt = find_open(db, Learner(person_id=who.id), None, purpose="review")
    following = plan_of(attempt).next if attempt else None
    return web.render(
        "play/review.html",
        skill=skill,
        title=titles.get(skill, ""),
        known=bool(skill and met_of_skill(db, who.id, skill)),
        waiting=len(waiting),
        most=SITTING,
        skills=Counter((one.skill_slug, one.skill_title) for one in waiting[:SITTING]),
        stale=[(slug, titles[slug]) for slug, state in sorted(held.items()) if state == "stale"],
        next_number=following.number if following else None,
        next_day=next_due(db, who.id, today),
    )


@bp.post("/on-tap")
@require("learner")
def start() -> Response:
    how, skill = request.form.get("how", ""), request.form.get("ky-nang", "")
    number = sittings.start_review(
        signed_in().id,
        skill=skill or None,
        how=how if how in HOW else "independent",
        now=clock.now(),
        fewer=fewer_options(),
    )
    return web.see_other(review().step_url(number) if number else "/on-tap")


@bp.get("/on-tap/<int:number>")
@require("learner")
def item(number: int) -> Response:
    return show_step(review(), number)


@bp.post("/on-tap/<int:number>")
@require("learner")
def answer(number: int) -> Response:
    return answer_step(review(), number)


@bp.get("/on-tap/xong")
@require("learner")
@ends_lesson
def done() -> Response:
    """How the newest review ended, and when something comes back next."""
    db, who, today = reading(), signed_in(), local_date(clock.now())
    outcome = service.outcome(db, Learner(person_id=who.id), None, purpose="review")
    return web.render(
        "play/review_done.html",
        outcome=outcome,
        badges=issued_since(db, who.id, outcome.started_at),
        waiting=min(len(due(db, who.id, today)), SITTING),
        next_day=next_due(db, who.id, today),
    )


def review() -> Sitting:
    """A review as its pages name it."""
    return Sitting("review", None, "/on-tap", "/on-tap", lambda: Heading(say("Ôn tập"), say("Ôn tập"), "refresh"))
