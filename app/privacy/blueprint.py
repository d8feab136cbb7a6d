"""The blueprint of the privacy notice, of requests, and of one's own data."""

from flask import Blueprint, current_app

from app.config import PrivacyTerms

bp = Blueprint("privacy", __name__)


def terms() -> PrivacyTerms:
    """The clocks of this installation."""
    found: PrivacyTerms = current_app.config["SETTINGS"].privacy
    return found
