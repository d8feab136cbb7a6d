"""The copy for practice: the questions of a week that is over. Nothing is kept, nothing counts."""

from flask import Response, request

from app.contests import telling
from app.contests.blueprint import PLACE, bp
from app.core import web
from app.core.db import reading


@bp.get("/thi-tuan/<period>/luyen/<int(max=99):number>")
def practise(period: str, number: int) -> Response:
    asked = telling.practice_question(reading(), period, number, draft=request.args.get("nhap", "")[:80])
    return web.render("contests/practice.html", asked=asked, told=None, error="")


@bp.post("/thi-tuan/<period>/luyen/<int(max=99):number>")
def try_answer(period: str, number: int) -> Response:
    """What an answer would be worth, or a step moved up or down."""
    form = {name: request.form.getlist(name) for name in request.form}
    if "move" in form:
        moved = telling.practice_question(reading(), period, number, form=form)
        return web.see_other(f"{PLACE}/{period}/luyen/{number}?nhap={moved.draft}#lua-chon")
    told, errors = web.attempt(lambda: telling.practice_answer(reading(), period, number, form))
    asked = telling.practice_question(reading(), period, number, form=form)
    error = next(iter(errors.values()), "")
    return web.render("contests/practice.html", status=422 if errors else 200, asked=asked, told=told, error=error)
