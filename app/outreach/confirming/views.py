"""Naming beforehand, with their card, who teaches a skill: what ring 3 of that person rests on."""

from flask import Response, request

from app.attempts.lasting import skill_titles
from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.outreach.blueprint import bp
from app.outreach.confirming import queries, service
from app.outreach.practice.queries import practices
from app.people.access import require, signed_in

PAGE = "/toi/nguoi-chi"


@bp.get("/toi/nguoi-chi")
@require("learner")
def helpers() -> Response:
    return _page({})


def _page(errors: dict[str, str]) -> Response:
    store, who = reading(), signed_in()
    shown = queries.skills_confirmed(store, who.id)
    titles = skill_titles(store)
    real = practices(store, local_date(clock.now()))
    return web.render(
        "outreach/helpers.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        wanted=request.form.get("skill") or request.args.get("ky-nang", ""),
        skills=[(one.skill, f"{titles[one.skill]}: {one.title}") for one in real if one.skill not in shown],
        named=queries.namings(store, who.id),
        shown=shown,
        done="xong" in request.args,
    )


@bp.post("/toi/nguoi-chi")
@require("learner")
def name_helper() -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: service.name_helper(
            learner_id=signed_in().id, skill=form.get("skill", ""), code=form.get("code", ""), now=clock.now()
        ),
        refusals=(Invalid, Conflict),
    )
    return _page(errors) if errors else web.see_other(f"{PAGE}?xong=1")


@bp.post("/toi/nguoi-chi/thoi")
@require("learner")
def forget_helper() -> Response:
    service.forget_helper(learner_id=signed_in().id, skill=request.form.get("skill", ""), now=clock.now())
    return web.see_other(PAGE)
