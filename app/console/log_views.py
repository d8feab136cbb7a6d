"""The trail. Ids become names only here, on the screen."""

from flask import Response, request

from app.audit import queries as audit
from app.console.frame import bp, show
from app.console.log_words import action_words, detail_words, subject_words
from app.core.db import reading
from app.groups.queries import tree
from app.people.access import require
from app.people.directory import names_of


@bp.get("/to-chuc/nhat-ky")
@require("log.read")
def log() -> Response:
    session, action = reading(), request.args.get("viec", "")
    before = request.args.get("truoc", "")
    found = audit.entries(session, action=action, before=_key(before))
    ids = {entry.actor_id for entry in found.entries if entry.actor_id is not None}
    ids |= {int(entry.subject_id) for entry in found.entries if entry.subject_kind == "person"}
    return show(
        "console/log.html",
        "log",
        entries=found.entries,
        older=found.older,
        action=action,
        first=not before,
        actions=[(name, action_words(name)) for name in audit.actions(session)],
        words=action_words,
        subject=subject_words,
        detail=detail_words,
        names=names_of(session, ids),
        groups={str(node.group.id): node.group.name for node in tree(session)},
    )


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
