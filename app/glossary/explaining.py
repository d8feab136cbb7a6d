"""The glossary of this process, and the template filter ``explained`` that offers a word's meaning where it stands."""

import logging
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import current_app
from markupsafe import Markup, escape

from app.core import web
from app.glossary.domain import Glossary
from app.glossary.parser import read_glossary

log = logging.getLogger("hocso")
LINK = Markup('<a class="term" href="{url}" hx-get="{url}" hx-target="next .term-box" hx-swap="innerHTML">{words}</a>')


def glossary() -> Glossary:
    """The terms and addresses of the files, read once."""
    return _read(current_app.config["SETTINGS"].root / "quizzes")


@cache
def _read(folder: Path) -> Glossary:
    found, faults = read_glossary(folder)
    if faults:  # `hocso content check` names them
        log.warning("glossary entries left out", extra={"count": len(faults)})
    return found


def explained(text: str) -> Markup:
    """Plain text as markup in which the first few known words lead to their meaning.

    A page that uses it puts ``term_box()`` of ``components/terms.html`` after the text: there the meaning
    opens; without JavaScript the word is a link to its own page, which leads back.
    """
    return mark_up(text, glossary(), web.here())


def mark_up(text: str, words: Glossary, back: str) -> Markup:
    """Links around the known words of a text; everything else is escaped, markup too."""
    plain, back = str(text), quote(back)
    parts: list[Markup] = []
    at = 0
    for found in words.find(plain):
        url = f"/tu-dien/{found.slug}?tu={back}"
        parts += [escape(plain[at : found.start]), LINK.format(url=url, words=plain[found.start : found.end])]
        at = found.end
    return Markup("").join([*parts, escape(plain[at:])])
