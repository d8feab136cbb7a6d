"""Taking turns on one phone: after a lesson the next tap asks who goes on, and the one before is gone.

The cookie remembers which page ended the lesson. That page may be looked at, what it offers may be
pressed; whatever else is asked for leads to the names, where the browser forgets who it was.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, current_app, request, session

from app.core import web
from app.core.db import reading
from app.core.errors import Conflict
from app.people import login
from app.people.access import actor
from app.people.household.queries import device_locks

DONE = "xong-bai"  # in the cookie's session: the page that ended a lesson
LEADS_ON = ("/doi-nguoi", "/ra")
P = ParamSpec("P")
_part_of_the_end: set[Callable[..., Response]] = set()


def at_the_end(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark a view that the last page of a lesson may still ask for; the outermost decorator."""
    _part_of_the_end.add(view)
    return view


def ends_lesson(view: Callable[P, Response]) -> Callable[P, Response]:
    """The last page of a lesson: on a phone of several people the next tap asks who goes on."""

    @wraps(view)
    def last_page(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = view(*args, **kwargs)
        if actor() is not None and (login.goes_round() or device_locks(reading(), login.device_token())):
            session[DONE] = request.path
        return response

    return last_page


def ask_who_goes_on() -> Response | None:
    """Before any view. A page's own pictures and sounds are let through; only a tap hands over."""
    done = session.get(DONE)
    if done is None or request.path in (done, *LEADS_ON) or _is_part_of_the_end():
        return None
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    if mode != "navigate" and not web.wants_fragment():
        if request.method in ("GET", "HEAD"):
            return None
        raise Conflict("person_changed")
    login.put_down()
    scanned = request.method == "GET" and request.path.startswith("/the/")  # the next one's card
    return web.see_other(request.path if scanned else f"{login.names_page()}?tiep=1")


def _is_part_of_the_end() -> bool:
    return current_app.view_functions.get(request.endpoint or "") in _part_of_the_end
