"""The public pages of honour: the list of months, and one month."""

from flask import Blueprint, Response

from app.awards.queries import latest_publication, public_page
from app.core import web
from app.core.db import reading
from app.core.errors import NotFound
from app.cycles.queries import announced, get_cycle

bp = Blueprint("awards", __name__)


@bp.get("/tuyen-duong")
def months() -> Response:
    return web.render("awards/months.html", cycles=announced(reading()))


@bp.get("/tuyen-duong/<period>")
def month(period: str) -> Response:
    """Who is honoured and why; before the announcement there is no such page."""
    db = reading()
    cycle = get_cycle(db, period)
    publication = latest_publication(db, cycle.id)
    if publication is None or cycle.announced_at is None:
        raise NotFound
    page = public_page(db, cycle, publication.body, publication)
    return web.render("awards/month.html", page=page, preview=False)
