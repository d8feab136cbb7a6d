"""Help for everyone, and the volunteers' desk."""

from app.outreach import desk_views, ease_views, help_views
from app.outreach.blueprint import bp
from app.outreach.confirming import views as confirming_views
from app.outreach.team import views as team_views
from app.outreach.visits import practice_views, route_views
from app.outreach.visits import views as visit_views

__all__ = [
    "bp", "confirming_views", "desk_views", "ease_views", "help_views", "practice_views", "route_views", "team_views",
    "visit_views",
]  # fmt: skip
