"""Items that someone says are not right: read, answered, taken out of the pool, brought back."""

from flask import Response, request

from app.console import reports as answering
from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.people.access import require, signed_in
from app.quizzes import reports
from app.quizzes.report_list import answered_reports, hidden_by_officers, reported_items

PAGE = "/to-chuc/cau-bao"


@bp.get("/to-chuc/cau-bao")
@require("bank.edit")
def reported() -> Response:
    """Open ones first, one card an item; below, what is hidden and what was answered last."""
    return _page({})


def _page(errors: dict[str, str], item_id: str = "") -> Response:
    session = reading()
    return show(
        "console/reports.html",
        "reports",
        status=(409 if "" in errors else 422) if errors else 200,
        items=reported_items(session),
        hidden=hidden_by_officers(session),
        answered=answered_reports(session),
        errors=errors,
        failed=item_id,
        typed=request.form,
    )


@bp.post("/to-chuc/cau-bao/<item_id>")
@require("bank.edit")
def answer_reports(item_id: str) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: answering.answer_reports(
            item_id,
            state=form.get("state", ""),
            answer=form.get("answer", ""),
            seen=whole_number(form.get("seen")) or 0,
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=(Invalid, Conflict),
    )
    return _page(errors, item_id) if errors else web.see_other(PAGE)


@bp.post("/to-chuc/cau-bao/<item_id>/an")
@require("bank.edit")
def hide_item(item_id: str) -> Response:
    reports.hide_item(item_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"{PAGE}#dang-an")


@bp.post("/to-chuc/cau-bao/<item_id>/dua-lai")
@require("bank.edit")
def return_item(item_id: str) -> Response:
    reports.return_item(item_id, by=signed_in().id, now=clock.now())
    return web.see_other(PAGE)
