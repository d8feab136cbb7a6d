"""Where to begin: two minutes of questions from all topics, and where they lead."""

from flask import Blueprint, Response

from app.attempts.lasting import tier_of
from app.attempts.placing import COUNT
from app.attempts.queries import find_open, passed_quizzes, plan_of
from app.core import clock, web
from app.core.db import reading
from app.core.i18n import say
from app.people.household.turns import ends_lesson
from app.play import service, sittings
from app.play.domain import Heading, Sitting
from app.play.steps import answer_step, fewer_options, learner, new_guest, show_step
from app.quizzes.queries import next_card, quiz_cards

bp = Blueprint("placement", __name__)


@bp.get("/minh-dang-o-dau")
def index() -> Response:
    """What it is, and the button."""
    attempt = find_open(reading(), learner(), None, purpose="placement")
    following = plan_of(attempt).next if attempt else None
    return web.render("play/placement.html", count=COUNT, next_number=following.number if following else None)


@bp.post("/minh-dang-o-dau")
def start() -> Response:
    new_guest()
    number = sittings.start_placement(learner(), now=clock.now(), fewer=fewer_options())
    return web.see_other(placement().step_url(number))


@bp.get("/minh-dang-o-dau/<int:number>")
def item(number: int) -> Response:
    return show_step(placement(), number)


@bp.post("/minh-dang-o-dau/<int:number>")
def answer(number: int) -> Response:
    return answer_step(placement(), number)


@bp.get("/minh-dang-o-dau/xong")
@ends_lesson
def done() -> Response:
    """Which tier to begin with, and the first lesson there."""
    db, who = reading(), learner()
    outcome = service.outcome(db, who, None, purpose="placement")
    tier = tier_of(db, who)
    passed = passed_quizzes(db, who.person_id) if who.person_id is not None else set()
    return web.render(
        "play/placement_done.html", outcome=outcome, tier=tier, card=next_card(quiz_cards(db), passed, tier)
    )


def placement() -> Sitting:
    """A placement as its pages name it."""
    title = say("Mình đang ở đâu?")
    return Sitting("placement", None, "/minh-dang-o-dau", "/minh-dang-o-dau", lambda: Heading(title, title, "flag"))
