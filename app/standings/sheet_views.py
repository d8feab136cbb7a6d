"""The full score sheet as a file: for those who answer for a group, so that anyone of them can check the sum."""

from flask import Response, make_response

from app.core.errors import NotFound
from app.documents.workbook import workbook
from app.people.access import require
from app.standings.blueprint import bp, chosen_cycle, table_for
from app.standings.queries import sheet_rows
from app.standings.scoresheet import as_csv, as_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/khu-pho/phieu-diem.<any(csv, xlsx):form>")
@require("standings.sheet")
def sheet(form: str) -> Response:
    """Every khu phố of a month with x, n, m and p0; no person is in it."""
    cycle = chosen_cycle()
    if cycle is None:
        raise NotFound
    rows = sheet_rows(table_for(cycle))
    body: str | bytes = as_csv(rows) if form == "csv" else workbook([as_sheet(rows, cycle.period)])
    response = make_response(body)
    response.headers["Content-Type"] = "text/csv; charset=utf-8" if form == "csv" else XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="bang-diem-{cycle.period}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
