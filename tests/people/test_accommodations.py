"""What makes reading easier goes with the person; a guest's choices stay in their browser."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from app.people.accommodations import keep_for, keep_own
from app.people.domain import PLAIN, Accommodations
from app.people.models import Accommodation
from app.people.queries import accommodations_of, find_actor
from tests.factories import NOON, make_person, make_ward
from tests.page import Browser
from tests.people.conftest import World
from tests.people.test_views import sign_in
from tests.town import Town, make_town

BIG = Accommodations("rat-to", "more", fewer_options=True, read_first=True)


@pytest.mark.both
def test_choices_are_kept_and_replaced(app: Flask) -> None:
    with app.app_context():
        ada = make_person(group_id=make_ward()["1"])
        assert accommodations_of(reading(), ada) is None
        keep_own(person_id=ada, chosen=BIG, now=NOON)
        assert accommodations_of(reading(), ada) == BIG
        keep_own(person_id=ada, chosen=PLAIN, now=NOON)
        assert accommodations_of(reading(), ada) == PLAIN
        assert reading().scalars(select(AuditEntry)).all() == []


@pytest.mark.both
def test_choices_by_a_volunteer_leave_a_trace_that_does_not_tell_them(app: Flask) -> None:
    with app.app_context():
        ada = make_person(group_id=make_ward()["1"])
        ben = make_person("Trần Văn Ben")
        keep_for(person_id=ada, chosen=BIG, by=ben, now=NOON)
        entry = reading().scalars(select(AuditEntry)).one()
        assert accommodations_of(reading(), ada) == BIG
        assert (entry.action, entry.actor_id, entry.subject_id) == ("accommodation.set", ben, str(ada))
        assert (entry.detail, entry.reason) == ({}, "")


@pytest.mark.both
@pytest.mark.parametrize(
    "chosen", [Accommodations("huge", "auto", False, False), Accommodations("to", "x", False, False)]
)
def test_sizes_and_contrasts_that_there_are_not_are_refused(app: Flask, chosen: Accommodations) -> None:
    with app.app_context():
        ada = make_person(group_id=make_ward()["1"])
        with pytest.raises(Invalid):
            keep_own(person_id=ada, chosen=chosen, now=NOON)
        values = {"text_size": chosen.text_size, "contrast": chosen.contrast}
        with pytest.raises(IntegrityError), transaction() as session:
            session.add(Accommodation(person_id=ada, fewer_options=False, read_first=False, updated_at=NOON, **values))


@pytest.mark.both
def test_nobody_has_choices_of_someone_who_is_not_there(app: Flask) -> None:
    with app.app_context():
        make_ward()
        with pytest.raises(NotFound):
            keep_own(person_id=99, chosen=BIG, now=NOON)
        assert accommodations_of(reading(), 2**40) is None


@pytest.mark.both
def test_session_knows_the_choices_in_its_one_select(app: Flask) -> None:
    town = make_town(app)
    with town.as_ada().client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with app.app_context():
        before = find_actor(reading(), token, now=NOON)
        keep_own(person_id=town.ada, chosen=BIG, now=NOON)
        after = find_actor(reading(), token, now=NOON)
    assert before is not None
    assert after is not None
    assert (before.accommodations, after.accommodations) == (None, BIG)


def looks(browser: Browser, path: str = "/hoc") -> tuple[bool, bool]:
    """Whether a page is in very large letters, and in strong contrast."""
    html = browser.open(path).html
    return 'data-size="rat-to"' in html, 'data-contrast="more"' in html


def choose(browser: Browser, **values: str) -> None:
    browser.open("/co-chu?tu=/hoc")
    browser.submit("/co-chu", values)


def test_choices_follow_a_person_to_another_phone(app: Flask) -> None:
    town = make_town(app)
    choose(town.as_ada(), size="rat-to", contrast="more", fewer="1", read_first="1")

    other = town.as_ada()

    assert looks(other) == (True, True)
    form = dict(other.open("/co-chu").form("/co-chu").fields)
    assert (form["fewer"], form["read_first"]) == ("1", "1")


def test_another_person_on_the_same_phone_has_their_own(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        keep_own(person_id=town.ben, chosen=PLAIN, now=NOON)
    phone = town.as_ada()
    choose(phone, size="rat-to", contrast="more")

    with (
        phone.client.session_transaction() as cookie,
        town.as_person(town.ben, "pin").client.session_transaction() as b,
    ):
        cookie["_user_id"] = b["_user_id"]

    assert looks(phone) == (False, False)


def test_page_for_entering_stays_readable_after_leaving(app: Flask) -> None:
    phone = make_town(app).as_ada()
    choose(phone, size="rat-to", contrast="more")
    phone.open("/hoc")

    phone.submit("/ra")

    assert looks(phone, "/vao") == (True, True)


def test_guest_keeps_choices_in_the_browser_alone(app: Flask) -> None:
    town = make_town(app)
    guest = town.guest()
    choose(guest, size="rat-to", fewer="1")

    form = dict(guest.open("/co-chu").form("/co-chu").fields)

    assert (form["size"], form["fewer"], form["read_first"]) == ("rat-to", "1", "0")
    assert looks(guest) == (True, False)
    assert looks(town.guest()) == (False, False)
    with app.app_context():
        assert reading().scalars(select(Accommodation)).all() == []


def test_guest_takes_the_choices_along_when_signing_up(app: Flask) -> None:
    town = make_town(app)
    guest = town.guest()
    guest.open("/bat-dau/2")
    guest.submit("/bat-dau/2", {"size": "to"})
    guest.submit("/bat-dau/3", {"read_first": "1"})
    choose(guest, fewer="1")
    guest.open("/dang-ky")
    values = {"name": "Phạm Dung", "address": "chị", "adult": "yes", "group": str(town.groups["2"]), "record": "1"}

    guest.submit("/dang-ky", values)

    with app.app_context():
        row = reading().scalars(select(Accommodation)).one()
        assert (row.text_size, row.contrast, row.fewer_options, row.read_first) == ("to", "auto", True, True)


def test_signing_up_without_choices_keeps_none(app: Flask) -> None:
    town = make_town(app)
    guest = town.guest()
    guest.open("/dang-ky")
    values = {"name": "Phạm Dung", "address": "chị", "adult": "yes", "group": str(town.groups["2"]), "record": "1"}

    guest.submit("/dang-ky", values)

    with app.app_context():
        assert reading().scalars(select(Accommodation)).all() == []


def test_sign_in_where_nothing_was_chosen_leaves_the_phone_as_it_was(browser: Browser, world: World) -> None:
    choose(browser, size="rat-to")

    sign_in(browser, world, world.ada)

    assert looks(browser) == (True, False)


def test_page_says_that_there_is_no_timer(browser: Browser, world: World) -> None:
    page = browser.open("/co-chu")

    assert "Không tính giờ." in page.text


@pytest.mark.parametrize("bent", [{"size": "9"}, {"contrast": "<b>"}, {"fewer": "2"}, {"read_first": "có"}])
def test_what_nobody_offers_changes_nothing(app: Flask, bent: dict[str, str]) -> None:
    town = make_town(app)
    ada = town.as_ada()
    choose(ada, size="rat-to", contrast="more", fewer="1", read_first="1")

    choose(ada, **bent)

    with app.app_context():
        assert accommodations_of(reading(), town.ada) == BIG


@pytest.mark.parametrize(("who", "status"), [("ada", 404), ("dung", 404), ("cleo", 200)])
def test_only_officers_choose_for_someone_in_the_console(app: Flask, who: str, status: int) -> None:
    town = make_town(app)
    staff = _as(town, who)
    token = dict(staff.open("/co-chu").form("/co-chu").fields)["csrf_token"]

    page = staff.post(f"/to-chuc/nguoi-hoc/{town.ben}/de-doc", {"csrf_token": token, "size": "rat-to", "fewer": "1"})

    with app.app_context():
        stored = accommodations_of(reading(), town.ben)
        assert page.status == status
        assert stored == (Accommodations("rat-to", "auto", True, False) if status == 200 else None)


def test_officer_sees_what_was_chosen_and_the_trail_in_words(app: Flask) -> None:
    town = make_town(app)
    cleo = town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{town.ben}")

    page = cleo.submit("/de-doc", {"contrast": "more"}, button="Lưu")

    assert "Đã lưu cách đọc cho dễ." in page.text
    assert dict(page.form("/de-doc").fields)["contrast"] == "more"
    assert "Chọn cách đọc cho dễ" in page.text


def test_volunteer_chooses_for_someone_of_their_own_khu_pho(app: Flask) -> None:
    town = make_town(app)
    dung = town.as_dung()
    dung.open("/huong-dan/nguoi?tim=Ada")
    dung.follow("Đọc và học cho dễ")

    page = dung.submit("/de-doc", {"size": "to", "read_first": "1"})

    assert "Đã lưu cách đọc cho dễ." in page.text
    with app.app_context():
        assert accommodations_of(reading(), town.ada) == Accommodations("to", "auto", False, True)


def test_volunteer_does_not_choose_for_others(app: Flask) -> None:
    town = make_town(app)
    dung = town.as_dung()
    token = dict(dung.open("/co-chu").form("/co-chu").fields)["csrf_token"]
    there = f"/huong-dan/nguoi/{town.ben}/de-doc"

    answers = [dung.open(there).status, dung.post(there, {"csrf_token": token, "size": "to"}).status]
    answers.append(dung.open(f"/huong-dan/nguoi/{2**40}/de-doc").status)

    assert answers == [404, 404, 404]
    with app.app_context():
        assert accommodations_of(reading(), town.ben) is None


def _as(town: Town, who: str) -> Browser:
    return {"ada": town.as_ada, "dung": town.as_dung, "cleo": town.as_cleo}[who]()
