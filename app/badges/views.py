"""The wallet, the whole collection, and one badge's page."""

from flask import Blueprint, Response

from app.attempts.lasting import skills_held
from app.badges.queries import (
    achievement,
    catalogue,
    highest_rings,
    nearest,
    rings_held,
    shelves,
    teaching,
    wallet,
    wallet_entry,
)
from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.outreach.practice.queries import practices
from app.people.access import actor

bp = Blueprint("badges", __name__)


@bp.get("/huy-hieu")
def mine() -> Response:
    """Someone's badges by topic, with what is still missing; a guest sees what there is to earn."""
    who, db = actor(), reading()
    found = shelves(db, highest_rings(wallet(db, who.id) if who else catalogue(db)))
    near = nearest(b for shelf in found for b in shelf.badges) if who else None
    fresh = skills_held(db, who.id, local_date(clock.now())) if who else {}
    have = sum(shelf.have for shelf in found)
    return web.render("badges/wallet.html", shelves=found, have=have, near=near, fresh=fresh)


@bp.get("/huy-hieu/tat-ca")
def collection() -> Response:
    """Every badge by topic and kind: what it says, how to get it, what is still missing."""
    who, db = actor(), reading()
    held = wallet(db, who.id) if who else catalogue(db)
    return web.render("badges/collection.html", shelves=shelves(db, highest_rings(held)), teaching=teaching(db))


@bp.get("/huy-hieu/<slug>")
def one(slug: str) -> Response:
    """What a badge certifies, how it is reached, and whether the reader has it and it still holds."""
    who, db = actor(), reading()
    badge = achievement(db, slug)
    entry = wallet_entry(db, who.id, slug) if who else None
    fresh = None
    if who and entry and entry.issued_at and badge.skill_slug:
        fresh = skills_held(db, who.id, local_date(clock.now())).get(badge.skill_slug)
    quizzes = teaching(db).get(badge.skill_slug or "", []) if badge.ring == 1 else []
    return web.render(
        "badges/badge.html",
        badge=badge,
        entry=entry,
        fresh=fresh,
        quizzes=quizzes,
        level=rings_held(db, who.id, badge.skill_slug) if who and badge.skill_slug else 0,
        tasks=[one for one in practices(db, local_date(clock.now())) if one.skill == badge.skill_slug],
    )
