"""One person's consent book and data, leaving and coming back, being forgotten: what an officer may do for them."""

from urllib.parse import urlencode

from flask import Response, current_app, request

from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.core.i18n import N_, say
from app.core.text import whole_number
from app.people import consents, correcting
from app.people.access import require, signed_in
from app.people.consent_texts import CURRENT, GIVER_WORDS, HOW_WORDS, words_of
from app.people.directory import names_of
from app.people.domain import ADDRESSES
from app.privacy import departing, erasing, queries, service
from app.privacy.domain import WHYS, WORD
from app.privacy.dossier import ADULT_WORDS, KIND_WORDS, STATE_WORDS
from app.privacy.own_views import as_file

PEOPLE = "/to-chuc/nguoi-hoc"
WHY_WORDS = {"moved": N_("Chuyển đi"), "died": N_("Đã mất")}


@bp.get("/to-chuc/nguoi-hoc/da-roi")
@require("privacy.answer")
def people_who_left() -> Response:
    """Files that are closed and not forgotten yet; each can be opened again."""
    text = request.args.get("tim", "")
    return show(
        "console/left.html",
        "people",
        found=departing.people_who_left(reading(), text=text),
        text=text,
        whys=WHY_WORDS,
        done=request.args.get("xong", ""),
    )


@bp.get("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu")
@require("privacy.answer")
def person_privacy(person_id: int) -> Response:
    return _page(person_id, {})


def _page(person_id: int, errors: dict[str, str]) -> Response:
    """The consent book in full, with the words that were asked; then data, leaving, erasing."""
    session, now = reading(), clock.now()
    person = departing.get_known(session, person_id)
    gone = departing.departure(session, person_id)
    pages = consents.book(session, person_id) if gone is None else []
    writers = {row.recorded_by for page in pages for row in page.rows if row.recorded_by is not None}
    return show(
        "console/person_privacy.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        person=person,
        gone=gone,
        pages=pages,
        asked=CURRENT,
        words_of=words_of,
        givers=GIVER_WORDS,
        hows=HOW_WORDS,
        names=names_of(session, writers),
        requests=queries.requests_of(session, person_id, now),
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        whys=[(why, say(WHY_WORDS[why])) for why in WHYS],
        typed=request.form,
        addresses=[(word, word) for word in ADDRESSES],
        adults=[(code, say(words)) for code, words in ADULT_WORDS.items()],
        me=signed_in().id,
        done=request.args.get("xong", ""),
    )


def _back(person_id: int, done: str) -> Response:
    return web.see_other(f"{PEOPLE}/{person_id}/rieng-tu?{urlencode({'xong': done})}")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu/tai")
@require("privacy.answer")
def export_person(person_id: int) -> Response:
    """The file that someone takes along, made for them; noted in the trail."""
    kind = "json" if request.form.get("kind") == "json" else "xlsx"
    service.note_export(person_id=person_id, by=signed_in().id, now=clock.now())
    return as_file(person_id, kind)


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu/sua")
@require("privacy.answer")
def correct_person(person_id: int) -> Response:
    form, by = request.form, signed_in().id
    year = form.get("birth_year", "").strip()
    _, errors = web.attempt(
        lambda: correcting.correct_person(
            person_id=person_id,
            name=form.get("name", ""),
            address=form.get("address", ""),
            adult=form.get("adult", ""),
            birth_year=(whole_number(year) or 0) if year else None,
            phone=form.get("phone", ""),
            by=by,
            now=clock.now(),
        )
    )
    return _page(person_id, errors) if errors else _back(person_id, "sua")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu/ngung")
@require("privacy.answer")
def stop_person(person_id: int) -> Response:
    """They asked that nothing more is recorded or shown."""
    how, by = request.form.get("how", ""), signed_in().id
    _, errors = web.attempt(lambda: consents.stop_for(person_id=person_id, how=how, by=by, now=clock.now()))
    return _page(person_id, errors) if errors else _back(person_id, "ngung")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu/roi")
@require("privacy.answer")
def close_person(person_id: int) -> Response:
    why, by = request.form.get("why", ""), signed_in().id
    _, errors = web.attempt(lambda: departing.close_file(person_id=person_id, why=why, by=by, now=clock.now()))
    return _page(person_id, errors) if errors else web.see_other(f"{PEOPLE}/da-roi?xong=dong")


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/rieng-tu/mo-lai")
@require("privacy.answer")
def reopen_person(person_id: int) -> Response:
    departing.open_file(person_id=person_id, by=signed_in().id, now=clock.now())
    return _back(person_id, "mo-lai")


@bp.get("/to-chuc/nguoi-hoc/<int:person_id>/xoa")
@require("privacy.answer")
def erase_page(person_id: int) -> Response:
    return _erase(person_id, {})


def _erase(person_id: int, errors: dict[str, str]) -> Response:
    person = departing.get_known(reading(), person_id)
    return show(
        "console/person_erase.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        person=person,
        word=WORD,
        typed=request.form,
    )


@bp.post("/to-chuc/nguoi-hoc/<int:person_id>/xoa")
@require("privacy.answer")
def erase_someone(person_id: int) -> Response:
    typed, by, folder = request.form.get("typed", ""), signed_in().id, current_app.config["SETTINGS"].data
    _, errors = web.attempt(
        lambda: erasing.erase_for(person_id=person_id, typed=typed, by=by, folder=folder, now=clock.now())
    )
    return _erase(person_id, errors) if errors else web.see_other(f"{PEOPLE}/da-roi?xong=xoa")
