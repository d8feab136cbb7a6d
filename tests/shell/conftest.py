"""Commands run in this process, against the test's own database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.shell.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path, database: str) -> Run:
    """``run("cycles", "list", "--json")``; keyword arguments are further settings."""

    def command(*arguments: str, typed: str | None = None, **settings: str) -> Result:
        environment = {"HOCSO_DATA": str(data), "HOCSO_DATABASE_URL": database, **settings}
        return CliRunner().invoke(main, arguments, env=environment, input=typed)

    return command
