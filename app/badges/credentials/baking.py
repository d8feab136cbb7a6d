"""A signed badge inside its picture: PNG (one iTXt chunk) and SVG (one element after the root's tag). Pure."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
HEADER = 33  # bytes: the signature, and the chunk that says how large the picture is


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bake_png(picture: bytes, signed: str) -> bytes:
    """The picture with the badge in an uncompressed iTXt chunk right after the header.

    Raises:
        ValueError: No PNG.
    """
    if not picture.startswith(SIGNATURE) or picture[12:16] != b"IHDR":
        raise ValueError("no PNG")
    text = KEYWORD + b"\0\0\0\0\0" + signed.encode()
    return picture[:HEADER] + chunk(b"iTXt", text) + picture[HEADER:]


def bake_svg(picture: str, signed: str) -> str:
    """The drawing with the badge in one element; ``signed`` holds no ``]]>`` (see :func:`as_text`).

    Raises:
        ValueError: No SVG, or text that would end the CDATA.
    """
    if not picture.startswith("<svg ") or "]]>" in signed:
        raise ValueError("no SVG")
    tag, end, rest = picture.partition(">")
    badge = f"<openbadges:credential><![CDATA[{signed}]]></openbadges:credential>"
    return f'{tag} xmlns:openbadges="{NAMESPACE}"{end}{badge}{rest}'
