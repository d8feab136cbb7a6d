"""The shape of every type of item, on the drafts that wait for their screens."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from app.config import ROOT
from app.quizzes.kinds import FILES
from app.quizzes.parser import read_bank, sentences

DRAFTS = sorted(path for path in (ROOT / "quizzes" / "_drafts").glob("*/*.toml") if path.name != "topic.toml")


def turn(text: str, to: str, *, good: bool) -> dict[str, object]:
    return {"text": text, "to": to, "good": good, "reason": "Vì thế."}


NODES = [
    {"id": "a", "says": "Chuông reo.", "turns": [turn("Nghe", "b", good=False), turn("Tắt", "c", good=True)]},
    {"id": "b", "says": "Họ đòi mã.", "turns": [turn("Đọc", "d", good=False), turn("Tắt", "c", good=True)]},
    {"id": "c", "says": "Yên tâm.", "end": "safe"},
    {"id": "d", "says": "Gọi ngân hàng ngay.", "end": "risky"},
]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_draft_is_sound(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    items = [FILES[raw["type"]].model_validate(raw) for raw in data["items"]]
    objectives = Counter(item.objective for item in items)
    assert [(item.id, fault) for item in items for fault in item.faults()] == []
    assert [item.id for item in items if len(sentences(item.rationale)) > 2] == []
    assert {objective["id"] for objective in data["objectives"]} == {o for o, n in objectives.items() if n >= 3}


def test_drafts_are_not_in_the_bank() -> None:
    assert {quiz.topic for quiz in read_bank(ROOT / "quizzes").quizzes} == {
        "an-toan-so", "tri-tue-nhan-tao", "thanh-toan-so",
    }  # fmt: skip


def scenario(nodes: list[dict[str, object]]) -> list[str]:
    common = next(
        raw for path in DRAFTS for raw in tomllib.loads(path.read_text())["items"] if raw["type"] == "scenario"
    )
    return [where for where, _ in FILES["scenario"].model_validate({**common, "nodes": nodes}).faults()]


def test_story_that_holds_together_has_no_fault() -> None:
    assert scenario(NODES) == []


def test_story_in_a_circle_or_with_a_loose_end_is_refused() -> None:
    back = [turn("Nghe", "a", good=False), turn("Tắt", "a", good=True)]
    lost = [turn("Nghe", "z", good=False), turn("Tắt", "z", good=True)]
    circle = [NODES[0], {**NODES[1], "turns": back}, *NODES[2:]]
    nowhere = [{**NODES[0], "turns": lost}, *NODES[1:]]
    assert "nodes" in scenario(circle)
    assert scenario(nowhere) == ["nodes.0.turns", "nodes.0.turns"]
