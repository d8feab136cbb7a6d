"""The dictionary in plain words, and the page of official addresses. Open to everyone."""

from flask import Blueprint, Response, request

from app.core import clock, web
from app.core.calendar import local_date
from app.core.errors import NotFound
from app.glossary.domain import lettered
from app.glossary.explaining import explained, glossary

bp = Blueprint("glossary", __name__)
bp.add_app_template_filter(explained)
LONGEST = 80  # letters of a search


@bp.get("/tu-dien")
def dictionary() -> Response:
    """All words by letter, or those that a search without marks finds."""
    wanted = request.args.get("tim", "").strip()[:LONGEST]
    terms = glossary().search(wanted) if wanted else glossary().terms
    return web.render("glossary/dictionary.html", wanted=wanted, terms=list(lettered(terms)))


@bp.get("/tu-dien/<slug>")
def term(slug: str) -> Response:
    """What a word means, with a way back; for htmx only the meaning, to be shown beside the text."""
    found = glossary().by_slug.get(slug)
    if found is None:
        raise NotFound
    back = request.args.get("tu")
    return web.render(
        "glossary/term.html", "glossary/_term.html", term=found, back=web.way_back(back) if back else "/tu-dien"
    )


@bp.get("/trang-chinh-thong")
def official() -> Response:
    """Official sites, numbers and apps, with the day on which somebody last looked."""
    return web.render("glossary/official.html", groups=glossary().groups, today=local_date(clock.now()))
