"""One's own rights: what one agreed to, everything that is kept, taking it along, being forgotten."""

from flask import Response, current_app, request

from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.people import consents, login
from app.people.access import require_pin, signed_in
from app.people.consent_texts import CURRENT, GIVER_WORDS, HOW_WORDS, words_of
from app.people.directory import names_of
from app.privacy import dossier, erasing, queries, takealong
from app.privacy.blueprint import bp
from app.privacy.domain import WORD
from app.privacy.dossier import KIND_WORDS, STATE_WORDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/toi/quyen")
@require_pin
def rights() -> Response:
    return _rights({}, "")


def _rights(errors: dict[str, str], purpose: str) -> Response:
    """Each purpose: what was asked, what holds, a form to change it, and every answer so far."""
    who, store, now = signed_in(), reading(), clock.now()
    pages = consents.book(store, who.id)
    writers = {row.recorded_by for page in pages for row in page.rows if row.recorded_by is not None}
    return web.render(
        "privacy/rights.html",
        status=422 if errors else 200,
        errors=errors,
        wrong=purpose,
        who=who,
        pages=pages,
        asked=CURRENT,
        words_of=words_of,
        givers=GIVER_WORDS,
        hows=HOW_WORDS,
        names=names_of(store, writers),
        requests=queries.requests_of(store, who.id, now),
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        done=request.args.get("xong", ""),
    )


@bp.post("/toi/quyen/<purpose>")
@require_pin
def answer(purpose: str) -> Response:
    """Change or take back an answer; it holds from the next page on."""
    _, errors = web.attempt(
        lambda: consents.answer_own(
            person_id=signed_in().id, purpose=purpose, choice=request.form.get("choice", ""), now=clock.now()
        )
    )
    return _rights(errors, purpose) if errors else web.see_other(f"/toi/quyen?xong={purpose}#{purpose}")


@bp.get("/toi/du-lieu")
@require_pin
def data() -> Response:
    """Everything about me on one page."""
    found = dossier.gather(reading(), signed_in().id, now=clock.now())
    return web.render("privacy/data.html", dossier=found, who=signed_in())


@bp.get("/toi/du-lieu/tai.json")
@require_pin
def download_json() -> Response:
    return as_file(signed_in().id, "json")


@bp.get("/toi/du-lieu/tai.xlsx")
@require_pin
def download_workbook() -> Response:
    return as_file(signed_in().id, "xlsx")


def as_file(person_id: int, kind: str) -> Response:
    """What one takes along, as a file to keep."""
    store, now = reading(), clock.now()
    found, rows = dossier.gather(store, person_id, now=now), takealong.records(store, person_id)
    body = takealong.as_json(found, rows) if kind == "json" else takealong.as_workbook(found, rows)
    response = current_app.response_class(body, mimetype="application/json" if kind == "json" else XLSX)
    name = f"hoc-so-{person_id}-{local_date(now).isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/toi/du-lieu/xoa")
@require_pin
def erase_page() -> Response:
    return _erase({})


@bp.post("/toi/du-lieu/xoa")
@require_pin
def erase() -> Response:
    """Forget me: the PIN once more, and the word."""
    form = request.form
    _, errors = web.attempt(
        lambda: erasing.erase_self(
            person_id=signed_in().id,
            secret=form.get("pin", ""),
            typed=form.get("typed", ""),
            device_token=login.device_token(),
            network=login.network(),
            folder=current_app.config["SETTINGS"].data,
            now=clock.now(),
        )
    )
    return _erase(errors) if errors else login.leave(web.see_other("/da-xoa"))


def _erase(errors: dict[str, str]) -> Response:
    status = 422 if errors else 200
    return web.render(
        "privacy/erase.html", status=status, errors=errors, word=WORD, typed=request.form, who=signed_in()
    )


@bp.get("/da-xoa")
def erased() -> Response:
    """Good-bye: what is gone, and what stays and means nobody."""
    return web.render("privacy/erased.html")
