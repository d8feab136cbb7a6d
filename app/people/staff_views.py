"""Officers enter: password, second step, a lost phone, and a link by which one chooses a password."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.groups.queries import get_ward
from app.people import login, safety, second_step
from app.people.blueprint import bp
from app.people.cards import qr
from app.people.domain import LINK_STAYS
from app.people.enter_views import entered_or_half, landing, sign_in_by_code
from app.people.second_step import Waiting
from app.people.totp import address_of_key, in_fours

START = "/vao/can-bo"
REFUSALS = (Invalid, Conflict)


def _back() -> str:
    return web.way_back(request.values.get("tu"))


@bp.get("/vao/can-bo")
def staff_page() -> Response:
    return _staff_form({}, "")


@bp.post("/vao/can-bo")
def staff_sign_in() -> Response:
    entered, errors = web.attempt(sign_in_by_code)
    if entered is None:
        return _staff_form(errors, request.form.get("code", ""))
    return entered_or_half(entered, _back())


def _staff_form(errors: dict[str, str], code: str) -> Response:
    status = 422 if errors else 200
    return web.render("people/staff_sign_in.html", status=status, errors=errors, code=code, back=_back())


def _waiting() -> Waiting | None:
    return second_step.waiting_for(reading(), login.half_token(), now=clock.now())


@bp.get("/vao/can-bo/buoc-hai")
def second_page() -> Response:
    """The code from the app; or, at the first sign-in, the key to put into the app."""
    waiting = _waiting()
    return web.see_other(START) if waiting is None else _second_form(waiting, {})


def _second_form(waiting: Waiting, errors: dict[str, str]) -> Response:
    status = 422 if errors else 200
    if waiting.key is None:
        return web.render("people/second_step.html", status=status, errors=errors, back=_back())
    action = "/vao/can-bo/buoc-hai"
    return key_page(waiting.key, waiting.code, errors, action=action, back=_back(), leave=START)


def key_page(key: str, code: str, errors: dict[str, str], *, action: str, back: str, leave: str) -> Response:
    """The key as a QR and in letters, and the field for its first code."""
    ward = get_ward(reading())
    who, issuer = code or "can-bo", f"Học Số {ward.name}" if ward else "Học Số"
    return web.render(
        "people/second_step_set_up.html",
        status=422 if errors else 200,
        errors=errors,
        qr=qr(address_of_key(key, who=who, issuer=issuer)),
        key=in_fours(key),
        action=action,
        back=back,
        leave=leave,
    )


@bp.post("/vao/can-bo/buoc-hai")
def second_step_done() -> Response:
    waiting, token = _waiting(), login.half_token()
    if waiting is None or token is None:
        return web.see_other(START)
    if waiting.key is not None:
        return _set_up(waiting, token)
    code, device = request.form.get("code", ""), login.device_token()
    entered, errors = web.attempt(
        lambda: second_step.finish(token=token, code=code, device_token=device, now=clock.now()), refusals=REFUSALS
    )
    if entered is None:
        return _second_form(waiting, _by_field(errors))
    return login.enter(web.see_other(landing(entered, _back())), entered)


def _by_field(errors: dict[str, str]) -> dict[str, str]:
    """A refusal that blames no field stands at the only one there is."""
    return {name or "code": words for name, words in errors.items()}


def _set_up(waiting: Waiting, token: str) -> Response:
    code, device = request.form.get("code", ""), login.device_token()
    done, errors = web.attempt(
        lambda: second_step.finish_setup(token=token, code=code, device_token=device, now=clock.now()),
        refusals=REFUSALS,
    )
    if done is None:
        return _second_form(waiting, _by_field(errors))
    entered, codes = done
    return login.enter(codes_page(codes, to=landing(entered, _back())), entered)


def codes_page(codes: list[str], *, to: str) -> Response:
    """The ten recovery codes, this once."""
    return web.render("people/recovery_codes.html", codes=[in_fours(code) for code in codes], to=to)


@bp.get("/vao/can-bo/mat-dien-thoai")
def lost_phone() -> Response:
    """A code on paper stands for the app; without one, whom to ask."""
    waiting = _waiting()
    if waiting is None or waiting.key is not None:
        return web.see_other(START)
    return _lost_form({})


def _lost_form(errors: dict[str, str]) -> Response:
    return web.render("people/lost_phone.html", status=422 if errors else 200, errors=errors, back=_back())


@bp.post("/vao/can-bo/mat-dien-thoai")
def enter_by_paper() -> Response:
    waiting, token = _waiting(), login.half_token()
    if waiting is None or waiting.key is not None or token is None:
        return web.see_other(START)
    code, device = request.form.get("code", ""), login.device_token()
    entered, errors = web.attempt(
        lambda: second_step.finish(token=token, code=code, device_token=device, now=clock.now()), refusals=REFUSALS
    )
    if entered is None:
        return _lost_form(_by_field(errors))
    return login.enter(web.see_other("/toi/bao-mat?xong=giay"), entered)


@bp.get("/vao/mat-khau-moi/<token>")
def link_page(token: str) -> Response:
    """A link to choose a password by. Looking uses nothing up, and tells nothing about anyone."""
    return _link_form(token, {})


def _link_form(token: str, errors: dict[str, str]) -> Response:
    status, minutes = 422 if errors else 200, LINK_STAYS.seconds // 60
    return web.render("people/link_password.html", status=status, errors=errors, token=token, minutes=minutes)


@bp.post("/vao/mat-khau-moi/<token>")
def choose_password(token: str) -> Response:
    entered, errors = web.attempt(
        lambda: safety.use_link(
            token=token,
            password=request.form.get("password", ""),
            repeat=request.form.get("repeat", ""),
            required=login.factor_required(),
            device_token=login.device_token(),
            old_token=login.old_token(),
            now=clock.now(),
        )
    )
    return _link_form(token, errors) if entered is None else entered_or_half(entered, "/")
