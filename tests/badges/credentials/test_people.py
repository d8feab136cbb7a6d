"""Signed badges of someone who is erased, and of someone who had two records."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from app.badges.credentials.checking import check_document
from app.badges.credentials.models import Credential
from app.badges.credentials.queries import by_token, holder_code, naming, paper_for, state_of
from app.badges.credentials.service import issue
from app.badges.models import Badge
from app.console.doubles import service as doubles
from app.core.db import reading, transaction
from app.people.roles import EVERYWHERE
from app.privacy import erasing
from tests.badges.credentials.conftest import World
from tests.factories import NOON, make_person


@pytest.mark.both
def test_signed_badge_of_someone_erased_is_withdrawn_and_leads_to_nobody(inside: World, tmp_path: Path) -> None:
    shown = inside.sign()
    paper = paper_for(reading(), shown.id)
    assert paper is not None

    erasing.erase_for(person_id=inside.town.ada, typed="XOÁ", by=inside.town.cleo, folder=tmp_path, now=NOON)

    row = reading().get_one(Credential, shown.id)
    assert (row.token_hash, row.token_sealed, row.holder_sealed) == (None, None, None)
    assert state_of(reading(), shown.id).name == "withdrawn"
    assert by_token(reading(), paper.url.rpartition("/")[2]) is None
    assert holder_code(reading(), shown.id) is None
    assert naming(reading(), inside.shown(shown.id)).how == "hidden"
    assert check_document(reading(), json.loads(shown.body)).outcome == "withdrawn"


@pytest.mark.both
def test_signed_badge_goes_with_its_record_and_a_second_one_is_replaced(inside: World) -> None:
    twin = make_person("Nguyen Thi Ada", group_id=inside.town.groups["1"])
    with transaction() as session:
        session.add(Badge(person_id=twin, achievement_slug="tinh-mat", issued_at=NOON, evidence={}))
        rhythm = select(Badge).where(Badge.person_id == inside.town.ada, Badge.achievement_slug == "than-hong")
        session.scalars(rhythm).one().person_id = twin
    own, second, moved = inside.sign(), inside.sign(twin), inside.sign(twin, "than-hong")

    doubles.merge(kept_id=inside.town.ada, gone_id=twin, by=inside.town.cleo, within=EVERYWHERE, now=NOON)

    states = [state_of(reading(), shown.id).name for shown in (own, second, moved)]
    assert states == ["valid", "superseded", "valid"]
    assert inside.shown(moved.id).person_id == inside.town.ada
    assert issue(person_id=inside.town.ada, slug="than-hong", now=NOON) == moved.id
