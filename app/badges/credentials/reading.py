"""Taking a signed badge out of a file that somebody sent: PNG, SVG or JSON, with a limit to everything. Pure.

Nothing is ever unpacked: a badge lies uncompressed, so what is compressed is refused and cannot be a bomb.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.badges.credentials.baking import KEYWORD, NAMESPACE, SIGNATURE

Json = dict[str, Any]
MOST_BYTES = 4 * 1024 * 1024  # of a file
MOST_JSON = 128 * 1024  # of a badge; ours have 3 KB
MOST_CHUNKS = 4096
MOST_ELEMENTS = 20_000
MOST_DEPTH = 40  # of JSON and of SVG
ELEMENT = f"{{{NAMESPACE}}}credential"


class Unreadable(ValueError):
    """No badge can be read from this file; ``code`` says why: size | kind | broken | none | several | form."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_badge(data: bytes) -> Json:
    """The signed document in a file.

    Raises:
        Unreadable: There is none, or the file is not what it says.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("size")
    if data.startswith(SIGNATURE):
        return read_json(_from_png(data))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return read_json(start)
    if start.startswith(b"<"):
        return read_json(_from_svg(start))
    raise Unreadable("kind")


def _from_png(data: bytes) -> bytes:
    found = [body for kind, body in _chunks(data) if kind in (b"iTXt", b"tEXt", b"zTXt") and _keyword(body)]
    if not found:
        raise Unreadable("none")
    if len(found) > 1:
        raise Unreadable("several")
    text = found[0][len(KEYWORD) :]
    if not text.startswith(b"\0\0\0"):  # another kind of chunk, or compressed
        raise Unreadable("form")
    language, mark, rest = text[3:].partition(b"\0")
    translated, again, badge = rest.partition(b"\0")
    if not mark or not again or len(language) + len(translated) > 200:
        raise Unreadable("form")
    return badge


def _keyword(body: bytes) -> bool:
    return body.partition(b"\0")[0] == KEYWORD


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk to the end of the picture, with lengths and checksums that hold."""
    at = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        if at + 12 > len(data):
            raise Unreadable("broken")
        (length,) = struct.unpack(">I", data[at : at + 4])
        end = at + 12 + length
        if end > len(data):
            raise Unreadable("broken")
        kind, body = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if zlib.crc32(body, zlib.crc32(kind)) != struct.unpack(">I", data[end - 4 : end])[0]:
            raise Unreadable("broken")
        if kind == b"IEND":
            return
        yield kind, body
        at = end
    raise Unreadable("broken")


def _from_svg(data: bytes) -> bytes:
    """The text of the one badge element right below the root; no DTD, no entities, nothing fetched."""
    found: list[Element] = []
    depth = count = 0
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            depth, count = depth + 1, count + 1
            if depth > MOST_DEPTH or count > MOST_ELEMENTS:
                raise Unreadable("broken")
            if element.tag == ELEMENT:
                if depth != 2:
                    raise Unreadable("form")
                found.append(element)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise error if isinstance(error, Unreadable) else Unreadable("broken") from error
    return _only(found)


def _only(found: list[Element]) -> bytes:
    if not found:
        raise Unreadable("none")
    if len(found) > 1:
        raise Unreadable("several")
    if found[0].attrib or len(found[0]):  # ``verify`` would hold a badge of another make
        raise Unreadable("form")
    return (found[0].text or "").strip().encode("utf-8", "replace")


def read_json(data: bytes) -> Json:
    """One JSON object that every program reads alike: no key twice, no NaN, not deep.

    Raises:
        Unreadable: Anything else.
    """
    if len(data) > MOST_JSON:
        raise Unreadable("size")
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Unreadable) else Unreadable("broken") from error
    if not isinstance(found, dict) or _deeper(found, MOST_DEPTH):
        raise Unreadable("broken")
    return found


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("form")
    return found


def _no_number(_text: str) -> NoReturn:
    raise Unreadable("form")


def _deeper(value: Any, most: int) -> bool:
    if most == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_deeper(one, most - 1) for one in inner)
