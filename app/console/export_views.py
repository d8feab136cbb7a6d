"""Taking lists out: people, khu phố, chi đoàn, as one may see them. A post, because the trail says so."""

from flask import Response, request

from app.console.frame import bp
from app.console.import_views import as_download
from app.core import clock
from app.core.db import reading
from app.core.text import whole_number
from app.groups.queries import khu_members
from app.people.access import require, signed_in
from app.people.bulk.exporting import export_groups, export_people
from app.people.directory import Wanted


@bp.post("/to-chuc/xuat/nguoi-hoc")
@require("people.edit")
def export_people_list() -> Response:
    """The people that the list shows, all pages of it."""
    form, who = request.form, signed_in()
    khu = whole_number(form.get("khu"))
    wanted = Wanted(
        text=form.get("tim", ""),
        group_ids=khu_members(reading(), khu) if khu else None,
        branch_id=whole_number(form.get("chi-doan")),
        state=form.get("tinh-trang", ""),
        within=who.scope("people.edit"),
    )
    found = export_people(wanted=wanted, format=form.get("dang", "xlsx"), by=who.id, now=clock.now())
    return as_download(found.data, found.name)


@bp.post("/to-chuc/xuat/khu-pho")
@require("groups.read")
def export_group_list() -> Response:
    return _groups("groups")


@bp.post("/to-chuc/xuat/chi-doan")
@require("groups.read")
def export_branch_list() -> Response:
    return _groups("branches")


def _groups(kind: str) -> Response:
    """The groups that one may see; who looks after them only for those who may see people."""
    who = signed_in()
    found = export_groups(
        kind=kind,
        within=who.scope("groups.read"),
        contacts=who.may("people.read"),
        format=request.form.get("dang", "xlsx"),
        by=who.id,
        now=clock.now(),
    )
    return as_download(found.data, found.name)
