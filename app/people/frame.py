"""What every page's frame shows: the ward, who is signed in, and the reader's own preferences."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import web
from app.core.db import reading
from app.core.i18n import language
from app.groups.queries import get_ward
from app.people import login, preferences
from app.people.access import actor
from app.people.domain import Actor
from app.people.household.queries import count_names


@dataclass(frozen=True)
class Frame:
    """``ui`` in ``base.html``; ``here`` is the path to come back to."""

    lang: str
    size: str
    contrast: str
    fewer: bool
    read_first: bool
    ward: str
    unit: str
    demo: bool
    here: str
    person: Actor | None
    adult_age: int = 16  # from which age people are counted
    several: bool = False  # whether this phone has the names of several people, and one of them is signed in


def frame() -> Frame:
    """The frame of the present request. It also stands around the page that says "the store is down"."""
    try:
        ward, person = get_ward(reading()), actor()
        several = person is not None and (login.goes_round() or count_names(reading(), login.device_token()) > 1)
    except SQLAlchemyError:
        ward, person, several = None, None, False
    chosen = preferences.of_reader(person)
    return Frame(
        lang=language(),
        size=chosen.text_size,
        contrast=chosen.contrast,
        fewer=chosen.fewer_options,
        read_first=chosen.read_first,
        ward=ward.name if ward else "",
        unit=ward.unit if ward else "",
        demo=ward.demo if ward else False,
        here=web.here(),
        person=person,
        adult_age=ward.adult_age if ward else 16,
        several=several,
    )


def init(app: Flask) -> None:
    """Put ``ui`` before every template."""
    app.context_processor(lambda: {"ui": frame()})
