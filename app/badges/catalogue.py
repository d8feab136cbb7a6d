"""``badges/<slug>/badge.toml`` → checked achievements. The format is written down in ``badges/README.md``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SkillPassed(Strict):
    type: Literal["skill_passed"]
    skill: Name


class SkillConfirmed(Strict):
    type: Literal["skill_confirmed"]
    skill: Name


class SkillTaught(Strict):
    type: Literal["skill_taught"]
    skill: Name


class Lessons(Strict):
    type: Literal["lessons"]
    count: Annotated[int, Field(ge=1)]


class Weeks(Strict):
    type: Literal["weeks"]
    count: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=1, le=7)]


class SkillsPassed(Strict):
    type: Literal["skills_passed"]
    skills: Annotated[list[Name], Field(min_length=2)]


class Count(Strict):
    type: Literal["skills_count", "visits", "went_alone", "contests"]
    count: Annotated[int, Field(ge=1)]


class GroupShare(Strict):
    type: Literal["group_share"]
    percent: Annotated[int, Field(ge=1, le=100)]


Criterion = SkillPassed | SkillConfirmed | SkillTaught | Lessons | Weeks | SkillsPassed | Count | GroupShare


class BadgeFile(Strict):
    slug: Name
    title: Text
    kind: Literal["sen", "than", "sao", "khien", "dinh", "nui"]
    palette: Name
    glyph: Name
    ring: Annotated[int, Field(ge=1, le=3)]
    skill: Name | None = None
    sentence: Text
    purpose: Text
    area: Annotated[int, Field(ge=1, le=5)] | None = None
    position: int
    criterion: Annotated[Criterion, Field(discriminator="type")]

    @property
    def skills(self) -> set[str]:
        """Every skill that it speaks of."""
        return {self.skill, *getattr(self.criterion, "skills", ())} - {None}


@dataclass(frozen=True)
class BadgeFault:
    """What is wrong in which file and field."""

    file: str
    field: str
    message: str


def read_catalogue(folder: Path) -> tuple[list[BadgeFile], list[BadgeFault]]:
    """Every sound achievement, and what is wrong with the rest."""
    found: list[BadgeFile] = []
    faults: list[BadgeFault] = []
    for path in sorted(folder.glob("*/badge.toml")):
        name = path.relative_to(folder).as_posix()
        try:
            badge = BadgeFile.model_validate(_load(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(BadgeFault(name, "", f"không đọc được TOML: {error}"))
        except ValidationError as error:
            faults += [BadgeFault(name, ".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]
        else:
            found.append(badge)
            if badge.slug != path.parent.name:
                faults.append(BadgeFault(name, "slug", "phải trùng tên thư mục"))
            if not path.with_name("badge.svg").exists():
                faults.append(BadgeFault(name, "", "thiếu hình badge.svg bên cạnh"))
    return found, faults


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
