"""Predicates of badges, reading their files, and issuing what is earned."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attempts.domain import Learner
from app.badges.catalogue import read_catalogue
from app.badges.criteria import Facts, GroupFacts, full_weeks, group_progress, progress
from app.badges.models import Badge
from app.badges.queries import achievements
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core.db import reading
from app.notices.models import Notice
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward

MONDAY = date(2026, 10, 5)


def days(*offsets: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=n) for n in offsets)


def test_week_is_full_at_three_days_and_weeks_need_not_follow() -> None:
    assert full_weeks(days(0, 2, 6), 3) == 1
    assert full_weeks(days(0, 2, 7), 3) == 0
    assert full_weeks(days(0, 1, 2, 14, 15, 16), 3) == 2


def test_progress_says_what_is_left() -> None:
    facts = Facts(frozenset({"tinh-mat"}), 2, days(0, 1, 2))
    assert progress({"type": "skill_passed", "skill": "tinh-mat"}, facts).reached is True
    assert progress({"type": "skill_passed", "skill": "vi-gon"}, facts).left == 1
    assert progress({"type": "weeks", "count": 4, "days": 3}, facts).left == 3


def test_fault_names_file_and_field(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "badge.toml").write_text('slug = "x"\ntitle = "X"\n', encoding="utf-8")
    _, faults = read_catalogue(tmp_path)
    assert {(f.file, f.field) for f in faults} >= {("x/badge.toml", "kind"), ("x/badge.toml", "criterion")}


@pytest.mark.both
def test_badge_is_issued_once_with_one_notice(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        make_quiz("tin-nhan", skill="vung-tay")
        for skill in ("hoi-ai", "that-gia", "chuyen-tien", "vi-gon"):
            make_quiz(f"q-{skill}", skill=skill)
        load_catalogue(ROOT / "badges")
        ada = make_person(group_id=ids["1"])
        answer_all(Learner(person_id=ada))
        answer_all(Learner(person_id=ada), now=NOON + timedelta(days=1))
        slugs = sorted(reading().scalars(select(Badge.achievement_slug)))
        assert slugs == ["bai-dau-tien", "tinh-mat"]
        assert reading().scalar(select(func.count()).select_from(Notice)) == 2


@pytest.mark.both
def test_badge_of_a_skill_that_no_quiz_teaches_is_left_out_and_named(app: Flask) -> None:
    with app.app_context():
        faults = load_catalogue(ROOT / "badges")
        assert {fault.field for fault in faults} == {"skill"}
        assert {a.skill_slug for a in achievements(reading())} == {None}
        assert {a.criterion["type"] for a in achievements(reading())} == {
            "lessons", "weeks", "skills_count", "visits", "went_alone", "contests", "group_share",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("criterion", "have", "left", "unit"),
    [
        ({"type": "skills_passed", "skills": ["a", "b", "x"]}, 2, 1, "lesson"),
        ({"type": "skills_count", "count": 3}, 3, 0, "lesson"),
        ({"type": "visits", "count": 5}, 4, 1, "people"),
        ({"type": "went_alone", "count": 1}, 2, 0, "people"),
    ],
)
def test_predicates_of_other_kinds_say_what_is_left(
    criterion: dict[str, object], have: int, left: int, unit: str
) -> None:
    facts = Facts(frozenset({"a", "b", "c"}), 9, (), visits=4, went_alone=2)

    found = progress(criterion, facts)

    assert (found.have, found.left, found.unit) == (have, left, unit)


@pytest.mark.parametrize(("counted", "reached"), [(9, False), (10, True), (0, False)])
def test_share_of_a_group_is_whole_per_cent_rounded_down(counted: int, reached: bool) -> None:
    found = group_progress({"type": "group_share", "percent": 10}, GroupFacts(people=100, counted=counted))

    assert (found.have, found.reached) == (counted, reached)
    assert group_progress({"type": "group_share", "percent": 10}, GroupFacts(0, 0)).reached is False


def test_contests_count_towards_their_series() -> None:
    facts = Facts(frozenset(), 0, (), contests=4)

    series = [progress({"type": "contests", "count": count}, facts) for count in (1, 5, 15)]

    assert [(one.reached, one.left, one.unit) for one in series] == [
        (True, 0, "contest"), (False, 1, "contest"), (False, 11, "contest"),
    ]  # fmt: skip
