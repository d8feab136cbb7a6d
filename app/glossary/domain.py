"""Words explained and official addresses, as plain values; which words of a text are known ones."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.core.text import fold, sort_key

WORD = re.compile(r"\w+")
MARKED = 3  # words of one text that are offered an explanation
TRUSTED = timedelta(days=365)  # an address looked at longer ago is shown as doubtful
TONES = "\u0300\u0301\u0303\u0309\u0323"  # they do not make another letter; the marks of ă, ê, ơ do
JOINTS = "./@-"  # what holds an address together: "gov.vn" is no word of "dichvucong.gov.vn"


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    date: date


@dataclass(frozen=True)
class Term:
    """A word and what it means; ``meaning`` and ``example`` hold ``{x}``, ``{X}``, ``{a}``.

    Attributes:
        source: Where a fact of law or a number comes from; none for plain words.
        always: Kept although no item uses the word.
    """

    slug: str
    term: str
    aliases: tuple[str, ...]
    meaning: str
    example: str
    source: Source | None = None
    always: bool = False

    @property
    def title(self) -> str:
        """As it stands at the head of a page: ``mã OTP`` → ``Mã OTP``, ``eTaxMobile`` as it is."""
        first = self.term.split()[0]
        return self.term[:1].upper() + self.term[1:] if first.islower() else self.term

    @property
    def phrases(self) -> tuple[str, ...]:
        return (self.term, *self.aliases)

    @property
    def letter(self) -> str:
        """The letter of the alphabet under which it stands: ``ứng dụng`` → ``Ư``."""
        if not self.term[0].isalpha():
            return "0–9"
        plain = "".join(c for c in unicodedata.normalize("NFD", self.term[0]) if c not in TONES)
        return unicodedata.normalize("NFC", plain).upper()


@dataclass(frozen=True)
class Link:
    """An official address. ``url`` begins with https:, tel:, sms:, or app: (a name to look for in the store).

    Attributes:
        checked: When somebody last looked whether it is still right.
    """

    name: str
    url: str
    what_for: str
    checked: date
    group: str
    source: Source

    @property
    def kind(self) -> str:
        """``https``, ``tel``, ``sms`` or ``app``."""
        return self.url.partition(":")[0]

    @property
    def shown(self) -> str:
        """What one types: an address without ``https://``, a number, an app's name."""
        return self.url.partition(":")[2].strip("/")

    def doubtful_on(self, today: date) -> bool:
        return today - self.checked > TRUSTED


@dataclass(frozen=True)
class LinkGroup:
    id: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Found:
    """One known word of a text: where it stands, and which term explains it."""

    start: int
    end: int
    slug: str


@dataclass(frozen=True)
class _Phrase:
    text: str
    slug: str

    @property
    def exact(self) -> bool:
        """Capitals alone are matched as written: "AI" is not "ai", "PIN" is not "pin"."""
        return self.text.isupper() and " " not in self.text

    def stands_at(self, start: int, text: str, lowered: str) -> bool:
        here = text.startswith(self.text, start) if self.exact else lowered.startswith(self.text.lower(), start)
        return here and _ends_word(text, start + len(self.text))


@dataclass(frozen=True)
class Glossary:
    """Every term in the dictionary's order, and every official address."""

    terms: tuple[Term, ...] = ()
    groups: tuple[LinkGroup, ...] = ()

    @cached_property
    def by_slug(self) -> dict[str, Term]:
        return {term.slug: term for term in self.terms}

    @cached_property
    def _by_first_word(self) -> dict[str, list[_Phrase]]:
        """Phrases by their first word, the longest first."""
        phrases = [_Phrase(text, term.slug) for term in self.terms for text in term.phrases]
        index: dict[str, list[_Phrase]] = {}
        for phrase in sorted(phrases, key=lambda p: -len(p.text)):
            index.setdefault(WORD.findall(phrase.text.lower())[0], []).append(phrase)
        return index

    def find(self, text: str, *, at_most: int = MARKED) -> list[Found]:
        """The first occurrence of each known word, in order: whole words, the longest where several begin."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a capital İ grows when lowered: places would shift
            lowered = text
        found: list[Found] = []
        for word in WORD.finditer(lowered):
            if len(found) == at_most:
                break
            if (found and word.start() < found[-1].end) or not _begins_word(text, word.start()):
                continue
            hits = (p for p in self._by_first_word.get(word[0], ()) if p.stands_at(word.start(), text, lowered))
            phrase = next(hits, None)
            if phrase and phrase.slug not in {f.slug for f in found}:
                found.append(Found(word.start(), word.start() + len(phrase.text), phrase.slug))
        return found

    def search(self, wanted: str) -> list[Term]:
        """Terms that hold every word of ``wanted``, marks ignored; those named so come before those described so."""
        words = fold(wanted).split()
        named = [term for term in self.terms if _holds(words, term.phrases)]
        described = [term for term in self.terms if _holds(words, (*term.phrases, term.meaning))]
        return named + [term for term in described if term not in named]


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] not in JOINTS


def _ends_word(text: str, end: int) -> bool:
    """Whether neither a letter nor the rest of an address follows."""
    after = text[end : end + 2]
    return not after or not (_is_word(after[0]) or (after[0] in JOINTS and _is_word(after[1:])))


def _is_word(character: str) -> bool:
    return bool(WORD.match(character))


def _holds(words: Iterable[str], texts: Iterable[str]) -> bool:
    together = fold(" ".join(texts))
    return all(word in together for word in words)


def in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """As a Vietnamese dictionary has them; digits first."""
    return tuple(sorted(terms, key=lambda term: sort_key(term.term.lower())))


def lettered(terms: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """Each term with its letter where a letter begins, else with ``""``."""
    last = ""
    for term in terms:
        yield ("" if term.letter == last else term.letter), term
        last = term.letter
