"""Signing up, signing in, opening a card, signing out."""

from urllib.parse import urlencode

from flask import Response, request, session
from werkzeug.datastructures import MultiDict

from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.core.i18n import address
from app.groups.queries import branch_list, get_ward, khu_pho_list
from app.people import cards, entering, login, preferences, queries, sessions
from app.people.access import require, signed_in
from app.people.blueprint import bp
from app.people.domain import ADDRESSES, PIN_DIGITS, Half, IssuedCard, SignedIn, press
from app.people.grants import rights_in
from app.people.household.queries import names_here
from app.people.symbols import symbols_of_token

NEW_CARD = "the-moi"  # in the cookie's session: the card that is shown until it is written down


def _back() -> str:
    return web.way_back(request.values.get("tu") or login.way_on())


@bp.get("/dang-ky")
def sign_up_page() -> Response:
    return _sign_up_form(MultiDict({"address": address().x}), {})


@bp.post("/dang-ky")
def sign_up() -> Response:
    form = request.form
    pin, repeat = form.get("pin", ""), form.get("repeat", "")
    done, errors = web.attempt(
        lambda: entering.sign_up(
            name=form.get("name", ""),
            address=form.get("address", ""),
            adult=form.get("adult", ""),
            group_id=form.get("group", 0, type=int),
            branch_id=form.get("branch", type=int),
            pin=pin,
            repeat=repeat,
            record=form.get("record") == "1",
            device_token=login.device_token(),
            old_token=login.old_token(),
            chosen=preferences.chosen_before_sign_up(),
            now=clock.now(),
        )
    )
    if done is None:
        return _sign_up_form(form, errors)
    response = login.enter(web.see_other("/the"), done.signed_in)
    keep_card(done.card)
    return response


def _sign_up_form(typed: MultiDict[str, str], errors: dict[str, str]) -> Response:
    ward = get_ward(reading())
    return web.render(
        "people/sign_up.html",
        status=422 if errors else 200,
        typed=typed,
        errors=errors,
        address_choices=[(one, one.capitalize()) for one in ADDRESSES],
        groups=[(group.id, group.name) for group in khu_pho_list(reading())],
        branches=[(group.id, group.name) for group in branch_list(reading())],
        adult_age=ward.adult_age if ward else 16,
    )


def keep_card(card: IssuedCard) -> None:
    """Show the card to this browser until its owner has written it down."""
    session[NEW_CARD] = [card.code, card.token]


@bp.get("/the")
@require("learner")
def new_card() -> Response:
    """The card just made, with its QR; the database could not tell it again."""
    kept = session.get(NEW_CARD)
    if kept is None:
        return web.see_other("/toi")
    code, token = kept
    url = cards.address_of(token)
    symbols = symbols_of_token(token)
    return web.render("people/card.html", code=code, qr=cards.qr(url), symbols=symbols, has_pin=_has_pin())


def _has_pin() -> bool:
    return queries.has_pin(reading(), signed_in().id)


@bp.post("/the")
def card_written_down() -> Response:
    session.pop(NEW_CARD, None)
    return web.see_other(login.way_on())


@bp.get("/vao")
def sign_in_page() -> Response:
    if login.goes_round():  # in a class people tap on their name
        return web.see_other(login.names_page())
    return _sign_in_form({}, "")


@bp.post("/vao")
def sign_in() -> Response:
    entered, errors = web.attempt(sign_in_by_code)
    if entered is None:
        return _sign_in_form(errors, request.form.get("code", ""))
    return entered_or_half(entered, _back())


def sign_in_by_code() -> SignedIn | Half:
    """What the form of either sign-in page asks for."""
    return entering.sign_in(
        code=request.form.get("code", ""),
        secret=request.form.get("secret", ""),
        required=login.factor_required(),
        device_token=login.device_token(),
        network=login.network(),
        old_token=login.old_token(),
        now=clock.now(),
    )


