"""Lists that were sent and not yet decided on: files in the data folder, each its sender's own, for a day."""

import json
import os
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from app.core import security
from app.core.errors import NotFound
from app.people.bulk.columns import Mapping
from app.people.bulk.table import Table, kept, unkept

KEPT = timedelta(days=1)
NAME = re.compile(r"[\w-]{20,32}", re.ASCII)


@dataclass(frozen=True)
class State:
    """How far one list has come.

    Attributes:
        header, columns, given: How it is read: see :class:`app.people.bulk.columns.Mapping`.
        total: Rows that are to be written, known from the first writing on; 0 before.
        new, changed: Rows written so far.
        same, broken: Rows that say nothing new, and that stay out, once it is done.
    """

    kind: str
    sheet: str = ""
    header: int = 0
    columns: list[str] = field(default_factory=list)
    given: list[list[str]] = field(default_factory=list)
    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    broken: int = 0
    done: bool = False

    def mapping(self) -> Mapping:
        return Mapping(self.header, tuple(self.columns), tuple((key, value) for key, value in self.given))

    @property
    def written(self) -> int:
        return self.new + self.changed


@dataclass(frozen=True)
class Upload:
    """Where one list lies; its rows are kept as plain text, whatever the file was."""

    file: Path
    notes: Path

    def state(self) -> State:
        """How far it has come.

        Raises:
            NotFound: It is not kept any longer, or never was.
        """
        if not self.notes.exists():
            raise NotFound("upload_gone")
        return State(**json.loads(self.notes.read_text("utf-8")))

    def table(self) -> Table:
        """The list as it was sent; once it is done, the rows that stayed out.

        Raises:
            NotFound: It is not kept any longer.
        """
        if not self.file.exists():
            raise NotFound("upload_gone")
        return unkept(self.file.read_bytes(), self.state().sheet)

    def note(self, state: State) -> State:
        """Write down how far it has come."""
        _write(self.notes, json.dumps(asdict(state), ensure_ascii=False).encode())
        return state

    def keep_only(self, table: Table) -> None:
        """Forget the list but for these rows: names stay in the database alone."""
        if table.rows:
            _write(self.file, kept(table))
        else:
            self.file.unlink(missing_ok=True)

    def forget(self) -> None:
        """The officer thought better of it."""
        self.file.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)


def keep(folder: Path, officer: int, table: Table, state: State, *, now: datetime) -> str:
    """Keep a list; returns the name it is found by. Older ones are swept."""
    sweep(folder, now)
    (folder / "uploads").mkdir(mode=0o700, parents=True, exist_ok=True)
    name = security.token()
    upload = find(folder, officer, name)
    _write(upload.file, kept(table))
    upload.note(state)
    return name


def sweep(folder: Path, now: datetime) -> None:
    """Take away what has lain there for a day."""
    for old in (folder / "uploads").glob("*"):
        if old.stat().st_mtime < (now - KEPT).timestamp():
            old.unlink(missing_ok=True)


def find(folder: Path, officer: int, name: str) -> Upload:
    """The list of that name, of this officer alone.

    Raises:
        NotFound: A name that none of ours can have.
    """
    if not NAME.fullmatch(name):
        raise NotFound
    stem = folder / "uploads" / f"{officer}-{name}"
    return Upload(stem.with_suffix(".csv"), stem.with_suffix(".json"))


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)
