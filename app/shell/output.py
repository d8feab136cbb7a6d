"""What commands print: one JSON object, or lines for people; refusals as one sentence and an exit status."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy.exc import DBAPIError

from app.config import BadSetting, Settings, read_settings
from app.core.errors import HocSoError, Invalid

FAULT = 1  # the command found something wrong
WRONG_USE = 2  # it was called wrongly, or a setting cannot be used


def as_json(value: dict[str, Any]) -> None:
    """The one object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def stop(sentence: str, status: int) -> NoReturn:
    """Say why, on standard error, and end."""
    click.echo(sentence, err=True)
    raise SystemExit(status)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what can go wrong into a sentence and an exit status."""
    from app.core import web

    try:
        yield
    except BadSetting as error:
        stop(str(error), WRONG_USE)
    except HocSoError as error:
        stop(web.words(error), FAULT)
    except DBAPIError as error:
        why = type(error.orig).__name__
        stop(f"Không đọc được cơ sở dữ liệu ({why}): chạy `hocso db upgrade`, rồi `hocso doctor`.", FAULT)


def settings(data: Path | None = None) -> Settings:
    """The settings of this process; a bad one ends it with a sentence."""
    try:
        return read_settings(data=data)
    except BadSetting as error:
        stop(str(error), WRONG_USE)


@contextmanager
def installation(chosen: Settings | None = None) -> Iterator[Settings]:
    """The application around a command, with refusals put into words and connections given back."""
    from app import create_app
    from app.core.db import db

    chosen = chosen or settings()
    try:
        app = create_app(chosen)
    except OSError as error:
        stop(f"HOCSO_DATA: không dùng được thư mục {chosen.data} ({error.strerror}).", WRONG_USE)
    with app.app_context():
        try:
            with refusals():
                yield chosen
        finally:
            db.session.remove()
            db.engine.dispose()


def read_text(file: Path) -> str:
    """A text file's words; one that is not UTF-8 is refused.

    Raises:
        Invalid: It is not.
    """
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError:
        raise Invalid("file_encoding") from None
