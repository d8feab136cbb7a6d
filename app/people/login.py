"""Flask-Login over our session rows: the cookie holds a token, the row behind it says who, until when."""

import hashlib
import hmac

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user

from app.core import clock, security, web
from app.core.db import reading
from app.people.domain import LEARNER_STAYS, Actor, Half, SignedIn
from app.people.queries import find_actor

SLOT = "_user_id"  # where in the cookie Flask-Login looks
HALF = "buoc-hai"  # in the same cookie, between the password and the second step
LAST = "vua-hoc"  # in the same cookie, while it asks who goes on: a token that the next one's entering ends
NEWCOMER = "them-nguoi"
DEVICE_COOKIE = "thiet-bi"
NAMES = "/vao"
NAMES_COOKIE = "noi-chon-ten"  # on a tablet that goes round in a class: the page where its names stand
BACK_COOKIE = "viec-dang-do"  # where somebody was going who has to sign in, or to sign up, first

manager = LoginManager()
manager.session_protection = None  # it would measure browsers; our row can be ended, which is better


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login holds for a request: the actor, and the token that proves them."""

    def __init__(self, actor: Actor, token: str) -> None:
        self.actor = actor
        self.token = token

    def get_id(self) -> str:
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Visitor | None:
    """The visitor behind a token, or ``None``: a session that has ended is simply a guest's."""
    actor = find_actor(reading(), token, now=clock.now())
    return None if actor is None else Visitor(actor, token)


def address_visitor() -> None:
    """Before any view: whoever is signed in is addressed as they chose."""
    if session.get(SLOT) and current_user.is_authenticated:
        g.address = current_user.actor.address


def old_token() -> str | None:
    """The token that this browser holds now, dead or alive, or held until it asked who goes on."""
    return session.get(SLOT) or session.get(LAST)


def device_token() -> str | None:
    """What this browser is known by, if it is."""
    return request.cookies.get(DEVICE_COOKIE)


def names_page() -> str:
    """Where the names of this device stand; a tablet of a class has a page of its own."""
    return web.way_back(request.cookies.get(NAMES_COOKIE) or NAMES)


def goes_round() -> bool:
    """Whether this browser is a tablet that goes round in a class."""
    return names_page() != NAMES


def way_on() -> str:
    """Where someone goes who has entered: to what they were about when they were asked who they are, else home."""
    return web.way_back(request.cookies.get(BACK_COOKIE))


def network() -> str:
    """The address of the connection, as wrong tries are counted: hashed with the installation's key."""
    address = request.remote_addr or ""
    place = ":".join(address.split(":")[:4]) if ":" in address else address  # one IPv6 house has many
    return hmac.new(current_app.config["PEPPER"], place.encode(), hashlib.sha256).hexdigest()[:32]


def enter(response: Response, signed_in: SignedIn) -> Response:
    """Give the browser its new session, and its device cookie where it has none."""
    session.clear()
    session.permanent = True
    session[SLOT] = signed_in.token
    session["csrf_token"] = security.owned_token(str(signed_in.person_id))
    return know_device(response, signed_in.device_token)


def know_device(response: Response, device_token: str | None) -> Response:
    """Give the browser its device cookie where it became known just now."""
    if device_token is not None:
        web.remember(response, DEVICE_COOKIE, device_token)
    return response


def wait_for_second_step(response: Response, half: Half) -> Response:
    """The browser holds a token that opens nothing but the page of the second step."""
    session.clear()
    session[HALF] = half.token
    return response


def half_token() -> str | None:
    """The token that the password earned here, if the second step is still to come."""
    return session.get(HALF)


def factor_required() -> bool:
    """Whether everyone with a password needs a second step."""
    required: bool = current_app.config["SETTINGS"].second_factor == "required"
    return required


def expect_newcomer() -> None:
    """Someone wants to add a name to this phone: the next card that is scanned is probably theirs."""
    session[NEWCOMER] = True


def expects_newcomer() -> bool:
    return bool(session.get(NEWCOMER))


def forget() -> None:
    """Nothing of the last person stays in the cookie."""
    session.clear()


def put_down() -> None:
    """Nobody is signed in in this browser any more; nothing of theirs is in the cookie but what ends their session."""
    token = old_token()
    session.clear()
    if token is not None:
        session[LAST] = token


def leave(response: Response) -> Response:
    """Nothing of the last person stays in the browser: no cookie, no page in a cache."""
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def init(app: Flask) -> None:
    """Call after ``security.init``: a post from elsewhere is refused before anyone is looked up."""
    app.config["PERMANENT_SESSION_LIFETIME"] = LEARNER_STAYS
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # the row sets the end, not the last visit
    manager.init_app(app)
    app.before_request(address_visitor)
