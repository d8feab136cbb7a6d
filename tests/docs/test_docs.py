"""The written pages stay true: links lead somewhere, commands exist, the layers are those that are enforced."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.shell.cli import main
from tests.architecture.source import ROOT, tracked
from tests.architecture.test_layers import LAYERS

PAGES = sorted(path for path in tracked() if path.suffix == ".md")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def named_commands(page: Path) -> Iterator[list[str]]:
    """Words after ``hocso`` or ``run.py`` that are written as a command."""
    for code in re.findall(r"`([^`\n]+)`|^((?:[A-Z_]+=\S+ )*python3 run\.py .*)$", page.read_text("utf-8"), re.M):
        line = code[0] or code[1]
        match = re.search(r"\b(?:hocso|run\.py) ([a-z]+(?: [a-z]+(?:-[a-z]+)*)?)", line)
        if match:
            yield match[1].split()


def exists(words: list[str]) -> bool:
    """Whether a command has these words; what follows a command that takes none of its own is ignored."""
    here: click.Command = main
    for word in words:
        if not isinstance(here, click.Group):
            return True
        if word not in here.commands:
            return False
        here = here.commands[word]
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_that_are_written_down_exist(page: Path) -> None:
    unknown = [words for words in named_commands(page) if words[0] != "test" and not exists(words)]

    assert unknown == []


def test_layers_are_those_that_are_enforced() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+)\|", text, re.M)

    written = {name: int(number) for number, names in rows for name in re.findall(r"`(\w+)`", names)}

    there = {path.name for path in (ROOT / "app").iterdir() if (path / "__init__.py").exists()}
    assert written == {name: layer for name, layer in LAYERS.items() if name in there}
