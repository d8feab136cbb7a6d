"""The team of volunteers: who offers to join, who is in it and when; and confirmations to be looked at again."""

from flask import Response, request

from app.badges.second_look import look_again
from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.groups.queries import khu_pho_list, ward_group
from app.outreach.confirming import queries as confirming
from app.outreach.queries import reach_of
from app.outreach.team import queries, service
from app.outreach.team.domain import PARTS, read_slots, slot_name
from app.people.access import require, signed_in

TEAM, LOOKS = "/to-chuc/tinh-nguyen", "/to-chuc/tinh-nguyen/goi-lai"


@bp.get("/to-chuc/tinh-nguyen")
@require("team.manage")
def team() -> Response:
    return _team({})


def _team(errors: dict[str, str]) -> Response:
    store, who = reading(), signed_in()
    reach = reach_of(store, who.id)
    slot = next(iter(read_slots([request.args.get("buoi", "")])), None)
    count = queries.count_team(store, reach, slot=slot)
    pages = max(1, -(-count // queries.PAGE))
    page = min(max(1, whole_number(request.args.get("trang")) or 1), pages)
    return show(
        "console/team.html",
        "team",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        offers=queries.waiting_offers(store, reach),
        team=queries.team(store, reach, slot=slot, page=page),
        count=count,
        slot=slot_name(slot) if slot else "",
        parts=PARTS,
        places=[(ward_group(store).id, ward_group(store).name)]
        + [(group.id, group.name) for group in khu_pho_list(store)],
        looks=confirming.count_looks(store, reach),
        me=who.id,
        page=page,
        pages=pages,
        done=request.args.get("xong", ""),
    )


@bp.post("/to-chuc/tinh-nguyen/<int:offer_id>/nhan")
@require("team.manage")
def accept_offer(offer_id: int) -> Response:
    chosen = {int(i) for i in request.form.getlist(f"groups-{offer_id}") if i.isascii() and i.isdigit() and len(i) < 10}
    _, errors = web.attempt(
        lambda: service.accept_offer(offer_id=offer_id, group_ids=chosen, by=signed_in().id, now=clock.now())
    )
    return _team(errors) if errors else web.see_other(f"{TEAM}?xong=nhan")


@bp.post("/to-chuc/tinh-nguyen/<int:offer_id>/tu-choi")
@require("team.manage")
def decline_offer(offer_id: int) -> Response:
    reason = request.form.get(f"reason-{offer_id}", "")
    _, errors = web.attempt(
        lambda: service.decline_offer(offer_id=offer_id, reason=reason, by=signed_in().id, now=clock.now())
    )
    return _team(errors) if errors else web.see_other(f"{TEAM}?xong=tu-choi")


@bp.get("/to-chuc/tinh-nguyen/goi-lai")
@require("team.manage")
def looks() -> Response:
    return _looks({}, None)


def _looks(errors: dict[str, str], at: int | None) -> Response:
    """``at``: the confirmation whose form is shown again."""
    store, who, now = reading(), signed_in(), clock.now()
    reach, done = reach_of(store, who.id), request.args.get("xem") == "xong"
    waiting, settled = confirming.count_looks(store, reach), confirming.count_looks(store, reach, done=True)
    pages = max(1, -(-(settled if done else waiting) // confirming.PAGE))
    page = min(max(1, whole_number(request.args.get("trang")) or 1), pages)
    return show(
        "console/looks.html",
        "team",
        status=422 if errors else 200,
        errors=errors,
        at=at,
        typed=request.form,
        rows=confirming.looks(store, reach, done=done, page=page),
        months=confirming.draw_months(store, now, most=1),
        shown_done=done,
        waiting=waiting,
        settled=settled,
        me=who.id,
        page=page,
        pages=pages,
        saved="luu" in request.args,
    )


@bp.post("/to-chuc/tinh-nguyen/goi-lai/<int:confirmation_id>")
@require("team.manage")
def look(confirmation_id: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: look_again(
            confirmation_id=confirmation_id,
            outcome=form.get("outcome", ""),
            note=form.get("note", ""),
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=(Invalid, Conflict),
    )
    return _looks(errors, confirmation_id) if errors else web.see_other(f"{LOOKS}?luu=1")
