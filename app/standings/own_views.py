"""«Vì sao tôi có số điểm này?»: every entry behind one's own points, for oneself alone."""

from flask import Response

from app.core import web
from app.core.db import reading
from app.cycles.queries import all_cycles
from app.people.access import actor, require
from app.quizzes.queries import quiz_titles
from app.standings.blueprint import bp, chosen_cycle
from app.standings.domain import add_up
from app.standings.queries import own_entries


@bp.get("/diem-cua-toi")
@require("learner")
def own_points() -> Response:
    """The reader's ledger of a month, newest first, with what it adds up to."""
    who, cycle, db = actor(), chosen_cycle(), reading()
    assert who is not None
    entries = own_entries(db, cycle.id, who.id) if cycle is not None else []
    total = add_up(one.entry for one in entries)
    return web.render(
        "standings/own.html",
        cycle=cycle,
        cycles=all_cycles(db),
        entries=[one for one in reversed(entries) if one.entry.kind != "join"],
        sum=next(iter(total.values()), None),
        titles=quiz_titles(db, {one.quiz_id for one in entries if one.quiz_id is not None}),
    )
