"""``hocso demo``: an invented ward with some months of data, served; nothing of it is real."""

import logging
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from app.attempts.queries import count_attempts
from app.config import BadSetting, Settings
from app.core import clock
from app.core.db import reading
from app.groups.queries import get_ward
from app.people.cards import address_of
from app.people.models import Person
from app.shell import schema
from app.shell.commands.running import prepare
from app.shell.demo import store
from app.shell.demo.build import Builder, SignIn
from app.shell.demo.script import Event
from app.shell.output import as_json, installation, refusals, settings

ROLES = {"resident": "Người dân", "youth": "Thanh niên", "volunteer": "Tình nguyện viên", "officer": "Cán bộ"}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Thư mục dữ liệu thử.")
@click.option("--people", type=click.IntRange(20, 5000), default=240, show_default=True, help="Số người.")
@click.option("--months", type=click.IntRange(0, 24), default=3, show_default=True, help="Số tháng đã qua.")
@click.option("--no-serve", is_flag=True, help="Chỉ dựng dữ liệu, in một dòng JSON ở cuối.")
@click.option("--reset", is_flag=True, help="Xoá dữ liệu thử cũ, dựng lại.")
def demo(port: int, data: Path | None, people: int, months: int, no_serve: bool, reset: bool) -> None:
    """Dựng một phường thử với vài tháng dữ liệu bịa rồi chạy máy chủ."""
    from app.shell.server import at_port, check_port, serve

    chosen = at_port(_settings(data), port)
    if not no_serve:
        with refusals():
            check_port("127.0.0.1", port)
    with installation(chosen):
        sign_in = _demo(chosen, people=people, months=months, reset=reset)
        summary = _summary(chosen, sign_in)
        for line in _lines(chosen, sign_in):
            click.echo(line)
    sys.stdout.flush()
    if no_serve:
        as_json(summary)
        return
    prepare(chosen)
    with refusals():
        serve(chosen, host="127.0.0.1", port=port, workers=1, threads=64)


def _settings(data: Path | None) -> Settings:
    """A demo never lies where real data does, unless a folder is named; its passwords, printed, are enough."""
    chosen = settings(data)
    if data is None and chosen.data == Path("var").absolute():
        chosen = settings(Path("var/demo"))
    return replace(chosen, second_factor="optional")


def _demo(chosen: Settings, *, people: int, months: int, reset: bool) -> list[SignIn]:
    """The sign-ins of the demo that is there, or of one made now."""
    noted = store.read(chosen.data)
    if noted is not None and not reset:
        if (noted["people"], noted["months"]) != (people, months):
            told = f"Dùng lại dữ liệu thử có sẵn ({noted['people']} người, {noted['months']} tháng)"
            click.echo(f"{told}; muốn dựng lại, thêm --reset.", err=True)
        schema.bring_up()
        return store.sign_ins(noted)
    _refuse_real_data(chosen)
    store.begin(chosen.data)
    store.clear(chosen)
    schema.bring_up()
    logging.getLogger("hocso").setLevel(logging.WARNING)  # the bar tells enough
    with store.without_waiting():
        builder = Builder(chosen.root, people=people, months=months, now=clock.now())
        made = builder.build(_bar)
    store.finish(chosen.data, people, months, made)
    return made


def _refuse_real_data(chosen: Settings) -> None:
    """Raises:
    BadSetting: A ward that is not a demo is in this database."""
    if (chosen.data / store.UNFINISHED).exists() or schema.at() is None:
        return
    ward = get_ward(reading())
    if ward is not None and not ward.demo:
        raise BadSetting(f"{chosen.data} có dữ liệu thật: chọn thư mục khác bằng --data.")


def _bar(events: list[Event]) -> AbstractContextManager[Iterable[Event]]:
    label = "Dựng dữ liệu thử"
    bar: Any = click.progressbar(events, label=label, file=sys.stderr, show_pos=True, update_min_steps=20)
    return bar  # type: ignore[no-any-return]


def _summary(chosen: Settings, sign_in: list[SignIn]) -> dict[str, Any]:
    session = reading()
    return {
        "data": str(chosen.data),
        "people": session.scalar(select(func.count()).select_from(Person)),
        "attempts": count_attempts(session),
        "sign_in": [{"role": s.role, "card_url": address_of(s.token), "code": s.code, "pin": s.pin} for s in sign_in],
    }


def _lines(chosen: Settings, sign_in: list[SignIn]) -> Iterable[str]:
    """For people: where to look and how to enter."""
    yield f"Học Số, dữ liệu thử trong {chosen.data}"
    yield f"Mở {chosen.base_url}/   (bảng khu phố: {chosen.base_url}/khu-pho)"
    for one in sign_in:
        secret = "mật khẩu" if one.role == "officer" else "PIN"
        page = "/vao/can-bo" if one.role == "officer" else "/vao"
        yield f"  {ROLES[one.role]} {one.name}: mã thẻ {one.code}, {secret} {one.pin} tại {page}"
        yield f"    thẻ học {address_of(one.token)}"
