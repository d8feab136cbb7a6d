"""Who may do what: the one place where roles and levels are checked."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import Response, request
from flask_login import current_user

from app.core import web
from app.core.errors import NotFound
from app.people.domain import Actor

P = ParamSpec("P")
RANKS = {"learner": 0, "volunteer": 1, "officer": 2}


def actor() -> Actor | None:
    """Who is asking; ``None`` for a guest."""
    if not current_user.is_authenticated:
        return None
    found: Actor = current_user.actor
    return found


def signed_in() -> Actor:
    """Who is asking, in a view behind :func:`require`.

    Raises:
        NotFound: A guest after all.
    """
    found = actor()
    if found is None:
        raise NotFound
    return found


def require(role: str) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let in those with this role or a higher one: learner < volunteer < officer.

    A guest is sent to sign in and comes back; too little is answered as if there were no such page.
    """
    least = RANKS[role]

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            who = actor()
            if who is None:
                return _to("/vao")
            if RANKS[who.role] < least:
                raise NotFound
            return view(*args, **kwargs)

        return guarded

    return decorate


def require_pin(view: Callable[P, Response]) -> Callable[P, Response]:
    """For one's own matters: a session that a card opened is asked for the PIN, then comes back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        who = actor()
        if who is None:
            return _to("/vao")
        if who.level == "card":
            return _to("/vao/pin")
        return view(*args, **kwargs)

    return guarded


def _to(page: str) -> Response:
    """That page, which leads back here; what was posted is asked for again there."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return web.see_other(f"{page}?{urlencode({'tu': back})}")
