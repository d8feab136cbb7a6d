"""What every page's frame shows: the ward, who is signed in, and the reader's own preferences."""

from dataclasses import dataclass
from functools import cached_property

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import web
from app.core.db import reading
from app.core.i18n import language
from app.groups.models import Ward
from app.groups.queries import get_ward
from app.people import login, preferences
from app.people.access import actor
from app.people.domain import Actor
from app.people.household.queries import count_names


@dataclass
class Frame:
    """``ui`` in ``base.html``; ``here`` is the path to come back to.

    What is read from the database is read where a page shows it: a fragment shows none of it.
    """

    lang: str
    size: str
    contrast: str
    fewer: bool
    read_first: bool
    here: str
    person: Actor | None

    @cached_property
    def _ward(self) -> Ward | None:
        try:
            return get_ward(reading())
        except SQLAlchemyError:  # the frame also stands around the page that says "the store is down"
            return None

    @property
    def ward(self) -> str:
        return self._ward.name if self._ward else ""

    @property
    def unit(self) -> str:
        return self._ward.unit if self._ward else ""

    @property
    def demo(self) -> bool:
        return self._ward.demo if self._ward else False

    @property
    def adult_age(self) -> int:
        """From which age people are counted."""
        return self._ward.adult_age if self._ward else 16

    @cached_property
    def several(self) -> bool:
        """Whether this phone has the names of several people, and one of them is signed in."""
        try:
            return self.person is not None and (login.goes_round() or count_names(reading(), login.device_token()) > 1)
        except SQLAlchemyError:
            return False


def frame() -> Frame:
    """The frame of the present request."""
    try:
        person = actor()
    except SQLAlchemyError:
        person = None
    chosen = preferences.of_reader(person)
    return Frame(
        lang=language(),
        size=chosen.text_size,
        contrast=chosen.contrast,
        fewer=chosen.fewer_options,
        read_first=chosen.read_first,
        here=web.here(),
        person=person,
    )


def init(app: Flask) -> None:
    """Put ``ui`` before every template."""
    app.context_processor(lambda: {"ui": frame()})
