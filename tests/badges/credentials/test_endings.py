"""A backup from before a badge ended is restored: it ends again, and its place in the list stays set."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app.badges.credentials import endings, keys, publishing, service
from app.badges.credentials.models import Credential
from app.badges.credentials.queries import Shown, state_of
from app.badges.credentials.statuslist import decode, is_set
from app.badges.models import Badge
from app.core.db import reading, transaction
from app.core.errors import NotFound
from tests.badges.credentials.conftest import World
from tests.factories import NOON

LATER = NOON + timedelta(hours=1)


def restore(shown: Shown) -> None:
    """The database as it was before the badge ended."""
    with transaction() as session:
        live = {"ended_at": None, "ended_how": None, "ended_by": None, "reason": ""}
        session.execute(update(Credential).where(Credential.id == shown.id).values(**live))
        session.execute(update(Badge).values(revoked_at=None, revoked_reason=""))


def listed(shown: Shown) -> bool:
    place = int(json.loads(shown.body)["credentialStatus"]["statusListIndex"])
    signed = json.loads(publishing.status_list(reading(), 1))
    return is_set(decode(signed["credentialSubject"]["encodedList"]), place)


@pytest.mark.both
def test_revoked_badge_of_a_restored_backup_is_revoked_again(inside: World) -> None:
    shown = inside.sign()
    service.revoke(shown.id, reason="Làm hộ bài", by=inside.town.cleo, now=LATER)
    restore(shown)

    assert state_of(reading(), shown.id).name == "valid"
    assert listed(shown)
    assert endings.keep_endings(keys.installation().data) == 1
    state = state_of(reading(), shown.id)
    assert (state.name, state.since) == ("revoked", LATER)
    with pytest.raises(NotFound):
        inside.sign()
    assert endings.keep_endings(keys.installation().data) == 0


def test_badge_that_the_backup_does_not_know_stays_listed(inside: World) -> None:
    other, shown = inside.sign(inside.town.ben), inside.sign()
    service.revoke(shown.id, reason="Làm hộ bài", by=inside.town.cleo, now=LATER)
    with transaction() as session:
        session.execute(delete(Credential).where(Credential.id == shown.id))

    assert (listed(shown), listed(other)) == (True, False)


def test_what_ended_otherwise_is_written_down_too(inside: World) -> None:
    shown = inside.sign()
    with transaction() as session:
        service.withdraw_all(session, inside.town.ada, now=LATER)
    folder = keys.installation().data
    before = {one.serial for one in endings.read(folder)}

    endings.keep_endings(folder)

    (line,) = [one for one in endings.read(folder) if one.serial not in before and one.serial == shown.serial]
    assert (line.how, line.at) == ("withdrawn", LATER.isoformat())
    assert (folder / endings.NAME).stat().st_mode & 0o777 == 0o600


def test_torn_line_is_passed_over(inside: World) -> None:
    folder = keys.installation().data
    (folder / endings.NAME).write_text('{"serial": "x", "list')
    shown = inside.sign()

    service.revoke(shown.id, reason="Thử xem", by=None, now=LATER)

    assert [one.serial for one in endings.read(folder)] == [shown.serial]
