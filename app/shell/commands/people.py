"""``hocso person add`` and ``hocso people import``."""

from datetime import datetime
from pathlib import Path

import click

from app.core import security
from app.core.calendar import local
from app.core.db import reading, transaction
from app.core.i18n import N_, say
from app.core.messages import MESSAGES
from app.people.bulk.columns import FIELDS, column_words
from app.people.bulk.importing import import_file
from app.people.bulk.limits import Limits
from app.people.bulk.person_rows import RowError
from app.people.cards import address_of
from app.people.domain import ADDRESSES, ADULT, LINK_STAYS
from app.people.roles import ROLES, STAFF
from app.people.safety import make_link
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation, stop
from app.shell.persons import NewPerson, add_by_hand, first_officer, to_rescue

PASSWORD, PIN = "Mật khẩu (12 ký tự trở lên)", "Mã PIN (4 đến 6 số)"


@click.group()
def person() -> None:
    """Một người."""


@person.command("add")
@click.option("--name", prompt="Họ và tên", help="Họ và tên.")
@click.option("--address", type=click.Choice(ADDRESSES), prompt="Xưng hô", help="Cách xưng hô.")
@click.option("--group", prompt="Khu phố", help="Khu phố đang ở, đúng như trong danh sách.")
@click.option("--branch", default="", help="Chi đoàn, nếu có.")
@click.option("--adult", type=click.Choice(ADULT), default="yes", show_default=True, help="Từ 16 tuổi.")
@click.option("--role", type=click.Choice(ROLES), help="Vai trò; volunteer vào bằng mã PIN, còn lại bằng mật khẩu.")
@click.option("--where", default="", help="Giữ vai trò ở khu phố hay chi đoàn nào; bỏ trống là cả phường.")
@click.option("--secret", help="Mã PIN hoặc mật khẩu; có vai trò thì được hỏi.")
@now_option
@json_option
def add(
    name: str, address: str, group: str, branch: str, adult: str, role: str | None, where: str, secret: str | None,
    now: datetime, json_: bool,
) -> None:  # fmt: skip
    """Thêm một người, xác nhận khu phố và in mã thẻ."""
    if role and secret is None:
        secret = click.prompt(PASSWORD if role in STAFF else PIN, hide_input=True, confirmation_prompt=True)
    new = NewPerson(name, address, adult, group, branch, role, where, secret or "")
    with installation():
        hashed = security.hash_secret(new.checked_secret()) if new.secret else None
        with transaction() as session:
            person_id, card = add_by_hand(session, new, hashed, now=now)
        found = {"id": person_id, "code": card.code, "card_url": address_of(card.token)}
    if json_:
        as_json(found)
    else:
        click.echo(f"Đã thêm {name}. Mã thẻ {found['code']}, thẻ học {found['card_url']}")


@person.command("rescue")
@click.option("--code", default="", help="Mã thẻ của cán bộ; bỏ trống khi phường chỉ có một cán bộ.")
@now_option
@json_option
def rescue(code: str, now: datetime, json_: bool) -> None:
    """Đường dẫn một lần cho cán bộ mất mật khẩu hoặc điện thoại, chỉ làm được trên máy chủ."""
    with installation() as chosen:
        with transaction() as session:
            person_id, name = to_rescue(session, code)
            token = make_link(session, person_id, "rescue", by=None, now=now)
        url, until = f"{chosen.base_url}/vao/mat-khau-moi/{token}", local(now + LINK_STAYS)
    if json_:
        as_json({"id": person_id, "url": url, "until": until.isoformat()})
    else:
        click.echo(f"{name} mở đường dẫn này, một lần, trước {until:%H:%M}:\n{url}")
        click.echo("Mật khẩu cũ, bước hai và mã dự phòng cũ hết dùng khi chọn mật khẩu mới.")


@click.group()
def people() -> None:
    """Nhiều người."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--kind", type=click.Choice(tuple(FIELDS)), default="people", show_default=True, help="Danh sách gì.")
@click.option("--group", default="", help="Khu phố của những dòng không ghi khu phố.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi gì.")
@now_option
@json_option
def import_(file: Path, kind: str, group: str, dry_run: bool, now: datetime, json_: bool) -> None:
    """Đưa một danh sách vào (.xlsx hoặc CSV); dòng hỏng được kể ra, chạy lại không thêm ai hai lần."""
    with installation() as chosen:
        officer = first_officer(reading())
        if officer is None:
            stop("Chưa có cán bộ nào: chạy `hocso init` trước.", FAULT)
        limits = Limits(rows=chosen.import_rows)
        with file.open("rb") as opened:
            data = opened.read(limits.size + 1)  # more than that is refused unread
        report = import_file(kind=kind, data=data, by=officer, now=now, dry_run=dry_run, limits=limits, group=group)
        errors = [_error(kind, error) for error in report.errors]
    if json_:
        as_json({"rows": report.rows, "new": report.new, "changed": report.changed, "errors": errors})
    else:
        for error in errors:
            click.echo(f"{error['where']}: {error['message']}")
        click.echo(
            f"{report.rows} dòng: {report.new} mới, {report.changed} sửa, {report.same} như cũ, {report.broken} hỏng."
        )
    raise SystemExit(FAULT if report.errors else 0)


def _error(kind: str, error: RowError) -> dict[str, str]:
    where = say(N_("dòng %(line)s, cột %(column)s"), line=error.line, column=column_words(kind, error.column))
    return {"where": where, "message": say(MESSAGES[error.code], **dict(error.values))}
