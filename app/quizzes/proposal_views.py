"""Proposing an item: choose a quiz, write, look at it as a learner would, hand it in; one's own list with answers."""

from flask import Blueprint, Response, request

from app.core import clock, security, web
from app.core.calendar import local_date
from app.core.db import reading
from app.people.access import require, signed_in
from app.quizzes import proposals
from app.quizzes.domain import PROPOSAL_POINTS
from app.quizzes.drafting import Draft, check_draft, preview
from app.quizzes.proposal_list import proposals_by, quiz_to_extend
from app.quizzes.queries import quiz_cards, topics

bp = Blueprint("proposing", __name__)
PAGE = "/de-xuat-cau-hoi"


@bp.get("/de-xuat-cau-hoi")
@require("learner")
def proposing() -> Response:
    """What it is about, the quizzes to choose from, and what one has proposed so far."""
    db = reading()
    return web.render(
        "quizzes/proposing.html",
        topics=topics(db),
        cards=quiz_cards(db),
        mine=proposals_by(db, signed_in().id),
        points=PROPOSAL_POINTS,
        sent="da-gui" in request.args,
    )


@bp.get("/de-xuat-cau-hoi/<quiz_id>")
@require("learner")
def proposal_form(quiz_id: str) -> Response:
    return _form(quiz_id, {}, security.token())


@bp.post("/de-xuat-cau-hoi/<quiz_id>")
@require("learner")
def propose(quiz_id: str) -> Response:
    form = request.form
    made, errors = web.attempt(
        lambda: proposals.propose(
            key=form.get("form_key", "") or security.token(),
            quiz_id=quiz_id,
            person_id=signed_in().id,
            values=form,
            objective_id=form.get("objective", None, int),
            now=clock.now(),
        )
    )
    if made is None:
        return _form(quiz_id, errors, form.get("form_key", ""))
    return web.see_other(f"{PAGE}?da-gui=1")


@bp.post("/de-xuat-cau-hoi/<quiz_id>/xem-thu")
@require("learner")
def try_out(quiz_id: str) -> Response:
    """The draft as it stands, with what is still wrong; nothing is kept."""
    return _form(quiz_id, {}, request.form.get("form_key", ""), tried=True)


@bp.get("/de-xuat-cau-hoi/<quiz_id>/xem-thu")
@require("learner")
def back_to_form(quiz_id: str) -> Response:
    return web.see_other(f"{PAGE}/{quiz_id}")


def _form(quiz_id: str, errors: dict[str, str], key: str, *, tried: bool = False) -> Response:
    card, objectives = quiz_to_extend(reading(), quiz_id)
    draft = check_draft(request.form, today=local_date(clock.now()))
    found = faults(draft)
    return web.render(
        "quizzes/propose.html",
        "quizzes/_draft.html",
        status=422 if errors else 200,
        card=card,
        objectives=[(one.id, one.text) for one in objectives],
        key=key,
        typed=request.form,
        errors=found | errors if errors else {},
        draft=draft,
        faults=found,
        shown=preview(draft.values),
        tried=tried,
    )


def faults(draft: Draft) -> dict[str, str]:
    """What is to mend in a draft, in words, by field."""
    return {str(fault.values["field"]): web.words(fault) for fault in draft.faults}
