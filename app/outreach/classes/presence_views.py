"""A resident says that they are in a class: a code scanned or typed, then one button. Looking records nothing."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.i18n import say
from app.core.messages import MESSAGES
from app.outreach.blueprint import bp
from app.outreach.classes import attending, domain, queries
from app.outreach.classes.places import give_ticket, has_ticket, presence_url, take_ticket
from app.people.access import actor, require, signed_in

MOST_ID = 2147483647


@bp.get("/co-mat")
def presence_type() -> Response:
    """The six digits, for a phone that cannot scan."""
    typed = "".join(request.args.get("ma", "").split())
    if not typed:
        return web.render("outreach/classes/presence_type.html", typed="", error="")
    if len(typed) != domain.DIGITS or not (typed.isascii() and typed.isdigit()):
        return _mistyped(typed, "class_code_shape")
    now = clock.now()
    for class_id, secret in queries.classes_on(reading(), now):
        if domain.is_current(secret, typed, now):
            return give_ticket(web.see_other(presence_url(class_id)), class_id, now)
    return _mistyped(typed, "class_code_old")


def _mistyped(typed: str, code: str) -> Response:
    return web.render("outreach/classes/presence_type.html", status=422, typed=typed, error=say(MESSAGES[code]))


@bp.get(f"/co-mat/<int(max={MOST_ID}):class_id>/<code>")
def presence_scan(class_id: int, code: str) -> Response:
    """What the QR holds. The code must be of this minute or the one before; then the address has no code any more."""
    store, now = reading(), clock.now()
    one = queries.class_view(store, class_id, now)
    if one.on and domain.is_current(queries.secret_of(store, class_id), code, now):
        return give_ticket(web.see_other(presence_url(class_id)), class_id, now)
    return _page(class_id)


@bp.get(f"/co-mat/<int(max={MOST_ID}):class_id>")
def presence_page(class_id: int) -> Response:
    return _page(class_id)


def _page(class_id: int) -> Response:
    """One question with one button; whoever is not signed in does that first and comes back here."""
    store, now, who = reading(), clock.now(), actor()
    one = queries.class_view(store, class_id, now)
    here = who is not None and queries.is_present(store, class_id, who.id)
    ticket = has_ticket(class_id, now)
    return web.render(
        "outreach/classes/presence.html",
        status=200 if here or (ticket and one.on) else 409,
        one=one,
        here=here,
        ticket=ticket,
        back=presence_url(class_id),
    )


@bp.post(f"/co-mat/<int(max={MOST_ID}):class_id>")
@require("learner")
def presence_say(class_id: int) -> Response:
    now = clock.now()
    if not has_ticket(class_id, now):
        return _page(class_id)
    attending.come_in(class_id=class_id, person_id=signed_in().id, now=now)
    return take_ticket(web.see_other("/lop/toi?xong=co-mat"))
