"""The organiser's desk: what to do next. The other pages have files of their own."""

from flask import Response

from app.console import (
    awards_views,
    badges_views,
    cards_views,
    contests_views,
    doubles_views,
    export_views,
    groups_views,
    import_views,
    lasting_views,
    log_views,
    papers_views,
    people_views,
    person_privacy_views,
    privacy_views,
    proposals_views,
    quizzes_views,
    reports_views,
    roles_views,
    settings_views,
    team_views,
)
from app.console.frame import bp, own_reach, show
from app.core import clock
from app.core.calendar import local_date
from app.core.db import reading
from app.cycles.queries import all_cycles
from app.groups.queries import get_ward, khu_pho_list, populations_at
from app.outreach.asking.queries import count_late, terms_of
from app.outreach.queries import count_newcomers, count_waiting
from app.people.access import require, signed_in
from app.people.directory import count_people
from app.quizzes.proposal_list import count_proposals
from app.quizzes.report_list import count_reported

__all__ = [
    "awards_views",
    "badges_views",
    "bp",
    "cards_views",
    "contests_views",
    "doubles_views",
    "export_views",
    "groups_views",
    "import_views",
    "lasting_views",
    "log_views",
    "papers_views",
    "people_views",
    "person_privacy_views",
    "privacy_views",
    "proposals_views",
    "quizzes_views",
    "reports_views",
    "roles_views",
    "settings_views",
    "team_views",
]
TO_REVIEW = ("frozen", "review", "posted", "signed", "returned")


@bp.get("/to-chuc")
@require("console.open")
def overview() -> Response:
    """What waits for the one who looks: nothing of what they may not open."""
    session, who = reading(), signed_in()
    reach, ward = own_reach(), get_ward(session)
    khu = [group for group in khu_pho_list(session) if who.may("groups.read", group.id)]
    known = populations_at(session, local_date(clock.now()))
    return show(
        "console/overview.html",
        "overview",
        who=who,
        people=count_people(session, who.scope("people.read")),
        newcomers=count_newcomers(session, reach) if who.may("help.handle") else 0,
        waiting=count_waiting(session, reach) if who.may("help.handle") else 0,
        late=count_late(session, reach, clock.now()) if who.may("help.handle") else 0,
        wait_days=terms_of(session).wait_days,
        reported=count_reported(session) if who.may("bank.edit") else 0,
        proposed=count_proposals(session) if who.may("bank.edit") else 0,
        cycles=[cycle for cycle in all_cycles(session) if cycle.state in TO_REVIEW] if who.may("awards.read") else [],
        khu=khu,
        no_population=[group for group in khu if group.id not in known and who.may("groups.edit", group.id)],
        no_contact=[group for group in khu if not group.contact_phone and who.may("groups.edit", group.id)],
        help_phone=ward.help_phone if ward else "",
    )
