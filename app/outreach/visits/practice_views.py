"""A practice checklist in a visit: what is needed, the steps with what to say, and again from the start."""

from typing import Any

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.text import whole_number
from app.outreach.blueprint import bp
from app.outreach.confirming.queries import skills_shown
from app.outreach.practice.domain import speak
from app.outreach.practice.queries import practice
from app.outreach.visits import queries, service
from app.outreach.visits.views import visit_url
from app.people.access import require, signed_in
from app.people.queries import same_household

bp.add_app_template_filter(speak, "spoken")


def practice_url(visit_id: int, slug: str) -> str:
    return f"{visit_url(visit_id)}/phieu/{slug}"


@bp.get("/huong-dan/buoi/<int:visit_id>/phieu/<slug>")
@require("people.help")
def practice_page(visit_id: int, slug: str) -> Response:
    return web.render("outreach/practice.html", "outreach/_practice.html", **_shown(visit_id, slug))


def _shown(visit_id: int, slug: str) -> dict[str, Any]:
    store, who = reading(), signed_in()
    visit = queries.visit_of(store, visit_id, who.id, clock.now())
    tried = practice(store, slug)
    shown = skills_shown(store, visit.person_id) if visit.person_id else {}
    return {
        "visit": visit,
        "practice": tried,
        "run": queries.run_of(store, visit_id, tried),
        "shown": shown.get(tried.skill),
        "family": visit.person_id is not None and same_household(store, who.id, visit.person_id),
        "here": practice_url(visit_id, slug),
    }


@bp.post("/huong-dan/buoi/<int:visit_id>/phieu/<slug>")
@require("people.help")
def begin_practice(visit_id: int, slug: str) -> Response:
    service.begin_practice(visit_id=visit_id, slug=slug, by=signed_in().id, now=clock.now())
    return web.see_other(practice_url(visit_id, slug))


@bp.post("/huong-dan/buoi/<int:visit_id>/phieu/<slug>/buoc")
@require("people.help")
def mark_step(visit_id: int, slug: str) -> Response:
    form = request.form
    service.mark_step(
        visit_id=visit_id,
        slug=slug,
        run=whole_number(form.get("run")) or 0,
        step=form.get("step", ""),
        mark=form.get("mark", ""),
        by=signed_in().id,
        now=clock.now(),
    )
    return _after(visit_id, slug)


@bp.post("/huong-dan/buoi/<int:visit_id>/phieu/<slug>/tu-dau")
@require("people.help")
def start_over(visit_id: int, slug: str) -> Response:
    run = whole_number(request.form.get("run")) or 0
    service.start_over(visit_id=visit_id, slug=slug, run=run, by=signed_in().id, now=clock.now())
    return _after(visit_id, slug)


def _after(visit_id: int, slug: str) -> Response:
    to = f"{practice_url(visit_id, slug)}#dang-lam"
    return web.after_post("outreach/_practice.html", to=to, **_shown(visit_id, slug))
