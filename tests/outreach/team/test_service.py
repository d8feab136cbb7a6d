"""Offering to join the team, being taken on, leaving again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.notices.models import Notice
from app.outreach.domain import Reach
from app.outreach.queries import reach_of
from app.outreach.team import queries, service
from app.outreach.team.domain import Choices, read_slots
from app.outreach.team.models import TeamOffer
from tests.factories import NOON, make_person, make_quiz
from tests.town import Town

EVERYONE = Reach(everyone=True)
SATURDAY = frozenset({(5, "morning")})


def choices(town: Town, **given: frozenset[object]) -> Choices:
    values = {"times": SATURDAY, "topics": frozenset({"an-toan-so"}), "groups": frozenset({town.groups["1"]})}
    return Choices(**{**values, **given})  # type: ignore[arg-type]


def offer(town: Town, person: int | None = None, **given: frozenset[object]) -> None:
    service.offer_help(person_id=person or town.ada, chosen=choices(town, **given), now=NOON)


def waiting(town: Town) -> int:
    return queries.waiting_offers(reading(), EVERYONE)[0].offer_id


@pytest.fixture
def place(town: Town) -> Town:
    with town.app.app_context():
        make_quiz()
    return town


@pytest.mark.both
def test_offer_waits_once_and_may_be_changed_meanwhile(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        offer(place, times=frozenset({(5, "morning"), (6, "evening")}))

        (one,) = queries.waiting_offers(reading(), EVERYONE)
        assert (one.name, one.home, one.topics, one.groups) == (
            "Nguyễn Thị Ada", "Khu phố 1", ("An toàn số",), ("Khu phố 1",),
        )  # fmt: skip
        assert one.choices.times == {(5, "morning"), (6, "evening")}
        assert [queries.count_offers(reading(), Reach(False, frozenset({place.groups[g]}))) for g in "12"] == [1, 0]


@pytest.mark.parametrize(
    ("part", "code"), [("times", "team_times"), ("topics", "team_topics"), ("groups", "team_groups")]
)
def test_offer_names_an_hour_a_topic_and_a_place(place: Town, part: str, code: str) -> None:
    with place.app.app_context():
        with pytest.raises(Invalid) as refused:
            offer(place, **{part: frozenset()})

        assert (refused.value.code, refused.value.values["field"]) == (code, part)


def test_topics_and_places_that_there_are_not_do_not_count(place: Town) -> None:
    with place.app.app_context():
        for given in ({"topics": frozenset({"bay-cao"})}, {"groups": frozenset({2**30})}):
            with pytest.raises(Invalid):
                offer(place, **given)  # type: ignore[arg-type]
        assert read_slots(["5-morning", "7-morning", "x"]) == SATURDAY


def test_whoever_is_not_of_age_is_told_so(place: Town) -> None:
    with place.app.app_context():
        young = make_person("Bé Ba", group_id=place.groups["1"], adult="unsaid")
        with pytest.raises(Invalid) as refused:
            offer(place, young)

        assert refused.value.code == "team_adult"


@pytest.mark.both
def test_taken_on_means_a_role_in_the_places_chosen(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        ids = {place.groups["1"], place.groups["2"], 2**30}
        service.accept_offer(offer_id=waiting(place), group_ids=ids, by=place.cleo, now=NOON)

        session = reading()
        assert reach_of(session, place.ada).group_ids == {place.groups["1"], place.groups["2"]}
        assert {m.name: m.scope for m in queries.team(session, EVERYONE)} == {
            "Nguyễn Thị Ada": ("Khu phố 1", "Khu phố 2"),
            "Phạm Dũng": ("Khu phố 1",),
        }
        assert [m.name for m in queries.team(session, EVERYONE, slot=(5, "morning"))] == ["Nguyễn Thị Ada"]
        assert queries.count_team(session, EVERYONE) == 2
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "team.accepted")).one()
        assert (entry.actor_id, entry.subject_id) == (place.cleo, str(place.ada))
        assert session.scalars(sa.select(Notice.kind)).all() == ["team"]


@pytest.mark.both
def test_no_comes_with_a_reason_and_only_once(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        number = waiting(place)
        with pytest.raises(Invalid) as bare:
            service.decline_offer(offer_id=number, reason=" ", by=place.cleo, now=NOON)
        service.decline_offer(offer_id=number, reason="Đội đang đủ người", by=place.cleo, now=NOON)
        with pytest.raises(Conflict):
            service.accept_offer(offer_id=number, group_ids={place.groups["1"]}, by=place.cleo, now=NOON)

        last = queries.last_offer(reading(), place.ada)
        assert last is not None
        assert (bare.value.values["field"], last.state, last.reason) == (
            f"reason-{number}", "declined", "Đội đang đủ người",
        )  # fmt: skip
        offer(place)  # another time
        assert waiting(place) != number


def test_answer_needs_a_place_reach_and_another_person(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        offer(place, place.cleo)
        ada, cleo = (one.offer_id for one in queries.waiting_offers(reading(), EVERYONE))
        with pytest.raises(Invalid) as nowhere:
            service.accept_offer(offer_id=ada, group_ids=set(), by=place.cleo, now=NOON)
        with pytest.raises(Invalid) as own:
            service.accept_offer(offer_id=cleo, group_ids={place.groups["1"]}, by=place.cleo, now=NOON)
        for number in (cleo, 2**70):
            with pytest.raises(NotFound):
                service.accept_offer(offer_id=number, group_ids={place.groups["1"]}, by=place.dung, now=NOON)

        assert (nowhere.value.code, own.value.code) == ("team_scope", "team_own")


@pytest.mark.both
def test_leaving_ends_the_role_and_the_way_back_is_open(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        service.accept_offer(offer_id=waiting(place), group_ids={place.groups["1"]}, by=place.cleo, now=NOON)
        service.leave_team(person_id=place.ada, now=NOON + timedelta(days=1))
        with pytest.raises(Conflict):
            service.leave_team(person_id=place.ada, now=NOON + timedelta(days=1))

        last = queries.last_offer(reading(), place.ada)
        assert last is not None
        assert (queries.is_volunteer(reading(), place.ada), last.state) == (False, "left")
        offer(place)
        service.withdraw_offer(person_id=place.ada, now=NOON)
        assert queries.waiting_offers(reading(), EVERYONE) == []


def test_volunteer_changes_hours_without_asking(place: Town) -> None:
    with place.app.app_context():
        offer(place, place.dung)

        assert queries.waiting_offers(reading(), EVERYONE) == []
        assert queries.choices_of(reading(), place.dung).times == SATURDAY


@pytest.mark.both
def test_database_refuses_a_second_open_offer_and_a_decision_on_ones_own(place: Town) -> None:
    with place.app.app_context():
        offer(place)
        wrong = [
            TeamOffer(person_id=place.ada, state="waiting", made_at=NOON),
            TeamOffer(person_id=place.ben, state="declined", made_at=NOON, decided_at=NOON, decided_by=place.cleo),
            TeamOffer(person_id=place.ben, state="accepted", made_at=NOON, decided_at=NOON, decided_by=place.ben),
        ]
        for one in wrong:
            with pytest.raises(IntegrityError), transaction() as session:
                session.add(one)
