"""One's own certificate, and the picture to show around, with only the name that one chose."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, request

from app.badges.credentials import service as credentials
from app.badges.credentials.queries import live_of
from app.badges.papers.domain import NAMINGS, check_nickname
from app.badges.papers.making import own_certificate, share_file
from app.badges.papers.queries import held_badge
from app.badges.queries import achievement
from app.config import Settings
from app.core import clock, web
from app.core.db import reading
from app.people.access import require_pin, signed_in

bp = Blueprint("papers", __name__)
CHOICES = {"khong": "none", "goi": "given", "day-du": "full", "biet-danh": "nickname"}


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def art() -> Path:
    """Where the badges' drawings lie."""
    return settings().root / "badges"


def file(body: bytes, mimetype: str, name: str, *, keep: bool = True) -> Response:
    """A file of someone's own: to keep, or to look at; no cache holds it."""
    response = current_app.response_class(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'{"attachment" if keep else "inline"}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/huy-hieu/<slug>/giay-chung-nhan")
@require_pin
def sign(slug: str) -> Response:
    """Have one's badge signed, once, so that its certificate has a code; then the file."""
    credentials.issue(person_id=signed_in().id, slug=slug, now=clock.now())
    return web.see_other(f"/huy-hieu/{slug}/giay-chung-nhan.pdf")


@bp.get("/huy-hieu/<slug>/giay-chung-nhan.pdf")
@require_pin
def certificate(slug: str) -> Response:
    """One's certificate, as often as one likes."""
    who, db = signed_in(), reading()
    if live_of(db, who.id, slug) is None:
        achievement(db, slug)
        return web.see_other(f"/huy-hieu/{slug}")
    body = own_certificate(db, who.id, slug, art=art(), now=clock.now())
    return file(body, "application/pdf", f"giay-chung-nhan-{slug}.pdf")


@bp.get("/huy-hieu/<slug>/anh-khoe")
@require_pin
def share(slug: str) -> Response:
    """Which name stands in the picture, and how it looks."""
    who, db = signed_in(), reading()
    held_badge(db, who.id, slug)
    picture, errors = web.attempt(lambda: _picture(slug))
    asked = {"ten": _choice(), "biet-danh": request.args.get("biet-danh", "")[:80]}
    return web.render(
        "badges/share.html",
        status=422 if errors else 200,
        badge=achievement(db, slug),
        who=who,
        choice=_choice(),
        nickname=asked["biet-danh"],
        errors=errors,
        picture=f"/huy-hieu/{slug}/anh-khoe.png?{urlencode(asked)}" if picture else "",
    )


@bp.get("/huy-hieu/<slug>/anh-khoe.png")
@require_pin
def share_png(slug: str) -> Response:
    return file(_picture(slug), "image/png", f"huy-hieu-{slug}.png", keep="tai" in request.args)


def _choice() -> str:
    asked = request.args.get("ten", "khong")
    return asked if asked in CHOICES else "khong"


def _picture(slug: str) -> bytes:
    who, db = signed_in(), reading()
    held_badge(db, who.id, slug)
    site = urlsplit(settings().base_url).netloc
    return share_file(db, achievement(db, slug), _name(CHOICES[_choice()]), art=art(), site=site)


def _name(naming: str) -> str:
    who = signed_in()
    if naming == NAMINGS[3]:
        return check_nickname(request.args.get("biet-danh", ""))
    return {"none": "", "given": who.given, "full": who.name}[naming]
