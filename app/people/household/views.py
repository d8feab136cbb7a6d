"""This phone: whose names are on it, adding one, and giving the phone to the next one."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.people import login, sessions
from app.people.access import require, signed_in
from app.people.blueprint import bp
from app.people.household import service
from app.people.household.domain import MOST
from app.people.household.queries import count_names, device_locks, housemates, names_here
from app.people.household.turns import ask_who_goes_on

MOST_ID = 2147483647
bp.before_app_request(ask_who_goes_on)


@bp.post("/doi-nguoi")
def change_person() -> Response:
    """Someone else takes the phone: the session ends, the names are shown."""
    token = login.old_token()
    if token is not None:
        sessions.sign_out(token=token)
    login.forget()
    return web.see_other(login.names_page())


@bp.post(f"/vao/ten/<int(max={MOST_ID}):person_id>")
def tap_name(person_id: int) -> Response:
    """A tap on a name opens a learning session, always at the beginning: never on the page of the one before."""
    entered = service.enter_by_name(
        person_id=person_id, device_token=login.device_token(), old_token=login.old_token(), now=clock.now()
    )
    return login.enter(web.see_other(login.way_on()), entered)


@bp.get("/may-nay")
@require("learner")
def this_phone() -> Response:
    store, token = reading(), login.device_token()
    return web.render(
        "people/this_phone.html",
        names=[one for one in names_here(store, token) if one.tap],
        locks=device_locks(store, token),
        several=count_names(store, token) > 1,
        family=housemates(store, signed_in().id),
        most=MOST,
        done=request.args.get("xong", ""),
    )


@bp.post("/may-nay/hoi-ai")
@require("learner")
def choose_lock() -> Response:
    service.set_lock(on=request.form.get("hoi") == "1", device_token=login.device_token())
    return web.see_other("/may-nay?xong=hoi")


@bp.post(f"/may-nay/bo/<int(max={MOST_ID}):person_id>")
@require("learner")
def take_name_off(person_id: int) -> Response:
    service.take_name_off(person_id=person_id, device_token=login.device_token())
    return web.see_other("/may-nay?xong=bo")


@bp.get("/may-nay/them")
@require("learner")
def add_page() -> Response:
    """How to add a name: scan that person's card, or type its digits with the PIN."""
    login.expect_newcomer()
    return _add({}, "")


@bp.post("/may-nay/them")
@require("learner")
def add_name() -> Response:
    form, who = request.form, signed_in()
    added, errors = web.attempt(
        lambda: service.add_by_pin(
            code=form.get("code", ""),
            pin=form.get("secret", ""),
            by=who.id,
            proof="card" if who.level == "card" else "pin",
            device_token=login.device_token(),
            network=login.network(),
            now=clock.now(),
        )
    )
    if added is None:
        return _add(errors, form.get("code", ""))
    return login.know_device(web.see_other("/may-nay?xong=them"), added.device_token)


def _add(errors: dict[str, str], code: str) -> Response:
    return web.render("people/add_name.html", status=422 if errors else 200, errors=errors, code=code)
