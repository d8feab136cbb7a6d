"""A quiz for every type of item, in which everything that must not be seen too early bears a word of its own."""

from copy import deepcopy
from datetime import date
from typing import Any

from app.core.db import transaction
from app.quizzes.kinds import TYPES
from app.quizzes.models import Item, ItemRevision, Objective, Quiz
from tests.factories import NOON, make_quiz
from tests.quizzes.kinds.bodies import BODIES

EACH = 5  # as many as an attempt draws: all of them are asked


def canary(type: str, number: int) -> str:
    return f"khoa{TYPES.index(type)}x{number}bimat"


def canaries() -> list[str]:
    return [canary(kind, number) for kind in TYPES for number in range(EACH)]


def body_of(type: str, number: int) -> dict[str, Any]:
    """An item whose reasons, rationale, written answers and later turns of a story hold its canary."""
    secret, body = canary(type, number), deepcopy(BODIES[type])
    _mark(body, secret)
    if type == "numeric":
        body["answer"] = 880_000.0 + number
    if type == "text":
        body["accepts"] = [f"{secret} viết"]
        body["misses"][0]["text"] = f"{secret} nhầm"
    if type == "scenario":
        for node in body["nodes"][1:]:
            node["says"] += f" {secret}"
            for turn in node["turns"]:
                turn["text"] += f" {secret}"
    return {
        **body,
        "stem": f"Câu {number} loại {type}. {{X}} trả lời nhé?",
        "hint": "Nghĩ một chút.",
        "rationale": f"Giải thích {secret}.",
        "source": {"title": "Nguồn thử", "url": "https://example.org/", "date": "2026-01-01"},
        "sensitivity": "L",
    }


def _mark(value: Any, secret: str) -> None:
    if isinstance(value, list):
        for one in value:
            _mark(one, secret)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "reason" or (name in ("scam", "real") and isinstance(inner, str)):
                value[name] = f"Lý do {secret}"
            else:
                _mark(inner, secret)


def make_bank_of_types() -> None:
    """Quizzes ``loai-<type>`` in one topic, five items each."""
    for kind in TYPES:
        quiz = f"loai-{kind.replace('_', '-')}"
        make_quiz(quiz, items=0)
        with transaction() as session:
            objective = session.query(Objective).filter_by(name=f"{quiz}-m1").one()
            assert session.get(Quiz, quiz) is not None
            for number in range(EACH):
                name = f"{quiz}-{number}"
                session.add(Item(id=name, quiz_id=quiz, objective_id=objective.id, revision=1))
                session.flush()
                session.add(
                    ItemRevision(
                        item_id=name, revision=1, type=kind, body=body_of(kind, number), digest=name, difficulty=1,
                        valid_as_of=date(2026, 1, 1), review_by=date(2099, 1, 1), created_at=NOON,
                    )
                )  # fmt: skip
