"""What the whole ward goes by: names on documents, how points are counted, days and terms, whom to call."""

from flask import Response, current_app, request

from app.config import PrivacyTerms
from app.console.frame import bp, show
from app.console.settings import queries, service, words
from app.core import clock, web
from app.core.db import reading
from app.core.text import whole_number
from app.groups.settings import PARTS, SETTINGS
from app.people.access import require, signed_in
from app.people.directory import names_of

PAGE = "/to-chuc/cai-dat"


def _plain() -> PrivacyTerms:
    found: PrivacyTerms = current_app.config["SETTINGS"].privacy
    return found


@bp.get("/to-chuc/cai-dat")
@require("settings.edit")
def settings() -> Response:
    return _page({})


def _page(errors: dict[str, str], part: str = "") -> Response:
    session, now = reading(), clock.now()
    values = queries.get_settings(session, _plain())
    shown = {name: words.as_typed(name, value) for name, value in values.items()}
    if part:
        shown |= {one.name: request.form.get(one.name, "") for one in SETTINGS if one.part == part}
    changes = queries.last_changes(session)
    return show(
        "console/settings.html",
        "settings",
        status=422 if errors else 200,
        errors=errors,
        parts=[(one, words.PARTS[one], [s for s in SETTINGS if s.part == one]) for one in PARTS],
        values=shown,
        labels=words.LABELS,
        hints=words.HINTS,
        leagues=words.league_words(str(values["leagues"])),
        cycle=queries.current_cycle(session, now),
        period=queries.next_period(session, now),
        changes=changes,
        seen=changes[0].id if changes else 0,
        names=names_of(session, {one.actor_id for one in changes if one.actor_id is not None}),
        told=words.changed_words,
        done=request.args.get("xong", ""),
    )


@bp.post("/to-chuc/cai-dat/<part>")
@require("settings.edit")
def change_settings(part: str) -> Response:
    form = request.form
    changed, errors = web.attempt(
        lambda: service.change_settings(
            part=part,
            typed=form,
            seen=whole_number(form.get("seen")) or 0,
            plain=_plain(),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    if errors:
        return _page(errors, part)
    return web.see_other(f"{PAGE}?xong={part if changed else 'khong-doi'}#{part}")


@bp.post("/to-chuc/cai-dat/hoan-tac")
@require("settings.edit")
def undo_settings() -> Response:
    seen = whole_number(request.form.get("seen")) or 0
    service.undo_change(seen=seen, by=signed_in().id, now=clock.now())
    return web.see_other(f"{PAGE}?xong=hoan-tac#lan-doi")
