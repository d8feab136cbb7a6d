"""A class while it is on, on the trainer's phone: the code, who is there, heads, how it is done, the tablet."""

from flask import Response, request, session

from app.core import clock, security, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.groups.queries import branch_list, khu_pho_list
from app.outreach import service as door
from app.outreach.blueprint import bp
from app.outreach.classes import attending, domain, queries, results, service, tablet
from app.outreach.classes.places import TABLET_STAYS, class_url, of_class
from app.outreach.desk_views import keep_card
from app.outreach.door_form import door_fields
from app.outreach.queries import reach_of
from app.people import login, sessions
from app.people.access import require, signed_in
from app.people.cards import page_address, qr
from app.people.directory import find_people
from app.people.domain import ADDRESSES

REFUSALS = (Invalid, Conflict)


@bp.get("/huong-dan/lop/<int:class_id>")
@require("people.help", of=of_class)
def class_page(class_id: int) -> Response:
    return _page(class_id, {})


def _page(class_id: int, errors: dict[str, str], status: int = 200) -> Response:
    store, now, text = reading(), clock.now(), request.args.get("tim", "")
    one = queries.class_view(store, class_id, now)
    reach = reach_of(store, signed_in().id)
    found = None
    if text.strip():
        found = find_people(store, text=text, within=signed_in().scope("people.help")).rows
    away = queries.absent(store, class_id, [person.id for person in found]) if found else set()
    return web.render(
        "outreach/classes/class.html",
        status=status,
        one=one,
        people=queries.present(store, class_id),
        change=results.change(store, class_id),
        begun=domain.has_come(one.starts_at, now) and not one.cancelled,
        text=text,
        found=found,
        away=away,
        everyone=reach.everyone,
        typed=request.form,
        errors=errors,
        done=request.args.get("xong", ""),
        who=whole_number(request.args.get("ai")),
    )


@bp.get("/huong-dan/lop/<int:class_id>/ma")
@require("people.help", of=of_class)
def class_code(class_id: int) -> Response:
    """The code of this minute, for a screen that the whole room sees. Every ten seconds the page asks anew."""
    store, now = reading(), clock.now()
    one = queries.class_view(store, class_id, now)
    code = domain.code_of(queries.secret_of(store, class_id), domain.window_of(now))
    url = page_address(f"/co-mat/{class_id}/{code}")
    return web.render(
        "outreach/classes/code.html",
        "outreach/classes/_code.html",
        one=one,
        code=code,
        url=page_address("/co-mat").split("://")[-1],
        qr=qr(url) if one.on else "",
        seconds=domain.seconds_left(now),
    )


@bp.post("/huong-dan/lop/<int:class_id>/co-mat")
@require("people.help", of=of_class)
def class_tick(class_id: int) -> Response:
    person_id = whole_number(request.form.get("person")) or 0
    _, errors = web.attempt(
        lambda: attending.tick(class_id=class_id, person_id=person_id, by=signed_in().id, now=clock.now()),
        refusals=REFUSALS,
    )
    if errors:
        return _page(class_id, errors, 409)
    return web.see_other(f"{class_url(class_id)}?xong=co-mat&ai={person_id}#diem-danh")


@bp.post("/huong-dan/lop/<int:class_id>/bo")
@require("people.help", of=of_class)
def class_untick(class_id: int) -> Response:
    person_id = whole_number(request.form.get("person")) or 0
    _, errors = web.attempt(
        lambda: attending.untick(class_id=class_id, person_id=person_id, by=signed_in().id, now=clock.now()),
        refusals=REFUSALS,
    )
    if errors:
        return _page(class_id, errors, 409)
    return web.see_other(f"{class_url(class_id)}?xong=bo&ai={person_id}#diem-danh")


@bp.post("/huong-dan/lop/<int:class_id>/dem")
@require("people.help", of=of_class)
def class_count(class_id: int) -> Response:
    heads = request.form.get("counted", "")
    _, errors = web.attempt(
        lambda: attending.count_heads(class_id=class_id, heads=heads, by=signed_in().id, now=clock.now()),
        refusals=REFUSALS,
    )
    return _page(class_id, errors, 422) if errors else web.see_other(f"{class_url(class_id)}?xong=dem#dem")


@bp.post("/huong-dan/lop/<int:class_id>/cach")
@require("people.help", of=of_class)
def class_how(class_id: int) -> Response:
    service.choose_how(class_id=class_id, how=request.form.get("how", ""), by=signed_in().id, now=clock.now())
    return web.see_other(f"{class_url(class_id)}?xong=cach#cach")


@bp.get("/huong-dan/lop/<int:class_id>/ghi-ten")
@require("people.help", of=of_class)
def class_door(class_id: int) -> Response:
    return _door(class_id, {}, security.token())


@bp.post("/huong-dan/lop/<int:class_id>/ghi-ten")
@require("people.help", of=of_class)
def class_sign_up(class_id: int) -> Response:
    """Sign somebody up who came without a card; they are on the list at once."""
    form = request.form
    made, errors = web.attempt(
        lambda: door.sign_up_at_door(
            **door_fields(form),
            by=signed_in().id,
            now=clock.now(),
            class_id=class_id,
        )
    )
    if made is None:
        return _door(class_id, errors, form.get("key", ""))
    return web.see_other(keep_card(made.person_id, made.card, back=class_url(class_id)))


def _door(class_id: int, errors: dict[str, str], key: str) -> Response:
    store = reading()
    one = queries.class_view(store, class_id, clock.now())
    return web.render(
        "outreach/door.html",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        key=key,
        addresses=ADDRESSES,
        groups=[(group.id, group.name) for group in khu_pho_list(store)],
        branches=[(group.id, group.name) for group in branch_list(store)],
        home_id=one.group_id,
        action=f"{class_url(class_id)}/ghi-ten",
        back=class_url(class_id),
    )


@bp.post("/huong-dan/lop/<int:class_id>/may-chung")
@require("people.help", of=of_class)
def class_tablet(class_id: int) -> Response:
    """This device goes round from now on: whoever started it is signed out, so that nobody holds their rights."""
    fresh = tablet.start_tablet(
        class_id=class_id, device_token=login.device_token(), by=signed_in().id, now=clock.now()
    )
    token = login.old_token()
    if token is not None:
        sessions.sign_out(token=token)
    session.clear()
    response = web.remember(
        web.see_other("/lop"), login.NAMES_COOKIE, "/lop", seconds=int(TABLET_STAYS.total_seconds())
    )
    return login.know_device(response, fresh)
