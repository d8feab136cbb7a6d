"""The rows that stayed out, as a list to mend and send again. Pure."""

from collections.abc import Iterable
from collections.abc import Mapping as Words

from app.core.i18n import N_, say
from app.people.bulk.cells import bare, guard
from app.people.bulk.columns import Mapping, column_words, labels
from app.people.bulk.table import Table

TO_MEND = N_("Cần sửa")


def failed_table(table: Table, mapping: Mapping, kind: str, words: Words[int, Iterable[str]]) -> Table:
    """The headings, then each row that stayed out with what is wrong in a last column; no rows where none did.

    Args:
        words: What is wrong, by line.
    """
    if not words:
        return Table(())
    headings = list(labels(table, mapping.header))
    for place, key in enumerate(mapping.columns[: len(headings)]):
        headings[place] = headings[place] or (column_words(kind, key) if key else "")
    rows = [tuple(map(guard, (*headings, say(TO_MEND))))]
    for line in sorted(words):
        row = list(map(bare, table.rows[line - 1]))
        row += [""] * (table.width - len(row))
        rows.append(tuple(map(guard, (*row, "; ".join(words[line])))))
    return Table(tuple(rows))


def plain_rows(table: Table) -> tuple[list[str], list[list[str]]]:
    """Headings and rows as they are to be written into a file."""
    head, *rows = [[bare(cell) for cell in row] for row in table.rows] or [[]]
    return head, rows
