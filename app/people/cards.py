"""The card on the screen: its address and its QR."""

import segno
from flask import current_app
from markupsafe import Markup


def address_of(token: str) -> str:
    """What the QR holds."""
    return f"{current_app.config['SETTINGS'].base_url}/the/{token}"


def page_address(path: str) -> str:
    """A page of ours as another phone opens it."""
    return f"{current_app.config['SETTINGS'].base_url}{path}"


def qr(url: str) -> Markup:
    """An inline SVG, dark on white whatever the theme; attributes only, no styles (the CSP refuses them)."""
    code = segno.make(url, error="m")
    return Markup(code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=4, light="#fff"))  # noqa: S704 — drawn by segno from our own address
