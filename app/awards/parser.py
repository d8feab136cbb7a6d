"""``badges/awards/<slug>.toml`` → checked rules. The format is written down in ``badges/README.md``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.awards.domain import MEASURES
from app.quizzes.parser import MESSAGES

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
FIGURES = {
    "person": {"weeks", "days", "passes", "points"},
    "group": {"score", "place", "counted", "people"},
}


class ArtFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Name
    palette: Name
    glyph: Name


class RuleFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: Name
    title: Text
    subject: Literal["person", "group"]
    measures: Annotated[list[str], Field(min_length=1)]
    least: dict[str, Annotated[int, Field(ge=0)]]
    most: Annotated[int, Field(ge=1, le=100)]
    reason: Text
    art: ArtFile
    position: int


@dataclass(frozen=True)
class RuleFault:
    """What is wrong in which file and field."""

    file: str
    field: str
    message: str


def read_rules(folder: Path) -> tuple[list[RuleFile], list[RuleFault]]:
    """Every sound rule, and what is wrong with the rest."""
    found: list[RuleFile] = []
    faults: list[RuleFault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            rule = RuleFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(RuleFault(path.name, "", f"không đọc được TOML: {error}"))
        except ValidationError as error:
            faults += [
                RuleFault(path.name, ".".join(map(str, e["loc"])), MESSAGES.get(e["type"], e["msg"]))
                for e in error.errors()
            ]
        else:
            wrong = [RuleFault(path.name, where, why) for where, why in _faults(rule, path)]
            faults += wrong
            found += [] if wrong else [rule]
    return found, faults


def _faults(rule: RuleFile, path: Path) -> list[tuple[str, str]]:
    wrong: list[tuple[str, Any]] = []
    if rule.slug != path.stem:
        wrong.append(("slug", "phải trùng tên tệp"))
    if unknown := [m for m in rule.measures if m not in MEASURES[rule.subject]]:
        wrong.append(("measures", f"không có thước đo {unknown[0]}"))
    figures = FIGURES[rule.subject]
    if unknown := [name for name in rule.least if name not in figures]:
        wrong.append(("least", f"không có số liệu {unknown[0]}"))
    if why := _reason_fault(rule.reason, figures):
        wrong.append(("reason", why))
    return wrong


def _reason_fault(reason: str, figures: set[str]) -> str:
    """What is wrong with a sentence with figures in braces; "" when nothing is."""
    try:
        parts = list(Formatter().parse(reason))
    except ValueError:
        return "ngoặc nhọn mở mà không đóng, hoặc đóng mà không mở"
    for _, name, form, conversion in parts:
        if name is not None and name not in figures:
            return f"không có số liệu {name}"
        if form or conversion:
            return f"viết {{{name}}}, không thêm gì trong ngoặc"
    return ""