def entered_or_half(entered: SignedIn | Half, back: str) -> Response:
    """On to the page asked for, the organisers' desk, or the second step before it."""
    if isinstance(entered, Half):
        to = f"/vao/can-bo/buoc-hai?{urlencode({'tu': back})}"
        return login.wait_for_second_step(web.see_other(to), entered)
    return login.enter(web.see_other(landing(entered, back)), entered)


def landing(entered: SignedIn, back: str) -> str:
    """Where someone goes who has just signed in and asked for no page: staff to their desk."""
    if entered.level != "password" or back != "/":
        return back
    rights = rights_in(reading(), entered.person_id)
    return "/to-chuc" if "console.open" in rights else back


def _sign_in_form(errors: dict[str, str], code: str) -> Response:
    query = urlencode({"tu": _back()})
    return web.render(
        "people/sign_in.html",
        status=422 if errors else 200,
        names=names_here(reading(), login.device_token()),
        next_one="tiep" in request.args,
        errors=errors,
        code=code,
        back=_back(),
        query=query,
    )


@bp.get("/vao/quen-pin")
def forgotten_pin() -> Response:
    return web.render("people/forgotten_pin.html")


@bp.get("/vao/<int(max=2147483647):person_id>")
def keypad_page(person_id: int) -> Response:
    if _known(person_id) is None:
        return web.see_other("/vao")
    return _keypad(person_id, "", False, "")


@bp.post("/vao/<int(max=2147483647):person_id>")
def keypad(person_id: int) -> Response:
    """One key of the pad (``phim``), or the whole PIN. Digits travel in the form alone."""
    if "phim" in request.form:
        typed, shown = _pressed()
        return _keypad(person_id, typed, shown, "")
    entered, errors = web.attempt(
        lambda: entering.sign_in_on_device(
            person_id=person_id,
            pin=request.form.get("pin", ""),
            device_token=login.device_token(),
            network=login.network(),
            old_token=login.old_token(),
            now=clock.now(),
        )
    )
    if entered is None:
        return _keypad(person_id, "", False, errors["secret"])
    return login.enter(web.see_other(_back()), entered)


def _pressed() -> tuple[str, bool]:
    form = request.form
    return press(form.get("pin", ""), form.get("phim", ""), form.get("hien") == "1")


def _known(person_id: int) -> queries.KnownPerson | None:
    known = queries.known_here(reading(), login.device_token())
    return next((person for person in known if person.id == person_id), None)


def _keypad(person_id: int, typed: str, shown: bool, error: str) -> Response:
    person = _known(person_id)
    if person is None:
        raise NotFound
    return web.render(
        "people/keypad.html",
        status=422 if error else 200,
        person=person,
        typed=typed,
        shown=shown,
        error=error,
        back=_back(),
        most=PIN_DIGITS[1],
    )


@bp.get("/vao/pin")
@require("learner")
def confirm_page() -> Response:
    """One's own matters need the PIN where a card opened the session; where there is none, choose one."""
    if not _has_pin():
        return web.see_other(f"/toi/pin?{urlencode({'tu': _back()})}")
    return _confirm_form("", False, "")


@bp.post("/vao/pin")
@require("learner")
def confirm() -> Response:
    if "phim" in request.form:
        typed, shown = _pressed()
        return _confirm_form(typed, shown, "")
    entered, errors = web.attempt(
        lambda: entering.confirm_pin(
            person_id=signed_in().id,
            pin=request.form.get("pin", ""),
            device_token=login.device_token(),
            network=login.network(),
            old_token=login.old_token() or "",
            now=clock.now(),
        )
    )
    if entered is None:
        return _confirm_form("", False, errors["secret"])
    return login.enter(web.see_other(_back()), entered)


def _confirm_form(typed: str, shown: bool, error: str) -> Response:
    return web.render(
        "people/confirm_pin.html",
        status=422 if error else 200,
        typed=typed,
        shown=shown,
        error=error,
        back=_back(),
        most=PIN_DIGITS[1],
    )


@bp.post("/ra")
def sign_out() -> Response:
    token = login.old_token()
    if token is not None:
        sessions.sign_out(token=token)
    return login.leave(web.see_other("/bat-dau"))
