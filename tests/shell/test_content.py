"""Content files are checked as a whole: questions, badges and award rules."""

import json
import shutil
from pathlib import Path

import pytest

from app.config import ROOT
from app.shell.content import check_content
from tests.shell.conftest import Run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound copy of some of the project's content, which a test may spoil."""
    for folder in ("quizzes/an-toan-so", "badges/tinh-mat", "badges/awards"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_shipped_content_is_sound(run: Run) -> None:
    result = run("content", "check", "--json")

    found = json.loads(result.stdout)

    assert (result.exit_code, found["errors"]) == (0, [])
    assert (found["topics"] >= 3, found["items"] >= 48, found["types"] >= 1) == (True, True, True)


def test_fault_in_a_question_names_file_item_and_field(root: Path) -> None:
    spoil(root / "quizzes/an-toan-so/cuoc-goi.toml", "difficulty = 1", "difficulty = 9")

    (error,) = check_content(root).errors

    assert (error.file, error.field, error.item != "") == ("quizzes/an-toan-so/cuoc-goi.toml", "difficulty", True)


def test_fault_in_a_badge_is_found(root: Path) -> None:
    spoil(root / "badges/tinh-mat/badge.toml", "ring = 1", "ring = 7")

    assert [(e.file, e.field) for e in check_content(root).errors] == [("badges/tinh-mat/badge.toml", "ring")]


def test_badge_of_a_skill_that_no_quiz_has_is_found(root: Path) -> None:
    spoil(root / "badges/tinh-mat/badge.toml", 'skill = "tinh-mat"', 'skill = "bay-cao"')

    assert [(e.file, e.field) for e in check_content(root).errors] == [("badges/tinh-mat/badge.toml", "skill")]


def test_faults_of_checklists_and_of_badges_without_one_are_found(root: Path) -> None:
    shutil.copytree(ROOT / "badges" / "tinh-mat-2", root / "badges" / "tinh-mat-2")
    practice = root / "quizzes" / "practice"
    practice.mkdir()
    shutil.copy(ROOT / "quizzes/practice/chan-so-la.toml", practice)
    shutil.copy(ROOT / "quizzes/practice/goi-video.toml", practice)
    spoil(practice / "chan-so-la.toml", "minutes = 8", "minutes = 800")

    found = check_content(root)

    assert found.practices == 1
    assert {(e.file, e.field) for e in found.errors} == {
        ("quizzes/practice/chan-so-la.toml", "minutes"),
        ("quizzes/practice/goi-video.toml", "skill"),  # its topic is not among these files
        ("badges/tinh-mat-2/badge.toml", "criterion"),
    }


def test_fault_in_an_award_rule_is_found(root: Path) -> None:
    spoil(root / "badges/awards/hoc-deu.toml", 'subject = "person"', 'subject = "cat"')

    assert [(e.file, e.field) for e in check_content(root).errors] == [("badges/awards/hoc-deu.toml", "subject")]
