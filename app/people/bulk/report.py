"""What a list brought, or would bring. Plain values."""

from dataclasses import dataclass

from app.people.bulk.person_rows import RowError


@dataclass(frozen=True)
class Change:
    """A row that corrects someone, or a group, that is there already."""

    line: int
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Counts of rows: rows = new + changed + same + broken.

    Attributes:
        left: Rows still to be brought in, where not all were in one go.
        added: The first rows that come in new: line and name.
    """

    rows: int
    new: int
    changed: int
    same: int
    errors: tuple[RowError, ...]
    changes: tuple[Change, ...] = ()
    left: int = 0
    added: tuple[tuple[int, str], ...] = ()

    @property
    def broken(self) -> int:
        """How many rows stay out; one row may have several errors."""
        return len({error.line for error in self.errors})
