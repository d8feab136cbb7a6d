"""The first-run page; it exists only while there is no ward."""

from flask import Blueprint, Response, current_app, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.core.i18n import say
from app.groups.queries import get_ward
from app.home import setup
from app.people.cards import address_of, qr
from app.people.domain import ADDRESSES

bp = Blueprint("setup", __name__)
TYPED = ("unit", "ward", "groups", "source", "name", "address", "home")


@bp.before_request
def only_before_set_up() -> None:
    """As if there were no such page, once the ward is there."""
    if get_ward(reading()) is not None:
        raise NotFound


@bp.get("/thiet-lap")
def first_run() -> Response:
    """What the program must know before anyone can learn and be counted."""
    return _form(dict.fromkeys(TYPED, ""), {})


def _form(typed: dict[str, str], errors: dict[str, str], *, status: int = 200) -> Response:
    addresses = [("", say("Chọn cách xưng hô")), *((word, word) for word in ADDRESSES)]
    return web.render("home/setup.html", status=status, addresses=addresses, typed=typed, errors=errors)


@bp.post("/thiet-lap")
def save() -> Response:
    """Set up; the answer shows the first officer's card, this once."""
    typed = {name: request.form.get(name, "") for name in TYPED}
    made, errors = web.attempt(
        lambda: setup.set_up(
            **typed,
            password=request.form.get("password", ""),
            root=current_app.config["SETTINGS"].root,
            now=clock.now(),
        )
    )
    if made is None:
        return _form(typed, errors, status=422)
    url = address_of(made.card.token)
    return web.render("home/setup_done.html", code=made.card.code, url=url, picture=qr(url), name=typed["name"])
