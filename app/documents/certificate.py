"""Certificates as A4 pages (PDF/A, tagged), and the picture to show around (PNG). Plain values in, bytes out."""

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import segno
import typst

HERE = Path(__file__).resolve().parent
TEMPLATES, FONTS = HERE / "typ", HERE / "fonts"
MOST_SHIFT = 50  # mm that a text layer can be moved
# What the three fonts hold, as far as names and sentences need it: Latin, Vietnamese, common punctuation.
DRAWN = ((0x20, 0x7E), (0xA0, 0xFF), (0x1E80, 0x1E85), (0x1EA0, 0x1EF9))
MARKS = "ƠơƯư–—‘’‚“”„†‡•…‰‹›₫€"
MARKS += "ĀāĂăĄąĆćĊċČčĎďĐđĒēĖėĘęĚěĞğĠġĦħĨĩĪīĮįİıĹĺĽľŁłŃńŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŦŧŨũŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽž"


class Undrawable(Exception):
    """The fonts do not hold some of the letters; ``letters`` are these, once each."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


@dataclass(frozen=True)
class CertificateData:
    """What one certificate says.

    Attributes:
        name: Of the holder, as it shall be printed.
        group: Of the holder, e.g. ``Khu phố 5``; may be "".
        title: Of the badge.
        ring: The level's word, e.g. ``Làm được``; may be "".
        sentence: What the holder can do, without a subject.
        art: The badge's drawing, SVG text.
        day: The day of issue in words, e.g. ``Ngày 29 tháng 8 năm 2026``.
        code: The short code for typing.
        url: What the QR opens.
    """

    name: str
    group: str
    title: str
    ring: str
    sentence: str
    art: str
    day: str
    code: str
    url: str


@dataclass(frozen=True)
class Sheet:
    """What is the same on every certificate of one printing.

    Attributes:
        unit: Who certifies, e.g. ``Đoàn phường Uông Bí``.
        place: The line below the movement's, e.g. ``Phường Uông Bí``.
        made_at: The file's own date; aware.
        layer: Text alone, for stock that is already printed.
        x: Millimetres that a layer is moved to the right.
        y: Millimetres that a layer is moved down.
        demo: Whether the people are invented.
    """

    unit: str
    place: str
    made_at: datetime
    layer: bool = False
    x: float = 0
    y: float = 0
    demo: bool = False


@dataclass(frozen=True)
class ShareData:
    """What a picture to show around says; ``name`` is "" where nobody is to be named."""

    name: str
    title: str
    ring: str
    sentence: str
    art: str
    place: str
    site: str


def certificate(data: CertificateData, sheet: Sheet) -> bytes:
    """One certificate as a PDF of one page.

    Raises:
        Undrawable: A letter that the fonts do not hold.
    """
    return certificates([data], sheet)


def certificates(papers: Sequence[CertificateData], sheet: Sheet) -> bytes:
    """Certificates as one PDF/A-2b, tagged, a page for each, in the order given.

    Raises:
        Undrawable: A letter that the fonts do not hold.
        ValueError: No papers, or a shift beyond :data:`MOST_SHIFT`.
    """
    if not papers or max(abs(sheet.x), abs(sheet.y)) > MOST_SHIFT:
        raise ValueError("nothing to print, or moved off the page")
    whole = [_tidy(paper) for paper in papers]
    arts = {art: str(i) for i, art in enumerate(dict.fromkeys(paper.art for paper in whole))}
    content = {
        **asdict(replace(sheet, unit=_nfc(sheet.unit), place=_nfc(sheet.place))),
        "made_at": None,
        "title": f"Giấy chứng nhận: {whole[0].name}" if len(whole) == 1 else f"{len(whole)} giấy chứng nhận",
        "arts": {key: art for art, key in arts.items()},
        "papers": [_paper(paper, arts[paper.art]) for paper in whole],
    }
    _check(sheet.unit + sheet.place)
    return _compile("certificate.typ", content, "pdf", made_at=sheet.made_at)


def zipped(papers: Iterable[CertificateData], sheet: Sheet) -> bytes:
    """A ZIP with one PDF for each, named by the code.

    Raises:
        Undrawable: A letter that the fonts do not hold.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(f"giay-chung-nhan-{paper.code}.pdf", certificate(paper, sheet))
    return file.getvalue()


def share_picture(data: ShareData) -> bytes:
    """A PNG of 1080 × 1080 pixels.

    Raises:
        Undrawable: A letter that the fonts do not hold.
    """
    words = {key: _nfc(value) for key, value in asdict(data).items() if key != "art"}
    _check("".join(words.values()))
    return _compile("share.typ", {**words, "art": data.art}, "png")


def undrawable(text: str) -> str:
    """The letters of a text that the fonts do not hold, once each; "" where all can be printed."""
    plain = _nfc(text)
    bad = [c for c in plain if c not in MARKS and not any(low <= ord(c) <= high for low, high in DRAWN)]
    return "".join(dict.fromkeys(bad))


def _tidy(paper: CertificateData) -> CertificateData:
    words = {key: _nfc(value) for key, value in asdict(paper).items() if key != "art"}
    _check("".join(words.values()))
    return CertificateData(art=paper.art, **words)


def _paper(paper: CertificateData, art: str) -> dict[str, str]:
    host = urlsplit(paper.url)
    return {
        **{key: value for key, value in asdict(paper).items() if key != "url"},
        "art": art,
        "art_alt": f"Huy hiệu {paper.title}",
        "qr": _qr(paper.url),
        "qr_alt": f"Mã QR mở trang kiểm tra giấy {paper.code}",
        "host": f"{host.netloc}/giay",
    }


def _qr(url: str) -> str:
    """Drawn without a border: the paper around it is white enough."""
    file = io.BytesIO()
    segno.make(url, error="m", micro=False).save(file, kind="svg", border=2, light="#fff", xmldecl=False)
    return file.getvalue().decode()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _check(text: str) -> None:
    if letters := undrawable(text):
        raise Undrawable(letters)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compile(template: str, content: object, format: str, *, made_at: datetime | None = None) -> bytes:
    """A fresh compiler each time: it is not shared between threads, and reads nothing outside the templates."""
    compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        TEMPLATES / template,
        format="pdf" if format == "pdf" else "png",
        ppi=72,
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"] if format == "pdf" else [],
        timestamp=(made_at or datetime(2026, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made
