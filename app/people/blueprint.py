"""The blueprint of entering, first steps and one's own page."""

from flask import Blueprint, Response

from app.core import web
from app.core.errors import Locked

bp = Blueprint("people", __name__)


@bp.errorhandler(Locked)
def locked(error: Locked) -> Response:
    """Too many wrong tries: how long to rest, and whom to call; never a dead end."""
    minutes = int(str(error.values["minutes"]))
    response = web.render("people/locked.html", status=error.status, minutes=minutes)
    response.headers["Retry-After"] = str(60 * minutes)
    return response
