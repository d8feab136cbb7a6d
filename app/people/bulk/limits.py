"""How much of a file is read. Pure numbers."""

from dataclasses import dataclass

MEGA = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a list may be.

    Attributes:
        rows: People or groups in it.
        size: Bytes of the file.
        unzipped: Bytes of a workbook's parts once unzipped.
        columns: Columns of the widest row.
        area: Cells of the smallest rectangle around everything written: a reader makes room for all of them.
        above: Rows of titles, signatures and dates that a list may have besides.
    """

    rows: int = 20_000
    size: int = 5 * MEGA
    unzipped: int = 50 * MEGA
    columns: int = 60
    area: int = 2_000_000
    above: int = 40

    @property
    def lines(self) -> int:
        """Rows after which nothing is read any more: enough to see that there are too many."""
        return 2 * self.rows + self.above + 1


PLAIN = Limits()
