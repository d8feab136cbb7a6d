"""Field work for tests: a small checklist, a visit, steps ticked. Call inside an application context."""

from datetime import date, datetime
from pathlib import Path

from app.core.db import transaction
from app.outreach.practice.models import PracticeRow
from app.outreach.visits import service
from app.people.models import Person
from tests.factories import NOON, make_quiz

STEPS = ("mo", "tim", "bam", "thoat")
PRACTICE = """
slug = "{slug}"
title = "Gọi video thử"
skill = "tinh-mat"
topic = "an-toan-so"
order = 1
minutes = 8
needs = ["Một chiếc điện thoại."]
safety = "Máy để trong tay người học."
valid_as_of = 2026-01-01
review_by = 2026-12-31
"""
STEP = """
[[steps]]
id = "{id}"
do = "Bước {id}"
say = "{{X}} làm bước {id} giúp {{t}}."
done = "Thấy bước {id} đã xong."
"""


def practice_text(slug: str = "goi-thu") -> str:
    return PRACTICE.format(slug=slug) + "".join(STEP.format(id=step) for step in STEPS)


def write_practice(folder: Path, slug: str = "goi-thu") -> Path:
    """A sound checklist under ``folder/practice``; returns its file."""
    path = folder / "practice" / f"{slug}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(practice_text(slug), encoding="utf-8")
    return path


def make_practice(slug: str = "goi-thu", *, skill: str = "tinh-mat", quiz: str | None = "cuoc-goi") -> None:
    """A checklist of four steps, with the quiz whose skill it is for."""
    if quiz is not None:
        make_quiz(quiz, skill=skill)
    body = {
        "slug": slug, "title": "Gọi video thử", "skill": skill, "topic": "an-toan-so", "order": 1, "minutes": 8,
        "needs": ["Một chiếc điện thoại."], "safety": "Máy để trong tay người học.", "valid_as_of": "2026-01-01",
        "review_by": "2026-12-31", "sources": [],
        "steps": [
            {"id": s, "do": f"Bước {s}", "say": f"{{X}} làm bước {s} giúp {{t}}.", "done": f"Thấy {s}."} for s in STEPS
        ],
    }  # fmt: skip
    with transaction() as session:
        session.add(
            PracticeRow(
                slug=slug, title="Gọi video thử", skill_slug=skill, topic_slug="an-toan-so", position=1, minutes=8,
                body=body, review_by=date(2026, 12, 31),
            )
        )  # fmt: skip


def tick(visit: int, run: int, *marks: str, by: int, slug: str = "goi-thu", now: datetime = NOON) -> None:
    """Tick the first steps of a run."""
    for step, mark in zip(STEPS, marks, strict=False):
        service.mark_step(visit_id=visit, slug=slug, run=run, step=step, mark=mark, by=by, now=now)


def visit_and_practise(person: int, *, by: int, slug: str = "goi-thu", now: datetime = NOON) -> int:
    """A visit in which somebody does a checklist, then alone from the start; returns the visit's id."""
    visit = service.start_visit(person_id=person, group_id=None, by=by, now=now)
    service.begin_practice(visit_id=visit, slug=slug, by=by, now=now)
    tick(visit, 1, "self", "prompted", "self", "self", by=by, slug=slug, now=now)
    service.start_over(visit_id=visit, slug=slug, run=1, by=by, now=now)
    tick(visit, 2, *["self"] * 4, by=by, slug=slug, now=now)
    return visit


def end(visit: int, *, by: int, now: datetime = NOON) -> None:
    service.end_visit(visit_id=visit, note="", helped=False, by=by, now=now)


def share_phone(*people: int, number: str = "0912345678") -> None:
    """One number on record for all of them: a household."""
    with transaction() as session:
        for person in people:
            session.get_one(Person, person).phone = number
