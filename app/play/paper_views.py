"""Keying in a sheet of paper: its number, whose it is, the answers tap by tap."""

from flask import Blueprint, Response, request

from app.core import clock, web
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.i18n import NEUTRAL, Address
from app.core.text import whole_number
from app.outreach.classes.queries import present
from app.outreach.paper import queries
from app.outreach.paper.domain import check_number
from app.outreach.paper.queries import SheetView
from app.outreach.queries import reach_of
from app.people.access import require, signed_in
from app.people.directory import find_people, get_person
from app.play import paper

bp = Blueprint("paper", __name__)
PAGE = "/huong-dan/phieu-giay/nhap"


@bp.get(PAGE)
@require("people.help")
def key_page() -> Response:
    """First the number, then the person, then the answers: each choice stands in the address."""
    return _page(request.args.get("so", ""), whole_number(request.args.get("nguoi")), {})


@bp.post(PAGE)
@require("people.help")
def key_in() -> Response:
    form = {name: request.form.getlist(name) for name in request.form}
    typed, person_id = request.form.get("so", ""), whole_number(request.form.get("nguoi"))
    keyed, errors = web.attempt(
        lambda: paper.key_in(
            number=typed,
            person_id=person_id,
            how=request.form.get("how", ""),
            form=form,
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=(Invalid, Conflict),
    )
    return _page(typed, person_id, errors) if keyed is None else web.see_other(f"{PAGE}?xong={keyed.number}")


def _page(typed: str, person_id: int | None, errors: dict[str, str]) -> Response:
    sheet, more = _sheet(typed) if typed.strip() else (None, {})
    errors = {**more, **errors}
    person, refused = _person(sheet, person_id)
    errors = {**errors, **refused}
    text = request.args.get("tim", "")
    store, who = reading(), signed_in()
    found = find_people(store, text=text, within=who.scope("people.help")).rows if text.strip() else None
    done = request.args.get("xong", "")
    return web.render(
        "outreach/paper/keying.html",
        status=422 if errors else 200,
        sheet=sheet,
        typed=typed,
        form=request.form,
        person=person,
        text=text,
        found=found,
        there=_there(sheet) if sheet and person is None else [],
        questions=queries.questions(store, sheet.print_id) if sheet and person else [],
        errors=errors,
        say_to=Address(NEUTRAL).fill,  # as it stands on the paper
        done=_done(done) if done else None,
    )


def _sheet(typed: str) -> tuple[SheetView | None, dict[str, str]]:
    """A sheet that may be keyed in, or why not."""
    return web.attempt(lambda: paper.open_sheet(reading(), typed, signed_in().id))


def _person(sheet: SheetView | None, person_id: int | None) -> tuple[tuple[int, str] | None, dict[str, str]]:
    """Whose sheet it is, by id and name; or why it may not be theirs."""
    if sheet is None or person_id is None:
        return None, {}
    _, errors = web.attempt(lambda: paper.check_person(reading(), person_id, signed_in().id))
    return (None, errors) if errors else ((person_id, get_person(reading(), person_id).name), {})


def _there(sheet: SheetView) -> list[tuple[int, str, str]]:
    """Id, name and khu phố of those who sat in the class that the sheet was printed for."""
    me = signed_in().id
    reach = reach_of(reading(), me)
    if sheet.class_id is None or not reach.covers(sheet.group_id):
        return []
    return [(one.person_id, one.name, one.group) for one in present(reading(), sheet.class_id) if one.person_id != me]


def _done(typed: str) -> tuple[queries.Line, int] | None:
    """The sheet just keyed in, and how many of its printing are left."""
    sheet, errors = web.attempt(
        lambda: queries.sheet_by_number(reading(), check_number(typed), reach_of(reading(), signed_in().id))
    )
    if sheet is None or errors:
        return None
    lines = queries.lines(reading(), sheet.print_id)
    line = next(one for one in lines if one.number == sheet.number)
    return (line, sum(1 for one in lines if one.keyed_at is None)) if line.keyed_at else None
