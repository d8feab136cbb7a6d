"""Printing many: signed a few at a time, never twice, only those who hold their badge."""

from dataclasses import asdict

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.badges.credentials.models import Credential
from app.badges.granting import take_back
from app.badges.papers import service
from app.badges.papers.domain import Options
from app.badges.papers.making import run_file
from app.badges.papers.queries import progress_of, run_of
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.people.roles import EVERYWHERE
from tests.badges.papers.stage import ART, earn
from tests.documents import pdf
from tests.factories import NOON
from tests.town import Town, make_town

WHOLE = Options(layer=False, x=0, y=0, form="pdf")


@pytest.fixture
def town(app: Flask) -> Town:
    return make_town(app)


def start(town: Town, ids: list[int], *, options: Options = WHOLE, key: str = "k") -> int:
    return service.start_run(badge_ids=ids, options=options, key=key, by=town.cleo, within=EVERYWHERE, now=NOON)


@pytest.mark.both
def test_printing_signs_each_badge_once_and_leaves_one_entry(town: Town) -> None:
    ids = earn(town, town.ada, town.ben)
    settings = town.app.config["SETTINGS"]
    with town.app.app_context():
        run = start(town, ids)
        assert start(town, ids) == run  # the same form again

        found = [service.go_on(run, now=NOON, settings=settings) for _ in range(2)]

        assert [asdict(one) for one in found] == [{"done": 2, "total": 2}] * 2
        assert reading().scalar(sa.select(sa.func.count()).select_from(Credential)) == 2
        printed = sa.select(AuditEntry.detail).where(AuditEntry.action == "papers.print")
        assert reading().scalars(printed).all() == [{"papers": 2, "layer": False}]
        body, kind = run_file(reading(), run_of(reading(), run), art=ART, now=NOON)
        assert (kind, pdf.pages(body)) == ("pdf", 2)


@pytest.mark.both
def test_badge_taken_back_meanwhile_is_left_out(town: Town) -> None:
    ids = earn(town, town.ada, town.ben)
    with town.app.app_context():
        run = start(town, ids)
        take_back(ids[0], reason="Trao nhầm", by=town.cleo, now=NOON)
        service.go_on(run, now=NOON, settings=town.app.config["SETTINGS"])

        body, _ = run_file(reading(), run_of(reading(), run), art=ART, now=NOON)

        assert (pdf.pages(body), progress_of(reading(), run_of(reading(), run)).finished) == (1, True)


def test_nobody_chosen_is_said_and_none_left_to_print_too(town: Town) -> None:
    ids = earn(town, town.ada)
    with town.app.app_context():
        with pytest.raises(Invalid, match="papers_nobody"):
            start(town, [])
        run = start(town, ids)
        with pytest.raises(Conflict, match="papers_none"):  # not signed yet
            run_file(reading(), run_of(reading(), run), art=ART, now=NOON)
