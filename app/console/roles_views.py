"""One person's roles, and how staff get in: roles given and ended, a link for a password, the second step anew."""

from flask import Response, current_app, request

from app.console.frame import bp, show
from app.console.people_views import LIST, person_page
from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.people import granting, safety
from app.people.access import of_person, require, signed_in
from app.people.cards import qr
from app.people.directory import get_person
from app.people.domain import LINK_STAYS

REFUSALS = (Invalid, Conflict)


def _back(person_id: int, done: str) -> Response:
    return web.see_other(f"{LIST}/{person_id}?xong={done}")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/vai-tro")
@require("roles.grant", of=of_person)
def give_role(person_id: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: granting.give_role(
            person_id=person_id,
            role=form.get("role", ""),
            group_id=whole_number(form.get("group")) or 0,
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=REFUSALS,
    )
    named = {name or "role": words for name, words in errors.items()}
    return person_page(person_id, named) if errors else _back(person_id, "vai-tro")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/vai-tro/<int:grant_id>/thoi")
@require("roles.grant", of=of_person)
def end_role(person_id: int, grant_id: int) -> Response:
    granting.take_role(person_id=person_id, grant_id=grant_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "vai-tro")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/mat-khau")
@require("signin.reset", of=of_person)
def password_link(person_id: int) -> Response:
    """A link by which they choose a password themselves; it is shown in the answer, this once."""
    token = safety.issue_link(person_id=person_id, by=signed_in().id, now=clock.now())
    url = f"{current_app.config['SETTINGS'].base_url}/vao/mat-khau-moi/{token}"
    found = get_person(reading(), person_id)
    minutes = LINK_STAYS.seconds // 60
    return show("console/password_link.html", "people", person=found, url=url, qr=qr(url), minutes=minutes)


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/buoc-hai")
@require("signin.reset", of=of_person)
def reset_factor(person_id: int) -> Response:
    safety.reset_factor(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "buoc-hai")
