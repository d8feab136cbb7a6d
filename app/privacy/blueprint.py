"""The blueprint of the privacy notice, of requests, and of one's own data."""

from flask import Blueprint, current_app

from app.config import PrivacyTerms
from app.core.db import reading
from app.privacy.terms import terms_of

bp = Blueprint("privacy", __name__)


def terms() -> PrivacyTerms:
    """The clocks in force."""
    return terms_of(reading(), current_app.config["SETTINGS"].privacy)
