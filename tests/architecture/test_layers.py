"""Imports point down a fixed list of layers, and every file keeps to its role."""

from tests.architecture.source import Module, imports, modules

LAYERS = {
    "core": 1,
    "groups": 2, "documents": 2, "audit": 2, "glossary": 2,
    "people": 3,
    "quizzes": 4, "cycles": 4, "notices": 4,
    "attempts": 5, "standings": 5,
    "outreach": 6, "contests": 6,
    "badges": 7,
    "awards": 8,
    "play": 9, "closing": 9, "privacy": 9,
    "console": 10, "home": 10, "live": 10,
    "shell": 11,
}  # fmt: skip
WIRING = {"app", "app.models", "app.routes"}  # these know everyone; of ours, only the shell knows them
PURE = {"domain", "criteria", "parser", "catalogue", "openbadges", "formats", "kinds", "shapes"}
PURE |= {"reviewing", "placing", "retention", "roles", "totp"}
FORBIDDEN = {
    "domain": ("flask", "sqlalchemy", "flask_login", "app.core.db", "app.core.clock", "app.core.web"),
    "models": ("flask", "app.core.web", "app.core.clock", "*.service", "*.queries"),
    "queries": ("flask", "flask_login", "app.core.web", "app.core.clock", "*.service"),
    "service": ("flask", "flask_login", "app.core.web", "app.core.clock"),
    "views": ("sqlalchemy", "app.core.db.transaction", "*.models"),
}


def kind(module: Module) -> str:
    """The role whose rules hold for a file, "" for those with a name of their own."""
    if module.package == "core":  # its files are owners of hazards, not parts of a feature
        return ""
    if module.role in PURE:
        return "domain"
    return "views" if module.role.endswith("views") else module.role


def touches(name: str, forbidden: str) -> bool:
    """Whether a dotted name is a forbidden one or lies in it; ``*.models`` is any package's."""
    if forbidden.startswith("*."):
        parts = name.split(".")
        return parts[0] == "app" and len(parts) > 2 and parts[2] == forbidden[2:]
    return name == forbidden or name.startswith(forbidden + ".")


def test_every_package_has_a_layer() -> None:
    unknown = {module.package for module in modules() if module.package} - LAYERS.keys()

    assert unknown == set()


def test_imports_point_down() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in modules()
        if module.package
        for name in imports(module)
        if name.startswith("app.") and (below := LAYERS.get(name.split(".")[1])) is not None
        and name.split(".")[1] != module.package and below >= LAYERS[module.package]
    ]  # fmt: skip

    assert wrong == []


def test_only_the_shell_knows_the_wiring() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in modules()
        if module.package not in ("", "shell")
        for name in imports(module)
        if name in WIRING - {"app"} or name == "app.create_app"
    ]

    assert wrong == []


def test_files_keep_to_their_role() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in modules()
        for forbidden in FORBIDDEN.get(kind(module), ())
        for name in imports(module)
        if touches(name, forbidden)
    ]

    assert wrong == []


def test_pure_files_import_only_pure_files_of_ours() -> None:
    allowed = {"app.core.errors", "app.core.text", "app.core.calendar"}
    wrong = [
        f"{module.where} imports {name}"
        for module in modules()
        if kind(module) == "domain"
        for name in imports(module)
        if name.startswith("app.") and name.count(".") == 2
        and name not in allowed and name.split(".")[2] not in PURE
    ]  # fmt: skip

    assert wrong == []
