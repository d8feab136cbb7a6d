"""What a card's QR leads to: whose card it is; opened by a press, never by looking."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.people import entering, login, queries
from app.people.access import actor
from app.people.blueprint import bp
from app.people.household import service as household


@bp.get("/the/<token>")
def card_page(token: str) -> Response:
    """Whose card it is. Looking consumes nothing and opens nothing."""
    holder = queries.card_holder(reading(), token)
    if holder is None:
        raise NotFound("card_unknown")
    who = actor()
    if who is not None and who.id == holder.person_id:
        return web.see_other("/")
    return _page(holder, token, {})


def _page(holder: queries.CardHolder, token: str, errors: dict[str, str]) -> Response:
    return web.render(
        "people/card_open.html",
        status=422 if errors else 200,
        errors=errors,
        holder=holder,
        token=token,
        expected=login.expects_newcomer(),
    )


@bp.post("/the/<token>")
def open_card(token: str) -> Response:
    """Into a learning session; with ``ghi-ten`` the name comes onto this phone first, beside who is signed in."""
    fresh, who = None, actor()
    if who is not None and request.form.get("ghi-ten") == "1":
        added, errors = web.attempt(
            lambda: household.add_by_card(
                token=token,
                by=who.id,
                proof="card" if who.level == "card" else "pin",
                device_token=login.device_token(),
                now=clock.now(),
            )
        )
        if added is None:
            holder = queries.card_holder(reading(), token)
            if holder is None:
                raise NotFound("card_unknown")
            return _page(holder, token, errors)
        fresh = added.device_token
    opened = entering.open_card(token=token, old_token=login.old_token(), now=clock.now())
    return login.know_device(login.enter(web.see_other(login.way_on()), opened), fresh)


@bp.get("/the/khong-phai-toi")
def not_my_card() -> Response:
    """Someone holds a card that is not theirs: what to do."""
    return web.render("people/not_my_card.html")
