"""People: the list, adding one, one person's page and what an officer may do there."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from app.audit import queries as audit
from app.console import service
from app.console.frame import bp, show
from app.console.log_words import action_words
from app.core import clock, web
from app.core.db import reading
from app.core.text import whole_number
from app.groups.queries import branch_list, khu_members, khu_pho_list, tree
from app.outreach.desk_views import keep_card
from app.outreach.service import confirm_newcomer
from app.people import accommodations, account, preferences, queries
from app.people.access import of_person, of_person_may, require, signed_in
from app.people.directory import belongings, find_people, get_person, names_of
from app.people.domain import ADDRESSES, PLAIN
from app.people.granting import staff_desk
from app.people.household.queries import housemates
from app.people.role_words import role_choices, role_name, role_names
from app.people.roles import STAFF, Scope

LIST = "/to-chuc/nguoi-hoc"


@bp.get("/to-chuc/nguoi-hoc")
@require("people.read")
def people() -> Response:
    session, asked, within = reading(), request.args, signed_in().scope("people.read")
    text, state, khu, branch = (
        asked.get("tim", ""),
        asked.get("tinh-trang", ""),
        asked.get("khu"),
        asked.get("chi-doan"),
    )
    khu_id, branch_id = whole_number(khu), whole_number(branch)
    found = find_people(
        session,
        text=text,
        group_ids=khu_members(session, khu_id) if khu_id else None,
        branch_id=branch_id or None,
        state=state,
        within=within,
        after=asked.get("sau", ""),
        before=asked.get("truoc", ""),
    )
    kept = {"tim": text, "khu": khu_id or "", "chi-doan": branch_id or "", "tinh-trang": state}
    return show(
        "console/people.html",
        "people",
        found=found,
        text=text,
        state=state,
        khu=khu_id or "",
        branch=branch_id or "",
        groups=_khu_in(within),
        branches=[(group.id, group.name) for group in branch_list(session) if within.covers(group.id)],
        role_names=role_names,
        next_url=f"{LIST}?{urlencode({**kept, 'sau': found.after})}",
        before_url=f"{LIST}?{urlencode({**kept, 'truoc': found.before})}",
        first_url=f"{LIST}?{urlencode(kept)}",
    )


def _khu_in(within: Scope) -> list[tuple[int, str]]:
    """The khu phố that a form offers: those of one's own branch."""
    return [(group.id, group.name) for group in khu_pho_list(reading()) if within.covers(group.id)]


@bp.get("/to-chuc/nguoi-hoc/them")
@require("people.edit")
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
        groups=_khu_in(signed_in().scope("people.edit")),
        branches=[(group.id, group.name) for group in branch_list(session)],
    )


@bp.post("/to-chuc/nguoi-hoc/them")
@require("people.edit")
def add_person() -> Response:
    form = request.form
    year = form.get("birth_year", "").strip()
    person_id, errors = web.attempt(
        lambda: service.add_one_person(
            name=form.get("name", ""),
            address=form.get("address", ""),
            adult=form.get("adult", ""),
            group_id=whole_number(form.get("group")) or 0,
            branch_id=whole_number(form.get("branch")),
            birth_year=(whole_number(year) or 0) if year else None,
            phone=form.get("phone", ""),
            within=signed_in().scope("people.edit"),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _new_person(errors) if errors else web.see_other(f"{LIST}/{person_id}")


@bp.get("/to-chuc/nguoi-hoc/<int:person_id>")
@require("people.read", of=of_person)
def person(person_id: int) -> Response:
    return person_page(person_id, {})


def person_page(person_id: int, errors: dict[str, str]) -> Response:
    """The page of a person, with what was refused; its forms are those that the one who looks may send."""
    session, who = reading(), signed_in()
    found = get_person(session, person_id)
    desk = staff_desk(session, found.id, who.id)
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
        desk=desk,
        role_choices=role_choices(desk.choices),
        role_name=role_name,
        staff=any(one.role in STAFF for one in desk.roles) or desk.has_password,
        may_edit=of_person_may(person_id, "people.edit"),
        may_see_signin=who.may("signin.reset"),
        code=queries.card_code(session, person_id),
        symbols=queries.card_symbols(session, person_id),
        family=housemates(session, person_id),
        has_pin=queries.has_pin(session, person_id),
        ease=queries.accommodations_of(session, person_id) or PLAIN,
        public_name=queries.public_names(session, [person_id])[person_id],
        consents=[(row, _how(row, hows)) for row in consents],
        trail=[(entry, action_words(entry.action)) for entry in trail.entries[:10]],
        names=names_of(session, {i for i in ids if i is not None}),
        places=_places(who.scope("roles.grant")),
        me=who.id,
        done=request.args.get("xong", ""),
    )


def _how(row: queries.ConsentRow, noted: Mapping[Any, str]) -> str:
    """How an answer was given; what was written down before the book had a column for it stands in the trail."""
    if row.how == "screen":
        return ""
    return row.how or noted.get((row.given_at, row.purpose, row.giver), "")


def _places(within: Scope) -> list[tuple[int, str]]:
    """Where a role may be given: the groups of one's own branch, each below its parent."""
    nodes = [node for node in tree(reading()) if within.covers(node.group.id)]
    return [(node.group.id, "\u2003" * node.depth + node.group.name) for node in nodes]


def _back(person_id: int, done: str = "") -> Response:
    return web.see_other(f"{LIST}/{person_id}" + (f"?xong={done}" if done else ""))


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/the")
@require("people.edit", of=of_person)
def print_card(person_id: int) -> Response:
    card = service.print_card(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other(keep_card(person_id, card, back=f"{LIST}/{person_id}"))


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/ma-pin")
@require("people.edit", of=of_person)
def clear_pin(person_id: int) -> Response:
    account.reset_pin(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "pin")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/xac-nhan")
@require("people.edit", of=of_person)
def confirm(person_id: int) -> Response:
    confirm_newcomer(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "xac-nhan")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/dong-y")
@require("people.edit", of=of_person)
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
    return person_page(person_id, errors) if errors else _back(person_id, "dong-y")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/de-doc")
@require("people.edit", of=of_person)
def make_easier(person_id: int) -> Response:
    chosen = preferences.read_form(request.form, queries.accommodations_of(reading(), person_id) or PLAIN)
    accommodations.keep_for(person_id=person_id, chosen=chosen, by=signed_in().id, now=clock.now())
    return _back(person_id, "de-doc")
