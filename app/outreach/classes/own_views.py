"""In a class, for the one whose turn it is: questions before, the lesson, questions after. One question a screen."""

from flask import Response, request

from app.attempts.domain import Learner
from app.attempts.queries import find_last
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach.blueprint import bp
from app.outreach.classes import measures, queries
from app.people import login, preferences
from app.people.access import actor, require, signed_in
from app.people.household.turns import ends_lesson

MOMENTS = {"dau": "before", "cuoi": "after"}
WORDS = {moment: word for word, moment in MOMENTS.items()}


def _moment(word: str) -> str:
    if word not in MOMENTS:
        raise NotFound
    return MOMENTS[word]


def step_url(word: str, number: int | None) -> str:
    return f"/lop/toi/{word}/{'xong' if number is None else number}"


@bp.get("/lop/toi")
@require("learner")
def own_page() -> Response:
    """What there is to do for me in the class that I sit in."""
    return _own({})


def _own(errors: dict[str, str]) -> Response:
    store, who, now = reading(), signed_in(), clock.now()
    one = queries.class_of(store, who.id, now)
    me = next((p for p in queries.present(store, one.id) if p.person_id == who.id), None) if one else None
    attempt = find_last(store, Learner(person_id=who.id), one.quiz_id) if one else None
    return web.render(
        "outreach/classes/own.html",
        status=409 if errors else 200,
        one=one,
        me=me,
        lesson_done=me is not None and me.learned and attempt is not None and attempt.right is not None,
        lesson_open=attempt is not None and attempt.ended_at is None,
        goes_round=login.goes_round(),
        errors=errors,
        done=request.args.get("xong", ""),
    )


@bp.post("/lop/toi/<word>")
@require("learner")
def measure_start(word: str) -> Response:
    moment, fewer = _moment(word), preferences.of_reader(actor()).fewer_options
    begun, errors = web.attempt(
        lambda: (measures.start(person_id=signed_in().id, moment=moment, now=clock.now(), fewer=fewer),),
        refusals=(Invalid, Conflict),
    )
    return web.see_other(step_url(word, begun[0])) if begun is not None else _own(errors)


@bp.get("/lop/toi/<word>/<int:number>")
@require("learner")
def measure_item(word: str, number: int) -> Response:
    return _item(word, number, "")


@bp.post("/lop/toi/<word>/<int:number>")
@require("learner")
def measure_answer(word: str, number: int) -> Response:
    form = {name: request.form.getlist(name) for name in request.form}
    person_id, moment, now = signed_in().id, _moment(word), clock.now()
    following, errors = web.attempt(
        lambda: (measures.answer(person_id=person_id, moment=moment, number=number, form=form, now=now),)
    )
    if following is None:
        return _item(word, number, next(iter(errors.values())))
    return web.see_other(step_url(word, following[0]))


def _item(word: str, number: int, error: str) -> Response:
    asked = measures.look(reading(), signed_in().id, _moment(word), number, clock.now())
    if asked is None:  # answered already, or not yet: the class page knows what comes next
        return web.see_other("/lop/toi")
    return web.render(
        "outreach/classes/measure.html", status=422 if error else 200, asked=asked, word=word, error=error
    )


@bp.get("/lop/toi/<word>/xong")
@require("learner")
@ends_lesson
def measure_done(word: str) -> Response:
    store, who, moment = reading(), signed_in(), _moment(word)
    one = queries.class_of(store, who.id, clock.now())
    measure = measures.find(store, one.id, who.id, moment) if one else None
    if one is None or measure is None or measure.ended_at is None:
        return web.see_other("/lop/toi")
    return web.render("outreach/classes/measure_done.html", one=one, moment=moment, goes_round=login.goes_round())
