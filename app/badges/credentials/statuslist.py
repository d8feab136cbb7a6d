"""Bitstring status lists: one bit a badge, gzip, base64url; place 0 is the leftmost bit. Pure."""

import gzip
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from app.badges.credentials.domain import LIST_LENGTH


def encode(revoked: Iterable[int]) -> str:
    """The list with these places set. The same places give the same text."""
    bits = bytearray(LIST_LENGTH // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> (place % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The bits of an encoded list, at most :data:`LIST_LENGTH`.

    Raises:
        ValueError: No such list, or a larger one.
    """
    if not text.startswith("u"):
        raise ValueError("no base64url multibase")
    raw = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    opener = zlib.decompressobj(wbits=31)
    try:
        bits = opener.decompress(raw, LIST_LENGTH // 8 + 1)
    except zlib.error as error:
        raise ValueError("no gzip") from error
    if len(bits) != LIST_LENGTH // 8 or not opener.eof:
        raise ValueError("a list of another length")
    return bits


def is_set(bits: bytes, place: int) -> bool:
    """Whether a place is set."""
    return bool(bits[place // 8] & (0x80 >> (place % 8)))
