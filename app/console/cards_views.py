"""Cards to cut out: whom to print them for, what that ends, and the sheets, shown once. And who is one household."""

from urllib.parse import urlsplit

from flask import Response, current_app, request

from app.console.frame import bp, show
from app.core import clock, security, web
from app.core.db import reading
from app.core.text import whole_number
from app.groups.queries import branch_list, get_ward, group_by_slug, khu_pho_list
from app.people.access import of_person, require, signed_in
from app.people.cards import address_of, qr
from app.people.household import service as household
from app.people.printing.queries import MOST, chosen, find_holders
from app.people.printing.service import PrintedCard, print_cards
from app.people.roles import Scope
from app.people.symbols import symbols_of_token

PLACE = "/to-chuc/the"
WAYS = {"chua-co": "none", "chua-in": "unprinted", "tat-ca": "all"}
SIZES = ("8", "10")


@bp.get("/to-chuc/the")
@require("people.edit")
def cards_page() -> Response:
    """Whom to print for: a group, who holds no card yet, or a name."""
    return _choose({})


def _choose(errors: dict[str, str]) -> Response:
    session, within = reading(), _within()
    slug, way = request.args.get("nhom", ""), request.args.get("ai", "chua-co")
    way, text = (way if way in WAYS else "chua-co"), request.args.get("tim", "")
    group = group_by_slug(session, slug) if slug else None
    return show(
        "console/cards.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        group=group,
        slug=slug,
        way=way,
        ticked=request.args.get("chon") != "khong",
        text=text,
        groups=_groups(within),
        found=find_holders(session, group=group, who=WAYS[way], text=text, within=within),
        most=MOST,
    )


def _groups(within: Scope) -> list[tuple[str, str]]:
    """Slug and name of every group that the one who looks may print for."""
    session = reading()
    groups = (*khu_pho_list(session), *branch_list(session))
    return [(one.slug, one.name) for one in groups if within.covers(one.id)]


def _within() -> Scope:
    return signed_in().scope("people.edit")


@bp.post("/to-chuc/the")
@require("people.edit")
def cards_check() -> Response:
    """What printing would end, said before anything happens; this writes nothing."""
    people, errors = web.attempt(lambda: chosen(reading(), _ticked(), _within()))
    if people is None:
        return _choose(errors)
    size = request.form.get("kho", "")
    return show(
        "console/cards_check.html",
        "people",
        people=people,
        ending=[one for one in people if one.has_card],
        size=size if size in SIZES else SIZES[0],
        key=security.token(),
    )


def _ticked() -> list[int]:
    ids = [whole_number(text) for text in request.form.getlist("person")]
    return [one for one in ids if one is not None][: MOST + 1]


@bp.post("/to-chuc/the/in")
@require("people.edit")
def cards_sheet() -> Response:
    """The sheets: the answer to the post itself, for nobody could tell the tokens a second time."""
    printed = print_cards(
        person_ids=_ticked(),
        key=request.form.get("key", "")[:40],
        by=signed_in().id,
        within=_within(),
        now=clock.now(),
    )
    size = 10 if request.form.get("kho") == "10" else 8
    cards = [_drawn(one) for one in printed]
    ward = get_ward(reading())
    response = web.render(
        "console/card_sheet.html",
        pages=[cards[i : i + size] for i in range(0, len(cards), size)],
        count=len(cards),
        size=size,
        host=urlsplit(current_app.config["SETTINGS"].base_url).netloc,
        phone=ward.help_phone if ward else "",
        place=PLACE,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _drawn(one: PrintedCard) -> dict[str, object]:
    token = one.card.token
    return {
        "name": one.name,
        "group": one.group,
        "code": one.card.code,
        "qr": qr(address_of(token)),
        "symbols": symbols_of_token(token),
    }


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/khac-nha")
@require("people.edit", of=of_person)
def leave_household(person_id: int) -> Response:
    household.leave_household(person_id=person_id, by=signed_in().id, now=clock.now())
    return web.see_other(f"/to-chuc/nguoi-hoc/{person_id}?xong=nha")
