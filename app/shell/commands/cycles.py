"""``hocso cycles`` and ``hocso standings``: the months, and whether their figures are right."""

from datetime import datetime
from pathlib import Path

import click

from app.awards.queries import count_awards
from app.closing.service import close_due_cycles, open_due
from app.core.db import reading
from app.core.errors import Conflict
from app.cycles.queries import all_cycles
from app.groups.queries import get_ward
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation, read_text, refusals
from app.standings import checking, scoresheet


@click.group()
def cycles() -> None:
    """Các kỳ thi đua: xem, mở, chốt."""


@cycles.command("list")
@json_option
def list_(json_: bool) -> None:
    """Mọi kỳ, cũ trước, và đã khen bao nhiêu."""
    with installation():
        session = reading()
        awards = count_awards(session)
        rows = [
            {"period": c.period, "kind": c.kind, "state": c.state, "awards": awards.get(c.id, 0)}
            for c in reversed(all_cycles(session))
        ]
    if json_:
        as_json({"cycles": rows})
        return
    for row in rows:
        click.echo(f"{row['period']:<10} {row['kind']:<9} {row['state']:<10} {row['awards']} tuyên dương")


@cycles.command("open")
@now_option
@json_option
def open_(now: datetime, json_: bool) -> None:
    """Mở tháng của bây giờ nếu chưa mở."""
    with installation():
        _need_ward()
        period = open_due(now)
    if json_:
        as_json({"period": period})
    else:
        click.echo(f"Tháng {period} đang mở.")


@cycles.command("close")
@now_option
@json_option
def close(now: datetime, json_: bool) -> None:
    """Chốt mọi kỳ đã hết hạn; gọi lại bao nhiêu lần cũng chỉ chốt một lần."""
    with installation():
        _need_ward()
        closed = close_due_cycles(now)
    if json_:
        as_json({"closed": [{"period": c.period, "digest": c.digest, "proposals": c.proposals} for c in closed]})
        return
    for one in closed:
        click.echo(f"Đã chốt {one.period}: {one.proposals} đề nghị, mã số liệu {one.digest}")
    if not closed:
        click.echo("Không có kỳ nào phải chốt.")


def _need_ward() -> None:
    if get_ward(reading()) is None:
        raise Conflict("not_set_up")


@click.group()
def standings() -> None:
    """Bảng thi đua so với sổ điểm."""


@standings.command("check")
@json_option
def check(json_: bool) -> None:
    """Cộng lại cả sổ điểm và so với bảng và với số liệu đã chốt."""
    with installation():
        found = checking.check(reading())
    if json_:
        as_json({"entries": found.entries, "differences": found.differences, "lines": list(found.lines)})
    else:
        for line in found.lines:
            click.echo(line)
        click.echo(f"{found.entries} dòng sổ điểm, {found.differences} chỗ lệch.")
    raise SystemExit(FAULT if found.differences else 0)


@standings.command("rebuild")
@now_option
@json_option
def rebuild(now: datetime, json_: bool) -> None:
    """Ghi lại bảng đang chạy từ sổ điểm; số liệu đã chốt không đổi."""
    with installation():
        mended = checking.rebuild(now)
    if json_:
        as_json({"mended": mended})
    else:
        click.echo(f"Đã sửa {mended} chỗ lệch.")


@standings.command("recompute")
@click.option("--cycle", required=True, help="Kỳ, ví dụ 2026-10.")
@click.option("--from", "file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def recompute_(cycle: str, file: Path, json_: bool) -> None:
    """Tính lại bảng xếp hạng chỉ từ tệp bảng điểm đã tải về; không cần cơ sở dữ liệu."""
    with refusals():
        given = scoresheet.read_csv(read_text(file), cycle)
    rows = scoresheet.recompute(given)
    wrong = scoresheet.differences(given, rows)
    if json_:
        ranking = [{"slug": r.slug, "name": r.name, "score": r.score, "place": r.place} for r in rows]
        as_json({"cycle": cycle, "groups": ranking, "differences": wrong})
    else:
        for row in rows:
            click.echo(f"{row.place or '–':>3}  {row.name or row.slug:<30} {'–' if row.score is None else row.score}")
        click.echo(f"{len(rows)} khu phố, {len(wrong)} chỗ khác với tệp{': ' + ', '.join(wrong) if wrong else '.'}")
    raise SystemExit(FAULT if wrong else 0)
