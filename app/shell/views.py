"""`/healthz`, for whoever watches the machine."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from app.core import clock
from app.shell.health import health

bp = Blueprint("shell", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """Status and how many cycles are overdue; 503 when something needs a hand."""
    found = health(clock.now())
    response = jsonify(asdict(found))
    response.status_code = found.code
    return response
