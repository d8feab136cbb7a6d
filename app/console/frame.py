"""The organiser's blueprint, and the list of places beside every page of it."""

from collections.abc import Callable

from flask import Blueprint, Response

from app.core import web
from app.core.db import reading
from app.core.i18n import N_, say
from app.outreach.confirming.queries import count_looks
from app.outreach.domain import Reach
from app.outreach.queries import count_newcomers, count_waiting
from app.outreach.team.queries import count_offers
from app.people.access import signed_in
from app.people.domain import Actor
from app.privacy.queries import count_open
from app.quizzes.proposal_list import count_proposals
from app.quizzes.report_list import count_reported

bp = Blueprint("console", __name__)

PLACES = (
    ("overview", "grid", N_("Tổng quan"), "/to-chuc"),
    ("quizzes", "list", N_("Bộ câu hỏi"), "/to-chuc/bo-cau-hoi"),
    ("reports", "flag", N_("Câu bị báo"), "/to-chuc/cau-bao"),
    ("proposals", "bulb", N_("Câu đề xuất"), "/to-chuc/de-xuat"),
    ("groups", "people", N_("Khu phố"), "/to-chuc/khu-pho"),
    ("people", "user", N_("Người học"), "/to-chuc/nguoi-hoc"),
    ("awards", "medal", N_("Khen thưởng"), "/to-chuc/khen-thuong"),
    ("contests", "flag", N_("Thi tuần"), "/to-chuc/thi-tuan"),
    ("badges", "shield", N_("Huy hiệu"), "/to-chuc/huy-hieu"),
    ("lasting", "spark", N_("Thực chất"), "/to-chuc/thuc-chat"),
    ("team", "cal", N_("Tình nguyện"), "/to-chuc/tinh-nguyen"),
    ("help", "hand", N_("Hỗ trợ"), "/huong-dan"),
    ("privacy", "lock", N_("Yêu cầu dữ liệu"), "/to-chuc/yeu-cau"),
    ("settings", "settings", N_("Cài đặt"), "/to-chuc/cai-dat"),
    ("log", "log", N_("Nhật ký"), "/to-chuc/nhat-ky"),
)
OPENS = {
    "overview": "console.open",
    "quizzes": "bank.read",
    "reports": "bank.edit",
    "proposals": "bank.edit",
    "groups": "groups.read",
    "people": "people.read",
    "awards": "awards.read",
    "contests": "contests.manage",
    "badges": "badges.manage",
    "lasting": "reports.read",
    "team": "team.manage",
    "help": "help.handle",
    "privacy": "privacy.answer",
    "settings": "settings.edit",
    "log": "log.read",
}  # which permission shows a place; one without a line here is the general officer's alone
Place = tuple[str, str, str, int, bool]


def own_reach() -> Reach:
    """Whom the one who asks looks after."""
    scope = signed_in().scope("help.handle")
    return Reach(everyone=scope.everywhere, group_ids=scope.group_ids)


def _opens(who: Actor, place: str) -> bool:
    return who.may(OPENS[place]) if place in OPENS else who.role == "officer"


def nav(current: str, counts: dict[str, int] | None = None) -> list[Place]:
    """``org_nav`` for ``org.html``: icon, words, address, how much waits there, whether it is here."""
    who, reach, session = signed_in(), own_reach(), reading()
    waits: dict[str, Callable[[], int]] = {
        "reports": lambda: count_reported(session),
        "proposals": lambda: count_proposals(session),
        "people": lambda: count_newcomers(session, reach),
        "team": lambda: count_offers(session, reach) + count_looks(session, reach),
        "help": lambda: count_waiting(session, reach),
        "privacy": lambda: count_open(session),
    }
    places = [place for place in PLACES if _opens(who, place[0])]
    waiting = {key: waits[key]() for key, *_ in places if key in waits} | (counts or {})
    return [(icon, say(words), url, waiting.get(key, 0), key == current) for key, icon, words, url in places]


def show(template: str, current: str, *, status: int = 200, **context: object) -> Response:
    """One of the organiser's pages."""
    return web.render(template, None, status=status, org_nav=nav(current), **context)
