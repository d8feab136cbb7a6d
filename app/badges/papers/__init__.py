"""Certificates of badges: one's own, and many at once."""
