"""Who may do what, and where: roles, the permissions each brings, and the branch of the tree it is held in. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What can be allowed. A page asks for one of these, never for a role; the words are those of docs/authorisation.md.
PERMISSIONS = {
    "console.open": "the organisers' overview",
    "people.read": "the list of people, and a person's page",
    "people.edit": "adding a person; their card, PIN, consents, confirmation",
    "people.import": "bringing in a list",
    "people.help": "beside learners: newcomers, sign-ups at the door, cards, PINs, how someone reads best",
    "help.handle": "requests for help",
    "team.manage": "who offers to join the volunteers, and confirmations to be looked at again",
    "privacy.answer": "requests about someone's data: their record, corrections, erasing",
    "roles.grant": "granting and ending roles, never one's own and never more than one holds",
    "signin.reset": "another's password and second factor, never of someone who may do more",
    "groups.read": "the list of groups, and a group's page",
    "groups.edit": "adding and renaming groups, their population and contact",
    "standings.sheet": "every figure of the groups' table",
    "reports.read": "what lasts: results over time, for groups",
    "bank.read": "the questions with their keys",
    "bank.edit": "proposals and reports of questions; hiding one",
    "bank.approve": "approving a quiz",
    "awards.read": "a month's proposals with their evidence, and the page as it would be",
    "awards.review": "deciding on proposals",
    "awards.publish": "signing and announcing",
    "contests.manage": "the weekly contests: skipping a week, calling one off",
    "badges.manage": "everyone's badges and certificates: giving those earned, printing, taking back",
    "log.read": "the trail",
    "settings.edit": "what the whole ward goes by",
}
FIELD = frozenset({"people.help", "help.handle"})  # beside a learner, on one's own phone: the PIN is enough
# These concern the whole ward at once; held in a smaller branch they would show or change what lies outside it.
WARD_WIDE = frozenset(
    {
        "people.import", "reports.read", "bank.read", "bank.edit", "bank.approve", "awards.read", "awards.review",
        "awards.publish", "badges.manage", "log.read", "privacy.answer", "settings.edit", "contests.manage",
    }
)  # fmt: skip

_LEADER = FIELD | {"console.open", "people.read", "groups.read", "standings.sheet"}
_PARTNER = frozenset({"console.open", "groups.read", "standings.sheet", "reports.read"})
BRINGS: Mapping[str, frozenset[str]] = {
    "volunteer": FIELD,
    "leader": _LEADER,
    "author": frozenset({"console.open", "bank.read", "bank.edit"}),
    "reviewer": frozenset({"console.open", "groups.read", "standings.sheet", "awards.read", "awards.review"}),
    "approver": frozenset(
        {"console.open", "groups.read", "standings.sheet", "awards.read", "awards.publish", "bank.read", "bank.approve"}
        | {"badges.manage"}
    ),
    "partner": _PARTNER,
    "admin": _LEADER
    | _PARTNER
    | {"people.edit", "people.import", "team.manage", "roles.grant", "signin.reset", "groups.edit", "badges.manage"}
    | {"log.read", "settings.edit"},
    "officer": frozenset(PERMISSIONS),  # the general one; who may not decide on what is the business of each feature
}
ROLES = tuple(BRINGS)
STAFF = tuple(role for role in ROLES if BRINGS[role] - FIELD)  # these sign in with a password
ONLY_WARD = ("author", "reviewer", "approver")  # below the ward there is nothing for them to do


@dataclass(frozen=True)
class Scope:
    """Where something is allowed: everywhere, or in some groups."""

    everywhere: bool = False
    group_ids: frozenset[int] = frozenset()

    def covers(self, group_id: int | None) -> bool:
        """Whether it is allowed there. What belongs to no group is the whole ward's."""
        return self.everywhere or (group_id is not None and group_id in self.group_ids)

    def covers_any(self, group_ids: Iterable[int]) -> bool:
        """Whether it is allowed in at least one of these."""
        return self.everywhere or not self.group_ids.isdisjoint(group_ids)

    def includes(self, other: "Scope") -> bool:
        """Whether it is allowed wherever the other one is."""
        return self.everywhere or (not other.everywhere and other.group_ids <= self.group_ids)

    def __or__(self, other: "Scope") -> "Scope":
        if self.everywhere or other.everywhere:
            return EVERYWHERE
        return Scope(group_ids=self.group_ids | other.group_ids)


EVERYWHERE = Scope(everywhere=True)
NOWHERE = Scope()
Rights = Mapping[str, Scope]  # permission → where it holds; what is missing holds nowhere


@dataclass(frozen=True)
class Held:
    """A role that someone holds, and the group it was granted in."""

    role: str
    group_id: int


@dataclass(frozen=True)
class Tree:
    """The ward's groups as far as rights need them.

    Attributes:
        root: The ward's own group; ``None`` before set-up.
        parents: Every group's id and its parent's.
    """

    root: int | None
    parents: Mapping[int, int | None]

    def covers(self, granted: int, group_id: int | None) -> bool:
        """Whether what is granted in a group holds for another: it is that group, or lies below it."""
        if granted == self.root:
            return True
        seen: set[int] = set()
        here = group_id
        while here is not None and here not in seen:  # a circle cannot be stored, but would never end
            if here == granted:
                return True
            seen.add(here)
            here = self.parents.get(here)
        return False

    def scope(self, granted: int) -> Scope:
        """The group and all below it; the ward is everything, also what belongs to no group."""
        if granted == self.root:
            return EVERYWHERE
        return Scope(group_ids=frozenset(g for g in self.parents if self.covers(granted, g)))


def rights_of(grants: Iterable[Held], level: str, tree: Tree) -> dict[str, Scope]:
    """What a session may do: a card opens nothing, a PIN what is done beside learners, a password all of it."""
    found: dict[str, Scope] = {}
    for held in grants:
        scope = tree.scope(held.group_id)
        for permission in BRINGS[held.role]:
            enough = level == "password" or (level == "pin" and permission in FIELD)
            if enough and (scope.everywhere or permission not in WARD_WIDE):
                found[permission] = found.get(permission, NOWHERE) | scope
    return found


def reaches(rights: Rights, others: Rights) -> bool:
    """Whether someone may do all that another one may, wherever that one may."""
    return all(rights.get(permission, NOWHERE).includes(scope) for permission, scope in others.items())


def may_grant(rights: Rights, role: str, group_id: int, tree: Tree) -> bool:
    """Whether a role may be given or taken in a group: one may grant there, and nobody hands on more than they hold."""
    if role not in BRINGS or (role in ONLY_WARD and group_id != tree.root):
        return False
    allowed = rights.get("roles.grant", NOWHERE).includes(tree.scope(group_id))
    return allowed and reaches(rights, rights_of([Held(role, group_id)], "password", tree))
