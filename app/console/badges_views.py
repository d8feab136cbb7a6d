"""Badges on the officers' desk: who holds which, who would get one, giving, taking back, putting right."""

from flask import Response, request

from app.badges import granting
from app.badges.credentials.queries import holders
from app.badges.criteria import is_of_group
from app.badges.holders import MOST, count_groups, groups_holding, holders_of, issued_badge
from app.badges.queries import achievement, area_of, teaching
from app.console.frame import bp, show
from app.console.log_words import action_words
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.people.access import require, signed_in
from app.people.directory import names_of
from app.quizzes.queries import topics

PLACE = "/to-chuc/huy-hieu"
KINDS = ("than", "nui", "khien", "dinh", "sao")


@bp.get("/to-chuc/huy-hieu")
@require("badges.manage")
def badges() -> Response:
    """The whole catalogue with how many hold each."""
    session = reading()
    rows, of_groups = holders(session), count_groups(session)
    shelves = [(topic.title, [(one, n) for one, t, n in rows if t == topic.slug]) for topic in topics(session)]
    others = [(one, of_groups.get(one.slug, n)) for one, topic, n in rows if topic is None]
    return show("console/badges.html", "badges", shelves=shelves, others=others, is_of_group=is_of_group)


@bp.get("/to-chuc/huy-hieu/<slug>")
@require("badges.manage")
def badge_holders(slug: str) -> Response:
    """One achievement: what it asks for, and who holds it."""
    session, text = reading(), request.args.get("tim", "")
    found = achievement(session, slug)
    return show(
        "console/badge.html",
        "badges",
        badge=found,
        area=area_of(session, found),
        quizzes=teaching(session).get(found.skill_slug or "", []),
        found=holders_of(session, slug, text=text),
        groups=groups_holding(session, slug),
        of_group=is_of_group(found.criterion),
        text=text,
        most=MOST,
        given=whole_number(request.args.get("trao")),
    )


@bp.get("/to-chuc/huy-hieu/<slug>/xem-truoc")
@require("badges.manage")
def badge_preview(slug: str) -> Response:
    """Who would get it now. Nobody gets anything yet."""
    return show("console/badge_preview.html", "badges", found=granting.preview(reading(), slug))


@bp.post("/to-chuc/huy-hieu/<slug>/trao")
@require("badges.manage")
def badge_grant(slug: str) -> Response:
    """Give it to all who have reached it: step by step with a bar, or at once where no script runs."""
    by, now, back = signed_in().id, clock.now(), f"{PLACE}/{slug}"
    if not web.wants_fragment():
        return web.see_other(f"{back}?trao={granting.grant_all(slug, by=by, now=now)}")
    stretch = granting.grant(slug, after=whole_number(request.form.get("after")) or 0, by=by, now=now)
    given = stretch.new + (whole_number(request.form.get("given")) or 0)
    if stretch.after is None:
        return web.see_other(f"{back}?trao={given}")
    total = whole_number(request.form.get("total")) or 1
    return web.after_post(
        "console/_badge_grant.html",
        to=back,
        slug=slug,
        after=stretch.after,
        given=given,
        total=total,
        left=stretch.left,
    )


@bp.get("/to-chuc/huy-hieu/cap/<int:badge_id>")
@require("badges.manage")
def issued(badge_id: int) -> Response:
    """One person's badge: what was signed for it, and its trail."""
    return _issued(badge_id, {})


def _issued(badge_id: int, errors: dict[str, str]) -> Response:
    session = reading()
    found = issued_badge(session, badge_id)
    people = {entry.actor_id for entry in found.trail} | {one.ended_by for one in found.signed}
    return show(
        "console/badge_issued.html",
        "badges",
        status=422 if errors else 200,
        found=found,
        names=names_of(session, [one for one in people if one is not None]),
        trail=[(entry, action_words(entry.action)) for entry in found.trail],
        own=found.person_id == signed_in().id,
        errors=errors,
        typed=request.form.get("reason", ""),
        asked=request.path.rpartition("/")[2] if errors else "",
        done=request.args.get("xong", ""),
    )


@bp.post("/to-chuc/huy-hieu/cap/<int:badge_id>/thu-hoi")
@require("badges.manage")
def take_badge_back(badge_id: int) -> Response:
    """Take a badge back, with a reason that the trail keeps."""
    return _decide(badge_id, granting.take_back, "thu-hoi")


@bp.post("/to-chuc/huy-hieu/cap/<int:badge_id>/cap-lai")
@require("badges.manage")
def put_badge_right(badge_id: int) -> Response:
    """Issue it anew, corrected or given back, with a reason that the trail keeps."""
    return _decide(badge_id, granting.put_right, "cap-lai")


def _decide(badge_id: int, decide: granting.Decision, done: str) -> Response:
    reason, by, now = request.form.get("reason", ""), signed_in().id, clock.now()
    _, errors = web.attempt(lambda: decide(badge_id, reason=reason, by=by, now=now), refusals=(Invalid, Conflict))
    if errors:
        return _issued(badge_id, errors)
    return web.see_other(f"{PLACE}/cap/{badge_id}?xong={done}")
