"""A volunteer confirms a skill that was really shown: the badge follows in the same moment."""

from flask import Blueprint, Response

from app.badges import service
from app.core import clock, web
from app.people.access import require, signed_in

bp = Blueprint("rings", __name__)


@bp.post("/huong-dan/buoi/<int:visit_id>/phieu/<slug>/xac-nhan")
@require("people.help")
def confirm(visit_id: int, slug: str) -> Response:
    """Done alone, again from the start: the volunteer says so with their name."""
    service.confirm_skill(visit_id=visit_id, practice=slug, by=signed_in().id, now=clock.now())
    return web.see_other(f"/huong-dan/buoi/{visit_id}/phieu/{slug}")
