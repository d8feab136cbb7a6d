"""The content files as a whole, checked without a database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.awards.parser import read_rules
from app.badges.catalogue import BadgeFile, read_catalogue
from app.glossary.parser import read_glossary
from app.outreach.practice.parser import PracticeFile, read_practices
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
    practices: int
    errors: tuple[Fault, ...]


def check_content(root: Path) -> Checked:
    """Read every content file under the project's folder; needs no database."""
    bank = read_bank(root / "quizzes")
    badges, badge_faults = read_catalogue(root / "badges")
    rules, rule_faults = read_rules(root / "badges" / "awards")
    glossary, glossary_faults = read_glossary(root / "quizzes")
    practices, practice_faults = read_practices(root / "quizzes")
    faults = [Fault(f"quizzes/{f.file}", f.item, f.field, f.message) for f in bank.faults]
    faults += [Fault(f"badges/{f.file}", "", f.field, f.message) for f in badge_faults]
    faults += [Fault(f"badges/awards/{f.file}", "", f.field, f.message) for f in rule_faults]
    faults += [Fault(f"quizzes/{f.file}", f.entry, f.field, f.message) for f in glossary_faults]
    faults += [Fault(f"quizzes/{f.file}", f.item, f.field, f.message) for f in practice_faults]
    faults += _across(bank, badges)
    faults += _shown_for_real(bank, practices, badges)
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
        practices=len(practices),
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


def _shown_for_real(bank: Bank, practices: Iterable[PracticeFile], badges: Iterable[BadgeFile]) -> Iterator[Fault]:
    """A checklist names a skill of its topic; rings 2 and 3 rest on a checklist."""
    topic_of = {quiz.head.skill.id: quiz.topic for quiz in bank.quizzes}
    backed = set()
    for one in practices:
        backed.add(one.skill)
        if topic_of.get(one.skill) != one.topic:
            message = f"chủ đề {one.topic} không có kỹ năng {one.skill}"
            yield Fault(f"quizzes/practice/{one.slug}.toml", "", "skill", message)
    for badge in badges:
        if badge.criterion.type in ("skill_confirmed", "skill_taught") and badge.criterion.skill not in backed:
            message = f"không phiếu thực hành nào cho kỹ năng {badge.criterion.skill}"
            yield Fault(f"badges/{badge.slug}/badge.toml", "", "criterion", message)
