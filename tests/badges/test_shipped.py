"""The badges that the project ships: one for every skill, and pictures that fit and weigh little."""

import gzip
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.awards.artwork import drawings
from app.badges.catalogue import read_catalogue
from app.config import ROOT
from app.quizzes.parser import read_bank

BADGES = ROOT / "badges"
PICTURES = sorted(BADGES.glob("*/badge.svg")) + sorted(BADGES.glob("awards/*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


def test_shipped_catalogue_has_no_faults() -> None:
    assert read_catalogue(BADGES)[1] == []


def test_every_skill_of_the_bank_has_exactly_one_badge_of_ring_1() -> None:
    skills = {quiz.head.skill.id for quiz in read_bank(ROOT / "quizzes").quizzes}

    first = Counter(b.skill for b in read_catalogue(BADGES)[0] if b.skill is not None and b.ring == 1)

    assert first == dict.fromkeys(skills, 1)


def test_badge_of_a_skill_bears_its_title_the_colour_of_its_topic_and_the_lotus() -> None:
    bank = read_bank(ROOT / "quizzes")
    palettes = {topic.slug: topic.palette for topic in bank.topics}
    asked = {q.head.skill.id: (q.head.skill.title, palettes[q.topic], "sen") for q in bank.quizzes}

    there = {b.skill: (b.title, b.palette, b.kind) for b in read_catalogue(BADGES)[0] if b.skill and b.ring == 1}

    assert there == asked


def test_badge_of_a_skill_asks_for_its_own_skill() -> None:
    wrong = [b.slug for b in read_catalogue(BADGES)[0] if getattr(b.criterion, "skill", None) != b.skill]

    assert wrong == []


def test_no_two_skills_share_a_sign() -> None:
    signs = Counter(badge.glyph for badge in read_catalogue(BADGES)[0] if badge.ring == 1)

    assert [sign for sign, count in signs.items() if count > 1] == []


def test_positions_follow_the_order_of_learning() -> None:
    bank = read_bank(ROOT / "quizzes")
    order = {topic.slug: topic.order for topic in bank.topics}
    quizzes = sorted(bank.quizzes, key=lambda quiz: (order[quiz.topic], quiz.head.order))
    asked = list(dict.fromkeys(quiz.head.skill.id for quiz in quizzes))

    badges = sorted(read_catalogue(BADGES)[0], key=lambda badge: badge.position)

    assert [badge.skill for badge in badges if badge.skill and badge.ring == 1] == asked


def test_pictures_are_what_their_files_describe() -> None:
    for path, svg in drawings(BADGES).items():
        assert path.read_text(encoding="utf-8") == svg, path


def test_no_picture_is_left_over() -> None:
    assert set(BADGES.rglob("*.svg")) == set(drawings(BADGES))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.relative_to(BADGES).as_posix())
def test_picture_is_well_formed_named_and_light(path: Path) -> None:
    root = ElementTree.fromstring(path.read_text("utf-8"))

    assert (root.tag, root.get("viewBox")) == (f"{SVG}svg", "0 0 240 240")
    assert root.get("aria-label") == root.findtext(f"{SVG}title")
    assert 1000 <= len(gzip.compress(path.read_bytes(), 9)) <= 3000


@pytest.mark.parametrize("name", ["ring-1", "ring-2", "ring-3", "other-kinds"])
def test_sheet_holds_its_badges_and_stays_light(name: str) -> None:
    path = BADGES / "sheets" / f"{name}.svg"
    root = ElementTree.fromstring(path.read_text("utf-8"))
    catalogue = read_catalogue(BADGES)[0]
    sheets = {"other-kinds": [badge for badge in catalogue if badge.kind != "sen" and badge.ring == 1]}
    for ring in (1, 2, 3):
        sheets[f"ring-{ring}"] = [badge for badge in catalogue if badge.kind == "sen" and badge.ring == ring]

    views = {view.get("id") for view in root.iter(f"{SVG}view")}

    kinds = {badge.kind for badge in sheets[name]} if name in ("ring-1", "other-kinds") else set()
    assert views == {badge.slug for badge in sheets[name]} | {f"locked-{kind}" for kind in kinds}
    assert len(gzip.compress(path.read_bytes(), 9)) <= 10_000


def test_journey_of_a_topic_asks_for_every_skill_of_it() -> None:
    of_topics: dict[str, set[str]] = {}
    for quiz in read_bank(ROOT / "quizzes").quizzes:
        of_topics.setdefault(f"chang-{quiz.topic}", set()).add(quiz.head.skill.id)
    asked = {b.slug: b.skills for b in read_catalogue(BADGES)[0] if b.criterion.type == "skills_passed"}

    every = {skill for skills in of_topics.values() for skill in skills}
    assert asked == {**of_topics, "yen-tu-3": every}


def test_catalogue_says_why_each_badge_matters_and_covers_the_eight_topics() -> None:
    found = read_catalogue(BADGES)[0]
    palettes = {topic.palette for topic in read_bank(ROOT / "quizzes").topics}

    assert len(found) >= 36
    assert {b.palette for b in found if b.skill} == palettes
    assert {b.kind for b in found} == {"sen", "than", "khien", "dinh", "nui", "sao"}
    assert [b.slug for b in found if not b.purpose.endswith(".")] == []


def test_name_of_a_badge_tells_its_ring() -> None:
    wrong = [b.slug for b in read_catalogue(BADGES)[0] if b.slug.endswith(("-2", "-3")) != (b.ring > 1)]

    assert wrong == []
