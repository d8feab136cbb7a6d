"""One owner per hazard: the clock, commits, htmx headers, the environment; and what no file may hold."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.source import ROOT, calls, modules, tracked

CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "datetime.datetime.now"}
JUNK = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
LONGEST = 300
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HOSTS = ("pypi.org", "pythonhosted.org", "registry.npmjs.org", "files.pythonhosted")


def callers(names: Iterable[str], *, owner: str) -> list[str]:
    """Where one of these is called outside its owner."""
    wanted = tuple(names)
    return [
        f"{module.where}:{line} {name}"
        for module in modules()
        if module.where != owner
        for line, name in calls(module)
        if name in wanted or any(name.endswith(f".{one}") for one in wanted if "." not in one)
    ]


def holders(pattern: str, files: Iterable[Path], *, owner: str = "") -> list[str]:
    """Where a pattern stands outside its owner."""
    found = []
    for path in files:
        where = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if where != owner:
            found += [f"{where}: {match.group()[:60]}" for match in re.finditer(pattern, text)]
    return found


def test_only_the_clock_asks_the_time() -> None:
    assert callers(CLOCK, owner="app/core/clock.py") == []


def test_only_the_database_module_commits() -> None:
    assert callers({"commit"}, owner="app/core/db.py") == []


def test_only_web_knows_htmx_headers() -> None:
    files = [module.path for module in modules()]

    assert holders(r"[\"']HX-[A-Za-z-]+[\"']", files, owner="app/core/web.py") == []


def test_only_config_reads_the_environment() -> None:
    files = [module.path for module in modules()]

    assert holders(r"\bos\.environ\b|\bgetenv\b", files, owner="app/config.py") == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = [m.where for m in modules() if len(m.path.read_text(encoding="utf-8").splitlines()) > LONGEST]

    assert long == []


def test_no_junk_drawers() -> None:
    names = [p.relative_to(ROOT).as_posix() for p in (ROOT / "app").rglob("*.py") if p.stem in JUNK]

    assert names == []


def test_templates_escape_everything() -> None:
    assert holders(r"\|\s*safe\b|\bautoescape\b", TEMPLATES) == []


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = r"<[^>]*\sstyle\s*=|<style\b|<[^>{]*\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)[^>]*>|javascript:"

    assert holders(inline, TEMPLATES) == []


def test_fragments_name_their_root_in_the_first_line() -> None:
    fragments = [path for path in TEMPLATES if path.name.startswith("_")]
    wrong = [p.name for p in fragments if not p.read_text(encoding="utf-8").lstrip().startswith("{#")]

    assert wrong == []


def test_no_file_names_the_host_of_a_registry() -> None:
    own = Path(__file__).resolve()
    wrong = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked()
        if path.resolve() != own
        for host in HOSTS
        if host.encode() in path.read_bytes()
    ]

    assert wrong == []
