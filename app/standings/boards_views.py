"""«Bảng thi đua cá nhân»: only who said yes is on it, only who signed in reads it."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.cycles.queries import all_cycles
from app.groups.queries import khu_pho_list
from app.people.access import require, signed_in
from app.quizzes.queries import topics
from app.standings import boards_service
from app.standings.blueprint import bp, chosen_cycle
from app.standings.boards_domain import BANDS, FEWEST, MOST, NICKNAME, Board
from app.standings.boards_queries import Filters, board, own_choice

PAGE = "/bang-thi-dua"


@bp.get("/bang-thi-dua")
@require("learner")
def boards() -> Response:
    """A month's board, narrowed by khu phố, age and topic; one's own neighbourhood first."""
    return _page({}, {}, 200)


@bp.post("/bang-thi-dua")
@require("learner")
def join_boards() -> Response:
    form = {name: request.form.get(name, "") for name in ("shown_as", "nickname")}
    _, errors = web.attempt(
        lambda: boards_service.join(
            person_id=signed_in().id, shown_as=form["shown_as"], nickname=form["nickname"][:200], now=clock.now()
        )
    )
    return _page(errors, form, 422) if errors else web.see_other(f"{PAGE}?xong=vao")


@bp.post("/bang-thi-dua/thoi")
@require("learner")
def leave_boards() -> Response:
    boards_service.leave(person_id=signed_in().id)
    return web.see_other(f"{PAGE}?xong=ra")


def _page(errors: dict[str, str], typed: dict[str, str], status: int) -> Response:
    db, who, cycle = reading(), signed_in(), chosen_cycle()
    khu, about = khu_pho_list(db), topics(db)
    asked = {name: request.args.get(name, "") for name in ("khu", "tuoi", "chu-de")}
    group = next((one for one in khu if one.slug == asked["khu"]), None)
    topic = next((one for one in about if one.slug == asked["chu-de"]), None)
    band = asked["tuoi"] if asked["tuoi"] in BANDS else None
    filters = Filters(group.id if group else None, band, topic.slug if topic else None)
    found = board(db, cycle, filters) if cycle is not None else Board(())
    return web.render(
        "standings/boards.html",
        status=status,
        cycle=cycle,
        cycles=all_cycles(db),
        khu=khu,
        topics=about,
        bands=tuple(BANDS),
        chosen=filters,
        group=group,
        topic=topic,
        board=found,
        around=found.around(who.id),
        me=who.id,
        own=own_choice(db, who.id),
        fewest=FEWEST,
        most=MOST,
        longest=NICKNAME[1],
        done=request.args.get("xong", ""),
        errors=errors,
        typed=typed,
    )
