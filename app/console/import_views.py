"""Bringing in a list: send it, say which column is which, read what would happen, say yes."""

from dataclasses import replace
from typing import NamedTuple

from flask import Response, current_app, request

from app.console import uploads
from app.console.frame import bp, show
from app.console.uploads import State, Upload
from app.core import clock, web
from app.core.db import reading
from app.core.i18n import N_, say
from app.core.messages import MESSAGES
from app.core.text import whole_number
from app.groups.queries import branch_list, khu_pho_list
from app.people.access import require, signed_in
from app.people.bulk.cells import bare
from app.people.bulk.columns import FIELDS, WITHIN, Mapping, check_mapping, column_words, guess, guess_at, labels
from app.people.bulk.failed import failed_table, plain_rows
from app.people.bulk.importing import bring_in as bring_in_parts
from app.people.bulk.importing import remembered, try_out
from app.people.bulk.limits import Limits
from app.people.bulk.person_rows import RowError
from app.people.bulk.report import Report
from app.people.bulk.sheets import as_csv, as_xlsx
from app.people.bulk.table import Table, read_table

PAGE = "/to-chuc/nhap"
SHOWN_ROWS, SHOWN_ERRORS, SHOWN_CHANGES = 8, 100, 50
EXTRA = {
    "home": N_("khu phố"), "adult": N_("từ 16 tuổi"), "branch": N_("chi đoàn"), "birth_year": N_("năm sinh"),
}  # fmt: skip


class Kind(NamedTuple):
    """One kind of list: its word in addresses, what it is called, the place in the menu, the page of its rows."""

    slug: str
    title: str
    place: str
    back: str


KINDS = {
    "people": Kind("nguoi-hoc", N_("Người học"), "people", "/to-chuc/nguoi-hoc"),
    "groups": Kind("khu-pho", N_("Khu phố, tổ"), "groups", "/to-chuc/khu-pho"),
    "branches": Kind("chi-doan", N_("Chi đoàn"), "groups", "/to-chuc/khu-pho"),
}
BY_SLUG = {kind.slug: key for key, kind in KINDS.items()}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _limits() -> Limits:
    return Limits(rows=current_app.config["SETTINGS"].import_rows)


def _upload(name: str) -> Upload:
    return uploads.find(current_app.config["SETTINGS"].data, signed_in().id, name)


def error_words(kind: str, error: RowError) -> str:
    """What is wrong with a row: ``Dòng 7, cột khu phố: …``."""
    why = say(MESSAGES[error.code], **dict(error.values))
    return say(MESSAGES["file_row"], line=error.line, column=column_words(kind, error.column), why=why)


def _show(template: str, kind: str, *, status: int = 200, **context: object) -> Response:
    return show(template, KINDS[kind].place, status=status, kind=kind, about=KINDS[kind], **context)


@bp.get("/to-chuc/nguoi-hoc/nhap")
@bp.get("/to-chuc/nhap")
@require("people.import")
def import_page() -> Response:
    return _send(BY_SLUG.get(request.args.get("loai", ""), "people"), {})


def _send(kind: str, errors: dict[str, str]) -> Response:
    session, limits = reading(), _limits()
    return _show(
        "console/import.html",
        kind,
        status=422 if errors else 200,
        errors=errors,
        kinds=[(one.title, f"{PAGE}?loai={one.slug}", None, key == kind) for key, one in KINDS.items()],
        fields=FIELDS[kind],
        most_rows=limits.rows,
        most_mb=limits.size // 2**20,
        groups=[group.name for group in khu_pho_list(session)],
        branches=[group.name for group in branch_list(session)],
    )


@bp.post("/to-chuc/nhap")
@require("people.import")
def send() -> Response:
    """Keep the list on the server and guess its columns. Nobody comes in yet."""
    kind, sent = BY_SLUG.get(request.form.get("loai", ""), "people"), request.files.get("file")
    table, errors = web.attempt(lambda: read_table(sent.read() if sent else b"", _limits()))
    if table is None:
        return _send(kind, errors)
    found = guess(table, kind, remembered(reading(), kind))
    state = State(kind, table.sheet, found.header, list(found.columns))
    name = uploads.keep(current_app.config["SETTINGS"].data, signed_in().id, table, state, now=clock.now())
    return web.see_other(f"{PAGE}/{name}")


@bp.get("/to-chuc/nhap/<name>")
@require("people.import")
def import_list(name: str) -> Response:
    """Where this list stands: its columns to be said, on its way in, or done."""
    upload = _upload(name)
    state = upload.state()
    if state.done:
        return _show("console/import_done.html", state.kind, counts=state, name=name, failed=upload.file.exists())
    if state.total:
        return _show("console/import_progress.html", state.kind, state=state, name=name)
    table, header = upload.table(), whole_number(request.args.get("dong"))
    if header is None:
        return _columns(name, state, table, {})
    found = guess_at(table, state.kind, header, remembered(reading(), state.kind))
    return _columns(name, replace(state, header=found.header, columns=list(found.columns)), table, {})


def _columns(name: str, state: State, table: Table, errors: dict[str, str]) -> Response:
    first = table.rows[state.header : state.header + SHOWN_ROWS]
    return _show(
        "console/import_columns.html",
        state.kind,
        status=422 if errors else 200,
        errors=errors,
        name=name,
        state=state,
        rows=[(state.header + n, [bare(c) for c in row]) for n, row in enumerate(first, 1)],
        total=table.filled,
        width=table.width,
        labels=labels(table, state.header),
        chosen=(state.columns + [""] * table.width)[: table.width],
        options=[("", say("(bỏ qua)")), *((field.key, say(field.label)) for field in FIELDS[state.kind])],
        given=dict(state.given),
        headers=[(n, _first_words(table, n)) for n in range(1, min(WITHIN, len(table.rows)) + 1)],
        groups=[(group.name, group.name) for group in khu_pho_list(reading())],
    )


