"""Files that people send: a badge is taken out of each, and whatever else they hold does no harm."""

import json
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.badges.credentials.baking import KEYWORD, NAMESPACE, SIGNATURE, bake_png, bake_svg, chunk
from app.badges.credentials.reading import MOST_BYTES, MOST_JSON, Unreadable, read_badge

BADGE = {"name": "Tinh mắt 🎉 <&>", "id": "https://hocso.example/huy-hieu-so/1"}
TEXT = json.dumps(BADGE, ensure_ascii=False)
HEAD = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
PNG = SIGNATURE + chunk(b"IHDR", HEAD) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Tinh mắt</title></svg>'
BOMB = zlib.compress(b"\0" * 50_000_000, 9)


def why(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_badge(data)
    return refused.value.code


def with_chunk(kind: bytes, body: bytes) -> bytes:
    return PNG[:33] + chunk(kind, body) + PNG[33:]


def test_what_was_baked_is_read_back() -> None:
    assert read_badge(bake_png(PNG, TEXT)) == BADGE
    assert read_badge(bake_svg(SVG, TEXT).encode()) == BADGE
    assert read_badge(b"\xef\xbb\xbf  " + TEXT.encode()) == BADGE


def test_baked_picture_is_still_that_picture() -> None:
    baked = bake_png(PNG, TEXT)

    assert baked[:33] + baked[33 + 12 + len(KEYWORD) + 5 + len(TEXT.encode()) :] == PNG
    assert (
        SVG.replace(' viewBox="0 0 1 1">', "") == '<svg xmlns="http://www.w3.org/2000/svg"<title>Tinh mắt</title></svg>'
    )


def test_picture_without_a_badge_says_so() -> None:
    assert (why(PNG), why(SVG.encode())) == ("none", "none")
    assert why(b"GIF89a") == why(b"\xff\xd8\xff\xe0JFIF") == why(b"") == "kind"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bake_png(PNG, TEXT)[:-20], "broken"),
        (bake_png(PNG, TEXT)[:60], "broken"),
        (bake_png(PNG, TEXT).replace(b"Tinh", b"Tanh"), "broken"),  # the checksum is the old one
        (bake_png(bake_png(PNG, TEXT), TEXT), "several"),
        (with_chunk(b"zTXt", KEYWORD + b"\0\0" + BOMB), "form"),
        (with_chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + BOMB), "form"),
        (with_chunk(b"tEXt", KEYWORD + b"\0" + TEXT.encode()), "form"),
        (with_chunk(b"iTXt", KEYWORD + b"\0\0\0vi"), "form"),
        (with_chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + b" " * (MOST_JSON + 1)), "size"),
        (PNG[:33] + b"\xff\xff\xff\xffiTXt", "broken"),
        (SIGNATURE + chunk(b"IHDR", HEAD) + chunk(b"tEXt", b"") * 5000, "broken"),
        (b"\0" * (MOST_BYTES + 1), "size"),
    ],
)
def test_bad_png_gets_a_reason(data: bytes, code: str) -> None:
    assert why(data) == code


def svg(inside: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}">{inside}</svg>'.encode()


ONE = f"<openbadges:credential><![CDATA[{TEXT}]]></openbadges:credential>"
LOL = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (svg(ONE + ONE), "several"),
        (svg(f"<g>{ONE}</g>"), "form"),
        (svg(f'<openbadges:credential verify="{"x" * 40}"/>'), "form"),
        (svg(f"<openbadges:credential><b/>{TEXT.replace('<&>', '')}</openbadges:credential>"), "form"),
        (svg("<openbadges:credential/>"), "broken"),
        (svg("&b;" + ONE, LOL), "broken"),
        (svg("&x;" + ONE, '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "broken"),
        (svg(ONE, '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">'), "broken"),
        (svg("<g>" * 100_000), "broken"),
        (svg("<g/>" * 30_000), "broken"),
        (svg(ONE)[:-9], "broken"),
        (svg(ONE, '<?xml version="1.0" encoding="utf-99"?>'), "broken"),
        (svg("<openbadges:credential>\x00</openbadges:credential>"), "broken"),
    ],
)
def test_bad_svg_gets_a_reason(data: bytes, code: str) -> None:
    assert why(data) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"id": 1, "id": 2}', "form"),
        ('{"a": {"id": 1, "\\u0069d": 2}}', "form"),
        ('{"a": NaN}', "form"),
        ('{"a": -Infinity}', "form"),
        ('{"a": ' + "9" * 5000 + "}", "broken"),
        ('{"a": ' + "[" * 60_000 + "]" * 60_000 + "}", "broken"),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", "broken"),
        ('{"a": 1} {}', "broken"),
        ('{"a": 1', "broken"),
        ("{}" + " " * MOST_JSON, "size"),
        ('{"a": "' + "x" * 10_000_000 + '"}', "size"),
    ],
)
def test_bad_json_gets_a_reason(text: str, code: str) -> None:
    assert why(text.encode()) == code


def test_text_that_is_no_utf8_is_broken() -> None:
    assert why(b'{"a": "\xff"}') == "broken"


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(tail: bytes) -> None:
    for start in (b"", b"{", b"<", SIGNATURE, PNG[:33], svg(ONE)[:200]):
        reads(start + tail)


@given(st.data())
def test_a_changed_byte_of_a_baked_picture_is_noticed_or_changes_nothing(draw: Any) -> None:
    baked = bake_png(PNG, TEXT)
    at = draw.draw(st.integers(0, len(baked) - 1))
    changed = baked[:at] + bytes([baked[at] ^ draw.draw(st.integers(1, 255))]) + baked[at + 1 :]

    assert reads(changed) in (None, BADGE)


def reads(data: bytes) -> Any:
    try:
        return read_badge(data)
    except Unreadable:
        return None
