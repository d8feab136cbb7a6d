"""What the pages of classes share: their addresses, and the ticket that a scanned code leaves in a browser."""

from collections.abc import Collection
from datetime import datetime, timedelta

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from app.core import web
from app.core.db import reading
from app.outreach.classes.queries import group_of_class
from app.people import login

TICKET = "ve-lop"  # a cookie: this browser scanned the code of that class while it was shown
STAYS = timedelta(minutes=20)  # long enough to sign in, or to sign up, first
TABLET_STAYS = timedelta(hours=10)


def class_url(class_id: int) -> str:
    return f"/huong-dan/lop/{class_id}"


def presence_url(class_id: int) -> str:
    """Where someone says that they are in a class. Without a ticket it only tells them to scan."""
    return f"/co-mat/{class_id}"


def of_class(class_id: int, **_rest: object) -> Collection[int]:
    """For :func:`app.people.access.require`: where the class in the address is held."""
    return group_of_class(reading(), class_id)


def give_ticket(response: Response, class_id: int, now: datetime) -> Response:
    """The code was seen in time: from here on this browser may say so, whoever signs in on it meanwhile."""
    seconds = int(STAYS.total_seconds())
    web.remember(response, TICKET, _signer().dumps([class_id, int(now.timestamp())]), seconds=seconds)
    return web.remember(response, login.BACK_COOKIE, presence_url(class_id), seconds=seconds)


def has_ticket(class_id: int, now: datetime) -> bool:
    """Whether this browser scanned the code of that class a little while ago."""
    try:
        seen_class, at = _signer().loads(request.cookies.get(TICKET, ""))
    except (BadData, ValueError, TypeError):
        return False
    return bool(seen_class == class_id and 0 <= now.timestamp() - at < STAYS.total_seconds())


def take_ticket(response: Response) -> Response:
    """It is used up."""
    for name in (TICKET, login.BACK_COOKIE):
        web.remember(response, name, "", seconds=0)
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="co-mat")
