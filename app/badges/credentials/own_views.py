"""The owner's side: get one's badge signed, keep its file, print its code, decide whether the name shows."""

from flask import Blueprint, Response, request

from app.badges.credentials import service
from app.badges.credentials.queries import holder_code, live_of, naming, paper_for
from app.badges.queries import achievement
from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.people.access import require_pin, signed_in
from app.people.cards import qr

bp = Blueprint("own_credentials", __name__)


@bp.post("/huy-hieu/<slug>/so")
@require_pin
def get(slug: str) -> Response:
    """Sign one's badge, once; again leads to the same."""
    service.issue(person_id=signed_in().id, slug=slug, now=clock.now())
    return web.see_other(f"/huy-hieu/{slug}/so")


@bp.get("/huy-hieu/<slug>/so")
@require_pin
def show(slug: str) -> Response:
    """One's signed badge: its code for others, files to keep, and what others see."""
    db, who = reading(), signed_in()
    shown = live_of(db, who.id, slug)
    if shown is None:
        achievement(db, slug)
        return web.see_other(f"/huy-hieu/{slug}")
    paper = paper_for(db, shown.id)
    if paper is None:
        raise NotFound
    return web.render(
        "badges/credentials/mine.html",
        shown=shown,
        paper=paper,
        qr=qr(paper.url),
        holder=holder_code(db, shown.id),
        named=naming(db, shown),
    )


@bp.post("/huy-hieu/<slug>/so/ten")
@require_pin
def name(slug: str) -> Response:
    """Show or hide one's name on the page behind the code."""
    who = signed_in()
    shown = live_of(reading(), who.id, slug)
    if shown is None:
        raise NotFound
    service.hide_name(shown.id, person_id=who.id, hidden=request.form.get("hidden") == "1")
    return web.see_other(f"/huy-hieu/{slug}/so")
