"""The English catalogue says everything that Vietnamese, the source, says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from app.core.i18n import TRANSLATIONS
from app.core.messages import MESSAGES

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "say": None, "N_": None}
SOURCES = {"app": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ADDRESS = {"x", "X", "a"}  # forms of address: English says "you"


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as po:
        return read_po(po, locale="en", abort_invalid=True)


def source_messages() -> Iterator[tuple[str, str]]:
    """Each message and where it stands; ``say(MESSAGES["code"])`` holds a code, not a sentence."""
    for folder, methods in SOURCES.items():
        for name, line, message, _comments, _context in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            assert isinstance(message, str), f"{folder}/{name}:{line} has a plural form"
            if message not in MESSAGES:
                yield message, f"{folder}/{name}:{line}"


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if message.id:
            assert isinstance(message.id, str)
            assert isinstance(message.string, str)
            yield message.id, message.string


def test_every_source_message_is_in_english(english: Catalog) -> None:
    found = dict(source_messages())
    known = dict(pairs(english))
    assert found
    assert {where: message for message, where in found.items() if not known.get(message, "").strip()} == {}


def test_nothing_is_fuzzy_or_obsolete(english: Catalog) -> None:
    assert [message.id for message in english if message.id and message.fuzzy] == []
    assert list(english.obsolete) == []


def test_placeholders_are_the_source_s_own(english: Catalog) -> None:
    wrong = {}
    for source, text in pairs(english):
        asked, given = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
        if not asked - ADDRESS <= given <= asked:
            wrong[source] = text
    assert wrong == {}


def test_every_message_formats(english: Catalog) -> None:
    for source, text in pairs(english):
        values = dict.fromkeys([*PLACEHOLDER.findall(source), *ADDRESS], "7")
        assert "%(" not in source % values
        assert "%(" not in text % values
