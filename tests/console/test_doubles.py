"""Two records of one person: found, merged, undone; nobody counted twice, nothing widened, nothing lost."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app import models
from app.attempts.domain import Learner
from app.attempts.models import Attempt, LearningDay
from app.audit.models import AuditEntry
from app.badges.models import Achievement, Badge
from app.console.doubles import moving, service
from app.console.doubles.queries import likely_doubles
from app.core.db import Base, reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.outreach.visits.models import Visit
from app.people.bulk.importing import import_file
from app.people.domain import ConsentGiven
from app.people.doubles.domain import Record, likeness, narrower
from app.people.doubles.models import Merge
from app.people.entering import open_card
from app.people.models import Membership, Person, RoleGrant
from app.people.queries import public_names, same_household
from app.people.roles import EVERYWHERE, Scope
from app.people.service import add_person, issue_card, record_consent
from app.people.sessions import begin
from app.privacy.erasing import erase_person
from app.privacy.register import REGISTER
from app.standings.checking import check
from app.standings.models import GroupCycle
from tests.factories import NOON, answer_all, make_award_rules, make_person, make_quiz
from tests.town import Town

LATER = NOON + timedelta(days=3)


def merge(town: Town, kept: int, gone: int, *, now: object = NOON, by: int | None = None) -> int:
    by = by or town.cleo
    return service.merge(kept_id=kept, gone_id=gone, by=by, within=EVERYWHERE, now=now)  # type: ignore[arg-type]


def undo(town: Town, merge_id: int, *, now: object = LATER) -> int:
    return service.undo(merge_id=merge_id, by=town.cleo, within=EVERYWHERE, now=now)  # type: ignore[arg-type]


def second_ada(town: Town, **values: object) -> int:
    return make_person("Nguyen Thi Ada", group_id=town.groups["1"], **values)  # type: ignore[arg-type]


def state(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables, to compare before and after."""
    found = {}
    for name in tables:
        table = Base.metadata.tables[name]
        order = list(table.primary_key.columns)
        found[name] = [tuple(map(str, row)) for row in reading().execute(sa.select(table).order_by(*order))]
    return found


def learn(town: Town) -> int:
    """Ada under two numbers: both learned on one day, each a quiz of its own and one in common."""
    make_quiz()
    make_quiz("khac", topic="khac", skill="khac")
    make_award_rules()
    twin = second_ada(town)
    answer_all(Learner(person_id=town.ada))
    answer_all(Learner(person_id=twin))
    answer_all(Learner(person_id=twin), "khac")
    return twin


@pytest.mark.both
def test_what_was_learned_moves_and_the_human_counts_once(town: Town) -> None:
    with town.app.app_context():
        twin = learn(town)
        assert reading().scalars(sa.select(GroupCycle.counted).where(GroupCycle.counted > 0)).all() == [2]

        merge(town, town.ada, twin)

        owners = reading().scalars(sa.select(Attempt.person_id).distinct()).all()
        assert owners == [town.ada]
        assert reading().scalars(sa.select(GroupCycle.counted).where(GroupCycle.counted > 0)).all() == [1]
        assert check(reading()).lines == ()
        gone = reading().get_one(Person, twin)
        assert (gone.name, gone.folded, gone.phone, gone.closed_at) == ("", "", None, NOON)


@pytest.mark.both
def test_undoing_brings_every_row_back(town: Town) -> None:
    tables = ("person", "membership", "attempt", "learning_day", "review", "card", "role_grant", "person_cycle",
              "group_cycle", "ledger_entry", "notice", "placement")  # fmt: skip
    with town.app.app_context():
        twin = learn(town)
        with transaction() as session:
            issue_card(session, twin, now=NOON)
        before = state(*tables)

        assert undo(town, merge(town, town.ada, twin)) == twin

        assert state(*tables) == before
        assert check(reading()).lines == ()
        trail = list(reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))[-2:]
        assert trail == ["person.merge", "person.unmerge"]


