"""A town for story tests: Ada and Ben learn, Cleo is an officer, Dũng a volunteer of khu phố 1."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask

from app.core import clock
from app.core.db import transaction
from app.people.sessions import begin
from tests.factories import NOON, make_person, make_ward
from tests.page import Browser


@dataclass
class Town:
    app: Flask
    groups: dict[str, int]
    ada: int
    ben: int
    cleo: int
    dung: int
    now: datetime = NOON
    browsers: list[Browser] = field(default_factory=list)

    def at(self, now: datetime) -> None:
        """Let the clock of the views stand at a moment."""
        self.now = now
        clock.use(lambda: now)

    def guest(self) -> Browser:
        return Browser(self.app)

    def as_person(self, person_id: int, level: str) -> Browser:
        """A browser in which this person has signed in."""
        with self.app.app_context(), transaction() as session:
            token = begin(session, person_id, level, old_token=None, now=self.now).token
        browser = Browser(self.app)
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return browser

    def as_ada(self) -> Browser:
        return self.as_person(self.ada, "pin")

    def as_cleo(self) -> Browser:
        return self.as_person(self.cleo, "password")

    def as_dung(self) -> Browser:
        return self.as_person(self.dung, "pin")


def make_town(app: Flask) -> Town:
    """The town at noon: Ada and Dũng in khu phố 1, Ben in 2, Cleo in 3; all confirmed."""
    with app.app_context():
        groups = make_ward()
        ada = make_person("Nguyễn Thị Ada", group_id=groups["1"])
        ben = make_person("Trần Văn Ben", group_id=groups["2"], address="anh")
        cleo = make_person("Lê Cleo", group_id=groups["3"], role="officer", ward_id=groups["ward"])
        dung = make_person("Phạm Dũng", group_id=groups["1"], role="volunteer", ward_id=groups["1"])
    town = Town(app, groups, ada, ben, cleo, dung)
    town.at(NOON)
    return town
