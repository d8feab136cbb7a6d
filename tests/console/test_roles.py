"""Roles given and ended on a person's page, and what those who hold them see: their own branch."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from app.groups.service import add_group
from app.outreach import queries
from app.outreach.asking.service import ask_for_help, take_request
from app.outreach.service import confirm_newcomer
from app.people import granting
from app.people.directory import count_people, find_people
from app.people.grants import grants_of, holders, scope_in
from app.people.roles import Held
from app.people.service import grant_role
from tests.factories import NOON, make_person
from tests.page import Browser, Page
from tests.town import Town, make_town

pytestmark = pytest.mark.both


@dataclass
class Staff:
    """Lan leads khu phố 1 (Ada and Dũng live there), Mai the chi đoàn; Kim is an officer of khu phố 1 alone."""

    town: Town
    lan: int
    mai: int
    kim: int
    branch: int


@pytest.fixture
def staff(app: Flask) -> Staff:
    town = make_town(app)
    with app.app_context():
        with transaction() as session:
            branch = add_group(session, kind="chi_doan", name="Chi đoàn Thử", now=NOON)
        lan = make_person("Đỗ Lan", group_id=town.groups["3"], role="leader", ward_id=town.groups["1"])
        mai = make_person("Hồ Mai", group_id=town.groups["3"], role="leader", ward_id=branch)
        kim = make_person("Vũ Kim", group_id=town.groups["3"], role="officer", ward_id=town.groups["1"])
        make_person("Tô Trẻ", group_id=town.groups["2"], branch_id=branch, confirmed=False)
    return Staff(town, lan, mai, kim, branch)


def names(town: Town, who: int) -> list[str]:
    with town.app.app_context():
        within = scope_in(reading(), who, "people.read")
        found = find_people(reading(), within=within)
        assert len(found.rows) == count_people(reading(), within)
        return sorted(one.name for one in found.rows)


def test_leader_sees_the_people_of_the_own_branch(staff: Staff) -> None:
    assert names(staff.town, staff.lan) == ["Nguyễn Thị Ada", "Phạm Dũng"]
    assert names(staff.town, staff.mai) == ["Tô Trẻ"]
    assert len(names(staff.town, staff.town.cleo)) == 8


def page(staff: Staff, who: int, path: str) -> Page:
    return staff.town.as_person(who, "password").open(path)


def test_leader_reads_a_person_of_the_own_branch_and_changes_nothing(staff: Staff) -> None:
    found = page(staff, staff.lan, f"/to-chuc/nguoi-hoc/{staff.town.ada}")

    assert found.status == 200
    assert [form.action for form in found.forms if "/to-chuc/" in form.action] == []


@pytest.mark.parametrize("path", ["/to-chuc/nguoi-hoc/{}", "/to-chuc/nguoi-hoc/999999999999", "/to-chuc/khu-pho/2"])
def test_what_lies_in_another_branch_is_not_there(staff: Staff, path: str) -> None:
    foreign = page(staff, staff.lan, path.format(staff.town.ben))

    assert (foreign.status, foreign.title) == (404, page(staff, staff.lan, "/khong-co").title)


def test_leader_s_lists_name_the_own_branch_alone(staff: Staff) -> None:
    groups, people = (page(staff, staff.lan, f"/to-chuc/{place}").text for place in ("khu-pho", "nguoi-hoc"))

    assert ("Khu phố 1" in groups, "Khu phố 2" in groups) == (True, False)
    assert ("Ada" in people, "Trần Văn Ben" in people) == (True, False)


def test_navigation_shows_what_one_may_open(staff: Staff) -> None:
    lan = page(staff, staff.lan, "/to-chuc")
    links = {href for href, _ in lan.links if href.startswith(("/to-chuc", "/huong-dan"))}

    assert {href.partition("#")[0] for href in links} == {
        "/to-chuc", "/to-chuc/khu-pho", "/to-chuc/nguoi-hoc", "/huong-dan",
    }  # fmt: skip
    assert [page(staff, staff.lan, href).status for href in sorted(links)] == [200] * len(links)


def test_help_requests_and_newcomers_are_those_of_the_own_branch(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        young = reading().scalar(sa.text("SELECT id FROM person WHERE name = 'Tô Trẻ'"))
        asked = {
            who: ask_for_help(
                key=f"k{who}", way="visit", person_id=who, group_id=None, name="", contact="", page="/", now=NOON
            )
            for who in (town.ada, town.ben, young)
        }
        for who, own in ((staff.lan, [town.ada]), (staff.mai, [young]), (town.cleo, [town.ada, town.ben, young])):
            reach = queries.reach_of(reading(), who)
            assert [one.id for one in queries.waiting(reading(), reach, NOON)] == [asked[one] for one in own]
            assert queries.count_waiting(reading(), reach) == len(own)
        counts = [
            queries.count_newcomers(reading(), queries.reach_of(reading(), who)) for who in (staff.lan, staff.mai)
        ]
        assert counts == [0, 1]

        with pytest.raises(NotFound):
            take_request(request_id=asked[town.ben], by=staff.lan, now=NOON)
        with pytest.raises(NotFound):
            confirm_newcomer(person_id=young, by=staff.lan, now=NOON)
        take_request(request_id=asked[young], by=staff.mai, now=NOON)
        confirm_newcomer(person_id=young, by=staff.mai, now=NOON)


def test_author_reaches_nobody(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        author = make_person("Bùi Soạn", group_id=town.groups["1"], role="author", ward_id=town.groups["ward"])

        assert queries.reach_of(reading(), author).covers(town.groups["1"]) is False


def test_only_who_reviews_for_the_whole_ward_counts_as_one_who_may_decide(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        reviewer = make_person("Đinh Xét", group_id=town.groups["1"], role="reviewer", ward_id=town.groups["ward"])

        assert holders(reading(), "awards.review") == [town.cleo, reviewer]


# --- giving and ending


def give(browser: Browser, who: int, role: str, group: int) -> Page:
    browser.open(f"/to-chuc/nguoi-hoc/{who}")
    return browser.submit(f"/{who}/vai-tro", {"role": role, "group": str(group)})


def held(town: Town, who: int) -> list[Held]:
    with town.app.app_context():
        return grants_of(reading(), who)


def test_officer_gives_roles_in_several_groups_and_ends_one(staff: Staff) -> None:
    town, cleo = staff.town, staff.town.as_cleo()
    give(cleo, town.ben, "leader", town.groups["2"])
    given = give(cleo, town.ben, "volunteer", town.groups["1"])
    assert ("Đã đổi vai trò" in given.text, "Phụ trách khu phố, chi đoàn" in given.text) == (True, True)

    action = next(form.action for form in given.forms if form.action.endswith("/thoi"))
    cleo.submit(action)

    assert held(town, town.ben) == [Held("leader", town.groups["2"])]
    with town.app.app_context():
        trail = reading().execute(sa.select(AuditEntry.action, AuditEntry.detail).order_by(AuditEntry.id)).all()
        assert [(action, detail["role"]) for action, detail in trail] == [
            ("role.grant", "leader"), ("role.grant", "volunteer"), ("role.end", "volunteer"),
        ]  # fmt: skip


def test_role_held_already_is_said(staff: Staff) -> None:
    cleo, town = staff.town.as_cleo(), staff.town
    give(cleo, town.ben, "volunteer", town.groups["2"])

    again = give(cleo, town.ben, "volunteer", town.groups["2"])

    assert (again.status, "đang giữ việc đó ở đó rồi" in again.text) == (422, True)


def test_own_page_offers_no_role(staff: Staff) -> None:
    found = staff.town.as_cleo().open(f"/to-chuc/nguoi-hoc/{staff.town.cleo}")

    assert [form.action for form in found.forms if "vai-tro" in form.action or "mat-khau" in form.action] == []


def refusal(call: object) -> str:
    with pytest.raises(Invalid) as error:
        call()  # type: ignore[operator]
    return error.value.code


def test_nobody_gives_to_themselves_beyond_their_branch_or_more_than_they_hold(staff: Staff) -> None:
    town = staff.town
    one, two, ward = town.groups["1"], town.groups["2"], town.groups["ward"]
    with town.app.app_context():
        admin = make_person("Tạ Admin", group_id=one, role="admin", ward_id=ward)
        tries = (
            (town.cleo, town.cleo, "leader", one, "role_own"), (town.ada, staff.kim, "leader", two, "role_beyond"),
            (town.ada, staff.kim, "officer", ward, "role_beyond"), (town.ada, admin, "officer", ward, "role_beyond"),
            (town.ada, admin, "reviewer", ward, "role_beyond"), (town.ada, staff.lan, "volunteer", one, "role_beyond"),
            (town.ada, town.cleo, "author", one, "role_ward"), (town.ada, town.cleo, "king", ward, "role_beyond"),
        )  # fmt: skip
        for who, by, role, group, code in tries:
            call = lambda who=who, role=role, group=group, by=by: granting.give_role(  # noqa: E731
                person_id=who, role=role, group_id=group, by=by, now=NOON
            )
            assert (role, refusal(call)) == (role, code)

        granting.give_role(person_id=town.ada, role="volunteer", group_id=one, by=staff.kim, now=NOON)
        granting.give_role(person_id=town.ben, role="leader", group_id=two, by=admin, now=NOON)


def test_nobody_ends_their_own_or_a_higher_role(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        admin = make_person("Tạ Admin", group_id=town.groups["1"], role="admin", ward_id=town.groups["ward"])
        cleos = granting.staff_desk(reading(), town.cleo, admin)
        own = granting.staff_desk(reading(), town.cleo, town.cleo)

        assert (cleos.endable, cleos.may_reset, own.endable, own.may_reset) == (frozenset(), False, frozenset(), False)
        for by, code in ((admin, "role_beyond"), (town.cleo, "role_own")):
            call = lambda by=by: granting.take_role(  # noqa: E731
                person_id=town.cleo, grant_id=cleos.roles[0].id, by=by, now=NOON
            )
            assert refusal(call) == code


def test_grant_of_another_person_is_not_ended_by_its_number(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        grant = granting.staff_desk(reading(), staff.lan, town.cleo).roles[0].id

        with pytest.raises(NotFound):
            granting.take_role(person_id=town.ben, grant_id=grant, by=town.cleo, now=NOON)


def test_role_ended_ends_the_session_and_its_rights_at_once(staff: Staff) -> None:
    town = staff.town
    lan = town.as_person(staff.lan, "password")
    assert lan.open("/to-chuc").status == 200
    with town.app.app_context(), transaction() as session:
        grant_role(session, staff.lan, "volunteer", town.groups["1"], granted_by=town.cleo, now=NOON)

    assert lan.client.get("/to-chuc").status_code == 303


def test_officer_of_a_khu_pho_adds_people_there_alone(staff: Staff) -> None:
    town, kim = staff.town, staff.town.as_person(staff.kim, "password")
    form = {"name": "Ngô Mới", "address": "bà", "adult": "yes"}
    offered = kim.open("/to-chuc/nguoi-hoc/them").form("/them").choices["group"]

    kim.submit("/them", {**form, "group": str(town.groups["2"])})
    refused = kim.page
    kim.submit("/them", {**form, "group": str(town.groups["1"])})

    assert refused is not None
    assert (str(town.groups["2"]) in offered, refused.status) == (False, 422)
    assert kim.page is not None
    assert "Ngô Mới" in kim.page.title


@pytest.mark.parametrize(
    "path", ["/to-chuc/khen-thuong", "/to-chuc/bo-cau-hoi", "/to-chuc/nhat-ky", "/to-chuc/nguoi-hoc/nhap"]
)
def test_what_concerns_the_whole_ward_is_not_there_for_the_officer_of_a_khu_pho(staff: Staff, path: str) -> None:
    assert page(staff, staff.kim, path).status == 404


def test_link_for_a_password_is_shown_once_on_an_answer(staff: Staff) -> None:
    cleo = staff.town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{staff.lan}")

    shown = cleo.submit(f"/{staff.lan}/mat-khau")

    assert (shown.status, "/vao/mat-khau-moi/" in shown.text, "<svg" in shown.html) == (200, True, True)


def test_admin_is_offered_no_way_into_an_officer_s_account(staff: Staff) -> None:
    town = staff.town
    with town.app.app_context():
        admin = make_person("Tạ Admin", group_id=town.groups["1"], role="admin", ward_id=town.groups["ward"])
    browser = town.as_person(admin, "password")
    found = browser.open(f"/to-chuc/nguoi-hoc/{town.cleo}")
    token = dict(found.form("/ra").fields)["csrf_token"]

    offered = [form.action for form in found.forms if form.action.endswith(("/mat-khau", "/buoc-hai"))]
    sent = [
        browser.post(f"/to-chuc/nguoi-hoc/{town.cleo}/{p}", {"csrf_token": token}) for p in ("mat-khau", "buoc-hai")
    ]

    assert (offered, [one.status for one in sent]) == ([], [422, 422])
