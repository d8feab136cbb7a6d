from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups import service as groups
from app.notices.models import Notice
from app.outreach import queries, service
from app.outreach.asking import service as asking
from app.outreach.domain import LATE, Reach
from app.outreach.models import HelpRequest
from app.people.models import Consent, Membership, Person
from tests.factories import NOON, make_person
from tests.town import Town

EVERYONE = Reach(everyone=True)


def ask(town: Town, *, key: str = "k1", person_id: int | None = None, **given: object) -> int:
    values: dict[str, object] = {
        "way": "visit",
        "name": "Bà Tư",
        "contact": "Nhà văn hoá",
        "group_id": town.groups["1"],
    }
    values.update(given)
    return asking.ask_for_help(key=key, person_id=person_id, page="/hoc", now=town.now, **values)  # type: ignore[arg-type]


def actions() -> list[str]:
    return list(reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


@pytest.mark.both
def test_help_asked_for_twice_with_one_key_counts_once(town: Town) -> None:
    with town.app.app_context():
        assert ask(town) == ask(town)

        assert [w.name for w in queries.waiting(reading(), EVERYONE, town.now)] == ["Bà Tư"]


@pytest.mark.both
def test_person_who_waits_already_is_not_listed_twice(town: Town) -> None:
    with town.app.app_context():
        first = ask(town, key="a", person_id=town.ada)

        assert ask(town, key="b", person_id=town.ada) == first
        (row,) = reading().scalars(sa.select(HelpRequest)).all()
        assert (row.person_id, row.name, row.group_id) == (town.ada, "", town.groups["1"])


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": " "}, "name", "name_missing"),
        ({"contact": ""}, "contact", "contact_missing"),
        ({"way": "call"}, "contact", "help_phone"),
        ({"way": "fax"}, "way", "help_way"),
    ],
)
def test_request_refused_when_nobody_could_find_the_person(
    town: Town, given: dict[str, object], field: str, code: str
) -> None:
    with town.app.app_context():
        with pytest.raises(Invalid) as refused:
            ask(town, **given)

        assert (refused.value.code, refused.value.values["field"]) == (code, field)


def test_contact_is_the_khu_phos_own_else_the_wards(town: Town) -> None:
    with town.app.app_context():
        with transaction() as session:
            groups.set_contact(session, town.groups["1"], name="Minh Anh", phone="0912345678")
            groups.set_help_contact(session, name="Đoàn phường", phone="02033854567", hours="7 giờ đến 20 giờ")

        session = reading()
        assert queries.contact_for(session, town.groups["1"]).phone == "0912345678"
        assert queries.contact_for(session, town.groups["2"]).phone == "02033854567"
        assert queries.contact_for(session, None).hours == "7 giờ đến 20 giờ"


@pytest.mark.both
def test_of_two_volunteers_one_takes_a_request(town: Town) -> None:
    with town.app.app_context():
        request = ask(town)
        asking.take_request(request_id=request, by=town.dung, now=town.now)

        with pytest.raises(Conflict) as refused:
            asking.take_request(request_id=request, by=town.cleo, now=town.now)

        assert refused.value.code == "help_taken"


def test_request_that_lay_too_long_is_marked_and_may_be_taken_over(town: Town) -> None:
    with town.app.app_context():
        request = ask(town)
        asking.take_request(request_id=request, by=town.dung, now=town.now)
        later = town.now + LATE + timedelta(minutes=1)

        assert [w.late for w in queries.waiting(reading(), EVERYONE, later)] == [True]
        asking.take_request(request_id=request, by=town.cleo, now=later)

        assert [w.taker for w in queries.waiting(reading(), EVERYONE, later)] == ["Lê Cleo"]


@pytest.mark.both
def test_only_the_taker_finishes_a_request(town: Town) -> None:
    with town.app.app_context():
        request = ask(town)
        asking.take_request(request_id=request, by=town.dung, now=town.now)
        with pytest.raises(Conflict):
            asking.finish_request(request_id=request, by=town.cleo, now=town.now)

        asking.finish_request(request_id=request, by=town.dung, now=town.now)
        asking.finish_request(request_id=request, by=town.dung, now=town.now)

        assert queries.waiting(reading(), EVERYONE, town.now) == []
        assert actions() == ["help.take", "help.done"]


@pytest.mark.both
def test_oldest_request_comes_first(town: Town) -> None:
    with town.app.app_context():
        ask(town, key="new", name="Sau")
        town.now -= timedelta(hours=1)
        ask(town, key="old", name="Trước")

        assert [w.name for w in queries.waiting(reading(), EVERYONE, NOON)] == ["Trước", "Sau"]


def test_volunteer_sees_only_the_own_khu_pho(town: Town) -> None:
    with town.app.app_context():
        ask(town, key="own", name="Gần")
        far = ask(town, key="far", name="Xa", group_id=town.groups["2"])
        ask(town, key="nowhere", name="Không rõ", group_id=None)

        reach = queries.reach_of(reading(), town.dung)
        assert [w.name for w in queries.waiting(reading(), reach, town.now)] == ["Gần", "Không rõ"]
        with pytest.raises(NotFound):
            asking.take_request(request_id=far, by=town.dung, now=town.now)


