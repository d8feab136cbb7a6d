"""Who may do what: the one place where roles and levels are checked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import Response, request
from flask_login import current_user

from app.core import web
from app.core.db import reading
from app.core.errors import NotFound
from app.groups.queries import group_by_slug
from app.people.directory import MOST_ID
from app.people.domain import Actor
from app.people.grants import groups_of
from app.people.roles import PERMISSIONS, Scope

P = ParamSpec("P")
Where = Callable[..., Collection[int] | None]
WORDS = ("learner", "volunteer", "officer")


@dataclass(frozen=True)
class Need:
    """What a view asks for, as docs/authorisation.md shows it.

    Attributes:
        word: ``open``, ``pin`` (signed in, and not by a card alone), ``password`` (by a password), one of
            :data:`WORDS`, or a permission.
        scoped: Whether it must hold for what the address names.
    """

    word: str
    scoped: bool = False


_needs: dict[Callable[..., object], Need] = {}


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


def require(need: str, *, of: Where | None = None) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let in those who may.

    A guest is sent to sign in and comes back; too little is answered as if there were no such page.

    Args:
        need: A permission of :mod:`app.people.roles`; ``learner`` (anyone signed in); ``volunteer`` (who works
            beside learners); ``officer`` (the general officer's role).
        of: From the address's own parts to the groups concerned: the permission must hold in one of them.
            ``None`` is everyone's.

    Raises:
        ValueError: No such permission.
    """
    if need not in PERMISSIONS and need not in WORDS:
        raise ValueError(f"no such permission: {need}")

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            who = actor()
            if who is None:
                return _to("/vao")
            if not _may(who, need):
                raise NotFound
            if of is not None and not _there(who.scope(need), of, kwargs):
                raise NotFound
            return view(*args, **kwargs)

        _needs[guarded] = Need(need, scoped=of is not None)
        return guarded

    return decorate


def _may(who: Actor, need: str) -> bool:
    if need == "learner":
        return True
    if need == "volunteer":
        return who.may("help.handle")
    return who.role == "officer" if need == "officer" else who.may(need)


def _there(scope: Scope, of: Where, kwargs: Mapping[str, object]) -> bool:
    if scope.everywhere:
        return True
    groups = of(**kwargs)
    return groups is None or scope.covers_any(groups)


def of_person(person_id: int, **_rest: object) -> Collection[int]:
    """For :func:`require`: the groups that the person in the address belongs to."""
    return groups_of(reading(), person_id) if person_id < MOST_ID else ()


def of_person_may(person_id: int, permission: str) -> bool:
    """Whether the one who asks may do that to this person: for a page that offers it or leaves it out."""
    scope = signed_in().scope(permission)
    return scope.everywhere or scope.covers_any(of_person(person_id))


def of_group(slug: str, **_rest: object) -> Collection[int]:
    """For :func:`require`: the group in the address.

    Raises:
        NotFound: There is none.
    """
    return (group_by_slug(reading(), slug).id,)


def need_of(view: Callable[..., object]) -> Need:
    """What a view asks for; open to everyone where it asks for nothing."""
    return _needs.get(view, Need("open"))


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

    _needs[guarded] = Need("pin")
    return guarded


def require_password(view: Callable[P, Response]) -> Callable[P, Response]:
    """For how an officer signs in: only a session that a password opened. For others there is no such page."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        who = actor()
        if who is None:
            return _to("/vao/can-bo")
        if who.level != "password":
            raise NotFound
        return view(*args, **kwargs)

    _needs[guarded] = Need("password")
    return guarded


def _to(page: str) -> Response:
    """That page, which leads back here; what was posted is asked for again there."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return web.see_other(f"{page}?{urlencode({'tu': back})}")
