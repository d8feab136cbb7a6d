"""Enough of a PDF reader to ask what a page says: streams unpacked, glyphs back to letters by the fonts' own maps."""

import re
import zlib


def objects(file: bytes) -> dict[int, bytes]:
    """Object number → its body, those inside object streams too."""
    found = {int(m[1]): m[2] for m in re.finditer(rb"(\d+) 0 obj\s(.*?)endobj", file, re.DOTALL)}
    for body in list(found.values()):
        if b"/ObjStm" in body[:300]:
            text = unpacked(body)
            first, count = int(re.findall(rb"/First (\d+)", body)[0]), int(re.findall(rb"/N (\d+)", body)[0])
            numbers = [int(n) for n in text[:first].split()[: 2 * count]]
            starts = [*numbers[1::2], len(text) - first]
            for i, number in enumerate(numbers[::2]):
                found[number] = text[first + starts[i] : first + starts[i + 1]]
    return found


def unpacked(body: bytes) -> bytes:
    """The content of a stream; the body itself where it is none."""
    match = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    if match is None:
        return body
    return zlib.decompress(match[1]) if b"FlateDecode" in body else match[1]


def everything(file: bytes) -> bytes:
    """All bodies, unpacked where that is possible."""
    parts = []
    for body in objects(file).values():
        try:
            parts.append(unpacked(body))
        except zlib.error:
            parts.append(body)
    return file + b"\n".join(parts)


def letters(file: bytes) -> str:
    """Every letter that the fonts' maps name: what can be copied out of the file."""
    found = ""
    for pair in re.findall(rb"<[0-9a-f]{4}> <([0-9a-f]{4,16})>", everything(file), re.IGNORECASE):
        found += bytes.fromhex(pair.decode()).decode("utf-16-be")
    return found


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b(?!s)", everything(file)[len(file) :]))
