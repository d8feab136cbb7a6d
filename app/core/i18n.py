"""Language and form of address. Vietnamese is the source; every sentence may hold %(x)s, %(X)s and %(a)s."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, gettext

LANGUAGES = ("vi", "en")
SIZES = ("vua", "to", "rat-to")
SHORT = ("anh", "chị", "bạn")  # these are not answered with "ạ"
NEUTRAL = "bác"
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

babel = Babel()


@dataclass(frozen=True)
class Address:
    """A form of address as sentences need it: bác, Bác, and " ạ" where it belongs."""

    x: str

    @property
    def X(self) -> str:  # noqa: N802 — the placeholder's own name
        return self.x[:1].upper() + self.x[1:]

    @property
    def a(self) -> str:
        return "" if self.x in SHORT else " ạ"

    def values(self) -> dict[str, str]:
        return {"x": self.x, "X": self.X, "a": self.a}

    def fill(self, text: str) -> str:
        """Content's own placeholders: ``{x}``, ``{X}``, ``{a}``."""
        return text.replace("{x}", self.x).replace("{X}", self.X).replace("{a}", self.a)


def language() -> str:
    """The reader's language: their cookie, else Vietnamese."""
    chosen = request.cookies.get("lang") if has_request_context() else None
    return chosen if chosen in LANGUAGES else "vi"


def text_size() -> str:
    chosen = request.cookies.get("size")
    return chosen if chosen in SIZES else "vua"


def address() -> Address:
    """How to address the reader: set by whoever signed in, else the cookie of the first steps."""
    if not has_request_context():
        return Address(NEUTRAL)
    chosen = g.get("address") or request.cookies.get("xung-ho") or NEUTRAL
    return Address(chosen if len(chosen) <= 4 else NEUTRAL)


def say(message: str, **values: object) -> str:
    """A sentence in the reader's language, addressed to the reader."""
    return str(gettext(message)) % {**address().values(), **values}


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for "translate later"
    """Mark a sentence for translation where it is defined; :func:`say` speaks it."""
    return message


def compile_catalogues() -> None:
    """Make each ``.mo`` from its ``.po`` when that is newer, so that no build step is needed."""
    for po in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source:
                catalogue = read_po(source)
            with NamedTemporaryFile(dir=mo.parent, suffix=".part", delete=False) as target:  # one for each process
                write_mo(target, catalogue)
            Path(target.name).replace(mo)


def init(app: Flask) -> None:
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    babel.init_app(app, locale_selector=language, timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    environment: Any = app.jinja_env
    environment.globals.update({"_": say, "gettext": say})
