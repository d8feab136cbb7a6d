"""``docs/authorisation.md``: roles, permissions, and every route with who may open it, from the code itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from app.people.access import Need, need_of
from app.people.roles import BRINGS, FIELD, PERMISSIONS, WARD_WIDE, Held, Rights, Tree, rights_of

WARD, OWN, OTHER = 1, 2, 3
TREE = Tree(WARD, {WARD: None, OWN: WARD, OTHER: WARD})
OPEN, SIGN_IN, HIDDEN = "yes", "sign in", "404"
SIGNS = {OPEN: "●", SIGN_IN: "→", HIDDEN: "·"}


@dataclass(frozen=True)
class Seat:
    """One column: a kind of visitor, and where the thing lies that they ask for.

    Attributes:
        level: How they signed in; "" for a guest.
        role: What they hold, in ``granted``; "" for a learner.
        asked: The group of what the address names.
    """

    name: str
    level: str = "password"
    role: str = ""
    granted: int = WARD
    asked: int = OWN

    @property
    def rights(self) -> Rights:
        return rights_of([Held(self.role, self.granted)] if self.role else [], self.level, TREE)


SEATS = (
    Seat("guest", ""),
    Seat("learner", "pin"),
    Seat("volunteer, own group", "pin", "volunteer", OWN),
    Seat("volunteer, other group", "pin", "volunteer", OWN, OTHER),
    Seat("leader, own group", role="leader", granted=OWN),
    Seat("leader, other group", role="leader", granted=OWN, asked=OTHER),
    *(Seat(role, role=role) for role in ("author", "reviewer", "approver", "partner", "admin", "officer")),
)


def outcome(need: Need, seat: Seat) -> str:
    """Whether a page opens for a visitor, sends them to sign in, or is not there for them."""
    if need.word == "open":
        return OPEN
    if not seat.level:
        return SIGN_IN
    if need.word in ("learner", "pin"):
        return OPEN
    if need.word == "password":
        return OPEN if seat.level == "password" else HIDDEN
    if need.word == "officer":
        return OPEN if seat.role == "officer" else HIDDEN
    scope = seat.rights.get("help.handle" if need.word == "volunteer" else need.word)
    if scope is None or (need.scoped and not scope.covers(seat.asked)):
        return HIDDEN
    return OPEN


def routes(app: Flask) -> list[tuple[str, str, str, Need]]:
    """Every method and address with its endpoint and what it asks for, in the order of addresses."""
    found = []
    for rule in app.url_map.iter_rules():
        need = need_of(app.view_functions[rule.endpoint])
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append((rule.rule, method, rule.endpoint, need))
    return sorted(found, key=lambda one: one[:2])


def document(app: Flask) -> str:
    """The page as it must be for this code."""
    return "\n".join([*_head(), *_roles(), *_routes(app), ""])


def _head() -> Iterator[str]:
    yield from """# Who may do what

Made from the code by `hocso docs authorisation`; a test compares it, and asks every route of the running program as every kind of visitor (`tests/people/test_matrix.py`).

- A page asks for a **permission**, never for a role (`app/people/access.py`). Roles bring permissions (`app/people/roles.py`), each in a group of the tree and all groups below it. A person may hold several roles, each once in a group.
- What one may not see **does not exist**: 404, the same page as for an address that never was. A guest is sent to sign in and comes back.
- A card's QR opens learning alone. A PIN adds one's own matters and what is done beside learners. Everything else needs the **password and the second step** (see [running.md](running.md)), and a session of at most 12 hours. Rights are read anew with every request; giving or ending a role ends the person's sessions.
- Permissions marked *ward* concern the whole ward at once; held in a smaller branch they allow nothing.
- **Lists** show what lies in one's own branch: people by home or chi đoàn, requests for help, newcomers, groups, the full figures of the groups' table. Where an address names a request for help, a visit, an offer or a pair of records, the use case looks it up in the same branch and answers 404 otherwise.
- **Nobody hands on more than they hold**, in a branch wider than their own, or to themselves. Whoever makes another a link for a password, or begins another's second step anew, must be allowed all that the other is: an admin cannot take over an officer.
- **Separation of duties** is the business of each feature, whatever one holds: nobody decides on a proposal about themselves or their own khu phố, confirms themselves, or answers for themselves.
""".splitlines()  # noqa: E501 — a paragraph is a line


def _roles() -> Iterator[str]:
    yield from ("", "## Roles and permissions", "")
    yield f"| permission | for | {' | '.join(BRINGS)} |"
    yield "|---|---|" + "---|" * len(BRINGS)
    for permission, words in PERMISSIONS.items():
        marks = [" *ward*"] if permission in WARD_WIDE else [" *PIN*"] if permission in FIELD else []
        cells = " | ".join("●" if permission in brought else "" for brought in BRINGS.values())
        yield f"| `{permission}`{''.join(marks)} | {words} | {cells} |"
    yield ""


def _routes(app: Flask) -> Iterator[str]:
    yield from ("## Routes", "")
    yield "● opens · → sends to sign in · a dot: there is no such page. `@` after a permission: it must hold for what"
    yield "the address names. `pin`: signed in, not by a card alone. `password`: by a password and the second step."
    yield ""
    yield f"| method | address | asks for | {' | '.join(seat.name for seat in SEATS)} |"
    yield "|---|---|---|" + "---|" * len(SEATS)
    for rule, method, _endpoint, need in routes(app):
        cells = " | ".join(SIGNS[outcome(need, seat)] for seat in SEATS)
        yield f"| {method} | `{rule}` | {need.word}{'@' if need.scoped else ''} | {cells} |"
