"""What the shape of a type alone cannot tell."""

from datetime import date

from app.quizzes.shapes import FILES


def turn(text: str, to: str, *, good: bool) -> dict[str, object]:
    return {"text": text, "to": to, "good": good, "reason": "Vì thế."}


NODES = [
    {"id": "a", "says": "Chuông reo.", "turns": [turn("Nghe", "b", good=False), turn("Tắt", "c", good=True)]},
    {"id": "b", "says": "Họ đòi mã.", "turns": [turn("Đọc", "d", good=False), turn("Tắt", "c", good=True)]},
    {"id": "c", "says": "Yên tâm.", "end": "safe"},
    {"id": "d", "says": "Gọi ngân hàng ngay.", "end": "risky"},
]


def scenario(nodes: list[dict[str, object]]) -> list[str]:
    raw = {
        "id": "s-1", "type": "scenario", "objective": "o", "difficulty": 1, "stem": "Chuyện gì?", "hint": "Nghĩ đã.",
        "rationale": "Tắt máy.", "valid_as_of": date(2026, 1, 1), "review_by": date(2026, 12, 1), "sensitivity": "M",
        "source": {"title": "Nguồn", "url": "https://example.org/", "date": date(2026, 1, 1)}, "nodes": nodes,
    }  # fmt: skip
    return [where for where, _ in FILES["scenario"].model_validate(raw).faults()]


def test_story_that_holds_together_has_no_fault() -> None:
    assert scenario(NODES) == []


def test_story_in_a_circle_or_with_a_loose_end_is_refused() -> None:
    back = [turn("Nghe", "a", good=False), turn("Tắt", "a", good=True)]
    lost = [turn("Nghe", "z", good=False), turn("Tắt", "z", good=True)]
    circle = [NODES[0], {**NODES[1], "turns": back}, *NODES[2:]]
    nowhere = [{**NODES[0], "turns": lost}, *NODES[1:]]
    assert "nodes" in scenario(circle)
    assert scenario(nowhere) == ["nodes.0.turns", "nodes.0.turns"]
