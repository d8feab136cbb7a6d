"""How the reader of this request reads best, and where that is kept.

One rule: what is kept on the person holds wherever they sign in; where nothing is kept, and for a
guest, what this browser knows does. Choosing while signed in keeps it in both, so that the page for
entering is as readable as the rest. What a guest chose goes on to the person when they sign up.
"""

from collections.abc import Mapping

from flask import Response, request, session

from app.core import clock, web
from app.core.i18n import SIZES, text_size
from app.people import accommodations
from app.people.access import actor
from app.people.domain import CONTRASTS, Accommodations, Actor

FEWER, READ_FIRST = "bot-lua-chon", "doc-truoc"  # in the cookie's session: they end with the browser or the stay


def of_browser() -> Accommodations:
    """What this browser knows: size and contrast by cookie, the rest for as long as the session."""
    contrast = request.cookies.get("contrast", "")
    return Accommodations(
        text_size(),
        contrast if contrast in CONTRASTS else "auto",
        bool(session.get(FEWER)),
        bool(session.get(READ_FIRST)),
    )


def of_reader(who: Actor | None) -> Accommodations:
    """What holds for this request."""
    return who.accommodations if who is not None and who.accommodations is not None else of_browser()


def chosen_before_sign_up() -> Accommodations | None:
    """A guest's choices for the person they become; ``None`` where they chose nothing."""
    chose = {"size", "contrast"} & request.cookies.keys() or {FEWER, READ_FIRST} & session.keys()
    return of_browser() if chose else None


def read_form(form: Mapping[str, str], before: Accommodations) -> Accommodations:
    """The choices in a form; what it does not ask, or what nobody offers, stays as it was."""
    size, contrast = form.get("size", ""), form.get("contrast", "")
    return Accommodations(
        size if size in SIZES else before.text_size,
        contrast if contrast in CONTRASTS else before.contrast,
        _switch(form.get("fewer"), before.fewer_options),
        _switch(form.get("read_first"), before.read_first),
    )


def _switch(value: str | None, before: bool) -> bool:
    return {"1": True, "0": False}.get(value or "", before)


def keep(response: Response) -> Response:
    """Keep what the request's form chose: on the person who is signed in, and in this browser."""
    who = actor()
    chosen = read_form(request.form, of_reader(who))
    if who is not None:
        accommodations.keep_own(person_id=who.id, chosen=chosen, now=clock.now())
    web.remember(response, "size", chosen.text_size)
    web.remember(response, "contrast", chosen.contrast)
    if who is None:
        session[FEWER], session[READ_FIRST] = chosen.fewer_options, chosen.read_first
    return response
