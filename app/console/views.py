"""The organiser's desk: what to do next. The other pages have files of their own."""

from flask import Response

from app.console import (
    awards_views,
    groups_views,
    import_views,
    log_views,
    people_views,
    quizzes_views,
)
from app.console.frame import bp, show
from app.core import clock
from app.core.calendar import local_date
from app.core.db import reading
from app.cycles.queries import all_cycles
from app.groups.queries import get_ward, khu_pho_list, populations_at
from app.outreach.domain import Reach
from app.outreach.queries import count_newcomers, count_waiting
from app.people.access import require, signed_in
from app.people.directory import count_people

__all__ = [
    "awards_views",
    "bp",
    "groups_views",
    "import_views",
    "log_views",
    "people_views",
    "quizzes_views",
]
TO_REVIEW = ("frozen", "review", "posted", "signed", "returned")


@bp.get("/to-chuc")
@require("officer")
def overview() -> Response:
    session, everyone = reading(), Reach(everyone=True)
    khu = khu_pho_list(session)
    known = populations_at(session, local_date(clock.now()))
    ward = get_ward(session)
    return show(
        "console/overview.html",
        "overview",
        who=signed_in(),
        people=count_people(session),
        newcomers=count_newcomers(session, everyone),
        waiting=count_waiting(session, everyone),
        cycles=[cycle for cycle in all_cycles(session) if cycle.state in TO_REVIEW],
        khu=khu,
        no_population=[group for group in khu if group.id not in known],
        no_contact=[group for group in khu if not group.contact_phone],
        help_phone=ward.help_phone if ward else "",
    )
