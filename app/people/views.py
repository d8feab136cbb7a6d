"""The pages of people. One file each for entering, the first steps and one's own page."""

from app.people import card_views, enter_views, own_views, safety_views, staff_views, start_views
from app.people.blueprint import bp
from app.people.household import views as household_views

__all__ = [
    "bp",
    "card_views",
    "enter_views",
    "household_views",
    "own_views",
    "safety_views",
    "staff_views",
    "start_views",
]
