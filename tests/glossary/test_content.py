"""The shipped words and addresses: sound, plain, used, and silent about what a question asks."""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.config import ROOT
from app.core.text import fold
from app.glossary.domain import Term
from app.glossary.parser import read_glossary
from app.shell.content import check_content
from tests.shell.conftest import Run, run  # noqa: F401 — a fixture

FOUND, FAULTS = read_glossary(ROOT / "quizzes")
UNREAD = {"id", "source", "key", "type", "accepts"}  # what no reader sees as a sentence
LAW_OR_NUMBER = re.compile(r"\b(luật|nghị định|thông tư|quy định)\b|\d{2}", re.IGNORECASE)
LINKS = [link for group in FOUND.groups for link in group.links]


def items() -> list[dict[str, Any]]:
    """Every question of the files, those still being written among them."""
    files = [path for path in sorted((ROOT / "quizzes").rglob("*.toml")) if path.parent != ROOT / "quizzes"]
    return [item for path in files for item in tomllib.loads(path.read_text(encoding="utf-8")).get("items", [])]


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in UNREAD:
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)
    elif isinstance(part, str):
        yield part


def terms_in(text: str) -> list[Term]:
    return [FOUND.by_slug[found.slug] for found in FOUND.find(text)]


def test_files_are_sound() -> None:
    assert [f"{fault.file} {fault.entry} {fault.field}: {fault.message}" for fault in FAULTS] == []
    assert (90 <= len(FOUND.terms) <= 150, len(LINKS) >= 15) == (True, True)


def test_every_alias_is_unique() -> None:
    phrases = [phrase.lower() for term in FOUND.terms for phrase in term.phrases]

    assert sorted(phrases) == sorted(set(phrases))


def test_every_term_is_used_or_marked() -> None:
    used = {found.slug for item in items() for text in texts(item) for found in FOUND.find(text, at_most=99)}

    assert [term.slug for term in FOUND.terms if term.slug not in used and not term.always] == []


def test_words_are_plain() -> None:
    written = [(term.slug, f"{term.meaning} {term.example}") for term in FOUND.terms]
    written += [(link.name, f"{link.name} {link.what_for}") for link in LINKS]
    unwanted = re.compile(r"\b(link|click|nhấp|sai|user|bạn|tôi|cháu)\b", re.IGNORECASE)

    assert {name: found.group() for name, text in written if (found := unwanted.search(text))} == {}


def test_laws_and_numbers_have_a_source() -> None:
    stated = [term for term in FOUND.terms if LAW_OR_NUMBER.search(f"{term.meaning} {term.example}")]

    assert [term.slug for term in stated if term.source is None] == []


def test_meaning_beside_a_question_holds_no_answer_to_it() -> None:
    told = [
        (item["id"], term.slug)
        for item in items()
        if item["type"] == "text"
        for term in terms_in(item["stem"]) + terms_in(item["hint"])
        for answer in item["accepts"]
        if f" {fold(answer)} " in f" {re.sub(r'[^a-z0-9]+', ' ', fold(f'{term.term} {term.meaning} {term.example}'))} "
    ]

    assert told == []


def test_names_of_people_s_banks_are_in_no_address() -> None:
    assert [
        link.url for link in LINKS if link.kind == "https" and not re.search(r"(\.gov|chinhphu)\.vn$", link.url)
    ] == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the glossary alone, which a test may spoil."""
    (tmp_path / "quizzes").mkdir()
    for name in ("glossary.toml", "links.toml"):
        shutil.copy(ROOT / "quizzes" / name, tmp_path / "quizzes" / name)
    return tmp_path


def test_check_counts_words_and_addresses(run: Run) -> None:  # noqa: F811
    found = json.loads(run("content", "check", "--json").stdout)

    assert (found["terms"], found["links"]) == (len(FOUND.terms), len(LINKS))


def test_check_names_a_fault_by_file_entry_and_field(root: Path) -> None:
    path = root / "quizzes/links.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("tel:113", "http:113"), encoding="utf-8")

    assert [(e.file, e.item, e.field) for e in check_content(root).errors if "links" in e.file] == [
        ("quizzes/links.toml", "Công an", "url")
    ]
