"""The wallet, and one badge's page."""

from flask import Blueprint, Response

from app.badges.criteria import Facts
from app.badges.queries import achievement, held_by_all, wallet, wallet_entry
from app.core import web
from app.core.db import reading
from app.people.access import actor

bp = Blueprint("badges", __name__)
NOTHING = Facts(frozenset(), 0, ())


@bp.get("/huy-hieu")
def mine() -> Response:
    """Someone's badges by kind with what is still missing; a guest sees the whole collection."""
    who = actor()
    held = wallet(reading(), who.id) if who else held_by_all(reading(), NOTHING)
    have = [h for h in held if h.issued_at is not None]
    near = min((h for h in held if h.issued_at is None), key=lambda h: h.progress.left, default=None)
    return web.render("badges/wallet.html", held=held, have=have, near=near if who else None)


@bp.get("/huy-hieu/<slug>")
def one(slug: str) -> Response:
    """What a badge certifies, how it is reached, and whether the reader has it."""
    who, db = actor(), reading()
    entry = wallet_entry(db, who.id, slug) if who else None
    return web.render("badges/badge.html", badge=achievement(db, slug), entry=entry)
