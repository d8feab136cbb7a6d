"""First steps without an account: form of address, text size, sound, a question that cannot be failed."""

from urllib.parse import urlencode

from flask import Response, abort, request

from app.core import web
from app.core.i18n import LANGUAGES, address, say
from app.core.messages import MESSAGES
from app.people import preferences
from app.people.blueprint import bp
from app.people.domain import ADDRESSES

WEATHER = ("nang", "mua", "mat")


@bp.get("/bat-dau")
def start() -> Response:
    """Which way in: the card, its code, or new here."""
    return web.render("people/start.html")


@bp.get("/bat-dau/1")
def start_address() -> Response:
    return web.render("people/start_address.html", addresses=ADDRESSES, chosen=address().x, error="")


@bp.post("/bat-dau/1")
def save_address() -> Response:
    chosen = request.form.get("xung-ho", "")
    if chosen not in ADDRESSES:
        error = say(MESSAGES["address_missing"])
        return web.render("people/start_address.html", status=422, addresses=ADDRESSES, chosen="", error=error)
    return web.remember(web.see_other("/bat-dau/2"), "xung-ho", chosen)


@bp.get("/bat-dau/2")
def start_size() -> Response:
    return web.render("people/start_size.html")


@bp.post("/bat-dau/2")
def save_size() -> Response:
    """Save the size; "Xem thử" shows this page again in it."""
    to = "/bat-dau/2" if request.form.get("viec") == "xem" else "/bat-dau/3"
    return preferences.keep(web.see_other(to))


@bp.get("/bat-dau/3")
def start_sound() -> Response:
    return web.render("people/start_sound.html")


@bp.post("/bat-dau/3")
def save_sound() -> Response:
    """Whether questions are read aloud by themselves; asked only where the browser has a voice."""
    return preferences.keep(web.see_other("/bat-dau/lam-quen"))


@bp.get("/bat-dau/lam-quen")
def practice() -> Response:
    """The question, or (with ``chon``) the question answered."""
    chosen = request.args.get("chon", "")
    return web.render(
        "people/practice.html", "people/_practice.html", chosen=chosen if chosen in WEATHER else "", error=""
    )


@bp.post("/bat-dau/lam-quen")
def answer_practice() -> Response:
    chosen = request.form.get("chon", "")
    if chosen not in WEATHER:
        error = say(MESSAGES["choose_first"])
        return web.render("people/practice.html", "people/_practice.html", status=422, chosen="", error=error)
    to = f"/bat-dau/lam-quen?chon={chosen}"
    return web.after_post("people/_practice.html", to=to, chosen=chosen, error="")


@bp.get("/co-chu")
def reading_size() -> Response:
    return web.render("people/reading.html", back=web.way_back(request.args.get("tu")))


@bp.post("/co-chu")
def save_reading_size() -> Response:
    """Save the choices; "Xem thử" stays on the page, "Xong" goes back to where one was."""
    back = web.way_back(request.form.get("tu"))
    if request.form.get("viec") == "xem":
        return preferences.keep(web.see_other(f"/co-chu?{urlencode({'tu': back})}"))
    return preferences.keep(web.see_other(back))


@bp.get("/ngon-ngu/<lang>")
def change_language(lang: str) -> Response:
    """A link, not a form: it writes a cookie and nothing else."""
    if lang not in LANGUAGES:
        abort(404)
    back = web.way_back(request.args.get("tu"))
    return web.remember(web.see_other(back), "lang", lang)
