"""Records that may be one person's: the list, two side by side, merging and undoing it."""

from flask import Response, request

from app.console.doubles import service
from app.console.doubles.queries import Facts, facts_of, likely_doubles, merged_lately
from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.people.access import require, signed_in
from app.people.directory import names_of
from app.people.doubles.domain import UNDO
from app.people.role_words import role_names
from app.people.roles import Scope

PLACE = "/to-chuc/trung-nguoi"


def _within() -> Scope:
    return signed_in().scope("people.edit")


@bp.get("/to-chuc/trung-nguoi")
@require("people.edit")
def doubles() -> Response:
    """Likely doubles, and what was merged lately."""
    return _list("")


def _list(error: str) -> Response:
    session, within = reading(), _within()
    done = merged_lately(session, within, clock.now())
    return show(
        "console/doubles.html",
        "people",
        status=409 if error else 200,
        error=error,
        found=likely_doubles(session, within),
        done=done,
        names=names_of(session, {one.by for one in done}),
        me=signed_in().id,
        days=UNDO.days,
        said=request.args.get("xong", ""),
    )


@bp.get("/to-chuc/trung-nguoi/<int:one>/<int:other>")
@require("people.edit")
def compare(one: int, other: int) -> Response:
    return _compare(one, other, {})


def _compare(one: int, other: int, errors: dict[str, str]) -> Response:
    session, within = reading(), _within()
    both = [facts_of(session, one, within), facts_of(session, other, within)]
    return show(
        "console/doubles_pair.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        both=both,
        better=max(both, key=_worth).person.id,
        role_names=role_names,
        me=signed_in().id,
        days=UNDO.days,
    )


def _worth(facts: Facts) -> tuple[bool, bool, int, int]:
    """Which record one rather keeps: with a role, confirmed, with more learned, the older."""
    confirmed = any(one.confirmed_at for one in facts.belongs)
    return bool(facts.roles), confirmed, facts.lessons, -facts.person.id


@bp.post("/to-chuc/trung-nguoi/<int:one>/<int:other>/gop")
@require("people.edit")
def merge(one: int, other: int) -> Response:
    kept = whole_number(request.form.get("giu"))
    if kept not in (one, other):
        return web.see_other(f"{PLACE}/{one}/{other}")
    _, errors = web.attempt(
        lambda: service.merge(
            kept_id=kept,
            gone_id=other if kept == one else one,
            by=signed_in().id,
            within=_within(),
            now=clock.now(),
        )
    )
    return _compare(one, other, errors) if errors else web.see_other(f"{PLACE}?xong=gop")


@bp.post("/to-chuc/trung-nguoi/<int:one>/<int:other>/khac")
@require("people.edit")
def call_distinct(one: int, other: int) -> Response:
    service.call_distinct(one=one, other=other, by=signed_in().id, within=_within(), now=clock.now())
    return web.see_other(f"{PLACE}?xong=khac")


@bp.post("/to-chuc/trung-nguoi/hoan-tac/<int:merge_id>")
@require("people.edit")
def undo(merge_id: int) -> Response:
    back, errors = web.attempt(
        lambda: service.undo(merge_id=merge_id, by=signed_in().id, within=_within(), now=clock.now()),
        refusals=(Invalid, Conflict),
    )
    if back is None:
        return _list(next(iter(errors.values())))
    return web.see_other(f"{PLACE}?xong=hoan-tac")
