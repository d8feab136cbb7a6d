"""Checklists come from their files and stay for what points at them."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import reading
from app.core.errors import NotFound
from app.outreach.practice.queries import practice, practices
from app.outreach.practice.service import load_practices
from tests.factories import NOON, make_quiz
from tests.outreach.field import STEPS, write_practice
from tests.quizzes.bank import change

TODAY = date(2026, 10, 14)


def offered() -> list[str]:
    return [one.slug for one in practices(reading(), TODAY)]


@pytest.mark.both
def test_files_again_change_nothing_and_a_change_is_taken_over(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_quiz()
        path = write_practice(tmp_path)
        assert [load_practices(tmp_path, now=NOON), load_practices(tmp_path, now=NOON)] == [[], []]

        change(path, "minutes = 8", "minutes = 9")
        load_practices(tmp_path, now=NOON)

        (one,) = practices(reading(), TODAY)
        assert (one.slug, one.minutes, tuple(step.id for step in one.steps)) == ("goi-thu", 9, STEPS)


@pytest.mark.both
def test_skill_that_is_not_in_the_topic_is_named_and_left_out(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        write_practice(tmp_path)

        (fault,) = load_practices(tmp_path, now=NOON)

        assert (fault.file, fault.field, offered()) == ("practice/goi-thu.toml", "skill", [])


def test_one_that_left_the_files_is_offered_no_longer_but_a_broken_one_stays(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_quiz()
        path, other = write_practice(tmp_path), write_practice(tmp_path, "goi-khac")
        load_practices(tmp_path, now=NOON)

        other.unlink()
        change(path, "minutes = 8", "minutes = ")
        load_practices(tmp_path, now=NOON)

        assert (offered(), practice(reading(), "goi-khac").title) == (["goi-thu"], "Gọi video thử")


def test_one_past_its_review_day_hides_itself(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_quiz()
        write_practice(tmp_path)
        load_practices(tmp_path, now=NOON)

        days = (date(2026, 12, 31), date(2027, 1, 1))
        assert [len(practices(reading(), day)) for day in days] == [1, 0]


def test_unknown_checklist_is_not_found(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        practice(reading(), "khong-co")
