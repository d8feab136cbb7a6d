"""The groups' table and one group's page. Public: the upper half with values, the others by name."""

from flask import Response

from app.core import web
from app.core.db import reading
from app.core.errors import NotFound
from app.cycles.queries import all_cycles
from app.groups.queries import group_by_slug
from app.groups.settings import parse_leagues
from app.people.access import actor
from app.people.roles import NOWHERE
from app.standings import boards_views, own_views, public_views, sheet_views
from app.standings.blueprint import bp, chosen_cycle, table_for
from app.standings.chart import bars
from app.standings.domain import SMALL
from app.standings.leagues import leagues
from app.standings.queries import Standing, Table, progress

__all__ = ["boards_views", "bp", "own_views", "public_views", "sheet_views"]


@bp.get("/khu-pho")
def groups() -> Response:
    """Every khu phố of a month, its own one pinned with the smallest next step."""
    who, cycle = actor(), chosen_cycle()
    table = table_for(cycle) if cycle else None
    sheet = who.scope("standings.sheet") if who else NOWHERE
    mine = table.row_of(who.home_id) if table and who else None
    return web.render(
        "standings/groups.html",
        cycle=cycle,
        cycles=all_cycles(reading()),
        table=table,
        best=max((row.score or 0 for row in table.told(sheet)), default=0) if table else 0,
        mine=mine,
        next_step=table.next_step(mine.group_id) if table and mine else None,
        small=SMALL,
        sheet=sheet,
    )


@bp.get("/khu-pho/tien-bo")
def gaining() -> Response:
    """The second view: every khu phố beside its own month before."""
    cycle = chosen_cycle()
    months = all_cycles(reading())
    earlier = next((c for c in months if cycle is not None and c.starts_at < cycle.starts_at), None)
    rows = progress(table_for(cycle), table_for(earlier)) if cycle is not None and earlier is not None else []
    who = actor()
    return web.render(
        "standings/gaining.html",
        cycle=cycle,
        earlier=earlier,
        rows=rows,
        best=max((gain for _, gain in rows), default=0.0),
        home_id=who.home_id if who else None,
    )


@bp.get("/khu-pho/cung-co")
def league_tables() -> Response:
    """The third view: khu phố of about the same size among themselves."""
    who, cycle = actor(), chosen_cycle()
    bounds = parse_leagues(cycle.leagues or "") if cycle else ()
    return web.render(
        "standings/leagues.html",
        cycle=cycle,
        leagues=leagues(table_for(cycle), bounds) if cycle else [],
        sheet=who.scope("standings.sheet") if who else NOWHERE,
        home_id=who.home_id if who else None,
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
        chart=bars([(c.period, _told(table, row, full)) for c, table, row in reversed(months)]),
        full=full,
        mine=bool(who and who.home_id == found.id),
    )


def _told(table: Table, row: Standing, full: bool) -> float | None:
    """A month's score, where the reader may know it."""
    return row.score if full or table.is_public(row) else None