def _first_words(table: Table, line: int) -> str:
    words = " · ".join(cell.strip() for cell in table.rows[line - 1] if cell.strip())
    return words if len(words) <= 60 else f"{words[:60]}…"


@bp.post("/to-chuc/nhap/<name>")
@require("people.import")
def choose_columns(name: str) -> Response:
    """Keep what the officer said about the columns, then show what would happen."""
    upload, form = _upload(name), request.form
    if form.get("doc-lai"):
        return web.see_other(f"{PAGE}/{name}?dong={whole_number(form.get('header')) or 0}")
    state, table = upload.state(), upload.table()
    columns = tuple(form.get(f"cot-{place}", "") for place in range(table.width))
    given = tuple(
        (f.key, form[f.key].strip()[:80]) for f in FIELDS[state.kind] if f.given and form.get(f.key, "").strip()
    )
    said = Mapping(whole_number(form.get("header")) or 0, columns, given)
    state = replace(state, header=said.header, columns=list(columns), given=[list(pair) for pair in given])
    mapping, errors = web.attempt(lambda: check_mapping(said, table, state.kind))
    if mapping is None:
        return _columns(name, state, table, errors)
    if not state.done and not state.total:
        upload.note(state)
    return web.see_other(f"{PAGE}/{name}/xem-thu")


@bp.get("/to-chuc/nhap/<name>/xem-thu")
@require("people.import")
def try_list(name: str) -> Response:
    """What the list would bring."""
    upload = _upload(name)
    state, now = upload.state(), clock.now()
    if state.done or state.total:
        return web.see_other(f"{PAGE}/{name}")
    table = upload.table()
    report, errors = web.attempt(
        lambda: try_out(kind=state.kind, table=table, mapping=state.mapping(), now=now, limits=_limits())
    )
    if report is None:
        return _columns(name, state, table, errors)
    changes = [(one, [_word(state.kind, c) for c in one.columns]) for one in report.changes[:SHOWN_CHANGES]]
    lines = [error_words(state.kind, error) for error in report.errors]
    return _show(
        "console/import_report.html",
        state.kind,
        report=report,
        lines=lines[:SHOWN_ERRORS],
        more_lines=len(lines) - SHOWN_ERRORS,
        changes=changes,
        more_changes=len(report.changes) - SHOWN_CHANGES,
        name=name,
    )


def _word(kind: str, column: str) -> str:
    return say(EXTRA[column]) if column in EXTRA else column_words(kind, column)


@bp.post("/to-chuc/nhap/<name>/vao")
@require("people.import")
def bring_in(name: str) -> Response:
    """The officer said yes. A page with scripts asks again and again and shows how far it is; one without waits."""
    upload = _upload(name)
    state = upload.state()
    if not state.done:
        table, start = upload.table(), state
        parts = bring_in_parts(
            kind=state.kind, table=table, mapping=state.mapping(), by=signed_in().id, now=clock.now(), limits=_limits()
        )
        for report in parts:
            state = upload.note(_further(start, report, upload, table))
            if not state.done and web.wants_fragment():
                return web.render(
                    "console/import_progress.html", "console/_import_progress.html", state=state, name=name
                )
    return web.see_other(f"{PAGE}/{name}")


def _further(start: State, report: Report, upload: Upload, table: Table) -> State:
    """How far the list is now; at the end only what stayed out is kept of it."""
    new, changed = start.new + report.new, start.changed + report.changed
    total = start.total or report.new + report.changed + report.left
    state = replace(start, total=total, new=new, changed=changed)
    if report.left:
        return state
    upload.keep_only(failed_table(table, state.mapping(), state.kind, _words_by_line(state.kind, report)))
    same = max(report.rows - report.broken - new - changed, 0)
    return replace(state, same=same, broken=report.broken, done=True)


def _words_by_line(kind: str, report: Report) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for error in report.errors:
        told = f"{column_words(kind, error.column)}: {say(MESSAGES[error.code], **dict(error.values))}"
        found.setdefault(error.line, []).append(told)
    return found


@bp.get("/to-chuc/nhap/<name>/dong-loi")
@require("people.import")
def failed_rows(name: str) -> Response:
    """The rows that stay out, to be mended and sent again."""
    upload = _upload(name)
    state, table = upload.state(), upload.table()
    if not state.done:
        found = try_out(kind=state.kind, table=table, mapping=state.mapping(), now=clock.now(), limits=_limits())
        table = failed_table(table, state.mapping(), state.kind, _words_by_line(state.kind, found))
    headings, rows = plain_rows(table)
    if request.args.get("dang") == "csv":
        return as_download(as_csv(headings, rows), "dong-can-sua.csv")
    return as_download(as_xlsx(say("Cần sửa"), headings, rows), "dong-can-sua.xlsx")


def as_download(data: bytes, name: str) -> Response:
    """A file to keep, not to show."""
    mimetype = XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    response = current_app.response_class(data, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/to-chuc/nhap/<name>/bo")
@require("people.import")
def discard_list(name: str) -> Response:
    """Forget a list that was sent."""
    upload = _upload(name)
    kind = upload.state().kind
    upload.forget()
    return web.see_other(f"{PAGE}?loai={KINDS[kind].slug}")
