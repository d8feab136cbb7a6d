"""One tablet for a class: no rights on it, a tap on a name, nothing of the one before, the way out by PIN."""

import pytest

from app.core import security
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from app.outreach.classes import service, tablet
from app.outreach.classes.domain import LASTS
from app.outreach.classes.models import ClassTablet
from app.people.models import Device
from app.people.service import set_password, set_pin
from app.people.tries import sweep
from tests.factories import NOON
from tests.outreach.classes.room import bring, plan
from tests.town import Town

PIN = "2580"


def start(town: Town, class_id: int, device_token: str | None = None) -> str:
    """The trainer lets a new device go round; returns its token."""
    fresh = tablet.start_tablet(class_id=class_id, device_token=device_token, by=town.dung, now=NOON)
    token = fresh or device_token
    assert token is not None
    return token


@pytest.mark.both
def test_tap_on_a_name_opens_a_learning_session_for_those_present_alone(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        (first,) = bring(town, made, 1)
        device = start(town, made)

        entered = tablet.enter_by_name(person_id=first, device_token=device, old_token=None, now=NOON)

        assert (entered.person_id, entered.level) == (first, "card")
        for person, token in ((town.ada, device), (first, "khac"), (first, None), (2**40, device)):
            with pytest.raises(NotFound):
                tablet.enter_by_name(person_id=person, device_token=token, old_token=None, now=NOON)


@pytest.mark.both
def test_tablet_goes_round_while_the_class_is_on(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        device = start(town, made)

        here = tablet.tablet_of(reading(), device, NOON)
        assert here is not None
        assert (here.class_id, here.starter) == (made, "Phạm Dũng")
        assert tablet.tablet_of(reading(), device, NOON + LASTS) is None
        assert tablet.tablet_of(reading(), None, NOON) is None
        service.cancel_class(class_id=made, by=town.dung, now=NOON)
        assert tablet.tablet_of(reading(), device, NOON) is None


@pytest.mark.both
def test_pin_takes_the_tablet_out_and_opens_a_session(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        with transaction() as session:
            set_pin(session, town.dung, PIN, now=NOON)
        device = start(town, made)
        way_out = {"device_token": device, "network": "net", "old_token": None, "now": NOON}

        with pytest.raises(Invalid) as wrong:
            tablet.leave(secret="1379", **way_out)  # type: ignore[arg-type]
        assert (wrong.value.code, wrong.value.values["left"]) == ("class_leave_wrong", 4)
        left = tablet.leave(secret=PIN, **way_out)  # type: ignore[arg-type]

        assert left.signed_in is not None
        assert (left.class_id, left.signed_in.person_id, left.signed_in.level) == (made, town.dung, "pin")
        assert tablet.tablet_of(reading(), device, NOON) is None


@pytest.mark.both
def test_password_takes_the_tablet_out_but_opens_nothing_by_itself(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        with transaction() as session:
            set_password(session, town.dung, "mot-mat-khau-dai", now=NOON)
        device = start(town, made)

        left = tablet.leave(secret="mot-mat-khau-dai", device_token=device, network="n", old_token=None, now=NOON)

        assert (left.class_id, left.signed_in) == (made, None)


@pytest.mark.both
def test_device_goes_round_in_one_class_and_may_be_forgotten(town: Town) -> None:
    with town.app.app_context():
        made = plan(town)
        device = start(town, made)
        assert start(town, made, device) == device

        rows = reading().query(ClassTablet).order_by(ClassTablet.id).all()
        assert [row.ended_at is None for row in rows] == [False, True]
        device_id = reading().query(Device.id).filter_by(token_hash=security.digest(device)).scalar()
        assert {row.device_id for row in rows} == {device_id}
        sweep(now=NOON.replace(year=NOON.year + 3))
        assert reading().query(Device).count() == 0
