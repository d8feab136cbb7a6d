"""The drawing of badges: what each state leaves out, and colours that everyone can tell apart."""

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest

from app.badges.art import GLYPHS, KINDS, PALETTES, Look, compose
from app.badges.art_shapes import CREAM
from app.badges.sheet import Drawn, sheet, with_locked
from app.config import ROOT
from app.quizzes.parser import read_bank

TOPICS = ("an-toan", "ai", "thanh-toan", "dinh-danh", "dich-vu", "suc-khoe", "kinh-te", "truyen-thong")
# How colours look where one kind of cone is missing (Machado, Oliveira and Fernandes 2009), on linear RGB.
EYES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return r, g, b


def luminance(rgb: Triple) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted(luminance(linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, eye: str) -> Triple:
    """The colour in CIE Lab, as such an eye sees it."""
    rgb = linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(k * x for k, x in zip(row, rgb, strict=True)))) for row in EYES[eye])
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        luminance((r, g, b)),
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eye", EYES)
def test_topics_differ_in_the_field_or_the_petals(eye: str) -> None:
    def apart(one: str, other: str) -> float:
        tones = ((getattr(PALETTES[one], tone), getattr(PALETTES[other], tone)) for tone in ("mid", "light"))
        return max(math.dist(seen(a, eye), seen(b, eye)) for a, b in tones)

    alike = [(a, b) for a, b in combinations(TOPICS, 2) if apart(a, b) < 12]

    assert alike == []


def test_every_topic_of_the_bank_has_its_palette() -> None:
    assert sorted(topic.palette for topic in read_bank(ROOT / "quizzes").topics) == sorted(TOPICS)


@pytest.mark.parametrize("palette", TOPICS)
def test_sign_stands_out_from_its_field(palette: str) -> None:
    assert contrast(CREAM, PALETTES[palette].mid) >= 3


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_sign_draws_well_formed(glyph: str) -> None:
    root = ElementTree.fromstring(compose(Look("sen", "ai"), glyph=glyph, title="Thử & <xem>"))

    assert root.get("aria-label") == "Thử & <xem>"


@pytest.mark.parametrize("kind", KINDS)
def test_small_badge_has_no_plate_and_less_detail(kind: str) -> None:
    large = compose(Look(kind, "dinh-danh", 2), glyph="the", title="Thử")
    small = compose(Look(kind, "dinh-danh", 2, small=True), glyph="the", title="Thử")

    assert ("translate(120 214)" in large, "translate(120 214)" in small) == (True, False)
    assert len(small) < len(large)


@pytest.mark.parametrize("kind", KINDS)
def test_locked_badge_is_grey_and_shows_no_sign(kind: str) -> None:
    locked = compose(Look(kind, "dinh-danh", locked=True), glyph="the", title="Chưa mở")

    assert (PALETTES["dinh-danh"].mid in locked, GLYPHS["the"](*Look(kind, "dinh-danh").tones) in locked) == (
        False,
        False,
    )


def test_star_is_never_drawn_on_red() -> None:
    assert PALETTES["an-toan"].mid not in compose(Look("sen", "an-toan"), glyph="sao", title="Sao")


def test_sheet_draws_one_body_for_badges_that_look_alike() -> None:
    badges = [Drawn("mot", Look("sen", "ai"), "may"), Drawn("hai", Look("sen", "ai"), "chat")]

    root = ElementTree.fromstring(sheet(with_locked(badges)))

    views = {view.get("id"): view.get("viewBox") for view in root.iter("{http://www.w3.org/2000/svg}view")}
    assert views == {"mot": "0 0 240 240", "hai": "240 0 240 240", "locked-sen": "480 0 240 240"}
    assert sum(g.get("id") == Look("sen", "ai").key() for g in root.iter()) == 1


def test_looks_of_one_sheet_have_names_of_their_own() -> None:
    looks = [
        Look(kind, palette, ring, locked, small)
        for kind in KINDS
        for palette in PALETTES
        for ring in (1, 2, 3)
        for locked in (False, True)
        for small in (False, True)
    ]
    names = {(look.tones, look.kind, look.small, look.locked or look.ring, look.palette): look.key() for look in looks}

    assert len({look.key() for look in looks if not look.locked}) == len([look for look in looks if not look.locked])
    assert all(names.values())
