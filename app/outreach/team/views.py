"""Joining the team of volunteers: when one is free and what one can teach; leaving it again."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.groups.queries import khu_pho_list
from app.outreach.blueprint import bp
from app.outreach.team import queries, service
from app.outreach.team.domain import PARTS, Choices, read_slots, slot_name
from app.people.access import require_pin, signed_in
from app.people.directory import get_person
from app.quizzes.queries import topics

PAGE = "/huong-dan/tham-gia"


@bp.get("/huong-dan/tham-gia")
@require_pin
def team_page() -> Response:
    who = signed_in()
    chosen = queries.choices_of(reading(), who.id)
    if not chosen.groups and who.home_id is not None:
        chosen = Choices(chosen.times, chosen.topics, frozenset({who.home_id}))
    return _page(chosen, {})


@bp.post("/huong-dan/tham-gia")
@require_pin
def offer_help() -> Response:
    form = request.form
    groups = {int(i) for i in form.getlist("groups") if i.isascii() and i.isdigit() and len(i) < 10}
    chosen = Choices(read_slots(form.getlist("times")), frozenset(form.getlist("topics")), frozenset(groups))
    _, errors = web.attempt(lambda: service.offer_help(person_id=signed_in().id, chosen=chosen, now=clock.now()))
    return _page(chosen, errors) if errors else web.see_other(f"{PAGE}?xong=luu")


def _page(chosen: Choices, errors: dict[str, str]) -> Response:
    store, who = reading(), signed_in()
    return web.render(
        "outreach/team.html",
        status=422 if errors else 200,
        errors=errors,
        of_age=get_person(store, who.id).adult == "yes",
        volunteer=queries.is_volunteer(store, who.id),
        offer=queries.last_offer(store, who.id),
        times={slot_name(slot) for slot in chosen.times},
        topics=chosen.topics,
        groups=chosen.groups,
        parts=PARTS,
        all_topics=[(topic.slug, topic.title) for topic in topics(store)],
        all_groups=[(group.id, group.name) for group in khu_pho_list(store)],
        done=request.args.get("xong", ""),
    )


@bp.post("/huong-dan/tham-gia/rut")
@require_pin
def withdraw_offer() -> Response:
    service.withdraw_offer(person_id=signed_in().id, now=clock.now())
    return web.see_other(PAGE)


@bp.post("/huong-dan/tham-gia/roi")
@require_pin
def leave_team() -> Response:
    """One's sessions end with the role, this one too."""
    service.leave_team(person_id=signed_in().id, now=clock.now())
    return web.see_other("/vao")
