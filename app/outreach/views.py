"""Help for everyone, and the volunteers' desk."""

from app.outreach import desk_views, ease_views, help_views
from app.outreach.blueprint import bp
from app.outreach.classes import own_views, planning_views, presence_views, room_views, tablet_views
from app.outreach.confirming import views as confirming_views
from app.outreach.paper import views as paper_views
from app.outreach.team import views as team_views
from app.outreach.visits import practice_views, route_views
from app.outreach.visits import views as visit_views

__all__ = [
    "bp", "confirming_views", "desk_views", "ease_views", "help_views", "own_views", "paper_views", "planning_views",
    "practice_views", "presence_views", "room_views", "route_views", "tablet_views", "team_views", "visit_views",
]  # fmt: skip
