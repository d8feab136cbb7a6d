"""The weekly contests on the officers' desk: what is coming, how many take part, skipping a week."""

from flask import Response, request

from app.console.frame import bp, show
from app.contests import queries, skipping
from app.contests.domain import REASON, week_number
from app.core import clock, web
from app.core.db import reading
from app.people.access import require, signed_in
from app.standings import boards_service
from app.standings.boards_queries import nicknames

PLACE = "/to-chuc/thi-tuan"


@bp.get("/to-chuc/thi-tuan")
@require("contests.manage")
def contests() -> Response:
    """Every week that has a row, the newest first."""
    return _page({}, "", "", 200)


@bp.post("/to-chuc/thi-tuan/<period>/nghi")
@require("contests.manage")
def skip_contest(period: str) -> Response:
    reason = request.form.get("reason", "")[:1000]
    _, errors = web.attempt(lambda: skipping.skip(period=period, reason=reason, by=signed_in().id, now=clock.now()))
    return _page(errors, period, reason, 422) if errors else web.see_other(f"{PLACE}?xong=nghi")


@bp.post("/to-chuc/thi-tuan/<period>/mo-lai")
@require("contests.manage")
def restore_contest(period: str) -> Response:
    skipping.take_back(period=period, by=signed_in().id, now=clock.now())
    return web.see_other(f"{PLACE}?xong=mo-lai")


@bp.post("/to-chuc/thi-tuan/biet-danh/<int(max=2147483647):person_id>")
@require("contests.manage")
def take_off_nickname(person_id: int) -> Response:
    boards_service.take_off(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"{PLACE}?xong=biet-danh#biet-danh")


def _page(errors: dict[str, str], at: str, reason: str, status: int) -> Response:
    db, now = reading(), clock.now()
    weeks = queries.all_weeks(db, now)
    return show(
        "contests/desk.html",
        "contests",
        status=status,
        weeks=weeks,
        entries=queries.count_entries(db, [one.id for one in weeks]),
        nicknames=nicknames(db),
        number=week_number,
        longest=REASON,
        errors={f"reason-{at}": words for words in errors.values()},
        typed={f"reason-{at}": reason},
        done=request.args.get("xong", ""),
    )
