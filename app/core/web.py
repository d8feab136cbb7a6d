"""Pages and fragments, htmx headers, status codes, and errors put into words. The only owner of these."""

import logging
import secrets
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app.core.errors import HocSoError, Invalid
from app.core.i18n import address, language, say, text_size
from app.core.messages import MESSAGES
from app.core.security import is_of_another

log = logging.getLogger("hocso")
T = TypeVar("T")
SECRETS = {"pin", "repeat", "secret", "password", "old"}  # fields that are typed again, never sent back
YEAR = 365 * 24 * 3600


def wants_fragment() -> bool:
    """Whether htmx asks for a piece. A boosted link or a return through history wants the page."""
    asked = request.headers
    if asked.get("HX-History-Restore-Request") == "true" or asked.get("HX-Boosted") == "true":
        return False
    return asked.get("HX-Request") == "true"


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **context: object) -> Response:
    """A page, or its fragment where htmx asks for one."""
    name = fragment if fragment and wants_fragment() else page
    return _response(render_template(name, **context), status)


def after_post(fragment: str, /, *, to: str, status: int = 200, **context: object) -> Response:
    """The answer to a post: the fragment for htmx, a 303 to the page for everyone else."""
    if wants_fragment():
        return _response(render_template(fragment, **context), status)
    return see_other(to)


def see_other(to: str) -> Response:
    """A 303 to a place of ours; htmx is told to go there as a whole."""
    if wants_fragment():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = to
        return response
    return make_response(redirect(to, 303))


def _response(body: str, status: int) -> Response:
    response = make_response(body, status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def words(error: HocSoError) -> str:
    """The sentence for a refusal, in the reader's language."""
    return say(MESSAGES[error.code], **error.values)


def attempt(
    call: Callable[[], T], *, refusals: tuple[type[HocSoError], ...] = (Invalid,)
) -> tuple[T | None, dict[str, str]]:
    """Run a form's use case: its result, or what to mend by field name ("" where no field is to blame).

    For views that show the same form again with everything typed still in it. ``refusals`` says
    which errors are shown there; others get a page of their own.
    """
    try:
        return call(), {}
    except refusals as error:
        return None, {str(error.values.get("field", "")): words(error)}


def way_back(value: str | None) -> str:
    """Where to return to: a path of this site, never another's address."""
    path = value or "/"
    parts = urlsplit(path)
    here = not parts.scheme and not parts.netloc and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if here and "\\" not in path and not any(ord(c) < 32 for c in path) else "/"


def here() -> str:
    """The path to come back to: the page asked for, or the one that a post belongs to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def remember(response: Response, name: str, value: str, *, seconds: int = YEAR) -> Response:
    """A preference cookie: text size, language, form of address. Nothing personal. With 0 seconds it goes."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def public(response: Response, *, seconds: int) -> Response:
    """A page without anything personal may be kept for a while."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def error_page(message: str, status: int, **context: object) -> Response:
    """The page that says what is wrong and what to do; as a fragment it is the same section."""
    values: dict[str, object] = {
        "title": say("Chưa được rồi"),
        "action_url": "/",
        "action_label": say("Về Trang chủ"),
        "reference": None,
        "resend": None,
    }
    values.update(context)
    return render("core/error.html", "core/_error.html", status=status, message=message, **values)


def _refused(error: HocSoError) -> Response:
    missing = {"title": say("Không thấy trang")} if error.code == "not_found" else {}
    response = error_page(words(error), error.status, **missing)  # not allowed and not there look the same
    if error.status in (429, 503):
        response.headers["Retry-After"] = str(60 * int(str(error.values.get("minutes", 1))))
    return response


def _expired(_error: CSRFError) -> Response:
    """The token is stale but the post came from our own page: offer to send it again, nothing is lost.

    Unless the page was shown to somebody else: then it is stored for nobody.
    """
    if is_of_another(request.form.get("csrf_token", "")):
        title, to = say("Đã đổi người"), {"action_url": "/vao", "action_label": say("Chọn tên")}
        return error_page(say(MESSAGES["person_changed"]), 409, title=title, **to)
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    own = request.headers.get("Sec-Fetch-Site") == "same-origin" or _same_origin()
    if not own or request.files or SECRETS & set(request.form):
        return error_page(say(MESSAGES["bad_request"]), 400, title=say("Trang mở lâu quá"), action_url=request.path)
    resend = {"url": request.path, "fields": fields}
    return error_page(say(MESSAGES["expired"]), 400, title=say("Trang mở lâu quá"), resend=resend)


def _same_origin() -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    codes = {404: "not_found", 405: "method", 413: "too_large"}
    code = codes.get(error.code or 500, "bad_request")
    title = say("Không thấy trang") if error.code == 404 else say("Chưa được rồi")
    return error_page(say(MESSAGES[code]), error.code or 500, title=title)


def _failed(error: Exception) -> Response:
    """Something of ours broke: an id for the reader, the trace for the log."""
    reference = secrets.token_hex(4)
    g.broken = True  # the page's frame asks the database nothing more
    log.error("unhandled", exc_info=error, extra={"reference": reference, "path": request.path})
    full = isinstance(error, OperationalError) and "full" in str(error.orig)
    code, status = ("disk_full", 507) if full else ("server", 500)
    retry = request.path if request.method == "GET" else "/"
    return error_page(say(MESSAGES[code]), status, reference=reference, action_url=retry, action_label=say("Thử lại"))


def init(app: Flask) -> None:
    app.register_error_handler(HocSoError, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)
    app.add_template_filter(lambda text: address().fill(text), "addressed")
    app.jinja_env.globals.update(language=language, text_size=text_size)
