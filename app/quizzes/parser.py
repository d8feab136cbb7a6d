"""Question files: TOML → checked values. Every fault is named by file, item and field; good items go on.

The format is written down in ``quizzes/README.md``.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from app.quizzes.shapes import FILES, ItemFile, Name, Strict, Text

KEEPS = {"H": timedelta(days=93), "M": timedelta(days=366), "L": timedelta(days=732)}
UNKNOWN = re.compile(r"\{(?!(?:x|X|a)\})[^{}]*\}?|(?<!\{x)(?<!\{X)(?<!\{a)\}")  # braces left open count, too
MESSAGES = {
    "missing": "thiếu mục này",
    "extra_forbidden": "không có mục này trong định dạng",
    "string_type": "phải là chữ trong ngoặc kép",
    "int_type": "phải là số nguyên",
    "date_type": "phải là ngày, ví dụ 2026-11-23",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá",
    "string_pattern_mismatch": "chỉ dùng chữ thường không dấu, số và gạch nối",
    "literal_error": "không phải một trong các giá trị cho phép",
    "list_type": "phải là danh sách",
    "too_short": "thiếu phần tử",
}


class SkillFile(Strict):
    id: Name
    title: Text


class ObjectiveFile(Strict):
    id: Name
    text: Text


class ReviewedFile(Strict):
    date: date
    findings: Text


class QuizFile(Strict):
    id: Name
    title: Text
    summary: Text
    learned: Text
    tier: Literal["lam-quen", "thu-suc"]
    minutes: Annotated[int, Field(ge=1, le=15)]
    order: int
    lang: Literal["vi", "en"]
    skill: SkillFile
    reviewed: ReviewedFile | None = None
    objectives: Annotated[list[ObjectiveFile], Field(min_length=1)]
    items: list[Any]


class TopicFile(Strict):
    slug: Name
    title: Text
    summary: Text
    icon: Name
    palette: Name
    order: int
    pillar: Literal["chinh-quyen-so", "kinh-te-so", "xa-hoi-so"]
    digcomp_area: Annotated[int, Field(ge=1, le=5)]
    movements: list[Literal["toan-dan-doan-ket", "moi-truong", "an-ninh-trat-tu", "cai-cach-hanh-chinh"]]


@dataclass(frozen=True)
class Fault:
    """What is wrong where: file, item and field by name ("" where none applies)."""

    file: str
    item: str
    field: str
    message: str


@dataclass(frozen=True)
class ParsedQuiz:
    """A quiz file's head with those of its items that are sound."""

    topic: str
    head: QuizFile
    items: tuple[ItemFile, ...]


@dataclass(frozen=True)
class Bank:
    """Everything read from a folder of topics."""

    topics: tuple[TopicFile, ...]
    quizzes: tuple[ParsedQuiz, ...]
    faults: tuple[Fault, ...] = field(default=())

    @property
    def items(self) -> tuple[ItemFile, ...]:
        return tuple(item for quiz in self.quizzes for item in quiz.items)

    @property
    def unreviewed(self) -> int:
        """Items in files that nobody but the writer has read yet."""
        return sum(len(quiz.items) for quiz in self.quizzes if quiz.head.reviewed is None)

    def unsure_of(self, topic: str, quiz: str) -> bool:
        """Whether items missing from a quiz may only be unreadable: its file was left out, or an id is broken."""
        names = (f"{topic}/topic.toml", f"{topic}/{quiz}.toml")
        faults = [fault for fault in self.faults if fault.file in names]
        read = any(q.topic == topic and q.head.id == quiz for q in self.quizzes)
        return bool(faults) if not read else any(f.item and f.field == "id" for f in faults)


def read_bank(folder: Path) -> Bank:
    """Read ``<topic>/topic.toml`` and ``<topic>/<quiz>.toml`` under a folder."""
    faults: list[Fault] = []
    topics, quizzes = [], []
    for path in sorted(folder.glob("*/topic.toml")):
        topic = _read_topic(path, folder, faults)
        if topic is None:
            continue
        topics.append(topic)
        for file in sorted(path.parent.glob("*.toml")):
            if file != path and (quiz := _read_quiz(file, folder, topic.slug, faults)):
                quizzes.append(quiz)
    return Bank(tuple(topics), tuple(_once(quizzes, faults)), tuple(faults))


