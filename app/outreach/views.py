"""Help for everyone, and the volunteers' desk."""

from app.outreach import desk_views, help_views
from app.outreach.blueprint import bp

__all__ = ["bp", "desk_views", "help_views"]
