"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "app"


@dataclass(frozen=True)
class Module:
    """One file of ``app``: its dotted name, the package below ``app`` ("" for wiring) and its role."""

    path: Path
    name: str
    package: str

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def role(self) -> str:
        """The file's own name; ``kinds`` and ``formats`` are roles of whole folders."""
        folders = {"kinds", "formats"} & set(self.path.relative_to(APP).parts)
        return folders.pop() if folders else self.path.stem


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of ``app`` but the migrations."""
    found = []
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(APP).with_suffix("").parts
        if parts[0] != "migrations":
            name = ".".join(("app", *(part for part in parts if part != "__init__")))
            found.append(Module(path, name, parts[0] if len(parts) > 1 else ""))
    return tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: Module) -> Iterator[str]:
    """Dotted names that a file imports, those from ``app`` down to the module where that can be told."""
    for node in _walk(tree(module.path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but what stands under ``if TYPE_CHECKING``: types may be named, not used."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    return ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])


def calls(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything called in a file: ``datetime.now``, ``session.commit``."""
    for node in ast.walk(tree(module.path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def tracked() -> list[Path]:
    """Every file that belongs to the project: tracked by git, or new and not ignored."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    ignored = {".git", ".venv", "var", "node_modules", "__pycache__"}
    return [p for p in sorted(ROOT.rglob("*")) if p.is_file() and not ignored & set(p.relative_to(ROOT).parts)]
