"""``hocso docs``: pages that are made from the code."""

import click
from flask import current_app

from app.shell.authorisation import document
from app.shell.output import installation


@click.group()
def docs() -> None:
    """Tài liệu làm ra từ mã nguồn."""


@docs.command("authorisation")
def authorisation() -> None:
    """Ghi lại docs/authorisation.md: ai mở được trang nào."""
    with installation() as chosen:
        path = chosen.root / "docs" / "authorisation.md"
        path.write_text(document(current_app), encoding="utf-8")
    click.echo(f"Đã ghi {path}.")