@pytest.mark.both
def test_confirmed_newcomer_belongs_and_is_told(town: Town) -> None:
    with town.app.app_context():
        new = make_person("Đỗ Mới", group_id=town.groups["1"], confirmed=False)
        assert queries.count_newcomers(reading(), EVERYONE) == 1

        service.confirm_newcomer(person_id=new, by=town.dung, now=town.now)

        row = reading().scalars(sa.select(Membership).where(Membership.person_id == new)).one()
        assert (row.confirmed_by, row.confirmed_at) == (town.dung, town.now)
        assert queries.newcomers(reading(), EVERYONE) == []
        assert reading().scalars(sa.select(Notice.kind).where(Notice.person_id == new)).all() == ["confirmed"]
        assert actions()[-1:] == ["membership.confirm"]  # the month may have been opened by it


@pytest.mark.both
def test_nobody_confirms_themselves(town: Town) -> None:
    with town.app.app_context():
        own = make_person(
            "Vũ Tự", group_id=town.groups["1"], confirmed=False, role="volunteer", ward_id=town.groups["ward"]
        )

        with pytest.raises(Invalid) as refused:
            service.confirm_newcomer(person_id=own, by=own, now=town.now)

        assert refused.value.code == "self_confirm"
        assert (queries.count_newcomers(reading(), EVERYONE), actions()) == (1, [])


def test_newcomer_confirmed_twice_is_told_once(town: Town) -> None:
    with town.app.app_context():
        new = make_person("Đỗ Mới", group_id=town.groups["1"], confirmed=False)
        service.confirm_newcomer(person_id=new, by=town.dung, now=town.now)

        with pytest.raises(Conflict):
            service.confirm_newcomer(person_id=new, by=town.cleo, now=town.now)

        assert reading().scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_volunteer_cannot_confirm_someone_elsewhere(town: Town) -> None:
    with town.app.app_context():
        far = make_person("Đỗ Xa", group_id=town.groups["2"], confirmed=False)

        with pytest.raises(NotFound):
            service.confirm_newcomer(person_id=far, by=town.dung, now=town.now)


def sign_up(town: Town, **given: object) -> service.DoorCard:
    values: dict[str, object] = {
        "key": "f1", "name": "Ngô Cửa", "address": "bà", "adult": "yes", "group_id": town.groups["1"],
        "branch_id": None, "agreed": True, "guardian": False, "by": town.dung,
    }  # fmt: skip
    values.update(given)
    return service.sign_up_at_door(now=town.now, **values)  # type: ignore[arg-type]


@pytest.mark.both
def test_sign_up_at_the_door_confirms_and_records_the_consent(town: Town) -> None:
    with town.app.app_context():
        made = sign_up(town)

        confirmed = sa.select(Membership.confirmed_by).where(Membership.person_id == made.person_id)
        consent = sa.select(Consent.purpose, Consent.choice, Consent.giver, Consent.recorded_by)
        assert reading().scalars(confirmed).all() == [town.dung]
        assert reading().execute(consent).all() == [("record", "full", "self", town.dung)]
        assert actions() == ["person.add", "card.issue"]


@pytest.mark.both
def test_sign_up_sent_twice_makes_one_person(town: Town) -> None:
    with town.app.app_context():
        first, again = sign_up(town), sign_up(town)

        assert first.person_id == again.person_id
        assert first.card.token != again.card.token
        names = sa.select(sa.func.count()).where(Person.name == "Ngô Cửa")
        assert reading().scalar(names) == 1


def test_sign_up_elsewhere_waits_for_a_neighbour(town: Town) -> None:
    with town.app.app_context():
        sign_up(town, group_id=town.groups["2"])

        assert [n.name for n in queries.newcomers(reading(), EVERYONE)] == ["Ngô Cửa"]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"agreed": False}, "agreed", "record_consent_asked"),
        ({"adult": "no"}, "guardian", "consent_guardian"),
        ({"name": ""}, "name", "name_missing"),
        ({"group_id": 0}, "group", "group_missing"),
    ],
)
def test_sign_up_refused(town: Town, given: dict[str, object], field: str, code: str) -> None:
    with town.app.app_context():
        with pytest.raises(Invalid) as refused:
            sign_up(town, **given)

        assert (refused.value.code, refused.value.values["field"]) == (code, field)


def test_volunteer_prints_no_card_of_a_volunteer(town: Town) -> None:
    with town.app.app_context():
        other = make_person("Bùi Giúp", group_id=town.groups["1"], role="volunteer", ward_id=town.groups["1"])

        with pytest.raises(Invalid) as refused:
            service.print_card(person_id=other, by=town.dung, now=town.now)

        assert refused.value.code == "card_role"


def test_reach_ends_at_the_own_khu_pho_for_cards_and_pins(town: Town) -> None:
    with town.app.app_context():
        with pytest.raises(NotFound):
            service.print_card(person_id=town.ben, by=town.dung, now=town.now)
        with pytest.raises(NotFound):
            service.let_choose_new_pin(person_id=town.ben, by=town.dung, now=town.now)

        service.let_choose_new_pin(person_id=town.ada, by=town.dung, now=town.now)

        assert actions() == ["pin.reset"]
