"""One question a screen: the two requests that every sitting shares, whatever it is for."""

import secrets

from flask import Response, request, session

from app.attempts.domain import Learner
from app.core import clock, web
from app.core.db import reading
from app.core.security import digest
from app.people import preferences
from app.people.access import actor
from app.play import service
from app.play.domain import Question, Sitting, Verdict
from app.play.reporting import was_reported


def learner() -> Learner:
    """Who is answering: the person signed in, else the guest that this browser's session knows.

    Whoever took back that results are recorded answers as a guest does: nothing goes into their name.
    """
    who = actor()
    if who is not None and who.records:
        return Learner(person_id=who.id)
    return Learner(guest=digest(str(session.get("guest", ""))))


def fewer_options() -> bool:
    """Whether the reader asked for one option less, where a question has one to spare."""
    return preferences.of_reader(actor()).fewer_options


def new_guest() -> None:
    """Give a browser without a person, or whose person is not recorded, a session of its own."""
    if learner().person_id is None and "guest" not in session:
        session["guest"] = secrets.token_urlsafe(16)


def show_step(sitting: Sitting, number: int) -> Response:
    """A step: the question, or the answered question with its explanation."""
    shown = service.look(
        reading(), learner(), sitting.quiz_id, number, purpose=sitting.purpose, draft=request.args.get("nhap", "")[:80]
    )
    return web.render(
        "play/item.html", _fragment(shown), sitting=sitting, shown=shown, error="", reported=_is_reported(shown)
    )


def answer_step(sitting: Sitting, number: int) -> Response:
    """Take an answer, a turn of a story, or a step moved up or down."""
    form = {name: request.form.getlist(name) for name in request.form}
    if "move" in form:
        return _moved(sitting, number, form)
    shown, errors = web.attempt(
        lambda: service.answer_item(
            learner(),
            request.form.get("attempt", 0, int),
            number,
            form,
            key=request.form.get("key", "")[:40] or secrets.token_urlsafe(12),
            now=clock.now(),
        )
    )
    if shown is None:
        shown = service.look(reading(), learner(), sitting.quiz_id, number, purpose=sitting.purpose, form=form)
        words = next(iter(errors.values()))
        return web.render("play/item.html", _fragment(shown), status=422, sitting=sitting, shown=shown, error=words)
    return web.after_post(
        _fragment(shown),
        to=sitting.step_url(number),
        sitting=sitting,
        shown=shown,
        error="",
        reported=False,  # nobody can have told of it before it was answered
    )


def _moved(sitting: Sitting, number: int, form: dict[str, list[str]]) -> Response:
    """Nothing is stored: the order stands in the form, or in the address where there are no scripts."""
    shown = service.look(reading(), learner(), sitting.quiz_id, number, purpose=sitting.purpose, form=form)
    draft = shown.draft if isinstance(shown, Question) else ""
    to = f"{sitting.step_url(number)}?nhap={draft}#lua-chon"
    return web.after_post(_fragment(shown), to=to, sitting=sitting, shown=shown, error="")


def _is_reported(shown: Question | Verdict) -> bool:
    """Whether the reader has told of something wrong here already."""
    return isinstance(shown, Verdict) and was_reported(reading(), shown.attempt_id, shown.item_id)


def _fragment(shown: Question | Verdict) -> str:
    return "play/_verdict.html" if isinstance(shown, Verdict) else "play/_question.html"
