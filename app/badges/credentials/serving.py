"""Answers for programs: media types, and how long they may be kept, so that an ending shows within a minute."""

import json
from typing import Any

from flask import Response, request

HTML = "text/html"
TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")
FRESH = 30  # seconds that a badge or a list may be kept


def wants_json(*, otherwise: bool = False) -> bool:
    """Whether a program asks; ``otherwise`` decides for those who take anything, as a plain fetch does."""
    asked = request.accept_mimetypes
    first = TYPES[2] if otherwise else HTML
    best = asked.best_match([first, *TYPES, HTML], default=first)
    return best != HTML


def json_answer(text: str, *, status: int = 200) -> Response:
    """Signed JSON as it stands, in the media type asked for."""
    kind = request.accept_mimetypes.best_match([TYPES[2], *TYPES], default=TYPES[2])
    response = Response(text, status, mimetype=kind)
    response.headers["Vary"] = "Accept"
    response.headers["Access-Control-Allow-Origin"] = "*"  # public, and the same for everyone
    response.headers["Cache-Control"] = f"public, max-age={FRESH}" if status == 200 else "no-store"
    return response


def for_programs(document: dict[str, Any], *, status: int = 200) -> Response:
    """A document of ours that is not signed."""
    return json_answer(json.dumps(document, ensure_ascii=False), status=status)


def picture(data: bytes, kind: str, *, name: str = "", gone: bool = False, seconds: int = FRESH) -> Response:
    """A picture; of a badge that has ended it comes with 410 and is not kept."""
    response = Response(data, 410 if gone else 200, mimetype=kind)
    response.headers["Cache-Control"] = "no-store" if gone else f"public, max-age={seconds}"
    if name:
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
