"""The way through a khu phố: whom to visit and why, on the phone and on paper."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.core.text import whole_number
from app.outreach.asking.queries import guests_asking
from app.outreach.blueprint import bp
from app.outreach.queries import reach_of
from app.outreach.visits import route
from app.people.access import require, signed_in

MOST_PAGES = 1000


def _area() -> tuple[list[route.Area], route.Area | None]:
    """The places that are this volunteer's, and the one chosen: by the address, else their own, else the first.

    Raises:
        NotFound: The address names one that is not theirs.
    """
    store, who = reading(), signed_in()
    found = route.areas(store, reach_of(store, who.id))
    wanted = whole_number(request.args.get("khu"))
    if wanted is not None:
        chosen = next((group for group in found if group.id == wanted), None)
        if chosen is None:
            raise NotFound
        return found, chosen
    return found, next((group for group in found if group.id == who.home_id), found[0] if found else None)


@bp.get("/huong-dan/duong-di")
@require("people.help")
def route_page() -> Response:
    """One reason at a time, a page of people each; the first reason that holds for anybody comes first."""
    store, me, now = reading(), signed_in().id, clock.now()
    areas, area = _area()
    if area is None:
        return web.render("outreach/route_none.html")
    figures, guests = route.figures(store, area, me, now), guests_asking(store, area.group_ids)
    counts = {why: figures.waiting[why] + (len(guests) if why == "asked" else 0) for why in route.REASONS}
    asked = request.args.get("viec", "")
    reason = asked if asked in route.REASONS else next((w for w in route.REASONS if counts[w]), "idle")
    pages = max(1, -(-figures.waiting[reason] // route.PAGE))
    page = min(max(1, whole_number(request.args.get("trang")) or 1), pages, MOST_PAGES)
    return web.render(
        "outreach/route.html",
        areas=areas,
        area=area,
        figures=figures,
        counts=counts,
        guests=guests if reason == "asked" and page == 1 else [],
        reason=reason,
        reasons=route.REASONS,
        lines=route.lines(store, area, me, now, reason=reason, page=page),
        page=page,
        pages=pages,
    )


@bp.get("/huong-dan/duong-di/in")
@require("people.help")
def route_sheet() -> Response:
    """The same on one sheet of paper, with a box to tick for each person."""
    store, me, now = reading(), signed_in().id, clock.now()
    _, area = _area()
    if area is None:
        raise NotFound
    return web.render(
        "outreach/route_sheet.html",
        area=area,
        figures=route.figures(store, area, me, now),
        guests=guests_asking(store, area.group_ids),
        lines=route.sheet(store, area, me, now),
        most=route.MOST_PRINTED,
        now=now,
    )
