"""Reporting an item: a small form under its answer, and a page of its own where it needs one."""

from typing import Any

from flask import Blueprint, Response, request

from app.core import clock, web
from app.core.db import reading
from app.play import reporting
from app.play.steps import learner

bp = Blueprint("reporting", __name__)


@bp.get("/bao-cau/<int:attempt_id>/<int:number>")
def report_page(attempt_id: int, number: int) -> Response:
    return _page(attempt_id, number, {})


@bp.post("/bao-cau/<int:attempt_id>/<int:number>")
def report(attempt_id: int, number: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: reporting.report_item(
            learner(),
            attempt_id,
            number,
            reason=form.get("reason", ""),
            words=form.get("words", ""),
            now=clock.now(),
        )
    )
    if errors:
        return _page(attempt_id, number, errors)
    back = web.way_back(form.get("tu"))
    to = f"{back}#bao-cau"
    return web.after_post(
        "play/_report.html", to=to, **_context(attempt_id, number, {}), back=back, sent=True, fresh=True
    )


def _page(attempt_id: int, number: int, errors: dict[str, str]) -> Response:
    found = reporting.find_answered(reading(), learner(), attempt_id, number)
    return web.render(
        "play/report.html",
        "play/_report.html",
        status=422 if errors else 200,
        stem=found.stem,
        back=web.way_back(request.values.get("tu")),
        sent=found.sent,
        **_context(attempt_id, number, errors),
    )


def _context(attempt_id: int, number: int, errors: dict[str, str]) -> dict[str, Any]:
    return {"url": f"/bao-cau/{attempt_id}/{number}", "errors": errors, "typed": request.form, "opened": True}
