"""``quizzes/practice/<slug>.toml`` → checked practice checklists. Faults are named by file, step and field.

The format is written down in ``quizzes/README.md``. A folder that is missing holds nothing.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from app.outreach.practice.domain import Practice, Source, Step
from app.quizzes.parser import MESSAGES, Fault, ReviewedFile
from app.quizzes.shapes import Name, Strict, Text
from app.quizzes.shapes.item import SourceFile

FOLDER = "practice"
KEEPS = timedelta(days=366)  # apps change: after a year at most, somebody tries it again on a phone
UNKNOWN = re.compile(r"\{(?!(?:x|X|a|t|T)\})[^{}]*\}?|(?<!\{x)(?<!\{X)(?<!\{a)(?<!\{t)(?<!\{T)\}")
SECRETS = re.compile(r"đọc (?:to )?(?:mã|mật khẩu)|cho (?:cháu|{t}) (?:xem|biết) (?:mã|mật khẩu)", re.IGNORECASE)
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class StepFile(Strict):
    id: Name
    do: Line
    say: Line
    done: Line


class PracticeFile(Strict):
    slug: Name
    title: Line
    skill: Name
    topic: Name
    order: int
    minutes: Annotated[int, Field(ge=1, le=30)]
    needs: Annotated[list[Line], Field(min_length=1, max_length=6)]
    safety: Text
    valid_as_of: date
    review_by: date
    sources: list[SourceFile] = Field(default_factory=list)
    reviewed: ReviewedFile | None = None
    steps: Annotated[list[StepFile], Field(min_length=4, max_length=8)]


def read_practices(folder: Path) -> tuple[list[PracticeFile], list[Fault]]:
    """Every sound checklist under ``folder/practice`` in its order, and what is wrong with the rest."""
    found: list[PracticeFile] = []
    faults: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        name = f"{FOLDER}/{path.name}"
        practice = _read(path, name, faults)
        if practice is None:
            continue
        wrong = [Fault(name, step, where, why) for step, where, why in _faults(practice, path.stem)]
        faults += wrong
        if not wrong:
            found.append(practice)
    return sorted(found, key=lambda one: (one.order, one.slug)), faults


def _read(path: Path, name: str, faults: list[Fault]) -> PracticeFile | None:
    try:
        text = path.read_text(encoding="utf-8")
        data: dict[str, Any] = tomllib.loads(text)
        if text != unicodedata.normalize("NFC", text):
            faults.append(Fault(name, "", "", "chữ có dấu phải ở dạng dựng sẵn (NFC)"))
            return None
        return PracticeFile.model_validate(data)
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "", "tệp phải lưu bằng UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(name, "", "", f"không đọc được TOML: {error}"))
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            faults.append(Fault(name, "", where, MESSAGES.get(fault["type"], fault["msg"])))
    return None


def _faults(practice: PracticeFile, stem: str) -> Iterator[tuple[str, str, str]]:
    """What the shape alone cannot tell: step ("" for the whole), field and message."""
    if practice.slug != stem:
        yield "", "slug", "phải trùng tên tệp"
    if not practice.valid_as_of < practice.review_by <= practice.valid_as_of + KEEPS:
        yield "", "review_by", "sau ngày valid_as_of, xa nhất một năm"
    ids = [step.id for step in practice.steps]
    for step in {one for one in ids if ids.count(one) > 1}:
        yield step, "id", "mã bước bị trùng"
    for step, where, text in _texts(practice):
        if unknown := UNKNOWN.search(text):
            yield step, where, f"chỗ trống {unknown[0]} không có; chỉ dùng {{x}}, {{X}}, {{a}}, {{t}}, {{T}}"
        if where == "say" and SECRETS.search(text):
            yield step, where, "không nhờ ai đọc hay cho xem mã, mật khẩu"


def _texts(practice: PracticeFile) -> Iterator[tuple[str, str, str]]:
    yield "", "safety", practice.safety
    yield from (("", "needs", need) for need in practice.needs)
    for step in practice.steps:
        yield from ((step.id, name, getattr(step, name)) for name in ("do", "say", "done"))


def practice_of(file: PracticeFile) -> Practice:
    """A checked file as the value that the program works with."""
    return Practice(
        slug=file.slug,
        title=file.title,
        skill=file.skill,
        topic=file.topic,
        minutes=file.minutes,
        needs=tuple(file.needs),
        safety=file.safety,
        steps=tuple(Step(one.id, one.do, one.say, one.done) for one in file.steps),
        sources=tuple(Source(one.title, one.url, one.date) for one in file.sources),
        valid_as_of=file.valid_as_of,
        review_by=file.review_by,
        reviewed=file.reviewed is not None,
    )
