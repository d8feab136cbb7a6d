"""Certificates as files: archival, tagged, every Vietnamese letter in them, names of any length on the page."""

import io
import struct
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.config import ROOT
from app.documents.certificate import (
    CertificateData,
    ShareData,
    Sheet,
    Undrawable,
    certificate,
    certificates,
    share_picture,
    undrawable,
    zipped,
)
from tests.documents import pdf

ART = (ROOT / "badges" / "tinh-mat" / "badge.svg").read_text("utf-8")
SHEET = Sheet("Đoàn phường Thử", "Phường Thử", datetime(2026, 11, 24, 5, tzinfo=UTC))
PAPER = CertificateData(
    name="Nguyễn Thị Ưởng",
    group="Khu phố 5",
    title="Tinh mắt",
    ring="Làm được",
    sentence="Tự cúp máy và gọi lại số đã biết, không ai nhắc.",
    art=ART,
    day="Ngày 24 tháng 11 năm 2026",
    code="HS-7K3M-9QXD",
    url="https://hocso.example/giay/AbCdEfGhIjKlMnOpQrStUv",
)
LONG = "Nguyễn Phương Hoàng Thị Thuý Quỳnh Trần Đặng Khuê Nghiêm Thoả"


def test_certificate_is_archival_tagged_and_speaks_vietnamese() -> None:
    text = pdf.everything(certificate(PAPER, SHEET))

    for mark in (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>A<", b"/OutputIntent", b"/StructTreeRoot"):
        assert mark in text
    assert b"/Marked true" in text
    assert b"/Lang (vi" in text or b"/Lang(vi" in text
    assert "Giấy chứng nhận: Nguyễn Thị Ưởng".encode() in text


def test_fonts_are_inside_and_none_of_the_system() -> None:
    text = pdf.everything(certificate(PAPER, SHEET))

    assert b"BeVietnamPro" in text
    assert b"/FontFile" in text
    assert b"Helvetica" not in text


@pytest.mark.parametrize("name", ["Nguyễn Thị Ưởng", "Đặng Quỳnh Ỷ", LONG, "Hoa"])
def test_every_letter_of_a_name_can_be_copied_out(name: str) -> None:
    assert len(LONG) >= 60

    found = pdf.letters(certificate(replace(PAPER, name=name), SHEET))

    assert set(name) - {" "} <= set(found)


def test_names_that_differ_in_how_marks_are_written_print_alike() -> None:
    import unicodedata

    apart = certificate(replace(PAPER, name=unicodedata.normalize("NFD", PAPER.name)), SHEET)

    assert apart == certificate(PAPER, SHEET)


def test_many_are_one_file_of_as_many_pages_and_hold_the_drawing_once() -> None:
    one, ten = certificate(PAPER, SHEET), certificates([PAPER] * 10, SHEET)

    assert (pdf.pages(one), pdf.pages(ten)) == (1, 10)
    assert len(ten) < 5 * len(one)


def test_layer_is_text_alone_and_moves_by_what_was_asked() -> None:
    whole = pdf.letters(certificate(PAPER, SHEET))
    layer = certificate(PAPER, replace(SHEET, layer=True))

    assert ("Ấ" in whole, "Ấ" in pdf.letters(layer)) == (True, False)  # of GIẤY, which the stock has already
    assert certificate(PAPER, replace(SHEET, layer=True, x=5)) != layer
    with pytest.raises(ValueError, match="moved off"):
        certificate(PAPER, replace(SHEET, layer=True, x=51))


def test_letters_that_no_font_holds_are_refused_by_name() -> None:
    assert (undrawable("Nguyễn Văn Ẩn"), undrawable("王 Hoa"), undrawable("")) == ("", "王", "")
    with pytest.raises(Undrawable) as refused:
        certificate(replace(PAPER, name="王小明"), SHEET)
    assert refused.value.letters == "王小明"


def test_zip_holds_a_file_for_each_named_by_its_code() -> None:
    other = replace(PAPER, code="HS-2222-3333")

    with zipfile.ZipFile(io.BytesIO(zipped([PAPER, other], SHEET))) as archive:
        assert archive.namelist() == ["giay-chung-nhan-HS-7K3M-9QXD.pdf", "giay-chung-nhan-HS-2222-3333.pdf"]
        assert archive.read(archive.namelist()[1]).startswith(b"%PDF-1.7")


def test_invented_people_are_marked_so() -> None:
    assert "ử" in pdf.letters(certificate(replace(PAPER, name="Hoa", group=""), replace(SHEET, demo=True)))
    assert certificate(PAPER, replace(SHEET, demo=True)) != certificate(PAPER, SHEET)


def test_picture_is_a_square_png() -> None:
    words = {"title": "Tinh mắt", "ring": "Biết", "sentence": "Nhận ra cuộc gọi lừa đảo.", "art": ART}
    named = share_picture(ShareData(name="bà Ưởng", place="Đoàn phường Thử", site="hocso.example", **words))
    plain = share_picture(ShareData(name="", place="Đoàn phường Thử", site="hocso.example", **words))

    assert [struct.unpack(">II", png[16:24]) for png in (named, plain)] == [(1080, 1080)] * 2
    assert named != plain
