"""The privacy notice, and asking for one's rights, with an account or without."""

from flask import Response, request, session

from app.core import clock, security, web
from app.core.db import reading
from app.core.i18n import say
from app.outreach.queries import contact_for
from app.people import login
from app.people.access import actor
from app.privacy import queries, service
from app.privacy.blueprint import bp, terms
from app.privacy.domain import KINDS
from app.privacy.dossier import KIND_WORDS
from app.privacy.terms import help_months

ASKED = "yeu-cau"  # in the cookie's session: the number of the request, until the page was read
NOTICE_VERSION, NOTICE_DAY = "2", "24/11/2026"


@bp.get("/quyen-rieng-tu")
def notice() -> Response:
    """What is kept, why, how long, who sees it, and what one may ask for. Made to be printed."""
    who, store = actor(), reading()
    return web.render(
        "privacy/notice.html",
        contact=contact_for(store, who.home_id if who else None),
        terms=terms(),
        help_months=help_months(reading()),
        version=NOTICE_VERSION,
        day=NOTICE_DAY,
    )


@bp.get("/quyen-rieng-tu/yeu-cau")
def request_page() -> Response:
    return _form({}, security.token())


@bp.post("/quyen-rieng-tu/yeu-cau")
def send_request() -> Response:
    who, form = actor(), request.form
    made, errors = web.attempt(
        lambda: service.ask(
            key=form.get("key", ""),
            kind=form.get("kind", ""),
            words=form.get("words", ""),
            person_id=who.id if who else None,
            name=form.get("name", ""),
            contact=form.get("contact", ""),
            network=login.network(),
            terms=terms(),
            now=clock.now(),
        )
    )
    if made is None:
        return _form(errors, form.get("key", ""))
    session[ASKED] = made
    return web.see_other("/quyen-rieng-tu/da-nhan")


def _form(errors: dict[str, str], key: str) -> Response:
    asked = request.args.get("viec", "")
    return web.render(
        "privacy/request.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        kind=request.form.get("kind", asked if asked in KINDS else ""),
        kinds=[(kind, say(words)) for kind, words in KIND_WORDS.items()],
        key=key,
        terms=terms(),
    )


@bp.get("/quyen-rieng-tu/da-nhan")
def received() -> Response:
    """The request's number and its clocks."""
    made = session.get(ASKED)
    if made is None:
        return web.see_other("/quyen-rieng-tu/yeu-cau")
    found = queries.get_request(reading(), made, clock.now())
    contact = contact_for(reading(), None)
    return web.render("privacy/received.html", found=found, terms=terms(), contact=contact)