@pytest.mark.both
def test_a_badge_that_both_hold_is_held_once(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        with transaction() as session:
            for slug in ("a", "b"):
                session.add(
                    Achievement(slug=slug, title=slug, kind="sen", palette="x", ring=1, sentence="", criterion={},
                                position=1, digest="")
                )  # fmt: skip
            session.flush()
            for person_id, slug in ((town.ada, "a"), (twin, "a"), (twin, "b")):
                session.add(Badge(person_id=person_id, achievement_slug=slug, issued_at=NOON, evidence={}))
        merge(town, town.ada, twin)
        held = reading().execute(sa.select(Badge.person_id, Badge.achievement_slug).order_by(Badge.id)).all()
        assert held == [(town.ada, "a"), (twin, "a"), (town.ada, "b")]


@pytest.mark.both
def test_card_and_sessions_of_the_closed_record_end(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        with transaction() as session:
            card = issue_card(session, twin, now=NOON)
            begin(session, twin, "pin", old_token=None, now=NOON)
        merged = merge(town, town.ada, twin)
        with pytest.raises(NotFound):
            open_card(token=card.token, old_token=None, now=NOON)
        undo(town, merged)
        assert open_card(token=card.token, old_token=None, now=NOON).person_id == twin


@pytest.mark.both
def test_a_word_given_for_one_record_confirms_the_other(town: Town) -> None:
    with town.app.app_context():
        kept = second_ada(town, confirmed=False)
        merged = merge(town, kept, town.ada)
        confirmed = sa.select(Membership.confirmed_at).where(Membership.person_id == kept)
        assert reading().scalars(confirmed).one() is not None
        undo(town, merged)
        assert reading().scalars(confirmed).one() is None


@pytest.mark.both
def test_a_visit_by_oneself_does_not_become_ones_own(town: Town) -> None:
    """A volunteer who sat beside their own second record: the row stays as the trace that it is."""
    with town.app.app_context():
        twin = make_person("Pham Dung", group_id=town.groups["1"])
        with transaction() as session:
            session.add(Visit(volunteer_id=town.dung, person_id=twin, started_at=NOON, how="independent"))
        merge(town, town.dung, twin)
        assert reading().scalars(sa.select(Visit.person_id)).one() == twin


@pytest.mark.both
def test_consents_never_widen(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        with transaction() as session:
            record_consent(session, twin, purpose="name", choice="full", giver="self", recorded_by=None, now=NOON)
        merge(town, town.ada, twin)
        assert public_names(reading(), [town.ada, twin]) == {town.ada: None, twin: None}


@pytest.mark.both
def test_a_later_no_holds_for_both_and_undoing_restores_the_answer(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        with transaction() as session:
            for person_id, choice, at in ((town.ada, "full", NOON), (twin, "no", LATER)):
                record_consent(
                    session, person_id, purpose="name", choice=choice, giver="self", recorded_by=None, now=at
                )
        merged = merge(town, town.ada, twin, now=LATER)
        assert public_names(reading(), [town.ada]) == {town.ada: None}
        undo(town, merged, now=LATER + timedelta(days=1))
        assert public_names(reading(), [town.ada]) == {town.ada: "Nguyễn Thị Ada"}


@pytest.mark.both
def test_roles_beside_learners_go_along_where_the_officer_may_give_them(town: Town) -> None:
    with town.app.app_context():
        twin = make_person("Pham Dung", group_id=town.groups["1"])
        merged = merge(town, twin, town.dung)
        held = sa.select(RoleGrant.person_id).where(RoleGrant.role == "volunteer", RoleGrant.ended_at.is_(None))
        assert reading().scalars(held).all() == [twin]
        undo(town, merged)
        assert reading().scalars(held).all() == [town.dung]


def test_roles_with_a_password_never_move(town: Town) -> None:
    with town.app.app_context():
        boss = make_person("Vũ Boss", group_id=town.groups["1"], role="officer", ward_id=town.groups["ward"])
        twin = make_person("Vu Boss", group_id=town.groups["1"])
        with pytest.raises(Invalid) as refused:
            merge(town, twin, boss)
        assert refused.value.code == "double_staff"


def test_refusals(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        reach = Scope(group_ids=frozenset((town.groups["2"],)))
        with pytest.raises(Invalid):
            merge(town, twin, twin)
        with pytest.raises(Invalid):
            merge(town, twin, town.cleo)
        with pytest.raises(NotFound):
            merge(town, town.ada, 99_999)
        with pytest.raises(NotFound):
            service.merge(kept_id=town.ada, gone_id=twin, by=town.cleo, within=reach, now=NOON)
        merged = merge(town, town.ada, twin)
        with pytest.raises(NotFound):
            merge(town, town.ben, twin)
        with pytest.raises(NotFound):
            service.undo(merge_id=merged, by=town.cleo, within=reach, now=NOON)
        with pytest.raises(Conflict):
            undo(town, merged, now=NOON + timedelta(days=31))
        undo(town, merged)
        with pytest.raises(Conflict):
            undo(town, merged)


@pytest.mark.both
def test_a_chain_is_undone_from_its_end(town: Town) -> None:
    with town.app.app_context():
        twin, third = second_ada(town), second_ada(town)
        first = merge(town, twin, third)
        last = merge(town, town.ada, twin)
        assert same_household(reading(), town.ada, third)
        with pytest.raises(Conflict) as refused:
            undo(town, first)
        assert refused.value.code == "merge_inner"
        assert (undo(town, last), undo(town, first)) == (twin, third)


@pytest.mark.both
def test_a_list_that_still_has_the_closed_record_brings_nobody_back(town: Town) -> None:
    data = "Họ tên;Khu phố;Năm sinh\nNguyễn Văn Mới;Khu phố 1;1958\n".encode()
    with town.app.app_context():
        import_file(kind="people", data=data, by=town.cleo, now=NOON, dry_run=False)
        new = reading().scalars(sa.select(Person.id).where(Person.name == "Nguyễn Văn Mới")).one()
        with transaction() as session:
            kept = add_person(session, name="Mới", address="bác", adult="yes", group_id=town.groups["1"],
                              import_key="own", now=NOON)  # fmt: skip
        merge(town, kept, new)
        again = import_file(kind="people", data=data, by=town.cleo, now=LATER, dry_run=False)
        assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_after_thirty_days_nothing_of_the_closed_record_is_kept(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        merge(town, town.ada, twin)
        service.seal(now=NOON + timedelta(days=30))
        assert reading().scalars(sa.select(Merge.detail)).one()["person"]["name"] == "Nguyen Thi Ada"
        service.seal(now=NOON + timedelta(days=31))
        assert reading().scalars(sa.select(Merge.detail)).one() == {}


@pytest.mark.both
def test_an_erasure_forgets_the_merged_record_too(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        merge(town, town.ada, twin)
        with transaction() as session:
            erase_person(session, town.ada, why="request", by=town.cleo, now=LATER)
        words = str(state("person", "merge")).casefold()
        assert "ada" not in words


@pytest.mark.both
def test_likely_doubles_are_found_with_their_reason(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
        with transaction() as session:
            session.get_one(Person, town.ben).phone = session.get_one(Person, town.dung).phone = "0912345678"
        found = likely_doubles(reading(), EVERYWHERE)
        assert [(p.first.id, p.second.id, set(p.reasons)) for p in found.pairs] == [
            (town.ada, twin, {"khu"}),
            (town.ben, town.dung, {"phone"}),
        ]

        service.call_distinct(one=twin, other=town.ada, by=town.cleo, within=EVERYWHERE, now=NOON)

        assert [p.first.id for p in likely_doubles(reading(), EVERYWHERE).pairs] == [town.ben]
        own = Scope(group_ids=frozenset((town.groups["3"],)))
        assert likely_doubles(reading(), own).count == 0


def test_two_years_of_birth_say_two_people() -> None:
    one = Record(1, "nguyen thi hoa", 5, None, 1958)
    assert likeness(one, Record(2, "nguyen thi hoa", 5, None, 1990)) == set()
    assert likeness(one, Record(2, "nguyen thi hoa", 5, None, None)) == {"khu"}
    assert likeness(one, Record(2, "nguyen thi hoa", 6, None, 1958)) == {"year"}
    assert likeness(one, Record(2, "tran thi hoa", 5, None, 1958)) == set()


def given(choice: str, days: int) -> list[ConsentGiven]:
    return [ConsentGiven("name", choice, "self", NOON + timedelta(days=days))]


@pytest.mark.parametrize(
    ("kept", "gone", "holds"),
    [
        (given("full", 0), given("no", 1), "no"),
        (given("full", 0), given("given", 1), "given"),
        (given("full", 1), given("no", 0), None),  # the later yes stands
        (given("no", 0), given("full", 1), None),
        ([], given("full", 1), None),  # not asked stays not asked
        ([], given("given", 1), None),
        ([], given("no", 1), "no"),
        (given("full", 0), [], None),
    ],
)
def test_only_what_allows_less_is_taken_over(
    kept: list[ConsentGiven], gone: list[ConsentGiven], holds: str | None
) -> None:
    assert [found[2] for found in narrower(kept, gone)] == ([holds] if holds else [])


def test_every_table_with_an_owner_moves_or_says_that_it_stays() -> None:
    """A new table with a person's rows moves by itself; one that must not is named in ``moving.STAY``."""
    assert models.people is not None
    assert REGISTER.keys() >= moving.STAY
    moved = {f"{table.name}.{column.name}" for table, column in moving.columns()}
    assert {"attempt.person_id", "badge.person_id", "learning_day.person_id", "visit.volunteer_id"} <= moved
    assert not any(name.startswith(("ledger_entry.", "person.", "card.")) for name in moved)


def test_two_lists_side_by_side_merged_and_undone_on_screen(town: Town) -> None:
    with town.app.app_context():
        twin = second_ada(town)
    cleo = town.as_cleo()
    page = cleo.open("/to-chuc/trung-nguoi")
    assert "cùng tên, cùng khu phố" in page.text
    cleo.follow("Xem cạnh nhau")
    merged = cleo.submit("/gop", {"giu": str(town.ada)})
    assert "Đã gộp." in merged.text
    assert cleo.open(f"/to-chuc/nguoi-hoc/{twin}").status == 404
    cleo.open("/to-chuc/trung-nguoi")
    assert "hai hồ sơ như cũ" in cleo.submit("/hoan-tac/1").text
    cleo.open(f"/to-chuc/trung-nguoi/{town.ada}/{twin}")
    cleo.submit("/khac")
    assert "Không thấy hồ sơ nào trùng" in cleo.open("/to-chuc/trung-nguoi").text


@pytest.mark.parametrize("path", ["/to-chuc/trung-nguoi", "/to-chuc/trung-nguoi/1/2", "/to-chuc/the"])
def test_learners_and_volunteers_find_no_such_page(town: Town, path: str) -> None:
    assert [town.as_ada().open(path).status, town.as_dung().open(path).status] == [404, 404]


def test_reading_a_day_back_from_what_was_noted(app: Flask) -> None:
    column = LearningDay.__table__.c.day
    assert moving._read(column, moving._plain(NOON.date())) == NOON.date()
