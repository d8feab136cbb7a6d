"""Whom a rule proposes. The ranking only proposes; people decide. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.core.errors import Invalid

SUBJECTS = ("person", "group")
DECISIONS = ("undecided", "approve", "ask", "later")
MEASURES = {"person": ("weeks", "days", "passes", "points"), "group": ("score",)}


@dataclass(frozen=True)
class Rule:
    """An award's rule.

    Attributes:
        measures: Compared one after the other; the first is what the award is for.
        least: The smallest value of each figure by name.
        most: How many places, shared ones counted as their first.
        reason: The sentence on the public page, with figures in braces.
    """

    slug: str
    title: str
    subject: str
    measures: tuple[str, ...]
    least: Mapping[str, int]
    most: int
    reason: str
    position: int

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> "Rule":
        return Rule(**{**body, "measures": tuple(body["measures"])})


@dataclass(frozen=True)
class GroupFigures:
    """A group's frozen figures."""

    group_id: int
    score: float
    place: int
    counted: int
    people: int


@dataclass(frozen=True)
class PersonFigures:
    """A person's frozen figures, group at that time included."""

    person_id: int
    group_id: int | None
    passes: int
    points: int
    days: int
    weeks: int


@dataclass(frozen=True)
class Proposal:
    """One subject proposed for one award, with what it rests on."""

    award: str
    subject: str
    subject_id: int
    place: int
    evidence: Mapping[str, Any]


def propose(rules: Iterable[Rule], groups: Sequence[GroupFigures], people: Sequence[PersonFigures]) -> list[Proposal]:
    """Everything that the rules propose from a cycle's frozen figures."""
    found: list[Proposal] = []
    for rule in rules:
        found += _groups(rule, groups) if rule.subject == "group" else _people(rule, people)
    return found


def _reaches(rule: Rule, figures: GroupFigures | PersonFigures) -> bool:
    return all(getattr(figures, name) >= least for name, least in rule.least.items())


def _groups(rule: Rule, groups: Sequence[GroupFigures]) -> list[Proposal]:
    fit = [g for g in groups if g.place <= rule.most and g.counted >= 1 and _reaches(rule, g)]
    return [
        Proposal(rule.slug, "group", g.group_id, g.place, asdict(g))
        for g in sorted(fit, key=lambda g: (g.place, g.group_id))
    ]


def _people(rule: Rule, people: Sequence[PersonFigures]) -> list[Proposal]:
    keyed = [(tuple(getattr(p, m) for m in rule.measures), p) for p in people if _reaches(rule, p)]
    keyed.sort(key=lambda k: k[0], reverse=True)
    found: list[Proposal] = []
    place, last = 0, None
    for index, (key, person) in enumerate(keyed):
        if key != last:  # equal figures share the place
            place, last = index + 1, key
        if place > rule.most:
            break
        found.append(Proposal(rule.slug, "person", person.person_id, place, asdict(person)))
    return found


def reason(rule: Rule, evidence: Mapping[str, Any]) -> str:
    """The rule's sentence with this subject's figures."""
    words = {name: _number(value) for name, value in evidence.items()}
    return rule.reason.format(**words)


def _number(value: Any) -> str:
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else str(value)


def check_decision(decision: str, note: str) -> None:
    """A decision that a form may send.

    Raises:
        Invalid: None chosen, or anything but a clean approval without a note.
    """
    if decision not in DECISIONS[1:]:
        raise Invalid("decision_missing", field="decision")
    if decision != "approve" and not note:
        raise Invalid("note_missing", field="note")


def publish_words(period: str) -> tuple[str, ...]:
    """What may be typed to publish a month: as people write it, or as addresses do."""
    year, month = period.split("-")
    plain = f"{int(month)}/{year}"
    return (f"tháng {plain}", plain, f"{month}/{year}", f"tháng {month}/{year}", period)


def merit(period: str, rule: Rule, subject: str, subject_id: int) -> str:
    """What was done, named so that it can back one award a level."""
    return f"{period}:{subject}:{subject_id}:{rule.measures[0]}"


def seen_as(decision: str, decided_at: datetime | None) -> str:
    """What a page showed of a proposal, so that a form tells which state its officer has seen."""
    return decision if decided_at is None else f"{decision}@{decided_at.isoformat()}"


def others_may_decide(
    officers: Iterable[tuple[int, int | None]], by: int, group_id: int | None, person_id: int | None
) -> bool:
    """Whether an officer besides one is neither the subject nor of its khu phố.

    Args:
        officers: Id and khu phố of every officer.
    """
    return any(officer not in (by, person_id) and (group_id is None or khu != group_id) for officer, khu in officers)


def name_state(adult: str, own: str | None, guardian: str | None) -> str:
    """Where the question of the public name stands: full, given, refused, not_asked or guardian_not_asked.

    Args:
        own: The person's own answer in force, ``None`` when not asked yet; ``guardian`` likewise.
    """
    answers = [own] if adult == "yes" else [own, guardian]
    if "no" in answers:
        return "refused"
    if own is None:
        return "not_asked"
    if None in answers:
        return "guardian_not_asked"
    return "given" if "given" in answers else "full"
