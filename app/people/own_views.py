"""One's own page: how one is addressed, PIN, card, consent, sessions."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.people import account, login, queries, sessions
from app.people.access import require, require_pin, signed_in
from app.people.blueprint import bp
from app.people.domain import ADDRESSES, SignedIn
from app.people.enter_views import keep_card


@bp.get("/toi")
@require_pin
def me() -> Response:
    return _me({})


def _me(errors: dict[str, str]) -> Response:
    who, session, now = signed_in(), reading(), clock.now()
    return web.render(
        "people/me.html",
        status=422 if errors else 200,
        errors=errors,
        who=who,
        address_choices=[(one, one.capitalize()) for one in ADDRESSES],
        code=queries.card_code(session, who.id),
        name_consent=queries.own_name_consent(session, who.id),
        sign_ins=queries.sign_ins_of(session, who.id, here=who.sign_in_id, now=now),
    )


@bp.post("/toi/xung-ho")
@require_pin
def change_address() -> Response:
    chosen = request.form.get("address", "")
    _, errors = web.attempt(lambda: account.change_address(person_id=signed_in().id, address=chosen))
    if errors:
        return _me(errors)
    return web.remember(web.see_other("/toi"), "xung-ho", chosen)


@bp.post("/toi/dang-ten")
@require_pin
def change_name_consent() -> Response:
    _, errors = web.attempt(
        lambda: account.set_public_name_consent(
            person_id=signed_in().id, choice=request.form.get("choice", ""), now=clock.now()
        )
    )
    return _me(errors) if errors else web.see_other("/toi")


@bp.post("/toi/may-khac")
@require_pin
def end_others() -> Response:
    who = signed_in()
    sessions.end_other_sign_ins(person_id=who.id, keep=who.sign_in_id)
    return web.see_other("/toi")


@bp.post("/toi/may/<int(max=2147483647):sign_in_id>")
@require_pin
def end_one(sign_in_id: int) -> Response:
    sessions.end_sign_in(person_id=signed_in().id, sign_in_id=sign_in_id)
    return web.see_other("/toi")


@bp.post("/toi/the-moi")
@require_pin
def replace_card() -> Response:
    who = signed_in()
    keep_card(account.reprint_card(person_id=who.id, by=who.id, now=clock.now()))
    return web.see_other("/the")


@bp.get("/toi/pin")
@require("learner")
def pin_page() -> Response:
    return _pin_form({})


@bp.post("/toi/pin")
@require("learner")
def change_pin() -> Response:
    """The first PIN, or (with the old one) another."""
    first = not queries.has_pin(reading(), signed_in().id)
    entered, errors = web.attempt(_first_pin if first else _another_pin)
    if entered is None:
        return _pin_form(errors)
    return login.enter(web.see_other(web.way_back(request.form.get("tu"))), entered)


def _first_pin() -> SignedIn:
    return account.set_first_pin(
        person_id=signed_in().id,
        pin=request.form.get("pin", ""),
        repeat=request.form.get("repeat", ""),
        device_token=login.device_token(),
        old_token=login.old_token() or "",
        now=clock.now(),
    )


def _another_pin() -> SignedIn:
    return account.change_pin(
        person_id=signed_in().id,
        old=request.form.get("old", ""),
        pin=request.form.get("pin", ""),
        repeat=request.form.get("repeat", ""),
        device_token=login.device_token(),
        network=login.network(),
        old_token=login.old_token() or "",
        now=clock.now(),
    )


def _pin_form(errors: dict[str, str]) -> Response:
    return web.render(
        "people/pin.html",
        status=422 if errors else 200,
        errors=errors,
        first=not queries.has_pin(reading(), signed_in().id),
        back=web.way_back(request.values.get("tu") or "/toi"),
    )
