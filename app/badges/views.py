"""The wallet, the whole collection, and one badge's page."""

from flask import Blueprint, Response

from app.attempts.lasting import skills_held
from app.badges.credentials import publishing
from app.badges.credentials.queries import certified, live_of
from app.badges.credentials.serving import for_programs, wants_json
from app.badges.criteria import is_of_group
from app.badges.evidence import evidence_of
from app.badges.groups import OfGroup, badges_of_group
from app.badges.queries import (
    achievement,
    area_of,
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


@bp.app_template_global()
def badges_of_khu(group_id: int) -> list[OfGroup]:
    """For the page of a khu phố, which belongs to a layer below: what it holds."""
    return badges_of_group(reading(), group_id)


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
    """What a badge certifies, how it is reached, and whether the reader has it; JSON-LD for programs."""
    who, db = actor(), reading()
    badge = achievement(db, slug)
    if wants_json():
        return for_programs(publishing.achievement(db, certified(db, slug)))
    entry = wallet_entry(db, who.id, slug) if who else None
    fresh = None
    if who and entry and entry.issued_at and badge.skill_slug:
        fresh = skills_held(db, who.id, local_date(clock.now())).get(badge.skill_slug)
    quizzes = teaching(db).get(badge.skill_slug or "", []) if badge.ring == 1 else []
    own = bool(who and entry and entry.issued_at and not is_of_group(badge.criterion))
    response = web.render(
        "badges/badge.html",
        badge=badge,
        entry=entry,
        fresh=fresh,
        quizzes=quizzes,
        own=own,
        of_group=is_of_group(badge.criterion),
        area=area_of(db, badge),
        shown=evidence_of(db, who.id, badge) if who and own else [],
        level=rings_held(db, who.id, badge.skill_slug) if who and badge.skill_slug else 0,
        tasks=[one for one in practices(db, local_date(clock.now())) if one.skill == badge.skill_slug],
        signed=live_of(db, who.id, slug) if who else None,
        may_issue=publishing.may_issue(db),
    )
    response.headers["Vary"] = "Accept, HX-Request, Cookie"
    return response
