"""Items that people propose: read, corrected, accepted into a quiz, or declined with a reason."""

from flask import Response, request

from app.console import proposals
from app.console.frame import bp, nav, show
from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.core.text import whole_number
from app.people.access import require, signed_in
from app.quizzes.domain import PROPOSAL_POINTS
from app.quizzes.drafting import SENSITIVITIES, check_draft, preview
from app.quizzes.proposal_list import decided_proposals, proposal, quiz_to_extend, waiting_proposals
from app.quizzes.proposal_views import faults

PAGE = "/to-chuc/de-xuat"
REFUSALS = (Invalid, Conflict)


@bp.get("/to-chuc/de-xuat")
@require("bank.edit")
def proposed() -> Response:
    session = reading()
    return show(
        "console/proposals.html",
        "proposals",
        waiting=waiting_proposals(session),
        decided=decided_proposals(session),
        me=signed_in().id,
    )


@bp.get("/to-chuc/de-xuat/<int:proposal_id>")
@require("bank.edit")
def proposal_page(proposal_id: int) -> Response:
    return _page(proposal_id, {})


@bp.post("/to-chuc/de-xuat/<int:proposal_id>/xem-thu")
@require("bank.edit")
def try_proposal(proposal_id: int) -> Response:
    """The item as corrected so far; nothing is kept."""
    return _page(proposal_id, {})


@bp.get("/to-chuc/de-xuat/<int:proposal_id>/xem-thu")
@bp.get("/to-chuc/de-xuat/<int:proposal_id>/dung")
@bp.get("/to-chuc/de-xuat/<int:proposal_id>/chua-dung")
@require("bank.edit")
def back_to_proposal(proposal_id: int) -> Response:
    return web.see_other(f"{PAGE}/{proposal_id}")


def _page(proposal_id: int, errors: dict[str, str], *, accepting: bool = False) -> Response:
    session, form = reading(), request.form
    found = proposal(session, proposal_id)
    card, objectives = quiz_to_extend(session, found.quiz_id)
    edited = "stem" in form
    values = form if edited else found.values
    draft = check_draft(values, today=local_date(clock.now()))
    mend = faults(draft)
    return web.render(
        "console/proposal.html",
        "quizzes/_draft.html",
        status=(409 if "" in errors else 422) if errors else 200,
        org_nav=nav("proposals"),
        one=found,
        card=card,
        objectives=[(one.id, one.text) for one in objectives],
        objective=form.get("objective", "") if edited else found.objective_id or "",
        sensitivities=SENSITIVITIES,
        values=values,
        typed=form,
        errors=mend | errors if accepting else errors,
        draft=draft,
        faults=mend,
        shown=preview(draft.values),
        own=found.person_id == signed_in().id,
        points=PROPOSAL_POINTS,
    )


@bp.post("/to-chuc/de-xuat/<int:proposal_id>/dung")
@require("bank.edit")
def accept_proposal(proposal_id: int) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: proposals.accept_proposal(
            proposal_id,
            values=form,
            objective_id=whole_number(form.get("objective")),
            sensitivity=form.get("sensitivity", ""),
            answer=form.get("answer", ""),
            by=signed_in().id,
            now=clock.now(),
        ),
        refusals=REFUSALS,
    )
    return _page(proposal_id, errors, accepting=True) if errors else web.see_other(PAGE)


@bp.post("/to-chuc/de-xuat/<int:proposal_id>/chua-dung")
@require("bank.edit")
def decline_proposal(proposal_id: int) -> Response:
    _, errors = web.attempt(
        lambda: proposals.decline_proposal(
            proposal_id, answer=request.form.get("answer", ""), by=signed_in().id, now=clock.now()
        ),
        refusals=REFUSALS,
    )
    return _page(proposal_id, errors) if errors else web.see_other(PAGE)
