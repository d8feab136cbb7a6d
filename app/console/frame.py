"""The organiser's blueprint, and the list of places beside every page of it."""

from flask import Blueprint, Response

from app.core import web
from app.core.db import reading
from app.core.i18n import N_, say
from app.outreach.domain import Reach
from app.outreach.queries import count_newcomers, count_waiting

bp = Blueprint("console", __name__)

PLACES = (
    ("overview", "grid", N_("Tổng quan"), "/to-chuc"),
    ("quizzes", "list", N_("Bộ câu hỏi"), "/to-chuc/bo-cau-hoi"),
    ("groups", "people", N_("Khu phố"), "/to-chuc/khu-pho"),
    ("people", "user", N_("Người học"), "/to-chuc/nguoi-hoc"),
    ("awards", "medal", N_("Khen thưởng"), "/to-chuc/khen-thuong"),
    ("help", "hand", N_("Hỗ trợ"), "/huong-dan"),
    ("log", "log", N_("Nhật ký"), "/to-chuc/nhat-ky"),
)
Place = tuple[str, str, str, int, bool]


def nav(current: str, counts: dict[str, int] | None = None) -> list[Place]:
    """``org_nav`` for ``org.html``: icon, words, address, how much waits there, whether it is here."""
    everyone, session = Reach(everyone=True), reading()
    waiting = {"people": count_newcomers(session, everyone), "help": count_waiting(session, everyone)}
    waiting.update(counts or {})
    return [(icon, say(words), url, waiting.get(key, 0), key == current) for key, icon, words, url in PLACES]


def show(template: str, current: str, *, status: int = 200, **context: object) -> Response:
    """One of the organiser's pages."""
    return web.render(template, None, status=status, org_nav=nav(current), **context)


def number(text: str | None) -> int | None:
    """A small whole number from a form, or ``None``."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
