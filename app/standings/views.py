"""The groups' table and one group's page. Public: the upper half with values, the others by name."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.cycles.queries import all_cycles, get_cycle, open_month
from app.groups.queries import get_ward, group_by_slug
from app.people.access import actor
from app.people.roles import NOWHERE
from app.standings.domain import SMALL
from app.standings.queries import Table, table_of

if TYPE_CHECKING:
    from app.cycles.models import Cycle

bp = Blueprint("standings", __name__)


def chosen_cycle() -> "Cycle | None":
    """The month asked for with ``?ky=2026-10``, else the open one, else the newest there is."""
    db = reading()
    asked = request.args.get("ky")
    if asked:
        return get_cycle(db, asked)
    cycles = all_cycles(db)
    return open_month(db, clock.now()) or (cycles[0] if cycles else None)


def table_for(cycle: "Cycle") -> Table:
    ward = get_ward(reading())
    return table_of(reading(), cycle, default_rate=ward.first_rate if ward else 0.10)


@bp.get("/khu-pho")
def groups() -> Response:
    """Every khu phố of a month, its own one pinned with the smallest next step."""
    who, cycle = actor(), chosen_cycle()
    table = table_for(cycle) if cycle else None
    mine = table.row_of(who.home_id) if table and who else None
    return web.render(
        "standings/groups.html",
        cycle=cycle,
        cycles=all_cycles(reading()),
        table=table,
        best=max((row.score or 0 for row in table.rows), default=0) if table else 0,
        mine=mine,
        next_step=table.next_step(mine.group_id) if table and mine else None,
        small=SMALL,
        sheet=who.scope("standings.sheet") if who else NOWHERE,
    )


@bp.get("/khu-pho/<slug>")
def group(slug: str) -> Response:
    """One khu phố: this month in three lines of arithmetic, and the months before."""
    who, db = actor(), reading()
    found = group_by_slug(db, slug)
    if found.kind != "khu_pho":
        raise NotFound
    months = []
    for cycle in all_cycles(db)[:12]:
        table = table_for(cycle)
        row = table.row_of(found.id)
        if row is not None:
            months.append((cycle, table, row))
    full = who is not None and who.may("standings.sheet", found.id)
    return web.render(
        "standings/group.html",
        group=found,
        months=months,
        full=full,
        mine=bool(who and who.home_id == found.id),
    )
