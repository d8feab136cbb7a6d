"""The pages of people. One file each for entering, the first steps and one's own page."""

from app.people import enter_views, own_views, start_views
from app.people.blueprint import bp

__all__ = ["bp", "enter_views", "own_views", "start_views"]
