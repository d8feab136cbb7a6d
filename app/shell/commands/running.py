"""``hocso init, serve, worker, db upgrade, doctor``: setting an installation up, running and examining it."""

import logging
from dataclasses import asdict
from datetime import datetime

import click
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.core import clock
from app.core.db import reading
from app.core.errors import Conflict
from app.groups.queries import get_ward
from app.home.setup import load_content, set_up
from app.people.cards import address_of
from app.people.domain import ADDRESSES
from app.privacy.keeping import keep_promises
from app.shell import schema
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation, refusals, settings

log = logging.getLogger("hocso")
TOLD = {"ok": "tốt ", "warn": "xem ", "fault": "LỖI "}


@click.command()
@click.option("--unit", prompt="Tên đơn vị", help="Tên đơn vị.")
@click.option("--ward", prompt="Tên phường", help="Tên phường.")
@click.option("--group", "groups", multiple=True, help="Một khu phố: 'Khu phố 5; 1.050'. Lặp lại được.")
@click.option("--source", help="Nguồn số dân.")
@click.option("--officer", prompt="Họ tên cán bộ đầu tiên", help="Họ tên cán bộ đầu tiên.")
@click.option("--address", type=click.Choice(ADDRESSES), prompt="Xưng hô", help="Cách xưng hô.")
@click.option("--home", prompt="Khu phố của cán bộ", help="Khu phố của cán bộ, đúng như trong danh sách.")
@click.option(
    "--password", prompt="Mật khẩu (12 ký tự trở lên)", hide_input=True, confirmation_prompt=True,
    help="Mật khẩu của cán bộ; nên để được hỏi.",
)  # fmt: skip
@now_option
@json_option
def init(
    unit: str, ward: str, groups: tuple[str, ...], source: str | None, officer: str, address: str, home: str,
    password: str, now: datetime, json_: bool,
) -> None:  # fmt: skip
    """Thiết lập phường, các khu phố và cán bộ đầu tiên; nạp câu hỏi và huy hiệu."""
    lines = "\n".join(groups) or _ask_groups()
    if source is None:
        source = click.prompt("Nguồn số dân", err=True) if ";" in lines else ""
    with installation() as chosen:
        schema.bring_up()
        if get_ward(reading()) is not None:
            raise Conflict("already_set_up")
        made = set_up(
            unit=unit, ward=ward, groups=lines, source=source, name=officer, address=address, home=home,
            password=password, root=chosen.root, now=now,
        )  # fmt: skip
        url = address_of(made.card.token)
    if json_:
        as_json({"code": made.card.code, "card_url": url})
    else:
        click.echo(f"Xong. Cán bộ {officer}: mã thẻ {made.card.code}, thẻ học {url}")
        click.echo("Chép lại mã thẻ ngay. Tiếp theo: hocso serve")


def _ask_groups() -> str:
    click.echo("Các khu phố, mỗi dòng một tên, có thể kèm số dân (Khu phố 5; 1.050). Dòng trống là hết.", err=True)
    lines = []
    while line := click.prompt("", default="", show_default=False, prompt_suffix="  ", err=True):
        lines.append(line)
    return "\n".join(lines)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Số tiến trình web.")
@click.option("--threads", type=click.IntRange(1, 1024), default=64, show_default=True, help="Luồng mỗi tiến trình.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Chạy máy chủ cùng bộ hẹn giờ."""
    from app.shell.server import at_port, check_bind, check_port, check_workers
    from app.shell.server import serve as run

    chosen = at_port(settings(), port)
    with refusals():
        check_bind(chosen, host)
        check_workers(chosen, workers)
        check_port(host, port)
    prepare(chosen)
    click.echo(f"Học Số: http://{host}:{port}  (dừng bằng Ctrl+C)", err=True)
    with refusals():
        run(chosen, host=host, port=port, workers=workers, threads=threads)


def prepare(chosen: Settings) -> None:
    """Before serving: the schema at its newest, the content as the files have it."""
    with installation(chosen):
        schema.bring_up()
        keep_promises(chosen.data, clock.now())
        try:
            load_content(chosen.root, clock.now())
        except SQLAlchemyError:  # a faulty file must not keep the people who learn out
            log.exception("content not loaded")


@click.command(hidden=True)
@click.option("--parent", type=int, required=True, help="Tiến trình mà bộ hẹn giờ dừng theo.")
def worker(parent: int) -> None:
    """The scheduler alone: `serve` starts it."""
    from app import create_app
    from app.shell import orphan, scheduler

    orphan.end_with_parent(parent)
    with refusals():
        scheduler.run(create_app(settings()))


@click.group("db")
def database() -> None:
    """Cơ sở dữ liệu."""


@database.command("upgrade")
@json_option
def upgrade(json_: bool) -> None:
    """Đưa cơ sở dữ liệu lên bản mới nhất."""
    with installation() as chosen:
        done, revision = schema.bring_up(), schema.at()
        kept = keep_promises(chosen.data, clock.now())
    if json_:
        as_json({"upgraded": done, "revision": revision, "erased_again": kept.erased})
    else:
        click.echo(f"{'Đã nâng lên' if done else 'Đã ở'} bản {revision}.")
        if kept.restored:
            click.echo(f"Bản sao lưu cũ: đã xoá lại {kept.erased} người, rút lại {kept.withdrawn} ý kiến đồng ý.")


@click.command()
@now_option
@json_option
def doctor(now: datetime, json_: bool) -> None:
    """Khám máy: chỗ nào tốt, chỗ nào phải sửa và sửa thế nào."""
    from app.shell.doctor import examine

    with installation() as chosen:
        findings = examine(chosen, now)
    if json_:
        as_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for one in findings:
            click.echo(f"{TOLD[one.level]} {one.what}" + (f" → {one.do}" if one.do else ""))
    raise SystemExit(FAULT if any(finding.level == "fault" for finding in findings) else 0)
