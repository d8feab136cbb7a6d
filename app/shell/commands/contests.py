"""``hocso contests``: the weekly contests, and doing what is due without the scheduler."""

from datetime import datetime

import click

from app.contests.queries import all_weeks, count_entries
from app.contests.running import run_due
from app.core.db import reading
from app.core.errors import Conflict
from app.groups.queries import get_ward
from app.shell.options import json_option, now_option
from app.shell.output import as_json, installation


@click.group()
def contests() -> None:
    """Các tuần thi: xem, mở, đóng, công bố."""


@contests.command("list")
@now_option
@json_option
def list_(now: datetime, json_: bool) -> None:
    """Các tuần thi, mới trước, và bao nhiêu người dự."""
    with installation():
        session = reading()
        weeks = all_weeks(session, now)
        entries = count_entries(session, [one.id for one in weeks])
        rows = [{"period": w.period, "state": w.state, "entries": entries.get(w.id, 0)} for w in weeks]
    if json_:
        as_json({"contests": rows})
        return
    for row in rows:
        click.echo(f"{row['period']:<9} {row['state']:<10} {row['entries']} người dự thi")


@contests.command("run")
@now_option
@json_option
def run(now: datetime, json_: bool) -> None:
    """Mở, đóng, công bố mọi tuần thi đã đến giờ; gọi lại bao nhiêu lần cũng chỉ làm một lần."""
    with installation():
        if get_ward(reading()) is None:
            raise Conflict("not_set_up")
        ran = run_due(now)
    done = {"opened": ran.opened, "missed": ran.missed, "closed": ran.closed, "published": ran.published}
    if json_:
        as_json({name: list(periods) for name, periods in done.items()})
        return
    words = {"opened": "Đã mở", "missed": "Lỡ tuần", "closed": "Đã đóng", "published": "Đã công bố"}
    for name, periods in done.items():
        for period in periods:
            click.echo(f"{words[name]} {period}")
    if not any(done.values()):
        click.echo("Không có tuần thi nào đến giờ.")
