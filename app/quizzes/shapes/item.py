"""What every item holds in a file, whatever its type. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sensitivity = Literal["H", "M", "L"]
Faults = Iterator[tuple[str, str]]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceFile(Strict):
    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
    date: date


class ItemFile(Strict):
    """What every item has, whatever its type."""

    id: Name
    type: str
    objective: Name
    difficulty: Annotated[int, Field(ge=1, le=3)]
    stem: Text
    hint: Text
    rationale: Text
    valid_as_of: date
    review_by: date
    sensitivity: Sensitivity
    source: SourceFile

    def faults(self) -> Faults:
        """Field and message of what is wrong beyond the shape."""
        yield from ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that a reader sees, by field."""
        yield from (("stem", self.stem), ("hint", self.hint), ("rationale", self.rationale))


def twice(ids: list[str], field: str, what: str) -> Faults:
    if len(set(ids)) != len(ids):
        yield field, f"mã {what} bị trùng"
