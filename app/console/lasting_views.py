"""The "thực chất" page: what is still known 30 to 90 days after the first answer, by topic and by khu phố."""

from datetime import timedelta

from flask import Response

from app.attempts.confidence import confidence_by_topic
from app.attempts.lasting import retention
from app.attempts.retention import FEWEST, LATEST, SOONEST
from app.console.frame import bp, show
from app.core import clock
from app.core.calendar import local_date
from app.core.db import reading
from app.core.i18n import say
from app.groups.queries import khu_pho_list
from app.people.access import require
from app.quizzes.queries import topics

YEAR = timedelta(days=365)


@bp.get("/to-chuc/thuc-chat")
@require("reports.read")
def lasting() -> Response:
    session, today = reading(), local_date(clock.now())
    found = retention(session, today - YEAR)
    groups = {part.key: part.figure for part in found.groups}
    khu = [(group.name, groups.get(group.id)) for group in khu_pho_list(session)]
    return show(
        "console/lasting.html",
        "lasting",
        today=today,
        everybody=found.everybody,
        topics=[(topic.title, found.topics.get(topic.slug)) for topic in topics(session)],
        khu=[*khu, (say("Chưa rõ khu phố"), groups[None])] if None in groups else khu,
        fewest=FEWEST,
        confidence=confidence_by_topic(session),
        soonest=SOONEST,
        latest=LATEST,
    )
