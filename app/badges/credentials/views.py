"""Is this badge genuine? The page behind the QR, the form for codes and files, and each badge's own address."""

from flask import Blueprint, Response, request

from app.badges.credentials import checking, drawing, publishing
from app.badges.credentials.domain import SERIAL, read_code, read_token
from app.badges.credentials.files import baked_png, baked_svg
from app.badges.credentials.keys import installation
from app.badges.credentials.openbadges import credential_id, issuer_id
from app.badges.credentials.pacing import MOST_FILES, MOST_TRIES, Pace
from app.badges.credentials.queries import Shown, base_of, by_code, by_serial, by_token, certified, naming
from app.badges.credentials.reading import MOST_BYTES
from app.badges.credentials.serving import FRESH, for_programs, json_answer, picture, wants_json
from app.core import clock, web
from app.core.db import reading
from app.core.errors import NotFound
from app.core.i18n import say
from app.core.messages import MESSAGES
from app.people.login import network

bp = Blueprint("credentials", __name__)
codes, files = Pace(MOST_TRIES), Pace(MOST_FILES)


@bp.get("/giay")
def form() -> Response:
    """Type the code printed on a certificate, or send the file of a badge."""
    return web.render("badges/credentials/form.html", errors={}, typed="", missing=False)


@bp.post("/giay")
def check() -> Response:
    """A file is looked at here; a code leads to its page."""
    sent, typed = request.files.get("file"), request.form.get("code", "").strip()
    if sent is not None and sent.filename:
        files.step(network(), now=clock.now())
        verdict = checking.check_file(reading(), sent.stream.read(MOST_BYTES + 1))
        return _told(verdict)
    token = read_token(typed)
    code = None if token else read_code(typed)
    if token or code:
        return web.see_other(f"/giay/{token or code}")
    if typed:
        return _missing(typed)
    errors = {"code": say(MESSAGES["badge_file_missing"])}
    return web.render("badges/credentials/form.html", status=422, errors=errors, typed="", missing=False)


def _told(verdict: checking.Verdict) -> Response:
    db, holder = reading(), request.form.get("holder", "").strip()
    named = naming(db, verdict.shown) if verdict.shown else None
    status = 422 if verdict.outcome == "unreadable" else 200
    return web.render(
        "badges/credentials/verdict.html",
        status=status,
        verdict=verdict,
        shown=verdict.shown,
        named=named,
        holder=checking.is_holder(verdict.shown, holder) if verdict.shown and holder else None,
        unit=publishing.unit(db),
    )


def _missing(typed: str) -> Response:
    """Unknown and malformed answer alike: nobody learns which codes exist."""
    return web.render("badges/credentials/form.html", status=404, errors={}, typed=typed[:80], missing=True)


@bp.get("/giay/<text>")
def paper(text: str) -> Response:
    """The page behind the QR: whose badge, for what, does it hold. With the short code alone: no name."""
    db, token = reading(), read_token(text)
    if token is not None:
        shown = by_token(db, token)
        return _paper(shown, whole=True) if shown else _missing(text)
    codes.step(network(), now=clock.now())
    code = read_code(text)
    shown = by_code(db, code) if code else None
    return _paper(shown, whole=False) if shown else _missing(text)


def _paper(shown: Shown, *, whole: bool) -> Response:
    db = reading()
    return web.render(
        "badges/credentials/paper.html",
        shown=shown,
        whole=whole,
        named=naming(db, shown) if whole else None,
        base=base_of(db),
    )


@bp.get("/huy-hieu-so/<serial>")
def own(serial: str) -> Response:
    """A badge's own address: the signed JSON for programs, a page for people; 410 once it has ended."""
    shown = _find(serial)
    if wants_json():
        return _signed(shown)
    base = base_of(reading()) or ""
    response = web.render(
        "badges/credentials/own.html",
        status=200 if shown.state.holds else 410,
        shown=shown,
        base=base,
        issuer=issuer_id(base),
    )
    response.headers["Vary"] = "Accept, HX-Request, Cookie"
    return response


@bp.get("/huy-hieu-so/<serial>.json")
def as_json(serial: str) -> Response:
    """The signed JSON as it is stored."""
    response = _signed(_find(serial))
    response.headers["Content-Disposition"] = f'attachment; filename="huy-hieu-{serial}.json"'
    return response


@bp.get("/huy-hieu-so/<serial>.png")
def as_png(serial: str) -> Response:
    """The picture with the signed badge in it; grey, and without it, once it has ended."""
    shown, root = _find(serial), installation().root
    if not shown.state.holds:
        return picture(drawing.png(drawing.grey_svg(root, shown.kind)), "image/png", gone=True)
    return picture(baked_png(root, shown), "image/png", name=f"{shown.slug}.png")


@bp.get("/huy-hieu-so/<serial>.svg")
def as_svg(serial: str) -> Response:
    """As :func:`as_png`."""
    shown, root = _find(serial), installation().root
    if not shown.state.holds:
        return picture(drawing.grey_svg(root, shown.kind).encode(), "image/svg+xml", gone=True)
    return picture(baked_svg(root, shown), "image/svg+xml", name=f"{shown.slug}.svg")


def _find(serial: str) -> Shown:
    """Raises:
    NotFound: No such badge."""
    shown = by_serial(reading(), serial) if SERIAL.fullmatch(serial) else None
    if shown is None:
        raise NotFound
    return shown


def _signed(shown: Shown) -> Response:
    """The badge for programs; once it has ended, what became of it and since when, not why."""
    if shown.state.holds:
        return json_answer(shown.body)
    since = shown.state.since
    told = {
        "id": credential_id(base_of(reading()) or "", shown.serial),
        "status": shown.state.name,
        "since": since.isoformat() if since else None,
    }
    return for_programs(told, status=410)


@bp.get("/huy-hieu-so/danh-sach/<int:number>")
def status_list(number: int) -> Response:
    """Which badges have ended: one bit each, signed."""
    return json_answer(publishing.status_list(reading(), number))


@bp.get("/don-vi/phat-hanh")
def issuer() -> Response:
    """Who issues: keys and name for programs, a page for people who ask for one."""
    found = publishing.issuer(reading())
    if wants_json(otherwise=True):
        return for_programs(found)
    response = web.render("badges/credentials/issuer.html", issuer=found)
    response.headers["Vary"] = "Accept, HX-Request, Cookie"
    return response


@bp.get("/don-vi/phat-hanh/did.json")
def issuer_did() -> Response:
    """The issuer's keys as a DID document."""
    return for_programs(publishing.did(reading(), path="/don-vi/phat-hanh"))


@bp.get("/.well-known/did.json")
def did() -> Response:
    """The host's DID document: the same keys."""
    return for_programs(publishing.did(reading()))


@bp.get("/huy-hieu/<slug>/hinh.png")
def achievement_picture(slug: str) -> Response:
    """The picture of an achievement, for wallets and previews."""
    found = certified(reading(), slug)
    return picture(drawing.png(drawing.svg(installation().root, found.slug)), "image/png", seconds=FRESH * 60)
