"""Decisions and publication, on both databases."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.awards.models import Award, AwardRule, Publication
from app.awards.queries import latest_publication, public_page, rules_of
from app.awards.service import decide, load_rules, publish
from app.core.db import db, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.cycles.queries import get_cycle
from app.groups.models import Group
from app.notices.models import Notice
from app.people.service import end_role, join_group
from tests.awards.month import (
    LATER,
    RULES,
    approve,
    close,
    consent,
    learn,
    open_month,
    proposal,
    write_rule,
)
from tests.factories import make_person

pytestmark = pytest.mark.both


@dataclass(frozen=True)
class Month:
    """Ada and Ben are proposed; Cleo and Dora, officers, decide. Cleo lives in khu phố 3, Dora in 2."""

    ward: dict[str, int]
    ada: int
    ben: int
    cleo: int
    dora: int


def make_month(rules: Path = RULES, *, ada_adult: str = "yes") -> Month:
    ward = open_month(rules)
    month = Month(
        ward,
        ada=make_person("Nguyễn Thị Ada", group_id=ward["1"], adult=ada_adult),
        ben=make_person("Trần Văn Ben", group_id=ward["3"]),
        cleo=make_person("Lê Thị Cleo", group_id=ward["3"], role="officer", ward_id=ward["ward"]),
        dora=make_person("Vũ Thị Dora", group_id=ward["2"], role="officer", ward_id=ward["ward"]),
    )
    learn(month.ada)
    learn(month.ben, days=9)
    return month


def judge(
    nomination_id: int,
    month: Month,
    decision: str = "approve",
    *,
    note: str = "",
    waiver: str = "",
    seen: str = "undecided",
    home: str | None = None,
) -> None:
    decide(
        "2026-10",
        nomination_id,
        decision=decision,
        note=note,
        waiver=waiver,
        seen=seen,
        by=month.cleo,
        by_home=month.ward[home] if home else None,
        now=LATER,
    )


def refused(call: object) -> tuple[str, object]:
    """Code and field of a refusal."""
    with pytest.raises((Invalid, Conflict)) as caught:
        call()  # type: ignore[operator]
    return caught.value.code, caught.value.values.get("field")


def release(month: Month, *, typed: str = "tháng 10/2026", number: str = "") -> int:
    return publish("2026-10", typed=typed, number=number, by=month.cleo, now=LATER)


def names_on_the_page() -> list[str | None]:
    db.session.rollback()
    cycle = get_cycle(db.session(), "2026-10")
    publication = latest_publication(db.session(), cycle.id)
    assert publication is not None
    page = public_page(db.session(), cycle, publication.body, publication)
    return [honour.name for honour in page.people]


def test_rules_stay_what_they_were_when_the_month_opened(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        write_rule(tmp_path, "cham-hoc", "Chăm học")
        open_month(tmp_path)
        write_rule(tmp_path, "cham-hoc", "Tên mới")
        load_rules(tmp_path)
        cycle = get_cycle(db.session(), "2026-10")
        assert [rule.title for rule in rules_of(db.session(), cycle.id)] == ["Chăm học"]
        assert db.session.scalars(select(AwardRule.version)).all() == [2]


def test_first_decision_starts_the_review_and_is_in_the_trail(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ada = proposal(person_id=month.ada)
        judge(ada.id, month, "ask", note="  Hỏi lại\ngia đình ")
        row = proposal(person_id=month.ada)
        assert (row.decision, row.note, row.decided_by) == ("ask", "Hỏi lại gia đình", month.cleo)
        assert get_cycle(db.session(), "2026-10").state == "review"
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "nomination.ask")).one()
        assert (entry.actor_id, entry.subject_id, entry.reason) == (
            month.cleo,
            str(ada.id),
            "Hỏi lại gia đình",
        )


def test_note_is_required_where_it_is_no_clean_approval(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ada = proposal(person_id=month.ada).id
        assert refused(lambda: judge(ada, month, "later", note="  ")) == ("note_missing", "note")
        assert get_cycle(db.session(), "2026-10").state == "frozen"


def test_stale_decision_conflicts_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ada = proposal(person_id=month.ada).id
        approve(ada, month.dora)
        assert refused(lambda: judge(ada, month, "later", note="chưa rõ")) == ("decision_moved", None)
        assert proposal(person_id=month.ada).decision == "approve"


def test_same_decision_with_another_note_conflicts_too(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ada = proposal(person_id=month.ada).id
        approve(ada, month.dora)
        assert refused(lambda: judge(ada, month, note="của Cleo"))[0] == "decision_moved"


def test_decision_sent_twice_is_written_once(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ada = proposal(person_id=month.ada).id
        judge(ada, month)
        judge(ada, month)
        query = select(AuditEntry).where(AuditEntry.action == "nomination.approve")
        assert len(db.session.scalars(query).all()) == 1


def test_own_khu_pho_is_refused_while_another_officer_can_decide(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        ben = proposal(person_id=month.ben).id
        assert refused(lambda: judge(ben, month, home="3", waiver="không còn ai")) == (
            "own_decision",
            "waiver",
        )


def test_own_khu_pho_needs_a_waiver_when_nobody_else_is_left(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        with transaction() as session:
            end_role(session, month.dora, "officer", now=LATER)
        ben = proposal(person_id=month.ben).id
        assert refused(lambda: judge(ben, month, home="3")) == ("waiver_missing", "waiver")
        judge(ben, month, home="3", waiver="Phường chỉ có một cán bộ")
        assert proposal(person_id=month.ben).waiver == "Phường chỉ có một cán bộ"


def test_officer_who_lives_in_a_to_of_the_khu_pho_decides_on_their_own(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        with transaction() as session:
            group = Group(kind="to", name="Tổ 1", slug="to-1", folded="to 1", sort_key=b"", parent_id=month.ward["3"])
            session.add(group)
            session.flush()
            join_group(session, month.dora, group.id, kind="home", now=LATER)
            month.ward["to"] = group.id
        ben = proposal(person_id=month.ben).id
        assert refused(lambda: judge(ben, month, home="to")) == ("waiver_missing", "waiver")


def test_waiver_where_none_is_needed_is_not_kept(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        judge(proposal(person_id=month.ada).id, month, home="3", waiver="thừa")
        assert proposal(person_id=month.ada).waiver == ""


def test_nobody_decides_on_themselves(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        learn(month.cleo)
        close()
        cleo = proposal(person_id=month.cleo).id
        assert refused(lambda: judge(cleo, month)) == ("own_decision", "waiver")


def test_proposal_of_another_month_is_not_found(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        with pytest.raises(NotFound):
            judge(10_000, month)


def test_undecided_proposals_block_publication(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        close()
        approve(proposal(person_id=month.ada).id, month.dora)
        assert refused(lambda: release(month)) == ("undecided", "undecided")
        assert db.session.scalars(select(Publication)).all() == []


@pytest.mark.parametrize("typed", ["", "tháng 9/2026", "công bố"])
def test_publication_needs_the_month_typed(app: Flask, typed: str) -> None:
    with app.app_context():
        month = make_month()
        close()
        assert refused(lambda: release(month, typed=typed)) == ("publish_word", "typed")


def test_open_month_cannot_be_published(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        assert refused(lambda: release(month)) == ("cycle_state", None)


def published(month: Month) -> None:
    """Ada approved, Ben for later, and the month announced."""
    close()
    approve(proposal(person_id=month.ada).id, month.dora)
    judge(proposal(person_id=month.ben).id, month, "later", note="xem lại tháng sau")
    release(month, typed=" Tháng 10/2026 ", number="12-QĐ/ĐTN")


def test_publication_holds_ids_and_figures_but_no_name(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        published(month)
        publication = db.session.scalars(select(Publication)).one()
        (award,) = publication.body["awards"]
        assert (publication.version, publication.number) == (1, "12-QĐ/ĐTN")
        assert (award["subject_id"], award["award"], award["place"]) == (month.ada, "hoc-deu", 1)
        assert "Ada" not in str(publication.body)
        assert "Nguyễn" not in str(publication.body)


def test_published_month_is_announced_granted_and_told(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        published(month)
        cycle = get_cycle(db.session(), "2026-10")
        assert (cycle.state, cycle.announced_at) == ("announced", LATER)
        assert db.session.scalars(select(Award.merit)).all() == [f"2026-10:person:{month.ada}:weeks"]
        assert db.session.scalars(select(Notice.person_id)).all() == [month.ada]
        trail = select(AuditEntry.action).where(AuditEntry.subject_kind == "cycle").order_by(AuditEntry.id)
        actions = [a for a in db.session.scalars(trail) if a != "cycle.open"]
        assert actions[-2:] == ["cycle.signed", "cycle.announced"]


def test_month_is_published_once(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        published(month)
        assert refused(lambda: release(month)) == ("cycle_state", None)


def test_decision_after_the_announcement_conflicts(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        published(month)
        row = proposal(person_id=month.ben)
        assert refused(lambda: approve(row.id, month.dora, seen=f"later@{LATER.isoformat()}")) == (
            "cycle_state",
            None,
        )


def test_month_without_proposals_can_be_published(app: Flask) -> None:
    with app.app_context():
        ward = open_month()
        cleo = make_person("Lê Thị Cleo", group_id=ward["3"], role="officer", ward_id=ward["ward"])
        close()
        assert publish("2026-10", typed="10/2026", number="", by=cleo, now=LATER) == 1


def test_one_merit_backs_one_award(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        write_rule(tmp_path, "cham-hoc", "Chăm học")
        write_rule(tmp_path, "ben-bi", "Bền bỉ")
        month = make_month(tmp_path)
        close()
        approve(proposal(person_id=month.ada, award="cham-hoc").id, month.dora)
        second = proposal(person_id=month.ada, award="ben-bi").id
        assert refused(lambda: approve(second, month.dora)) == ("merit_used", "decision")


def test_database_refuses_a_merit_used_twice(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        write_rule(tmp_path, "cham-hoc", "Chăm học")
        write_rule(tmp_path, "ben-bi", "Bền bỉ")
        month = make_month(tmp_path)
        close()
        cycle = get_cycle(db.session(), "2026-10").id
        ids = [proposal(person_id=month.ada, award=slug).id for slug in ("cham-hoc", "ben-bi")]
        awards = [Award(cycle_id=cycle, nomination_id=i, level="month", merit="m", granted_at=LATER) for i in ids]
        with pytest.raises(IntegrityError), transaction() as session:
            session.add_all(awards)


def test_name_is_shown_by_consent_and_hidden_at_once_when_it_is_withdrawn(app: Flask) -> None:
    with app.app_context():
        month = make_month()
        consent(month.ada, "full")
        published(month)
        assert names_on_the_page() == ["Nguyễn Thị Ada"]
        consent(month.ada, "given", at=LATER)
        assert names_on_the_page() == ["Ada"]
        consent(month.ada, "no", at=LATER + timedelta(minutes=1))
        assert names_on_the_page() == [None]


def test_name_of_someone_never_asked_is_not_shown(app: Flask) -> None:
    with app.app_context():
        published(make_month())
        assert names_on_the_page() == [None]


@pytest.mark.parametrize("adult", ["no", "unsaid"])
def test_minor_and_unsaid_are_named_only_with_both_consents(app: Flask, adult: str) -> None:
    with app.app_context():
        month = make_month(ada_adult=adult)
        consent(month.ada, "full")
        published(month)
        assert names_on_the_page() == [None]
        consent(month.ada, "full", giver="guardian", at=LATER)
        assert names_on_the_page() == ["Nguyễn Thị Ada"]
        consent(month.ada, "no", at=LATER)
        assert names_on_the_page() == [None]
