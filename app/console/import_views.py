"""Bringing in a list: send it, read what would happen, say yes."""

from flask import Response, current_app, request

from app.console import uploads
from app.console.frame import bp, show
from app.core import clock, web
from app.core.db import reading
from app.core.i18n import N_, say
from app.core.messages import MESSAGES
from app.groups.queries import branch_list, khu_pho_list
from app.people.access import require, signed_in
from app.people.importer import ImportReport, RowError, import_people
from app.people.sheet import MOST_BYTES, MOST_ROWS

PAGE = "/to-chuc/nguoi-hoc/nhap"
COLUMNS = {
    "name": N_("họ tên"),
    "birth": N_("năm sinh"),
    "khu": N_("khu phố"),
    "to": N_("tổ"),
    "branch": N_("chi đoàn"),
    "phone": N_("điện thoại"),
    "address": N_("xưng hô"),
}


def error_words(error: RowError) -> str:
    """What is wrong with a row: ``Dòng 7, cột khu phố: …``."""
    why = say(MESSAGES[error.code], **dict(error.values))
    return say(MESSAGES["file_row"], line=error.line, column=say(COLUMNS[error.column]), why=why)


def _upload(name: str) -> uploads.Upload:
    return uploads.find(current_app.config["SETTINGS"].data, signed_in().id, name)


@bp.get("/to-chuc/nguoi-hoc/nhap")
@require("people.import")
def import_page() -> Response:
    return _send({})


def _send(errors: dict[str, str]) -> Response:
    session = reading()
    return show(
        "console/import.html",
        "people",
        status=422 if errors else 200,
        errors=errors,
        most_rows=MOST_ROWS,
        most_mb=MOST_BYTES // 1024 // 1024,
        groups=[group.name for group in khu_pho_list(session)],
        branches=[group.name for group in branch_list(session)],
    )


@bp.post("/to-chuc/nguoi-hoc/nhap")
@require("people.import")
def send() -> Response:
    """Keep the list on the server, and show what it would bring. Nobody comes in yet."""
    sent = request.files.get("file")
    data, now = sent.read() if sent else b"", clock.now()
    report, errors = web.attempt(lambda: import_people(data=data, by=signed_in().id, now=now, dry_run=True))
    if report is None:
        return _send(errors)
    name = uploads.keep(current_app.config["SETTINGS"].data, signed_in().id, data, now=now)
    return web.see_other(f"{PAGE}/{name}")


@bp.get("/to-chuc/nguoi-hoc/nhap/<name>")
@require("people.import")
def report(name: str) -> Response:
    """What the list would bring, or what it has brought."""
    upload = _upload(name)
    counts = upload.counts()
    if counts is not None:
        return show("console/import_done.html", "people", counts=counts)
    found = import_people(data=upload.data(), by=signed_in().id, now=clock.now(), dry_run=True)
    lines = [error_words(error) for error in found.errors]
    columns = [(change, [say(COLUMNS[c]) for c in change.columns]) for change in found.changes]
    return show("console/import_report.html", "people", report=found, lines=lines, changes=columns, name=name)


@bp.post("/to-chuc/nguoi-hoc/nhap/<name>")
@require("people.import")
def bring_in(name: str) -> Response:
    """The officer said yes. A second tap finds it done."""
    upload = _upload(name)
    if upload.counts() is None:
        found = import_people(data=upload.data(), by=signed_in().id, now=clock.now(), dry_run=False)
        upload.finish(_counts(found))
    return web.see_other(f"{PAGE}/{name}")


def _counts(report: ImportReport) -> dict[str, int]:
    return {"new": report.new, "changed": report.changed, "same": report.same, "broken": report.broken}
