"""A visit on the volunteer's own phone: begun, somebody signed up in it, what to learn together, ended."""

from flask import Response, request

from app.attempts.queries import passed_quizzes
from app.core import clock, security, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.groups.queries import branch_list, khu_pho_list
from app.outreach import service as door
from app.outreach.blueprint import bp
from app.outreach.confirming.queries import skills_confirmed
from app.outreach.desk_views import keep_card
from app.outreach.door_form import door_fields
from app.outreach.practice.queries import practices
from app.outreach.visits import queries, service
from app.outreach.visits.queries import VisitView
from app.people.access import require, signed_in
from app.people.cards import page_address, qr
from app.people.domain import ADDRESSES
from app.quizzes.queries import next_card, quiz_cards, topics


def visit_url(visit_id: int) -> str:
    return f"/huong-dan/buoi/{visit_id}"


@bp.post("/huong-dan/buoi")
@require("people.help")
def start_visit() -> Response:
    """Sit down beside someone. Where another visit goes on, that one is shown, and says so."""
    form, who, now = request.form, signed_in(), clock.now()
    person_id, group_id = whole_number(form.get("person")), whole_number(form.get("group")) or who.home_id
    made, errors = web.attempt(
        lambda: service.start_visit(person_id=person_id, group_id=group_id, by=who.id, now=now),
        refusals=(Conflict,),
    )
    if made is not None:
        return web.see_other(visit_url(made))
    going_on = queries.open_visit(reading(), who.id, now)
    return web.see_other(f"{visit_url(going_on.id)}?con-mo=1" if going_on and errors else "/huong-dan")


@bp.get("/huong-dan/buoi/<int:visit_id>")
@require("people.help")
def visit_page(visit_id: int) -> Response:
    """Who sits here and what there is to do: practise something real, or learn a quiz together."""
    store, now = reading(), clock.now()
    visit = queries.visit_of(store, visit_id, signed_in().id, now)
    shown = skills_confirmed(store, visit.person_id) if visit.person_id else frozenset()
    return web.render(
        "outreach/visit.html",
        visit=visit,
        practices=practices(store, local_date(now)),
        topics=topics(store),
        tried=queries.practised(store, visit_id),
        shown=shown,
        known=_skills_passed(visit),
        busy="con-mo" in request.args,
    )


def _skills_passed(visit: VisitView) -> set[str]:
    """Skills of which the person has passed a quiz alone: the next thing is to do them for real."""
    if visit.person_id is None:
        return set()
    store = reading()
    passed = passed_quizzes(store, visit.person_id)
    return {card.skill_slug for card in quiz_cards(store) if card.id in passed}


@bp.get("/huong-dan/buoi/<int:visit_id>/hoc")
@require("people.help")
def learn_page(visit_id: int) -> Response:
    """A quiz for the resident's own phone: its address as a QR, and how it is done."""
    store = reading()
    visit = queries.visit_of(store, visit_id, signed_in().id, clock.now())
    cards = quiz_cards(store)
    passed = passed_quizzes(store, visit.person_id) if visit.person_id else set()
    chosen = next((card for card in cards if card.id == request.args.get("bai")), None) or next_card(cards, passed)
    url = page_address(f"/hoc/{chosen.topic_slug}/{chosen.id}") if chosen else ""
    return web.render(
        "outreach/visit_learn.html",
        visit=visit,
        options=[(c.id, c.title) for c in cards],
        chosen=chosen,
        url=url,
        qr=qr(url) if url else "",
    )


@bp.post("/huong-dan/buoi/<int:visit_id>/cach")
@require("people.help")
def choose_how(visit_id: int) -> Response:
    quiz = request.form.get("bai", "")[:60]
    service.choose_how(visit_id=visit_id, how=request.form.get("how", ""), by=signed_in().id, now=clock.now())
    return web.see_other(f"{visit_url(visit_id)}/hoc?bai={quiz}#ma-vuong")


@bp.get("/huong-dan/buoi/<int:visit_id>/ghi-ten")
@require("people.help")
def sign_up_page(visit_id: int) -> Response:
    return _sign_up(visit_id, {}, security.token())


@bp.post("/huong-dan/buoi/<int:visit_id>/ghi-ten")
@require("people.help")
def sign_up(visit_id: int) -> Response:
    """Sign somebody up who sits there; the card that follows opens the resident's own phone."""
    form = request.form
    made, errors = web.attempt(
        lambda: door.sign_up_at_door(
            **door_fields(form),
            by=signed_in().id,
            now=clock.now(),
            visit_id=visit_id,
        ),
        refusals=(Invalid,),
    )
    if made is None:
        return _sign_up(visit_id, errors, form.get("key", ""))
    return web.see_other(keep_card(made.person_id, made.card, back=visit_url(visit_id)))


def _sign_up(visit_id: int, errors: dict[str, str], key: str) -> Response:
    store = reading()
    visit = queries.visit_of(store, visit_id, signed_in().id, clock.now())
    return web.render(
        "outreach/door.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        key=key,
        addresses=ADDRESSES,
        groups=[(group.id, group.name) for group in khu_pho_list(store)],
        branches=[(group.id, group.name) for group in branch_list(store)],
        home_id=visit.group_id,
        action=f"{visit_url(visit_id)}/ghi-ten",
        back=visit_url(visit_id),
    )


@bp.get("/huong-dan/buoi/<int:visit_id>/ket-thuc")
@require("people.help")
def end_page(visit_id: int) -> Response:
    return _end(visit_id, {})


@bp.post("/huong-dan/buoi/<int:visit_id>/ket-thuc")
@require("people.help")
def end_visit(visit_id: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: service.end_visit(
            visit_id=visit_id,
            note=form.get("note", ""),
            helped="helped" in form,
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _end(visit_id, errors) if errors else web.see_other("/huong-dan?xong=buoi")


def _end(visit_id: int, errors: dict[str, str]) -> Response:
    store = reading()
    visit = queries.visit_of(store, visit_id, signed_in().id, clock.now())
    asked = visit.person_id is not None and queries.has_asked(store, visit.person_id)
    return web.render(
        "outreach/visit_end.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        visit=visit,
        asked=asked,
    )
