"""Whom to call, and asking to be called or visited. Open to everyone."""

from urllib.parse import urlencode

from flask import Response, request, session

from app.core import clock, security, web
from app.core.db import reading
from app.core.errors import NotFound
from app.groups.queries import khu_pho_list
from app.outreach import queries
from app.outreach.asking import service as asking
from app.outreach.asking.queries import Own, own_request, terms_of
from app.outreach.blueprint import bp
from app.people import login
from app.people.access import actor

ASKED = "da-hen"  # in the cookie's session: which way was asked for, until the page was read
OWN = "loi-hen"  # in the cookie's session: the number of what a guest asked for; it goes when somebody signs in


@bp.get("/can-giup")
def help_page() -> Response:
    return _form({}, security.token())


@bp.post("/can-giup")
def ask() -> Response:
    who, form = actor(), request.form
    back = web.way_back(form.get("tu"))
    made, errors = web.attempt(
        lambda: asking.ask_for_help(
            key=form.get("key", ""),
            way=form.get("way", ""),
            person_id=who.id if who else None,
            group_id=_chosen_group(),
            name=form.get("name", ""),
            contact=form.get("contact", ""),
            page=back,
            network="" if who else login.network(),
            now=clock.now(),
        )
    )
    if made is None:
        return _form(errors, form.get("key", ""))
    session[ASKED] = form.get("way", "")
    if who is None:
        session[OWN] = made
    return web.see_other(f"/can-giup/da-nhan?{urlencode({'tu': back})}")


@bp.get("/can-giup/da-nhan")
def asked() -> Response:
    """What happens next."""
    who = actor()
    contact = queries.contact_for(reading(), who.home_id if who else None)
    back = web.way_back(request.args.get("tu"))
    days = terms_of(reading()).wait_days
    return web.render("outreach/asked.html", way=session.get(ASKED, "call"), contact=contact, back=back, days=days)


@bp.post("/can-giup/rut")
def withdraw_request() -> Response:
    """Not needed any more: by whoever asked, signed in or in the browser that asked."""
    who, own = actor(), _own()
    if own is None:
        raise NotFound
    asking.withdraw(request_id=own.id, person_id=who.id if who else None, now=clock.now())
    return web.see_other("/can-giup?rut=1")


def _own() -> Own | None:
    who = actor()
    kept = session.get(OWN)
    return own_request(
        reading(),
        person_id=who.id if who else None,
        request_id=kept if isinstance(kept, int) else None,
        now=clock.now(),
    )


def _chosen_group() -> int | None:
    """The khu phố chosen in the form, if it is one."""
    known = {str(group.id): group.id for group in khu_pho_list(reading())}
    return known.get(request.form.get("group", ""))


def _form(errors: dict[str, str], key: str) -> Response:
    who, store = actor(), reading()
    return web.render(
        "outreach/help.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        key=key,
        own=_own(),
        withdrawn="rut" in request.args,
        terms=terms_of(store),
        back=web.way_back(request.values.get("tu")),
        contact=queries.contact_for(store, who.home_id if who else None),
        groups=[] if who else [(group.id, group.name) for group in khu_pho_list(store)],
        phone=queries.phone_of(store, who.id) if who else "",
    )
