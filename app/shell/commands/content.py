"""``hocso content check``: the question, badge, award and glossary files."""

from dataclasses import asdict

import click

from app.awards.artwork import draw
from app.config import ROOT
from app.quizzes.parser import Fault
from app.shell.content import Checked, check_content
from app.shell.options import json_option
from app.shell.output import FAULT, as_json


@click.group()
def content() -> None:
    """Câu hỏi, huy hiệu, luật xét chọn, từ điển, phiếu thực hành trong các tệp."""


@content.command("check")
@json_option
def check(json_: bool) -> None:
    """Kiểm tra mọi tệp nội dung."""
    found = check_content(ROOT)
    if json_:
        as_json(asdict(found))
    else:
        _tell(found)
    raise SystemExit(FAULT if found.errors else 0)


@content.command("draw")
def draw_() -> None:
    """Vẽ lại hình huy hiệu và giải thưởng theo các tệp."""
    click.echo(f"Đã vẽ lại {draw(ROOT / 'badges')} hình.")


def _tell(found: Checked) -> None:
    for error in found.errors:
        click.echo(_line(error))
    click.echo(
        f"{found.topics} chủ đề, {found.quizzes} bài, {found.items} câu, {found.badges} huy hiệu, "
        f"{found.awards} luật xét chọn, {found.terms} từ, {found.links} địa chỉ, "
        f"{found.practices} phiếu thực hành; "
        f"{found.unreviewed} câu chưa đọc lại; {len(found.errors)} lỗi."
    )


def _line(error: Fault) -> str:
    return ": ".join(part for part in (error.file, error.item, error.field, error.message) if part)
