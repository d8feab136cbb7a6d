"""Three faces on a topic's page and at the end of its lessons; "Để sau" hides them for this stay."""

from flask import Blueprint, Response, request, session

from app.core import clock, web
from app.people.access import require, signed_in
from app.people.household.turns import at_the_end
from app.play import feelings
from app.play.domain import Feeling

bp = Blueprint("feeling", __name__)
LATER = "de-sau"  # in the cookie's session: which questions were put off


@bp.post("/hoc/<topic_slug>/cam-nhan")
@at_the_end
@require("learner")
def say(topic_slug: str) -> Response:
    """One tap on a face, or "Để sau"."""
    moment, back = request.form.get("moment", ""), web.way_back(request.form.get("tu"))
    if "later" in request.form:
        session[LATER] = [*session.get(LATER, []), f"{topic_slug}:{moment}"][-40:]
        return web.after_post("play/_feeling.html", to=back, feeling=None)
    said = feelings.rate_topic(
        person_id=signed_in().id,
        topic_slug=topic_slug,
        moment=moment,
        value=request.form.get("value", 0, int),
        now=clock.now(),
    )
    return web.after_post("play/_feeling.html", to=f"{back}?cam-nhan=ghi#cam-nhan", feeling=said)


def thanks() -> bool:
    """Whether the address says that the face has just been chosen."""
    return request.args.get("cam-nhan") == "ghi"


def unless_put_off(feeling: Feeling | None) -> Feeling | None:
    """The question, but not where its reader put it off."""
    if feeling is None or (not feeling.value and f"{feeling.topic_slug}:{feeling.moment}" in session.get(LATER, [])):
        return None
    return feeling
