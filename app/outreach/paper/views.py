"""Sheets of paper: printed for those without a phone, with a key that the volunteer alone may see."""

from collections.abc import Collection

from flask import Response, request
from werkzeug.datastructures import MultiDict

from app.core import clock, security, web
from app.core.db import reading
from app.core.i18n import NEUTRAL, Address
from app.core.text import whole_number
from app.groups.queries import khu_pho_list
from app.outreach.blueprint import bp
from app.outreach.classes.queries import class_view, group_of_class
from app.outreach.paper import queries, service
from app.outreach.paper.domain import MOST
from app.outreach.queries import reach_of
from app.people.access import require, signed_in
from app.quizzes.queries import quiz_cards

PAGE = "/huong-dan/phieu-giay"


def of_print(print_id: int, **_rest: object) -> Collection[int]:
    """For :func:`app.people.access.require`: where the printing in the address belongs."""
    return queries.group_of_print(reading(), print_id)


@bp.get(PAGE)
@require("people.help")
def paper_list() -> Response:
    """What was printed, and the form for more; from a class it is filled in."""
    store, who = reading(), signed_in()
    typed = MultiDict({"group": str(who.home_id or ""), "copies": "10", "quiz": "", "class": ""})
    class_id = whole_number(request.args.get("lop"))
    if class_id is not None and reach_of(store, who.id).covers(next(iter(group_of_class(store, class_id)), -1)):
        one = class_view(store, class_id, clock.now())
        typed["group"], typed["quiz"], typed["class"] = str(one.group_id), one.quiz_id, str(class_id)
        typed["copies"] = str(min(MOST, one.expected or 10))
    return _list(typed, {}, security.token())


def _list(typed: MultiDict[str, str], errors: dict[str, str], key: str) -> Response:
    store = reading()
    reach = reach_of(store, signed_in().id)
    topics: dict[str, list[tuple[str, str]]] = {}
    for card in quiz_cards(store):
        topics.setdefault(card.topic_title, []).append((card.id, card.title))
    return web.render(
        "outreach/paper/list.html",
        status=422 if errors else 200,
        printings=queries.printings(store, reach),
        groups=[(group.id, group.name) for group in khu_pho_list(store) if reach.covers(group.id)],
        topics=list(topics.items()),
        typed=typed,
        errors=errors,
        key=key,
        most=MOST,
    )


@bp.post(f"{PAGE}/in")
@require("people.help")
def paper_print() -> Response:
    form = request.form
    made, errors = web.attempt(
        lambda: service.print_sheets(
            key=form.get("key", ""),
            quiz_id=form.get("quiz", ""),
            group_id=whole_number(form.get("group")) or 0,
            copies=form.get("copies", ""),
            class_id=whole_number(form.get("class")),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _list(form, errors, form.get("key", "")) if made is None else web.see_other(f"{PAGE}/in/{made}")


@bp.get(f"{PAGE}/in/<int:print_id>")
@require("people.help", of=of_print)
def paper_printing(print_id: int) -> Response:
    """One printing: what to print, and which sheets are keyed in."""
    store = reading()
    return web.render(
        "outreach/paper/printing.html", one=queries.print_view(store, print_id), lines=queries.lines(store, print_id)
    )


@bp.get(f"{PAGE}/in/<int:print_id>/to")
@require("people.help", of=of_print)
def paper_sheets(print_id: int) -> Response:
    """The sheets themselves, one for each number, with no key in them."""
    store = reading()
    return web.render(
        "outreach/paper/sheets.html",
        one=queries.print_view(store, print_id),
        lines=queries.lines(store, print_id),
        questions=queries.questions(store, print_id),
        say_to=Address(NEUTRAL).fill,
    )


@bp.get(f"{PAGE}/in/<int:print_id>/dap-an")
@require("people.help", of=of_print)
def paper_key(print_id: int) -> Response:
    """What is right and why, to go through it together once the sheets are collected."""
    store = reading()
    keyed = [
        (item, item.kind.view(drawn.order), item.kind.rows(item.kind.solution(), drawn.order))
        for item, drawn in queries.solutions(store, print_id)
    ]
    return web.render(
        "outreach/paper/key.html", one=queries.print_view(store, print_id), keyed=keyed, say_to=Address(NEUTRAL).fill
    )
