"""The learner's home and the pages about the program."""

from datetime import timedelta

from flask import Blueprint, Response, request, session, url_for

from app.attempts.domain import Learner
from app.attempts.lasting import due, stale_skill, tier_of
from app.attempts.queries import in_progress, learning_days, passed_quizzes
from app.attempts.reviewing import SITTING
from app.awards.queries import current_rules
from app.badges.queries import nearest, wallet
from app.core import clock, web
from app.core.calendar import local_date, week_of
from app.core.db import reading
from app.core.i18n import N_, say
from app.cycles.queries import open_month
from app.groups.queries import get_ward
from app.notices.service import mark_seen, unseen
from app.outreach.confirming.queries import draw_months
from app.people.access import actor, require, signed_in
from app.people.domain import Actor
from app.play.steps import learner as guest
from app.quizzes.queries import next_card, quiz_cards
from app.standings.domain import BAND, WEEK_GOAL
from app.standings.queries import Standing, live_table

bp = Blueprint("home", __name__)
DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
NAMES = (N_("Thứ hai"), N_("Thứ ba"), N_("Thứ tư"), N_("Thứ năm"), N_("Thứ sáu"), N_("Thứ bảy"), N_("Chủ nhật"))


@bp.get("/")
def index() -> Response:
    """Home: for a guest what this is and a sample lesson; for a learner today's one thing."""
    who, db = actor(), reading()
    if get_ward(db) is None:
        return web.see_other(url_for("setup.first_run"))
    cards = quiz_cards(db)
    if who is None:
        tier = tier_of(db, guest()) if "guest" in session else None
        return web.render("home/guest.html", card=next_card(cards, (), tier), placed=tier is not None)
    learner = Learner(person_id=who.id)
    passed = passed_quizzes(db, who.id)
    progress = {p.quiz_id: p for p in in_progress(db, learner)}
    tier = tier_of(db, learner)
    today_card = (
        next((c for c in cards if c.id in progress), None) or next_card(cards, passed, tier) or next(iter(cards), None)
    )
    standing, told = _own_standing(who)
    today = local_date(clock.now())
    returns = len(due(db, who.id, today, most=SITTING))
    return web.render(
        "home/index.html",
        who=who,
        card=today_card,
        progress=progress.get(today_card.id) if today_card else None,
        first=not passed and not progress,
        placed=tier is not None,
        returns=returns,
        stale=None if returns else stale_skill(db, who.id, today),
        week=week(who.id),
        goal=WEEK_GOAL,
        standing=standing,
        told=told,
        near=nearest(wallet(db, who.id)),
        notices=unseen(db, who.id, ("award", "confirmed", "redo", "report", "proposal", "team")),
    )


def week(person_id: int) -> list[dict[str, object]]:
    """The seven days of this week: learnt, today, or open."""
    today = local_date(clock.now())
    monday = week_of(today)
    learnt = set(learning_days(reading(), person_id, monday, monday + timedelta(days=6)))
    return [
        {
            "label": label,
            "name": say(name),
            "done": monday + timedelta(days=i) in learnt,
            "today": monday + timedelta(days=i) == today,
        }
        for i, (label, name) in enumerate(zip(DAYS, NAMES, strict=True))
    ]


def _own_standing(who: Actor) -> tuple[Standing | None, bool]:
    """The learner's own khu phố, and whether its place may be read: the public rule holds here too."""
    db = reading()
    cycle, ward = open_month(db, clock.now()), get_ward(db)
    if cycle is None or ward is None or who.home_id is None:
        return None, False
    table = live_table(db, cycle, default_rate=ward.first_rate)
    row = table.row_of(who.home_id)
    return row, row is not None and table.is_public(row)


@bp.post("/thong-bao/<int:notice_id>")
@require("learner")
def seen(notice_id: int) -> Response:
    mark_seen(signed_in().id, notice_id, now=clock.now())
    return web.see_other(web.way_back(request.form.get("tu")))


@bp.get("/cach-xet-chon")
def method() -> Response:
    """How groups are compared and people are honoured, in plain words with the figures in force."""
    db, now = reading(), clock.now()
    ward, cycle, months = get_ward(db), open_month(db, now), draw_months(db, now)
    return web.render(
        "home/method.html",
        ward=ward,
        age=(cycle and cycle.adult_age) or (ward.adult_age if ward else 16),
        cushion=cycle.cushion if cycle else ward.cushion if ward else 100,
        one_in=months[0].one_in if months else ward.look_one_in if ward else 10,
        band=BAND,
        rules=current_rules(db),
        months=months,
    )


@bp.get("/_patterns")
def patterns() -> Response:
    """Every component in every state, for those who build pages."""
    return web.render("core/patterns.html")
