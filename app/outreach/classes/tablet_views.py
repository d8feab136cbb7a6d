"""The tablet that goes round: the names of those present, a tap on one, and the way out for whoever put it there."""

from collections import Counter

from flask import Response, request, session

from app.core import clock, web
from app.core.db import reading
from app.outreach.blueprint import bp
from app.outreach.classes import queries, tablet
from app.outreach.classes.places import class_url
from app.people import login
from app.people.access import actor

MOST_ID = 2147483647


@bp.get("/lop")
def tablet_names() -> Response:
    """Whose turn is it? On a device of no class, or once the class is over, there are no names here."""
    store, now = reading(), clock.now()
    here = tablet.tablet_of(store, login.device_token(), now)
    if here is None:
        to = "/lop/toi" if actor() is not None and not login.goes_round() else login.NAMES
        return web.remember(web.see_other(to), login.NAMES_COOKIE, "", seconds=0)
    if actor() is not None:
        login.put_down()  # where the names stand nobody holds the tablet
    people = queries.present(store, here.class_id)
    often = Counter(person.name for person in people)
    return web.render(
        "outreach/classes/tablet.html",
        one=queries.class_view(store, here.class_id, now),
        people=people,
        twice={name for name, count in often.items() if count > 1},  # these need their khu phố to be told apart
        next_one="tiep" in request.args,
    )


@bp.post(f"/lop/ten/<int(max={MOST_ID}):person_id>")
def tablet_enter(person_id: int) -> Response:
    """A tap on a name opens a learning session, always at the beginning: never on the page of the one before."""
    entered = tablet.enter_by_name(
        person_id=person_id, device_token=login.device_token(), old_token=login.old_token(), now=clock.now()
    )
    return login.enter(web.see_other("/lop/toi"), entered)


@bp.get("/lop/roi")
def tablet_leave_page() -> Response:
    """Taking the tablet out of the class: the PIN or password of whoever put it there."""
    return _leave({})


@bp.post("/lop/roi")
def tablet_leave() -> Response:
    left, errors = web.attempt(
        lambda: tablet.leave(
            secret=request.form.get("secret", ""),
            device_token=login.device_token(),
            network=login.network(),
            old_token=login.old_token(),
            now=clock.now(),
        )
    )
    if left is None:
        return _leave(errors)
    to = class_url(left.class_id)
    if left.signed_in is None:  # a password: the second step may come after it
        session.clear()
        response = web.see_other(f"/vao/can-bo?tu={to}")
    else:
        response = login.enter(web.see_other(f"{to}?xong=may-chung"), left.signed_in)
    return web.remember(response, login.NAMES_COOKIE, "", seconds=0)


def _leave(errors: dict[str, str]) -> Response:
    here = tablet.tablet_of(reading(), login.device_token(), clock.now())
    if here is None:
        return web.see_other("/lop")
    if actor() is not None:
        login.put_down()
    return web.render(
        "outreach/classes/leave.html",
        status=422 if errors else 200,
        starter=here.starter,
        error=errors.get("secret", ""),
    )
