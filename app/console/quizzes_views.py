"""The question bank as officers read it, keys included, and their approval of a quiz."""

from flask import Response

from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.people.access import require, signed_in
from app.quizzes import service
from app.quizzes.listing import quiz_state, quiz_states
from app.quizzes.queries import topics

PAGE = "/to-chuc/bo-cau-hoi"


@bp.get("/to-chuc/bo-cau-hoi")
@require("bank.read")
def quizzes() -> Response:
    session = reading()
    states = quiz_states(session, clock.now())
    return show("console/quizzes.html", "quizzes", topics=topics(session), states=states)


@bp.get("/to-chuc/bo-cau-hoi/<quiz_id>")
@require("bank.read")
def quiz_items(quiz_id: str) -> Response:
    """Every item of a quiz with its key, reasons and source: for officers alone."""
    state, items = quiz_state(reading(), quiz_id, clock.now())
    return show("console/quizzes_items.html", "quizzes", state=state, items=items)


@bp.post("/to-chuc/bo-cau-hoi/<quiz_id>/duyet")
@require("bank.approve")
def approve_quiz(quiz_id: str) -> Response:
    service.approve_quiz(quiz_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"{PAGE}/{quiz_id}")
