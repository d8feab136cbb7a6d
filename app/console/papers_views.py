"""Certificates on paper: whom to print for, how, how far it is, and the file."""

from datetime import datetime

from flask import Response, request

from app.badges.papers import service
from app.badges.papers.domain import FORMS, MOST, read_options
from app.badges.papers.making import run_file
from app.badges.papers.queries import find_earned, left_out, progress_of, recent_runs, run_of, run_options
from app.badges.papers.views import art, file, settings
from app.badges.queries import achievements
from app.console.frame import bp, show
from app.core import clock, security, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.text import whole_number
from app.cycles.domain import month
from app.groups.queries import branch_list, group_by_slug, khu_pho_list
from app.people.access import require, signed_in

PLACE = "/to-chuc/giay-chung-nhan"
KEPT = "lech-in"  # the cookie with the last shift: it belongs to this computer's printer


@bp.get("/to-chuc/giay-chung-nhan")
@require("badges.manage")
def papers() -> Response:
    """Whom to print for: a khu phố, a badge, a month, a name."""
    return _choose({})


def _choose(errors: dict[str, str]) -> Response:
    session, asked, now = reading(), request.args, clock.now()
    slug, period = asked.get("nhom", ""), asked.get("thang", "")
    months = _months(now)
    during = month(period) if period in months else None
    one = asked.get("huy-hieu", "")
    group = group_by_slug(session, slug) if slug else None
    within = signed_in().scope("badges.manage")
    x, _, y = request.cookies.get(KEPT, "0;0").partition(";")
    return show(
        "console/papers.html",
        "badges",
        status=422 if errors else 200,
        errors=errors,
        found=find_earned(session, group=group, slug=one, during=during, text=asked.get("tim", ""), within=within),
        groups=[(g.slug, g.name) for g in (*khu_pho_list(session), *branch_list(session))],
        catalogue=[(a.slug, a.title) for a in achievements(session)],
        asked={"nhom": slug, "huy-hieu": one, "thang": period, "tim": asked.get("tim", "")},
        months=months,
        ticked=asked.get("chon") != "khong",
        here=request.full_path.rstrip("?"),
        typed={
            "x": request.form.get("x", x),
            "y": request.form.get("y", y),
            "layer": request.form.get("layer", ""),
            "form": request.form.get("form", FORMS[0]),
        },
        key=security.token(),
        most=MOST,
        runs=[(run, run_options(run)) for run in recent_runs(session)],
    )


def _months(now: datetime) -> list[str]:
    """This month and the eleven before it, as ``2026-11``."""
    day, found = local_date(now), []
    year, at = day.year, day.month
    for _ in range(12):
        found.append(f"{year:04d}-{at:02d}")
        year, at = (year, at - 1) if at > 1 else (year - 1, 12)
    return found


@bp.post("/to-chuc/giay-chung-nhan")
@require("badges.manage")
def start_papers() -> Response:
    """Note what shall be printed; the next page makes it."""
    form = request.form
    ids = [one for one in map(whole_number, form.getlist("badge")) if one is not None][: MOST + 1]
    who = signed_in()

    def start() -> int:
        layer, kind = form.get("layer") == "1", form.get("form", "")
        options = read_options(layer=layer, x=form.get("x", ""), y=form.get("y", ""), form=kind)
        key = form.get("key", "")[:40] or security.token()
        within = who.scope("badges.manage")
        return service.start_run(badge_ids=ids, options=options, key=key, by=who.id, within=within, now=clock.now())

    run_id, errors = web.attempt(start)
    if run_id is None:
        return _choose(errors)
    response = web.see_other(f"{PLACE}/{run_id}")
    return web.remember(response, KEPT, f"{form.get('x', '')[:8]};{form.get('y', '')[:8]}")


@bp.get("/to-chuc/giay-chung-nhan/<int:run_id>")
@require("badges.manage")
def paper_run(run_id: int) -> Response:
    """How far a printing is, and its file once it is done."""
    session = reading()
    run = run_of(session, run_id)
    return show(
        "console/paper_run.html",
        "badges",
        run_id=run_id,
        made_at=run.made_at,
        options=run_options(run),
        progress=progress_of(session, run),
        left_out=left_out(session, run),
    )


@bp.post("/to-chuc/giay-chung-nhan/<int:run_id>/tiep")
@require("badges.manage")
def go_on_papers(run_id: int) -> Response:
    """Sign the next few: with a script the page asks again by itself, without one all are signed in one go."""
    now = clock.now()
    progress = service.go_on(run_id, now=now, settings=settings())
    while not progress.finished and not web.wants_fragment():
        progress = service.go_on(run_id, now=now, settings=settings())
    if progress.finished:
        return web.see_other(f"{PLACE}/{run_id}")
    return web.after_post("console/_paper_progress.html", to=f"{PLACE}/{run_id}", run_id=run_id, progress=progress)


@bp.get("/to-chuc/giay-chung-nhan/<int:run_id>/tep")
@require("badges.manage")
def paper_file(run_id: int) -> Response:
    """The certificates themselves."""
    session = reading()
    body, kind = run_file(session, run_of(session, run_id), art=art(), now=clock.now())
    mimetype = "application/pdf" if kind == "pdf" else "application/zip"
    return file(body, mimetype, f"giay-chung-nhan-{run_id}.{kind}")
