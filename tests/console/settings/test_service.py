"""Settings of the ward: what holds from when, what the trail tells, and the way back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.closing.service import open_due
from app.config import PrivacyTerms
from app.console.settings import queries, service
from app.core.db import reading
from app.core.errors import Conflict, Invalid
from app.cycles.queries import find_cycle
from app.groups.queries import get_ward
from app.outreach.confirming.queries import draw_months
from app.privacy.terms import help_months, terms_of
from tests.town import Town

PLAIN = PrivacyTerms()
COUNTING = {"adult_age": "16", "cushion": "100", "first_rate": "10", "points_cap": "600", "leagues": "300, 700"}
TERMS = {
    "comment_days": "3", "look_one_in": "10", "help_wait_days": "2", "help_hold_days": "3", "help_keep_months": "6",
    "name_months": "24", "keep_months": "24", "ack_days": "2", "answer_days": "15",
}  # fmt: skip
NEXT_MONTH = datetime(2026, 11, 2, 3, tzinfo=UTC)


def seen() -> int:
    return next((one.id for one in queries.last_changes(reading(), most=1)), 0)


def change(town: Town, part: str, typed: dict[str, str], *, known: int | None = None) -> bool:
    return service.change_settings(
        part=part, typed=typed, seen=seen() if known is None else known, plain=PLAIN, by=town.cleo, now=town.now
    )


def trail() -> list[AuditEntry]:
    return list(reading().scalars(select(AuditEntry).where(AuditEntry.action == queries.ACTION)))


@pytest.mark.both
def test_what_counts_holds_from_the_next_month_that_opens(town: Town) -> None:
    with town.app.app_context():
        open_due(town.now)

        assert change(town, "tinh-diem", {**COUNTING, "cushion": "80", "leagues": "500", "adult_age": "18"})
        assert change(town, "thoi-han", {**TERMS, "look_one_in": "5", "comment_days": "5"})
        open_due(NEXT_MONTH)

        october, november = (find_cycle(reading(), period) for period in ("2026-10", "2026-11"))
        assert october is not None
        assert november is not None
        rules = [(c.cushion, c.leagues, c.adult_age, c.comment_days) for c in (october, november)]
        assert rules == [(100, "300,700", 16, 3), (80, "500", 18, 5)]
        assert [month.one_in for month in draw_months(reading(), NEXT_MONTH)] == [5, 10]
        assert [one.from_period for one in queries.last_changes(reading())] == ["2026-11", "2026-11"]


@pytest.mark.both
def test_change_is_one_entry_with_old_and_new(town: Town) -> None:
    with town.app.app_context():
        change(town, "tinh-diem", {**COUNTING, "cushion": "80", "first_rate": "12"})

        (entry,) = trail()
        assert (entry.actor_id, entry.subject_kind) == (town.cleo, "ward")
        assert entry.detail == {
            "before": {"cushion": 100, "first_rate": 0.1},
            "after": {"cushion": 80, "first_rate": 0.12},
            "period": "2026-10",
        }


def test_same_values_again_write_nothing(town: Town) -> None:
    with town.app.app_context():
        assert not change(town, "tinh-diem", COUNTING)
        assert not change(town, "thoi-han", TERMS)  # what the installation is configured with is shown as it is

        assert trail() == []


@pytest.mark.both
def test_last_change_is_undone_and_redone(town: Town) -> None:
    with town.app.app_context():
        change(town, "tinh-diem", {**COUNTING, "cushion": "80"})
        change(town, "thoi-han", {**TERMS, "name_months": "12"})

        service.undo_change(seen=seen(), by=town.cleo, now=town.now)
        assert terms_of(reading(), PLAIN).name_months == 24
        service.undo_change(seen=seen(), by=town.cleo, now=town.now)

        ward = get_ward(reading())
        assert ward is not None
        assert (ward.cushion, terms_of(reading(), PLAIN).name_months, len(trail())) == (80, 12, 4)


def test_nothing_is_undone_where_nothing_was_changed(town: Town) -> None:
    with town.app.app_context(), pytest.raises(Conflict):
        service.undo_change(seen=0, by=town.cleo, now=town.now)


def test_change_that_somebody_else_overtook_is_refused(town: Town) -> None:
    with town.app.app_context():
        change(town, "tinh-diem", {**COUNTING, "cushion": "80"})

        with pytest.raises(Invalid) as refused:
            change(town, "tinh-diem", {**COUNTING, "cushion": "90"}, known=0)
        with pytest.raises(Invalid):
            service.undo_change(seen=0, by=town.cleo, now=town.now)

        assert (refused.value.code, len(trail())) == ("settings_moved", 1)


def test_trail_holds_no_name_and_no_number_of_the_contact(town: Town) -> None:
    with town.app.app_context():
        typed = {"help_name": "Minh Anh", "help_phone": "0912 345 678", "help_hours": "8 giờ đến 20 giờ"}
        change(town, "tro-giup", typed)

        (entry,) = trail()
        assert entry.detail == {
            "before": {"help_hours": ""},
            "after": {"help_hours": "8 giờ đến 20 giờ"},
            "private": ["help_name", "help_phone"],
        }
        with pytest.raises(Conflict):
            service.undo_change(seen=seen(), by=town.cleo, now=town.now)


def test_terms_of_the_ward_go_before_those_of_the_installation(town: Town) -> None:
    with town.app.app_context():
        change(town, "thoi-han", {**TERMS, "answer_days": "10", "help_keep_months": "2"})

        assert terms_of(reading(), PrivacyTerms(ack_days=1)) == PrivacyTerms(ack_days=1, answer_days=10)
        assert help_months(reading()) == 2
