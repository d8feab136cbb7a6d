"""A month's review: its proposals, one decision at a time, the page as it would be, and the announcement."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from app.awards import service
from app.awards.domain import publish_words
from app.awards.queries import public_page
from app.awards.review import Review, evidence, months, review
from app.closing.service import GRACE
from app.console.frame import bp, nav, show
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import whole_number
from app.cycles.queries import get_cycle
from app.people.access import require, signed_in

PAGE = "/to-chuc/khen-thuong"
DECISIONS = {"duyet": "approve", "hoi-lai": "ask", "de-sau": "later"}
WORDS = {decision: word for word, decision in DECISIONS.items()}
REFUSALS = (Invalid, Conflict)


@bp.get("/to-chuc/khen-thuong")
@require("awards.read")
def awards() -> Response:
    """Every month with its state and the next step."""
    return show("console/awards.html", "awards", months=months(reading()), grace=GRACE, now=clock.now())


@bp.get("/to-chuc/khen-thuong/<period>")
@require("awards.read")
def awards_review(period: str) -> Response:
    chosen = request.args.get("chon")
    return web.render("console/awards_review.html", **_page(period, request.args.get("giai", ""), chosen))


def _load(period: str) -> Review:
    session, who = reading(), signed_in()
    return review(session, get_cycle(session, period), by=who.id, by_home=who.home_id)


def _page(period: str, award: str, chosen: str | None) -> dict[str, Any]:
    """Everything that the review's page and its pieces show."""
    found = _load(period)
    tabs = [rule for rule in found.rules if found.of(rule.slug)]
    picked = found.row(whole_number(chosen) or 0)
    rule = next((r for r in tabs if r.slug == (picked.candidate.award if picked else award)), None)
    rule = rule or (tabs[0] if tabs else None)
    return {
        "org_nav": nav("awards"),
        "review": found,
        "tabs": tabs,
        "rule": rule,
        "picked": picked,
        "proof": evidence(reading(), found.cycle, picked) if picked else None,
        "words": WORDS,
        "word": publish_words(period)[0],
        "closes_at": found.cycle.ends_at + GRACE,
        "errors": {},
        "typed": None,
        "failed": 0,
        "saved": False,
        "oob": False,
    }


def _address(period: str, award: str, picked: str, anchor: str) -> str:
    query = {name: value for name, value in (("giai", award), ("chon", picked)) if value}
    return f"{PAGE}/{period}" + (f"?{urlencode(query)}" if query else "") + f"#{anchor}"


@bp.post("/to-chuc/khen-thuong/<period>/de-nghi/<int:nomination_id>")
@require("awards.review")
def decide_nomination(period: str, nomination_id: int) -> Response:
    """One decision. A refusal shows the row as it is now, with what was typed."""
    form, who = request.form, signed_in()
    award, chosen = form.get("giai", ""), form.get("chon", "")
    _, errors = web.attempt(
        lambda: service.decide(
            period,
            nomination_id,
            decision=DECISIONS.get(form.get("decision", ""), ""),
            note=form.get("note", ""),
            waiver=form.get("waiver", ""),
            seen=form.get("seen", ""),
            by=who.id,
            by_home=who.home_id,
            now=clock.now(),
        ),
        refusals=REFUSALS,
    )
    page = _page(period, award, chosen)
    page.update(row=page["review"].row(nomination_id), oob=web.wants_fragment(), saved=not errors)
    if errors:
        page.update(errors=errors, typed=form, failed=nomination_id)
        status = 409 if "" in errors else 422
        return web.render("console/awards_review.html", "console/_awards_answer.html", status=status, **page)
    to = _address(period, award, chosen, f"de-nghi-{nomination_id}")
    return web.after_post("console/_awards_answer.html", to=to, **page)


@bp.get("/to-chuc/khen-thuong/<period>/xem-thu")
@require("awards.read")
def preview_month(period: str) -> Response:
    """The public page as it would be with the decisions of this moment; once announced, the page itself."""
    session = reading()
    cycle = get_cycle(session, period)
    if cycle.announced_at is not None:
        return web.see_other(f"/tuyen-duong/{period}")
    if cycle.frozen_at is None:
        raise NotFound
    page = public_page(session, cycle, service.body_to_publish(session, cycle), None)
    return web.render("awards/month.html", page=page, preview=True)


@bp.post("/to-chuc/khen-thuong/<period>/cong-bo")
@require("awards.publish")
def publish_month(period: str) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: service.publish(
            period,
            typed=form.get("typed", ""),
            number=form.get("number", ""),
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=REFUSALS,
    )
    if not errors:
        return web.see_other(_address(period, "", "", "cong-bo"))
    page = _page(period, "", None)
    page.update(errors=errors, typed=form, failed=-1)
    return web.render("console/awards_review.html", status=409 if "" in errors else 422, **page)
