"""The volunteers' desk: who waits for help, who is new, signing up at the door, cards and PINs."""

from collections.abc import Collection

from flask import Response, request, session

from app.core import clock, security, web
from app.core.db import reading
from app.core.text import whole_number
from app.groups.queries import branch_list, khu_pho_list
from app.outreach import queries, service
from app.outreach.asking import service as asking
from app.outreach.asking.domain import MOST_TRIES
from app.outreach.asking.queries import terms_of
from app.outreach.blueprint import bp
from app.outreach.door_form import door_fields
from app.outreach.visits.queries import open_visit
from app.people.access import of_person, require, signed_in
from app.people.cards import address_of, qr
from app.people.directory import find_people, get_person
from app.people.domain import ADDRESSES, IssuedCard
from app.people.symbols import symbols_of_token

CARD = "the-vua-in"  # in the cookie's session: the card that is shown until it is printed or written down


@bp.get("/huong-dan")
@require("help.handle")
def desk() -> Response:
    store, who, now = reading(), signed_in(), clock.now()
    reach = queries.reach_of(store, who.id)
    return web.render(
        "outreach/desk.html",
        me=who.id,
        requests=queries.waiting(store, reach, now),
        newcomers=queries.newcomers(store, reach),
        going_on=open_visit(store, who.id, now),
        done=request.args.get("xong", ""),
        terms=terms_of(store),
        most_tries=MOST_TRIES,
        now=now,
    )


def _of_request(request_id: int) -> Collection[int] | None:
    return queries.groups_of_request(reading(), request_id)


@bp.post("/huong-dan/yeu-cau/<int:request_id>/nhan")
@require("help.handle", of=_of_request)
def take(request_id: int) -> Response:
    asking.take_request(request_id=request_id, by=signed_in().id, now=clock.now())
    return web.see_other("/huong-dan")


@bp.post("/huong-dan/yeu-cau/<int:request_id>/xong")
@require("help.handle", of=_of_request)
def finish(request_id: int) -> Response:
    form = request.form
    over = asking.finish_request(
        request_id=request_id,
        by=signed_in().id,
        outcome=form.get("outcome"),
        tries=whole_number(form.get("tries")),
        now=clock.now(),
    )
    return web.see_other(f"/huong-dan?xong={'giup' if over else 'chua-gap'}#can-giup")


@bp.post("/huong-dan/yeu-cau/<int:request_id>/tra")
@require("help.handle", of=_of_request)
def give_back(request_id: int) -> Response:
    asking.give_back(request_id=request_id, by=signed_in().id, now=clock.now())
    return web.see_other("/huong-dan?xong=tra#can-giup")


@bp.post("/huong-dan/nguoi-moi/<int:person_id>/xac-nhan")
@require("people.help", of=of_person)
def confirm(person_id: int) -> Response:
    service.confirm_newcomer(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other("/huong-dan")


@bp.get("/huong-dan/ghi-ten")
@require("people.help")
def door_page() -> Response:
    return _door({}, security.token())


@bp.post("/huong-dan/ghi-ten")
@require("people.help")
def sign_up_at_door() -> Response:
    form = request.form
    made, errors = web.attempt(
        lambda: service.sign_up_at_door(
            **door_fields(form),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    if made is None:
        return _door(errors, form.get("key", ""))
    return _show_card(made.person_id, made.card)


def _door(errors: dict[str, str], key: str) -> Response:
    store = reading()
    return web.render(
        "outreach/door.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        key=key,
        addresses=ADDRESSES,
        groups=[(group.id, group.name) for group in khu_pho_list(store)],
        branches=[(group.id, group.name) for group in branch_list(store)],
        home_id=signed_in().home_id,
    )


def _show_card(person_id: int, card: IssuedCard) -> Response:
    return web.see_other(keep_card(person_id, card, back="/huong-dan"))


def keep_card(person_id: int, card: IssuedCard, *, back: str) -> str:
    """Keep a new card in this browser until it is printed or written down; returns where it is shown."""
    session[CARD] = {"person": person_id, "code": card.code, "token": card.token, "back": back}
    return "/huong-dan/the"


@bp.get("/huong-dan/the")
@require("people.help")
def card_page() -> Response:
    """The card just issued; the database could not tell it again."""
    kept = session.get(CARD)
    if kept is None:
        return web.see_other("/huong-dan")
    url = address_of(kept["token"])
    person = get_person(reading(), kept["person"])
    symbols = symbols_of_token(kept["token"])
    return web.render("outreach/card.html", person=person, code=kept["code"], url=url, qr=qr(url), symbols=symbols)


@bp.post("/huong-dan/the")
@require("people.help")
def card_handed_over() -> Response:
    kept = session.pop(CARD, None) or {}
    return web.see_other(web.way_back(kept.get("back") or "/huong-dan"))


@bp.get("/huong-dan/nguoi")
@require("people.help")
def people_page() -> Response:
    """Someone who has lost the card or forgotten the PIN, found by name."""
    store, text = reading(), request.args.get("tim", "")
    reach = queries.reach_of(store, signed_in().id)
    groups = None if reach.everyone else reach.group_ids
    found = find_people(store, text=text, group_ids=groups) if text.strip() else None
    return web.render(
        "outreach/people.html",
        text=text,
        found=found,
        done=request.args.get("xong", ""),
        me=signed_in().id,
    )


@bp.post("/huong-dan/nguoi/<int:person_id>/ma-pin")
@require("people.help", of=of_person)
def clear_pin(person_id: int) -> Response:
    service.let_choose_new_pin(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other("/huong-dan/nguoi?xong=pin")


@bp.post("/huong-dan/nguoi/<int:person_id>/the")
@require("people.help", of=of_person)
def print_card(person_id: int) -> Response:
    card = service.print_card(person_id=person_id, by=signed_in().id, now=clock.now())
    return _show_card(person_id, card)
