"""Vietnamese text: one spelling at the boundary, folding for search, sort keys for both databases.

The order is CLDR's ``vi`` (letters a ă â … are primary, tones secondary); databases sort the
stored bytes, so that neither ICU nor an extension is needed.
"""

import re
import unicodedata

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {
    "": 0,
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # ngang huyền hỏi ngã sắc nặng
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # â ă ơ: these make another letter, tones do not


def whole_number(text: str | None) -> int | None:
    """A small whole number from a form, or ``None``."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def clean(text: str) -> str:
    """NFC, single spaces, no control characters: what every input becomes once, on entry."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" or c in "\n\t" else " " for c in composed).split())


def fold(text: str) -> str:
    """For search: ``'Đặng Thị Ước'`` → ``'dang thi uoc'``. Unicode does not take đ apart, so we do."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def slugify(text: str) -> str:
    """``'Khu phố Đền Công 1'`` → ``'khu-pho-den-cong-1'``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> bytes:
    """Bytes whose order is the dictionary's order: letters first, then tones, then capitals."""
    letters, tones, capitals = bytearray(), bytearray(), bytearray()
    for character in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", character)
        letter = unicodedata.normalize("NFC", parts[0] + "".join(p for p in parts[1:] if p in _SHAPES))
        place = _LETTERS.get(letter.lower())
        if place is None:
            kind = 2 if character.isdigit() else 4 if character.isalnum() else 1
            letters += bytes((kind,)) + ord(character).to_bytes(3, "big")
        else:
            letters += b"\x03" + place.to_bytes(3, "big")
        tones.append(1 + next((_TONES[p] for p in parts[1:] if p in _TONES), 0))
        capitals.append(1 + (letter != letter.lower()))
    return bytes(letters) + b"\x00" + bytes(tones) + b"\x00" + bytes(capitals)


def natural_key(text: str) -> bytes:
    """Like :func:`sort_key`, numbers by value: Khu phố 2 comes before Khu phố 10."""
    return sort_key(re.sub(r"\d+", lambda digits: digits.group().zfill(6), text))


def given_name(full_name: str) -> str:
    """The name one is called by: the last word."""
    return full_name.split()[-1] if full_name.split() else ""


def person_key(full_name: str) -> bytes:
    """Lists of people go by given name, then family and middle names."""
    *before, last = full_name.split() or [""]
    return sort_key(last) + b"\x00" + sort_key(" ".join(before))


def phone(text: str) -> str | None:
    """A Vietnamese mobile number in any usual spelling as ``0912345678``; ``None`` if it is not one."""
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(\+84|0084|84)(?=[35789]\d{8}$)", "0", digits)
    return digits if re.fullmatch(r"0[35789]\d{8}", digits) else None
