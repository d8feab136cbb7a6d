"""How an officer signs in, on their own page: password, the app's key, recovery codes."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.people import login, safety
from app.people.access import require_password, signed_in
from app.people.blueprint import bp
from app.people.factors import factor_of
from app.people.queries import card_code
from app.people.staff_views import codes_page, key_page

PAGE = "/toi/bao-mat"
REFUSALS = (Invalid, Conflict)


@bp.get("/toi/bao-mat")
@require_password
def safety_page() -> Response:
    return _safety({})


def _safety(errors: dict[str, str], form: str = "") -> Response:
    return web.render(
        "people/safety.html",
        status=422 if errors else 200,
        errors={name or "code": words for name, words in errors.items()},
        form=form,
        state=factor_of(reading(), signed_in().id),
        required=login.factor_required(),
        done=request.args.get("xong", ""),
    )


@bp.post("/toi/bao-mat/ma-du-phong")
@require_password
def renew_codes() -> Response:
    """Ten new codes, told in the answer, this once."""
    who, code = signed_in(), request.form.get("code", "")
    codes, errors = web.attempt(
        lambda: safety.renew_codes(person_id=who.id, code=code, now=clock.now()), refusals=REFUSALS
    )
    return _safety(errors, "codes") if codes is None else codes_page(codes, to=PAGE)


@bp.post("/toi/bao-mat/dien-thoai")
@require_password
def other_phone() -> Response:
    who, code = signed_in(), request.form.get("code", "")
    _, errors = web.attempt(
        lambda: safety.begin_other_phone(person_id=who.id, code=code, now=clock.now()), refusals=REFUSALS
    )
    return _safety(errors, "phone") if errors else web.see_other("/toi/bao-mat/dien-thoai")


@bp.get("/toi/bao-mat/dien-thoai")
@require_password
def phone_page() -> Response:
    return _phone({})


def _phone(errors: dict[str, str]) -> Response:
    who, session = signed_in(), reading()
    key = factor_of(session, who.id).key
    if key is None:
        return web.see_other(PAGE)
    named = {name or "code": words for name, words in errors.items()}
    code = card_code(session, who.id) or ""
    return key_page(key, code, named, action="/toi/bao-mat/dien-thoai/xac-nhan", back=PAGE, leave=PAGE)


@bp.post("/toi/bao-mat/dien-thoai/xac-nhan")
@require_password
def confirm_phone() -> Response:
    who, code = signed_in(), request.form.get("code", "")
    codes, errors = web.attempt(
        lambda: safety.confirm_phone(person_id=who.id, keep=who.sign_in_id, code=code, now=clock.now()),
        refusals=REFUSALS,
    )
    return _phone(errors) if codes is None else codes_page(codes, to=PAGE)


@bp.get("/toi/mat-khau")
@require_password
def password_page() -> Response:
    return _password({})


def _password(errors: dict[str, str]) -> Response:
    return web.render("people/password.html", status=422 if errors else 200, errors=errors)


@bp.post("/toi/mat-khau")
@require_password
def change_password() -> Response:
    who, form = signed_in(), request.form
    _, errors = web.attempt(
        lambda: safety.change_password(
            person_id=who.id,
            keep=who.sign_in_id,
            old=form.get("old", ""),
            password=form.get("password", ""),
            repeat=form.get("repeat", ""),
            device_token=login.device_token(),
            network=login.network(),
            now=clock.now(),
        )
    )
    return _password(errors) if errors else web.see_other(f"{PAGE}?xong=mat-khau")
