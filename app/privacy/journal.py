"""What must hold again after a backup is restored: a small file beside the database, numbers and moments only.

One JSON object a line. A person is named by number and by the moment when they were added, so that a
number given to someone else since means nobody.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

NAME = "erasures.log"


@dataclass(frozen=True)
class Line:
    """One promise to keep.

    Attributes:
        what: ``erase``, or ``withdraw``.
        person: The number.
        since: When that person was added.
        at: When it was done.
        purpose: Of a withdrawal.
        giver: Of a withdrawal.
        choice: Of a withdrawal: what holds since.
    """

    what: str
    person: int
    since: datetime
    at: datetime
    purpose: str = ""
    giver: str = ""
    choice: str = ""


def append(folder: Path, lines: Iterable[Line]) -> None:
    """Add lines; they are on the disk when this returns."""
    text = "".join(json.dumps(_plain(line)) + "\n" for line in lines)
    if not text:
        return
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        torn = file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
        file.write(("\n" if torn else "").encode() + text.encode())
        os.fsync(file.fileno())


def _plain(line: Line) -> dict[str, object]:
    values = {name: value for name, value in asdict(line).items() if value != ""}
    return {**values, "since": line.since.isoformat(), "at": line.at.isoformat()}


def read(folder: Path) -> list[Line]:
    """Every line, the oldest first. One that a power cut left half-written is passed over."""
    path = folder / NAME
    if not path.exists():
        return []
    found = []
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            values = json.loads(text)
            since, at = datetime.fromisoformat(values.pop("since")), datetime.fromisoformat(values.pop("at"))
            found.append(Line(since=since, at=at, **values))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found
