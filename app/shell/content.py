"""The content files as a whole, checked without a database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.awards.parser import read_rules
from app.badges.catalogue import BadgeFile, read_catalogue
from app.glossary.parser import read_glossary
from app.quizzes.parser import Bank, Fault, read_bank


@dataclass(frozen=True)
class Checked:
    """What the files hold, and everything that is wrong with them; paths from the project's folder."""

    topics: int
    quizzes: int
    items: int
    types: int
    unreviewed: int
    badges: int
    awards: int
    terms: int
    links: int
    errors: tuple[Fault, ...]


def check_content(root: Path) -> Checked:
    """Read every content file under the project's folder; needs no database."""
    bank = read_bank(root / "quizzes")
    badges, badge_faults = read_catalogue(root / "badges")
    rules, rule_faults = read_rules(root / "badges" / "awards")
    glossary, glossary_faults = read_glossary(root / "quizzes")
    faults = [Fault(f"quizzes/{f.file}", f.item, f.field, f.message) for f in bank.faults]
    faults += [Fault(f"badges/{f.file}", "", f.field, f.message) for f in badge_faults]
    faults += [Fault(f"badges/awards/{f.file}", "", f.field, f.message) for f in rule_faults]
    faults += [Fault(f"quizzes/{f.file}", f.entry, f.field, f.message) for f in glossary_faults]
    faults += _across(bank, badges)
    return Checked(
        topics=len(bank.topics),
        quizzes=len(bank.quizzes),
        items=len(bank.items),
        types=len({item.type for item in bank.items}),
        unreviewed=bank.unreviewed,
        badges=len(badges),
        awards=len(rules),
        terms=len(glossary.terms),
        links=sum(len(group.links) for group in glossary.groups),
        errors=tuple(faults),
    )


def _across(bank: Bank, badges: Iterable[BadgeFile]) -> Iterator[Fault]:
    """What only all the files together show: names that lead nowhere."""
    skills = {quiz.head.skill.id for quiz in bank.quizzes}
    for badge in badges:
        named = {badge.skill, getattr(badge.criterion, "skill", None)} - {None}
        for skill in sorted(str(name) for name in named - skills):
            where = f"badges/{badge.slug}/badge.toml"
            yield Fault(where, "", "skill", f"không có kỹ năng {skill} trong các bài")
