"""What every page's frame shows: the ward, who is signed in, and the reader's own preferences."""

from dataclasses import dataclass

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import reading
from app.core.i18n import language, text_size
from app.groups.queries import get_ward
from app.people.access import actor
from app.people.domain import Actor

CONTRASTS = ("auto", "more")


@dataclass(frozen=True)
class Frame:
    """``ui`` in ``base.html``; ``here`` is the path to come back to."""

    lang: str
    size: str
    contrast: str
    ward: str
    unit: str
    demo: bool
    here: str
    person: Actor | None


def contrast() -> str:
    """The reader's choice: their cookie, else whatever the phone says."""
    chosen = request.cookies.get("contrast")
    return chosen if chosen in CONTRASTS else "auto"


def frame() -> Frame:
    """The frame of the present request. It also stands around the page that says "the store is down"."""
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    try:
        ward, person = get_ward(reading()), actor()
    except SQLAlchemyError:
        ward, person = None, None
    return Frame(
        lang=language(),
        size=text_size(),
        contrast=contrast(),
        ward=ward.name if ward else "",
        unit=ward.unit if ward else "",
        demo=ward.demo if ward else False,
        here=here,
        person=person,
    )


def init(app: Flask) -> None:
    """Put ``ui`` before every template."""
    app.context_processor(lambda: {"ui": frame()})
