"""A volunteer beside someone chooses with them how they read and answer best."""

from flask import Response, request

from app.core import clock, web
from app.core.db import reading
from app.outreach import service
from app.outreach.blueprint import bp
from app.outreach.queries import get_in_reach
from app.people import preferences
from app.people.access import of_person, require, signed_in
from app.people.domain import PLAIN
from app.people.queries import accommodations_of


@bp.get("/huong-dan/nguoi/<int:person_id>/de-doc")
@require("people.help", of=of_person)
def ease_page(person_id: int) -> Response:
    store = reading()
    person = get_in_reach(store, person_id, signed_in().id)
    chosen = accommodations_of(store, person_id) or PLAIN
    return web.render("outreach/ease.html", person=person, chosen=chosen)


@bp.post("/huong-dan/nguoi/<int:person_id>/de-doc")
@require("people.help", of=of_person)
def make_easier(person_id: int) -> Response:
    chosen = preferences.read_form(request.form, accommodations_of(reading(), person_id) or PLAIN)
    service.make_reading_easier(person_id=person_id, chosen=chosen, by=signed_in().id, now=clock.now())
    return web.see_other("/huong-dan/nguoi?xong=de-doc")
