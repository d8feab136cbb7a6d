"""Classes ahead and past, a new one, one moved or called off, the list to sign on paper."""

from flask import Response, request
from werkzeug.datastructures import MultiDict

from app.core import clock, security, web
from app.core.calendar import local
from app.core.db import reading
from app.core.text import whole_number
from app.groups.queries import khu_pho_list, ward_group
from app.outreach.blueprint import bp
from app.outreach.classes import queries, service
from app.outreach.classes.places import class_url, of_class
from app.outreach.queries import reach_of
from app.people.access import require, signed_in
from app.quizzes.queries import quiz_cards

BLANK_LINES = 12  # on the list to sign, below those who are expected
MOST_LINES = 60


@bp.get("/huong-dan/lop")
@require("people.help")
def class_list() -> Response:
    store, now = reading(), clock.now()
    reach = reach_of(store, signed_in().id)
    cancelled = whole_number(request.args.get("huy"))
    undo = cancelled is not None and reach.covers(next(iter(queries.group_of_class(store, cancelled)), -1))
    return web.render(
        "outreach/classes/list.html",
        ahead=queries.ahead(store, reach, now),
        past=queries.past(store, reach, now),
        undo=cancelled if undo else None,
    )


@bp.get("/huong-dan/lop/moi")
@require("people.help")
def class_new() -> Response:
    who = signed_in()
    typed = MultiDict({"group": str(who.home_id or ""), "trainer": str(who.id), "day": "", "time": ""})
    return _form(None, typed, {}, security.token())


@bp.post("/huong-dan/lop/moi")
@require("people.help")
def class_plan() -> Response:
    form = request.form
    made, errors = web.attempt(
        lambda: service.plan_class(key=form.get("key", ""), **_typed(), by=signed_in().id, now=clock.now())  # type: ignore[arg-type]
    )
    if made is None:
        return _form(None, form, errors, form.get("key", ""))
    return web.see_other(f"{class_url(made)}?xong=lap")


def _typed() -> dict[str, object]:
    form = request.form
    return {
        "day": form.get("day", ""),
        "clock": form.get("time", ""),
        "group_id": whole_number(form.get("group")) or 0,
        "place": form.get("place", ""),
        "quiz_id": form.get("quiz", ""),
        "trainer_id": whole_number(form.get("trainer")) or 0,
        "expected": form.get("expected", ""),
    }


@bp.get("/huong-dan/lop/<int:class_id>/sua")
@require("people.help", of=of_class)
def class_edit(class_id: int) -> Response:
    one = queries.class_view(reading(), class_id, clock.now())
    at = local(one.starts_at)
    typed = MultiDict(
        {
            "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "group": str(one.group_id), "place": one.place,
            "quiz": one.quiz_id, "trainer": str(one.trainer_id), "expected": str(one.expected or ""),
        }
    )  # fmt: skip
    return _form(class_id, typed, {}, "")


@bp.post("/huong-dan/lop/<int:class_id>/sua")
@require("people.help", of=of_class)
def class_change(class_id: int) -> Response:
    _, errors = web.attempt(
        lambda: service.change_class(class_id=class_id, **_typed(), by=signed_in().id, now=clock.now())  # type: ignore[arg-type]
    )
    if errors:
        return _form(class_id, request.form, errors, "")
    return web.see_other(f"{class_url(class_id)}?xong=sua")


def _form(class_id: int | None, typed: MultiDict[str, str], errors: dict[str, str], key: str) -> Response:
    store = reading()
    reach = reach_of(store, signed_in().id)
    groups = [(group.id, group.name) for group in khu_pho_list(store) if reach.covers(group.id)]
    if reach.everyone:
        ward = ward_group(store)
        groups.append((ward.id, ward.name))
    return web.render(
        "outreach/classes/form.html",
        status=422 if errors else 200,
        typed=typed,
        errors=errors,
        key=key,
        groups=groups,
        trainers=queries.trainers(store, reach),
        topics=_quizzes(),
        action=f"{class_url(class_id)}/sua" if class_id else "/huong-dan/lop/moi",
        back=class_url(class_id) if class_id else "/huong-dan/lop",
    )


def _quizzes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Topics with their quizzes, in the order in which they are learnt."""
    found: dict[str, list[tuple[str, str]]] = {}
    for card in quiz_cards(reading()):
        found.setdefault(card.topic_title, []).append((card.id, card.title))
    return list(found.items())


@bp.post("/huong-dan/lop/<int:class_id>/huy")
@require("people.help", of=of_class)
def class_cancel(class_id: int) -> Response:
    service.cancel_class(class_id=class_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"/huong-dan/lop?huy={class_id}")


@bp.post("/huong-dan/lop/<int:class_id>/khoi-phuc")
@require("people.help", of=of_class)
def class_restore(class_id: int) -> Response:
    service.restore_class(class_id=class_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"{class_url(class_id)}?xong=khoi-phuc")


@bp.get("/huong-dan/lop/<int:class_id>/danh-sach")
@require("people.help", of=of_class)
def class_sheet(class_id: int) -> Response:
    """The list to sign: who has a name already, and empty lines for those who come."""
    store = reading()
    one, people = queries.class_view(store, class_id, clock.now()), queries.present(store, class_id)
    lines = min(MOST_LINES, max(len(people) + BLANK_LINES, one.expected))
    return web.render("outreach/classes/sheet.html", one=one, people=people, empty=max(0, lines - len(people)))
