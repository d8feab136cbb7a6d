"""The pages of privacy: the notice with its form, and one's own data."""

from app.privacy import notice_views, own_views
from app.privacy.blueprint import bp

__all__ = ["bp", "notice_views", "own_views"]
