"""The weekly contest: this week, one question a screen, and the results once they are out."""

from flask import Response, request

from app.contests import practice_views, queries, service, telling
from app.contests.blueprint import PLACE, bp
from app.contests.domain import BEST, DONE, FEW, QUESTIONS, week_number
from app.contests.people_table import people_table
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict
from app.people.access import actor, require, signed_in
from app.quizzes.kinds.kind import Form

__all__ = ["bp", "practice_views"]


@bp.get("/thi-tuan")
def index() -> Response:
    """The open or coming week, and the weeks before."""
    db, now, who = reading(), clock.now(), actor()
    here = queries.current(db, now)
    own = queries.own_entry(db, here.id, who.id) if here and who else None
    return web.render(
        "contests/index.html", here=here, own=own, past=queries.past(db, now), number=week_number, questions=QUESTIONS
    )


@bp.get("/thi-tuan/<period>")
def week(period: str) -> Response:
    """One week: before, during and after."""
    return _week(period)


def _week(period: str, *, status: int = 200, refused: str = "") -> Response:
    db, now, who = reading(), clock.now(), actor()
    here = queries.find_contest(db, period, now)
    out = here.state == "published"
    return web.render(
        "contests/week.html",
        status=status,
        here=here,
        refused=refused,
        own=queries.own_entry(db, here.id, who.id) if who else None,
        told=here.state in DONE,
        branches=queries.team_table(db, here.id, "chi_doan") if out else None,
        khu=queries.team_table(db, here.id, "khu_pho") if out else None,
        people=people_table(db, here.id, who.id) if out and who else None,
        hardest=telling.hardest_question(db, period) if out else None,
        who=who,
        number=week_number,
        questions=QUESTIONS,
        best=BEST,
        few=FEW,
        home_ids=(who.home_id, who.branch_id) if who else (),
    )


@bp.post("/thi-tuan/<period>")
@require("learner")
def enter(period: str) -> Response:
    """Begin, or go on."""
    begun, refused = web.attempt(
        lambda: (service.enter(person_id=signed_in().id, period=period, now=clock.now()),), refusals=(Conflict,)
    )
    if begun is None:
        return _week(period, status=409, refused=refused[""])
    return web.see_other(_step(period, begun[0]))


def _step(period: str, number: int | None) -> str:
    return f"{PLACE}/{period}" if number is None else f"{PLACE}/{period}/{number}"


@bp.get("/thi-tuan/<period>/<int(max=99):number>")
@require("learner")
def question(period: str, number: int) -> Response:
    return _question(period, number, None, {})


@bp.post("/thi-tuan/<period>/<int(max=99):number>")
@require("learner")
def answer(period: str, number: int) -> Response:
    """Take an answer, or a step moved up or down: that one is kept in the address alone."""
    form = {name: request.form.getlist(name) for name in request.form}
    if "move" in form:
        return _question(period, number, form, {})
    kept, errors = web.attempt(
        lambda: (service.answer(person_id=signed_in().id, period=period, number=number, form=form, now=clock.now()),)
    )
    return _question(period, number, form, errors) if kept is None else web.see_other(_step(period, kept[0]))


def _question(period: str, number: int, form: Form | None, errors: dict[str, str]) -> Response:
    draft = request.args.get("nhap", "")[:80]
    looked, refused = web.attempt(
        lambda: (service.look(reading(), signed_in().id, period, number, clock.now(), form=form, draft=draft),),
        refusals=(Conflict,),
    )
    if looked is None:
        return _week(period, status=409, refused=refused[""])
    asked = looked[0]
    if not isinstance(asked, service.Asked):
        return web.see_other(_step(period, asked))
    if form is not None and not errors:
        return web.see_other(f"{_step(period, number)}?nhap={asked.draft}#lua-chon")
    error = next(iter(errors.values()), "")
    return web.render("contests/question.html", status=422 if errors else 200, asked=asked, error=error)


@bp.get("/thi-tuan/<period>/ket-qua")
@require("learner")
def own_result(period: str) -> Response:
    """One's own answers with keys and explanations, once the contest has closed."""
    db, who = reading(), signed_in()
    here = queries.find_contest(db, period, clock.now())
    return web.render(
        "contests/own.html",
        here=here,
        told=telling.own_answers(db, period, who.id),
        own=queries.own_entry(db, here.id, who.id),
        number=week_number,
    )
