"""The pages of the groups' table, and which month they show."""

from typing import TYPE_CHECKING

from flask import Blueprint, request

from app.core import clock
from app.core.db import reading
from app.cycles.queries import all_cycles, get_cycle, open_month
from app.groups.queries import get_ward
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
