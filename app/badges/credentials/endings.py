"""Which badges have ended, in a small file beside the database: a restored backup must not make one valid again.

One JSON object a line: the badge's serial and its place in the status list, how it ended and when. Nobody is named.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.badges.credentials.models import Credential
from app.badges.models import Badge
from app.core.db import reading, transaction

NAME = "endings.log"


@dataclass(frozen=True)
class Ending:
    """One badge that holds no more; ``at`` is an ISO moment."""

    serial: str
    list_no: int
    index: int
    how: str
    at: str


def append(folder: Path, endings: Iterable[Ending]) -> None:
    """Add lines; they are on the disk when this returns."""
    text = "".join(f"\n{json.dumps(asdict(one))}" for one in endings)  # begins anew after a line that was torn
    if not text:
        return
    descriptor = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        file.write(text.encode())
        os.fsync(file.fileno())


def read(folder: Path) -> list[Ending]:
    """Every line, the oldest first. One that a power cut left half-written is passed over."""
    path, found = folder / NAME, []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
        try:
            found.append(Ending(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def ending_of(row: Credential) -> Ending:
    """The line of a badge that has ended."""
    assert row.ended_at is not None
    return Ending(row.serial, row.list_no, row.list_index, str(row.ended_how), row.ended_at.isoformat())


def keep_endings(folder: Path) -> int:
    """Compare file and database, both ways; returns how many badges had come back to life and ended again."""
    known = {one.serial: one for one in read(folder)}
    ended = reading().scalars(select(Credential).where(Credential.ended_at.is_not(None)))
    append(folder, [ending_of(row) for row in ended if row.serial not in known])
    if not _alive(reading(), known):
        return 0
    with transaction() as session:
        back = _alive(session, known)
        for row in back:
            _end_again(session, row, known[row.serial])
        return len(back)


def _alive(session: Session, known: dict[str, Ending]) -> list[Credential]:
    live = session.scalars(select(Credential).where(Credential.ended_at.is_(None))) if known else ()
    return [row for row in live if row.serial in known]


def _end_again(session: Session, row: Credential, ending: Ending) -> None:
    row.ended_at, row.ended_how = datetime.fromisoformat(ending.at), ending.how
    badge = session.get_one(Badge, row.badge_id)
    if ending.how == "revoked" and badge.revoked_at is None:
        badge.revoked_at = row.ended_at
