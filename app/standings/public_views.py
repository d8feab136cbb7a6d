"""What other pages and feed readers may show: the public half of the table, read only."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, jsonify, make_response, render_template

from app.core import web
from app.core.db import reading
from app.core.errors import NotFound
from app.cycles.queries import all_cycles
from app.standings.blueprint import bp, chosen_cycle, table_for
from app.standings.queries import Table

FRESH = 60  # seconds that a copy may be kept
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One entry of the feed."""

    period: str
    updated: datetime
    table: Table


@bp.get("/khu-pho.json")
def table_json() -> Response:
    """Places and values of the upper half, the others by name: as on the page, for any site to embed."""
    cycle = chosen_cycle()
    if cycle is None:
        raise NotFound
    table = table_for(cycle)
    told = [{"name": r.name, "slug": r.slug, "place": r.place, "score": r.score, "people": r.people,
             "counted": None if r.few else r.counted} for r in table.told()]  # fmt: skip
    whole = {"cycle": table.period, "frozen": table.frozen, "cushion": table.cushion, "rate": table.rate,
             "groups": told, "others": [r.name for r in table.others()]}  # fmt: skip
    return _open(jsonify(whole))


@bp.get("/khu-pho.atom")
def feed() -> Response:
    """A feed with one entry a month, newest first."""
    months = [Month(c.period, c.frozen_at or c.opened_at, table_for(c)) for c in all_cycles(reading())[:MONTHS]]
    base = current_app.config["SETTINGS"].base_url
    newest = max((month.updated for month in months), default=None)
    response = make_response(render_template("standings/feed.xml", months=months, base=base, newest=newest))
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return _open(response)


def _open(response: Response) -> Response:
    """Nothing in it is anybody's: every page may read it, and keep it for a minute."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return web.public(response, seconds=FRESH)
