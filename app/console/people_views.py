"""People: the list, adding one, one person's page and what an officer may do there."""

from urllib.parse import urlencode

from flask import Response, request

from app.audit import queries as audit
from app.console import service
from app.console.frame import bp, number, show
from app.console.log_words import action_words
from app.core import clock, web
from app.core.db import reading
from app.groups.queries import branch_list, khu_members, khu_pho_list, ward_group
from app.outreach.desk_views import keep_card
from app.outreach.service import confirm_newcomer
from app.people import account, queries
from app.people.access import require, signed_in
from app.people.directory import belongings, find_people, get_person, names_of, roles_of
from app.people.domain import ADDRESSES

LIST = "/to-chuc/nguoi-hoc"


@bp.get("/to-chuc/nguoi-hoc")
@require("officer")
def people() -> Response:
    session, text = reading(), request.args.get("tim", "")
    khu, after = number(request.args.get("khu")), request.args.get("sau", "")
    found = find_people(session, text=text, group_ids=khu_members(session, khu) if khu else None, after=after)
    kept = {"tim": text, "khu": khu or ""}
    return show(
        "console/people.html",
        "people",
        found=found,
        text=text,
        khu=khu or "",
        groups=[(group.id, group.name) for group in khu_pho_list(session)],
        first=not after,
        next_url=f"{LIST}?{urlencode({**kept, 'sau': found.after})}",
        first_url=f"{LIST}?{urlencode(kept)}",
    )


@bp.get("/to-chuc/nguoi-hoc/them")
@require("officer")
def new_person() -> Response:
    return _new_person({})


def _new_person(errors: dict[str, str]) -> Response:
    session = reading()
    return show(
        "console/person_new.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        addresses=[(word, word) for word in ADDRESSES],
        groups=[(group.id, group.name) for group in khu_pho_list(session)],
        branches=[(group.id, group.name) for group in branch_list(session)],
    )


@bp.post("/to-chuc/nguoi-hoc/them")
@require("officer")
def add_person() -> Response:
    form = request.form
    year = form.get("birth_year", "").strip()
    person_id, errors = web.attempt(
        lambda: service.add_one_person(
            name=form.get("name", ""),
            address=form.get("address", ""),
            adult=form.get("adult", ""),
            group_id=number(form.get("group")) or 0,
            branch_id=number(form.get("branch")),
            birth_year=(number(year) or 0) if year else None,
            phone=form.get("phone", ""),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _new_person(errors) if errors else web.see_other(f"{LIST}/{person_id}")


@bp.get("/to-chuc/nguoi-hoc/<int:person_id>")
@require("officer")
def person(person_id: int) -> Response:
    return _person(person_id, {})


def _person(person_id: int, errors: dict[str, str]) -> Response:
    session = reading()
    found = get_person(session, person_id)
    trail = audit.entries(session, subject=("person", str(person_id)))
    consents = queries.consents_of(session, person_id)
    hows = {
        (entry.at, entry.detail.get("purpose"), entry.detail.get("giver")): entry.detail.get("how", "")
        for entry in trail.entries
        if entry.action == "consent.record"
    }
    memberships = belongings(session, person_id)
    ids = {entry.actor_id for entry in trail.entries} | {row.recorded_by for row in consents}
    ids |= {row.confirmed_by for row in memberships}
    return show(
        "console/person.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        person=found,
        memberships=memberships,
        roles=roles_of(session, person_id),
        code=queries.card_code(session, person_id),
        has_pin=queries.has_pin(session, person_id),
        public_name=queries.public_names(session, [person_id])[person_id],
        consents=[(row, hows.get((row.given_at, row.purpose, row.giver), "")) for row in consents],
        trail=[(entry, action_words(entry.action)) for entry in trail.entries[:10]],
        names=names_of(session, {i for i in ids if i is not None}),
        groups=[(ward_group(session).id, ward_group(session).name)]
        + [(group.id, group.name) for group in khu_pho_list(session)],
        me=signed_in().id,
        done=request.args.get("xong", ""),
    )


def _back(person_id: int, done: str = "") -> Response:
    return web.see_other(f"{LIST}/{person_id}" + (f"?xong={done}" if done else ""))


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/the")
@require("officer")
def print_card(person_id: int) -> Response:
    card = service.print_card(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other(keep_card(person_id, card, back=f"{LIST}/{person_id}"))


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/ma-pin")
@require("officer")
def clear_pin(person_id: int) -> Response:
    account.reset_pin(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "pin")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/xac-nhan")
@require("officer")
def confirm(person_id: int) -> Response:
    confirm_newcomer(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "xac-nhan")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/dong-y")
@require("officer")
def write_down_consent(person_id: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: service.write_down_consent(
            person_id=person_id,
            purpose=form.get("purpose", ""),
            choice=form.get("choice", ""),
            giver=form.get("giver", ""),
            how=form.get("how", ""),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _person(person_id, errors) if errors else _back(person_id, "dong-y")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/tinh-nguyen")
@require("officer")
def make_volunteer(person_id: int) -> Response:
    group_id = number(request.form.get("group")) or 0
    service.make_volunteer(person_id=person_id, group_id=group_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "vai-tro")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/thoi-tinh-nguyen")
@require("officer")
def end_volunteer(person_id: int) -> Response:
    service.end_volunteer(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "vai-tro")