def _load(path: Path, name: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(unicodedata.normalize("NFC", text))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "", "tệp phải lưu bằng UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(name, "", "", f"không đọc được TOML: {error}"))
    else:
        if text != unicodedata.normalize("NFC", text):
            faults.append(Fault(name, "", "", "chữ có dấu phải ở dạng dựng sẵn (NFC)"))
        return data
    return None


def _shaped(error: ValidationError, file: str, item: str = "") -> Iterator[Fault]:
    for fault in error.errors():
        where = ".".join(str(part) for part in fault["loc"])
        yield Fault(file, item, where, MESSAGES.get(fault["type"], fault["msg"]))


def _read_topic(path: Path, folder: Path, faults: list[Fault]) -> TopicFile | None:
    name = path.relative_to(folder).as_posix()
    data = _load(path, name, faults)
    if data is None:
        return None
    try:
        topic = TopicFile.model_validate(data)
    except ValidationError as error:
        faults += _shaped(error, name)
        return None
    if topic.slug != path.parent.name:
        faults.append(Fault(name, "", "slug", "phải trùng tên thư mục"))
        return None
    return topic


def _read_quiz(path: Path, folder: Path, topic: str, faults: list[Fault]) -> ParsedQuiz | None:
    name = path.relative_to(folder).as_posix()
    data = _load(path, name, faults)
    if data is None:
        return None
    try:
        head = QuizFile.model_validate(data)
    except ValidationError as error:
        faults += _shaped(error, name)
        return None
    if head.id != path.stem:
        faults.append(Fault(name, "", "id", "phải trùng tên tệp"))
        return None
    items = [item for place, raw in enumerate(head.items) if (item := _read_item(raw, place, head, name, faults))]
    faults += _objectives(head, items, name)
    return ParsedQuiz(topic, head, tuple(items))


def _read_item(raw: Any, place: int, head: QuizFile, file: str, faults: list[Fault]) -> ItemFile | None:
    name = str(raw.get("id") or f"#{place + 1}") if isinstance(raw, dict) else f"#{place + 1}"
    shape = FILES.get(str(raw.get("type"))) if isinstance(raw, dict) else None
    if shape is None:
        faults.append(Fault(file, name, "type", f"phải là một trong: {', '.join(FILES)}"))
        return None
    try:
        item = shape.model_validate(raw)
    except ValidationError as error:
        faults += _shaped(error, file, name)
        return None
    objectives = {objective.id for objective in head.objectives}
    found = [Fault(file, name, where, message) for where, message in item_faults(item, objectives)]
    faults += found
    return None if found else item


def item_faults(item: ItemFile, objectives: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the shape alone cannot tell: field and message. ``objectives`` are the quiz's own, by name."""
    yield from item.faults()
    if item.objective not in objectives:
        yield "objective", "mục tiêu này chưa khai ở đầu tệp"
    if len(sentences(item.rationale)) > 2:
        yield "rationale", "tối đa hai câu"
    if not item.valid_as_of < item.review_by <= item.valid_as_of + KEEPS[item.sensitivity]:
        yield "review_by", "xa quá so với mức nhạy cảm (H 3 tháng, M 12 tháng, L 24 tháng)"
    for where, text in item.texts():
        if unknown := UNKNOWN.search(text):
            yield where, f"chỗ trống {unknown[0]} không có; chỉ dùng {{x}}, {{X}}, {{a}}"


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])\s+", text.strip()) if part]


def _objectives(head: QuizFile, items: Iterable[ItemFile], file: str) -> Iterator[Fault]:
    count = Counter(item.objective for item in items)
    for objective in head.objectives:
        if count[objective.id] < 3:
            yield Fault(file, "", f"objectives.{objective.id}", "cần ít nhất ba câu cho mỗi mục tiêu")


def _once(quizzes: Iterable[ParsedQuiz], faults: list[Fault]) -> Iterator[ParsedQuiz]:
    """Every quiz and item id once: of two that claim the same, the first stands."""
    files: dict[str, str] = {}
    where: dict[str, str] = {}
    for quiz in quizzes:
        file = f"{quiz.topic}/{quiz.head.id}.toml"
        if quiz.head.id in files:
            faults.append(Fault(file, "", "id", f"đã dùng trong {files[quiz.head.id]}"))
            continue
        files[quiz.head.id] = file
        items = []
        for item in quiz.items:
            if item.id in where:
                faults.append(Fault(file, item.id, "id", f"đã dùng trong {where[item.id]}"))
            else:
                where[item.id] = file
                items.append(item)
        yield replace(quiz, items=tuple(items))
