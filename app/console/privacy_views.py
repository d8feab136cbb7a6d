"""Requests about people's own data: the queue with its clocks, one request, its answer."""

from flask import Response, request

from app.console.frame import bp, show
from app.core import clock, security, web
from app.core.db import reading
from app.core.i18n import say
from app.people.access import require, signed_in
from app.people.directory import names_of
from app.privacy import queries, service
from app.privacy.blueprint import terms
from app.privacy.dossier import KIND_WORDS

QUEUE = "/to-chuc/yeu-cau"


@bp.get("/to-chuc/yeu-cau")
@require("privacy.answer")
def privacy_requests() -> Response:
    return _queue({}, security.token())


def _queue(errors: dict[str, str], key: str) -> Response:
    session, now = reading(), clock.now()
    return show(
        "console/requests.html",
        "privacy",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        key=key,
        waiting=queries.open_requests(session, now),
        answered=queries.closed_requests(session, now),
        late=queries.count_late(session, now),
        kinds=KIND_WORDS,
        choices=[("", say("Chọn"))] + [(kind, say(words)) for kind, words in KIND_WORDS.items()],
        terms=terms(),
        done=request.args.get("xong", ""),
    )


@bp.post("/to-chuc/yeu-cau")
@require("privacy.answer")
def write_down_request() -> Response:
    """Someone asked aloud, by telephone or on paper."""
    form, now, by = request.form, clock.now(), signed_in().id
    made, errors = web.attempt(
        lambda: service.ask_for(
            key=form.get("key", ""),
            kind=form.get("kind", ""),
            words=form.get("words", ""),
            who=form.get("who", ""),
            name=form.get("name", ""),
            contact=form.get("contact", ""),
            by=by,
            terms=terms(),
            now=now,
        )
    )
    return web.see_other(f"{QUEUE}/{made}") if made is not None else _queue(errors, form.get("key", ""))


@bp.get("/to-chuc/yeu-cau/<int:request_id>")
@require("privacy.answer")
def privacy_request(request_id: int) -> Response:
    return _one(request_id, {})


def _one(request_id: int, errors: dict[str, str]) -> Response:
    session, now = reading(), clock.now()
    found = queries.get_request(session, request_id, now)
    writers = {found.received_by, found.acknowledged_by, found.closed_by} - {None}
    return show(
        "console/request.html",
        "privacy",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        found=found,
        kinds=KIND_WORDS,
        names=names_of(session, [i for i in writers if i is not None]),
        me=signed_in().id,
        now=now,
    )


@bp.post("/to-chuc/yeu-cau/<int:request_id>/bao-nhan")
@require("privacy.answer")
def acknowledge_request(request_id: int) -> Response:
    service.acknowledge(request_id=request_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"{QUEUE}/{request_id}")


@bp.post("/to-chuc/yeu-cau/<int:request_id>/nguoi")
@require("privacy.answer")
def name_requester(request_id: int) -> Response:
    """They have shown who they are."""
    who, by = request.form.get("who", ""), signed_in().id
    _, errors = web.attempt(lambda: service.name_person(request_id=request_id, who=who, by=by, now=clock.now()))
    return _one(request_id, errors) if errors else web.see_other(f"{QUEUE}/{request_id}")


@bp.post("/to-chuc/yeu-cau/<int:request_id>/tra-loi")
@require("privacy.answer")
def answer_request(request_id: int) -> Response:
    form, by = request.form, signed_in().id
    _, errors = web.attempt(
        lambda: service.answer(
            request_id=request_id,
            outcome=form.get("outcome", ""),
            answer=form.get("answer", ""),
            by=by,
            now=clock.now(),
        )
    )
    return _one(request_id, errors) if errors else web.see_other(f"{QUEUE}?xong={request_id}")
