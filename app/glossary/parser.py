"""``quizzes/glossary.toml`` and ``quizzes/links.toml`` → values. Faults are named by file, entry and field.

The format is written down in ``quizzes/README.md``. A file that is missing holds nothing.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.glossary.domain import Glossary, Link, LinkGroup, Source, Term, in_order

TERMS, LINKS = "glossary.toml", "links.toml"
UNKNOWN = re.compile(r"\{(?!(?:x|X|a)\})[^{}]*\}?|(?<!\{x)(?<!\{X)(?<!\{a)\}")  # braces left open count, too
MESSAGES = {
    "missing": "thiếu mục này",
    "extra_forbidden": "không có mục này trong định dạng",
    "string_type": "phải là chữ trong ngoặc kép",
    "date_type": "phải là ngày, ví dụ 2026-11-23",
    "bool_type": "phải là true hoặc false",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá",
    "string_pattern_mismatch": "viết chưa đúng dạng",
    "list_type": "phải là danh sách",
}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Phrase = Annotated[str, StringConstraints(pattern=r"^\w(.*\w)?$", max_length=60)]
Address = Annotated[str, StringConstraints(pattern=r"^(https://[^\s]+|(tel|sms):\d+|app:\w[\w .-]*)$")]
T = TypeVar("T", bound=BaseModel)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceFile(Strict):
    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
    date: date


class TermFile(Strict):
    slug: Name
    term: Phrase
    aliases: list[Phrase] = Field(default_factory=list)
    meaning: Text
    example: Text
    source: SourceFile | None = None
    always: bool = False


class GroupFile(Strict):
    id: Name
    title: Text


class LinkFile(Strict):
    name: Text
    url: Address
    what_for: Text
    checked: date
    group: Name
    source: SourceFile


@dataclass(frozen=True)
class Fault:
    """What is wrong where: file, entry and field by name ("" where none applies)."""

    file: str
    entry: str
    field: str
    message: str


def read_glossary(folder: Path) -> tuple[Glossary, tuple[Fault, ...]]:
    """Every sound entry of both files, and what is wrong with the rest."""
    faults: list[Fault] = []
    terms = _terms(_load(folder / TERMS, faults), faults)
    groups = _groups(_load(folder / LINKS, faults), faults)
    return Glossary(in_order(terms), tuple(groups)), tuple(faults)


def _load(path: Path, faults: list[Fault]) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        faults.append(Fault(path.name, "", "", "tệp phải lưu bằng UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(path.name, "", "", f"không đọc được TOML: {error}"))
    else:
        if text != unicodedata.normalize("NFC", text):
            faults.append(Fault(path.name, "", "", "chữ có dấu phải ở dạng dựng sẵn (NFC)"))
        return data
    return {}


def _entries(
    data: dict[str, Any], key: str, shape: type[T], name: str, file: str, faults: list[Fault]
) -> Iterator[tuple[str, T]]:
    """The entries under a key that have their shape, each with what it is called."""
    raw = data.get(key, [])
    for place, entry in enumerate(raw if isinstance(raw, list) else [raw], start=1):
        called = str(entry.get(name) or f"#{place}") if isinstance(entry, dict) else f"#{place}"
        try:
            yield called, shape.model_validate(entry)
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(str(part) for part in fault["loc"])
                faults.append(Fault(file, called, where, MESSAGES.get(fault["type"], fault["msg"])))


def _terms(data: dict[str, Any], faults: list[Fault]) -> Iterator[Term]:
    """Terms whose slug and words nobody before them has."""
    _only({"terms"}, data, TERMS, faults)
    slugs: set[str] = set()
    taken: dict[str, str] = {}
    for called, entry in _entries(data, "terms", TermFile, "slug", TERMS, faults):
        wrong = [Fault(TERMS, called, where, why) for where, why in _term_faults(entry, slugs, taken)]
        faults += wrong
        if not wrong:
            slugs.add(entry.slug)
            taken.update((phrase.lower(), entry.slug) for phrase in (entry.term, *entry.aliases))
            yield Term(
                entry.slug,
                entry.term,
                tuple(entry.aliases),
                entry.meaning,
                entry.example,
                _source(entry.source),
                entry.always,
            )


def _term_faults(entry: TermFile, slugs: set[str], taken: dict[str, str]) -> Iterator[tuple[str, str]]:
    if entry.slug in slugs:
        yield "slug", "đã dùng cho một từ ở trên"
    own: set[str] = set()
    for where, phrase in [("term", entry.term), *(("aliases", alias) for alias in entry.aliases)]:
        if phrase.lower() in own | taken.keys():
            yield where, f"“{phrase}” đã dùng trong {taken.get(phrase.lower(), entry.slug)}"
        own.add(phrase.lower())
    if len(re.findall(r"[.!?…](?=\s|$)", entry.meaning)) > 2:
        yield "meaning", "tối đa hai câu"
    for where, text in (("meaning", entry.meaning), ("example", entry.example)):
        if unknown := UNKNOWN.search(text):
            yield where, f"chỗ trống {unknown[0]} không có; chỉ dùng {{x}}, {{X}}, {{a}}"


def _groups(data: dict[str, Any], faults: list[Fault]) -> Iterator[LinkGroup]:
    """Groups in the file's order, each with its addresses; an empty group is left out."""
    _only({"groups", "links"}, data, LINKS, faults)
    groups = {group.id: group for _, group in _entries(data, "groups", GroupFile, "id", LINKS, faults)}
    links: dict[str, list[Link]] = {}
    seen: set[str] = set()
    for called, entry in _entries(data, "links", LinkFile, "name", LINKS, faults):
        wrong = [Fault(LINKS, called, where, why) for where, why in _link_faults(entry, groups.keys(), seen)]
        faults += wrong
        if not wrong:
            seen.add(entry.url)
            links.setdefault(entry.group, []).append(_link(entry))
    return (LinkGroup(g.id, g.title, tuple(links[g.id])) for g in groups.values() if g.id in links)


def _link_faults(entry: LinkFile, groups: Iterable[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    if entry.group not in groups:
        yield "group", f"không có nhóm {entry.group}"
    if entry.url in seen:
        yield "url", "địa chỉ này đã có ở trên"
    if entry.checked < entry.source.date:
        yield "checked", "không thể trước ngày của nguồn"


def _link(entry: LinkFile) -> Link:
    source = Source(entry.source.title, entry.source.url, entry.source.date)
    return Link(entry.name, entry.url, entry.what_for, entry.checked, entry.group, source)


def _source(entry: SourceFile | None) -> Source | None:
    return Source(entry.title, entry.url, entry.date) if entry else None


def _only(known: set[str], data: dict[str, Any], file: str, faults: list[Fault]) -> None:
    faults += [Fault(file, "", key, MESSAGES["extra_forbidden"]) for key in sorted(data.keys() - known)]
