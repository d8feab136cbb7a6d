"""Lists that were sent and not yet decided on: files in the data folder, each its sender's own, for a day."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.core import security
from app.core.errors import NotFound

KEPT = timedelta(days=1)
NAME = re.compile(r"[\w-]{20,32}", re.ASCII)


@dataclass(frozen=True)
class Upload:
    """Where one list lies; ``done`` holds the counts once it has been brought in."""

    file: Path
    done: Path

    def counts(self) -> dict[str, int] | None:
        """What the list brought, or ``None`` as long as nobody said yes."""
        return json.loads(self.done.read_text()) if self.done.exists() else None

    def data(self) -> bytes:
        """The list as it was sent.

        Raises:
            NotFound: It is not kept any longer.
        """
        if not self.file.exists():
            raise NotFound("upload_gone")
        return self.file.read_bytes()

    def finish(self, counts: dict[str, int]) -> None:
        """Keep the counts and forget the list: names stay in the database alone."""
        part = self.done.with_suffix(".part")
        part.write_text(json.dumps(counts))
        part.replace(self.done)
        self.file.unlink(missing_ok=True)


def keep(folder: Path, officer: int, data: bytes, *, now: datetime) -> str:
    """Keep a list; returns the name it is found by. Older ones are swept."""
    room = folder / "uploads"
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in room.iterdir():
        if old.stat().st_mtime < (now - KEPT).timestamp():
            old.unlink(missing_ok=True)
    name = security.token()
    path = find(folder, officer, name).file
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def find(folder: Path, officer: int, name: str) -> Upload:
    """The list of that name, of this officer alone.

    Raises:
        NotFound: A name that none of ours can have.
    """
    if not NAME.fullmatch(name):
        raise NotFound
    stem = folder / "uploads" / f"{officer}-{name}"
    return Upload(stem.with_suffix(".csv"), stem.with_suffix(".json"))
