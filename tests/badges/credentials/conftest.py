"""A demo ward in which Ada and Ben hold badges: what is signed is signed under https://hocso.example."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from app.badges.credentials import endings
from app.badges.credentials.queries import Shown, by_id
from app.badges.credentials.service import issue
from app.badges.credentials.views import codes, files
from app.badges.models import Achievement, Badge
from app.core import clock
from app.core.db import reading, transaction
from app.groups.models import Ward
from tests.factories import NOON, make_quiz
from tests.town import Town, make_town

BASE = "https://hocso.example"


@dataclass
class World:
    """The town, and badges by hand: ``tinh-mat`` (a skill's) and ``than-hong`` (a rhythm's)."""

    town: Town

    def sign(self, person_id: int | None = None, slug: str = "tinh-mat") -> Shown:
        made = issue(person_id=person_id or self.town.ada, slug=slug, now=NOON)
        return self.shown(made)

    def shown(self, credential_id: int) -> Shown:
        found = by_id(reading(), credential_id)
        assert found is not None
        return found


@pytest.fixture
def world(app: Flask, data: Path) -> World:
    """Without a context: views get their own."""
    for key in (data / "keys").glob("badge-*.json"):
        key.unlink()  # the data folder is shared by all tests
    (data / endings.NAME).unlink(missing_ok=True)
    codes.forget()
    files.forget()
    town = make_town(app)
    clock.use(lambda: NOON)
    with app.app_context():
        make_quiz()
        with transaction() as session:
            session.get_one(Ward, 1).demo = True
            session.add_all([_skill(), _rhythm()])
            session.flush()
            for person_id in (town.ada, town.ben):
                for slug in ("tinh-mat", "than-hong"):
                    session.add(Badge(person_id=person_id, achievement_slug=slug, issued_at=NOON, evidence={}))
    return World(town)


@pytest.fixture
def inside(app: Flask, world: World) -> Iterator[World]:
    """With a context open: services and queries."""
    with app.app_context():
        yield world


def _skill() -> Achievement:
    return Achievement(
        slug="tinh-mat", title="Tinh mắt", kind="sen", palette="an-toan", ring=1, skill_slug="tinh-mat", position=1,
        sentence="{X} nhận ra cuộc gọi lừa đảo.", criterion={"type": "skill_passed", "skill": "tinh-mat"}, digest="",
    )  # fmt: skip


def _rhythm() -> Achievement:
    return Achievement(
        slug="than-hong", title="Bền bỉ", kind="than", palette="than", ring=1, position=2, sentence="{X} học đều.",
        criterion={"type": "weeks", "count": 4, "days": 3}, digest="",
    )  # fmt: skip
