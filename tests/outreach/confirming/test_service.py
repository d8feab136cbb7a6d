"""Ring 2 rests on what was seen; ring 3 on who was named beforehand; one in ten is looked at again."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.attempts.domain import Learner
from app.audit.models import AuditEntry
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, Locked, NotFound
from app.outreach.confirming import queries, service
from app.outreach.confirming.domain import digest_of, is_drawn
from app.outreach.confirming.models import Confirmation, DrawSeed, HelperNaming, SecondLook
from app.outreach.confirming.service import Confirmed, confirm_shown, ensure_seed
from app.outreach.domain import Reach
from app.outreach.visits import service as visits
from app.people.queries import same_household
from app.people.service import issue_card
from tests.factories import NOON, answer_all, make_person
from tests.outreach.field import end, make_practice, share_phone, tick, visit_and_practise
from tests.town import Town

EVERYONE = Reach(everyone=True)
LATER = NOON + timedelta(days=1)


def seed(*, draws: bool, number: int = 1) -> str:
    """A seed that draws the first confirmation, or does not."""
    return next(s for n in range(1000) if is_drawn(s := f"{n:064d}", number) is draws)


def confirm(visit: int, *, by: int, now: datetime = NOON) -> Confirmed:
    with transaction() as session:
        return confirm_shown(session, visit, "goi-thu", by=by, now=now)


def confirmed(town: Town, *, draws: bool = False) -> Confirmed:
    """Ada has shown the checklist to Dũng."""
    make_practice()
    with transaction() as session:
        ensure_seed(session, "2026-10", now=NOON, seed=seed(draws=draws))
    return confirm(visit_and_practise(town.ada, by=town.dung), by=town.dung)


def card_of(person: int) -> str:
    with transaction() as session:
        return issue_card(session, person, now=NOON).code


def name(town: Town, code: str, *, learner: int | None = None, skill: str = "tinh-mat", now: datetime = NOON) -> None:
    service.name_helper(learner_id=learner or town.ada, skill=skill, code=code, now=now)


@pytest.mark.both
def test_skill_shown_alone_is_confirmed_once(town: Town) -> None:
    with town.app.app_context():
        first = confirmed(town)
        end(reading().get_one(Confirmation, first.id).visit_id, by=town.dung)
        again = confirm(visit_and_practise(town.ada, by=town.dung, now=LATER), by=town.dung, now=LATER)

        assert (first.id, first.skill, first.helper_id) == (again.id, "tinh-mat", None)
        assert queries.skills_confirmed(reading(), town.ada) == {"tinh-mat"}
        entries = reading().scalars(sa.select(AuditEntry).where(AuditEntry.action == "skill.confirm")).all()
        assert [(e.actor_id, e.subject_id, e.detail["confirmation"]) for e in entries] == [
            (town.dung, str(town.ada), first.id)
        ]


@pytest.mark.both
def test_what_was_prompted_or_done_only_once_is_not_confirmed(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = visits.start_visit(person_id=town.ada, group_id=None, by=town.dung, now=NOON)
        visits.begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON)
        tick(visit, 1, *["self"] * 4, by=town.dung)
        with pytest.raises(Conflict) as once:
            confirm(visit, by=town.dung)

        visits.start_over(visit_id=visit, slug="goi-thu", run=1, by=town.dung, now=NOON)
        tick(visit, 2, "self", "prompted", "self", "self", by=town.dung)
        with pytest.raises(Conflict) as prompted:
            confirm(visit, by=town.dung)

        assert (once.value.code, prompted.value.code) == ("confirm_not_alone", "confirm_not_alone")
        assert queries.skills_confirmed(reading(), town.ada) == frozenset()


def test_own_household_and_other_peoples_visits_are_refused(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = visit_and_practise(town.ada, by=town.dung)
        with pytest.raises(NotFound):
            confirm(visit, by=town.cleo)
        share_phone(town.ada, town.dung)
        with pytest.raises(Invalid) as refused:
            confirm(visit, by=town.dung)

        assert refused.value.code == "confirm_household"


def test_visit_without_a_person_confirms_nothing(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        visit = visits.start_visit(person_id=None, group_id=town.groups["1"], by=town.dung, now=NOON)
        visits.begin_practice(visit_id=visit, slug="goi-thu", by=town.dung, now=NOON)
        with pytest.raises(Conflict) as refused:
            confirm(visit, by=town.dung)

        assert refused.value.code == "visit_nobody"


@pytest.mark.both
def test_household_is_oneself_or_one_number(town: Town) -> None:
    with town.app.app_context():
        share_phone(town.ada, town.ben)
        session = reading()

        pairs = [(town.ada, town.ada), (town.ada, town.ben), (town.ada, town.dung), (town.cleo, town.dung)]
        assert [same_household(session, a, b) for a, b in pairs] == [True, True, False, False]


@pytest.mark.both
def test_database_refuses_what_must_not_be(town: Town) -> None:
    with town.app.app_context():
        first = confirmed(town)
        row = reading().get_one(Confirmation, first.id)
        base = {"practice_slug": "goi-thu", "skill_slug": "tinh-mat", "visit_id": row.visit_id, "at": NOON}
        wrong = [
            Confirmation(person_id=town.ada, volunteer_id=town.cleo, period="2026-10", **base),  # open twice
            Confirmation(person_id=town.dung, volunteer_id=town.dung, period="2026-10", **base),  # oneself
            Confirmation(person_id=town.ben, volunteer_id=town.dung, period="2026-11", **base),  # no seed beforehand
            HelperNaming(learner_id=town.ada, helper_id=town.ada, skill_slug="tinh-mat", at=NOON),
            SecondLook(confirmation_id=first.id, drawn_at=NOON, outcome="ok"),  # by nobody
        ]
        for one in wrong:
            with pytest.raises(IntegrityError), transaction() as session:
                session.add(one)


@pytest.mark.both
def test_seed_of_a_month_is_made_once_and_told_when_the_month_is_over(town: Town) -> None:
    with town.app.app_context():
        with transaction() as session:
            secret = ensure_seed(session, "2026-10", now=NOON).seed
            assert ensure_seed(session, "2026-10", now=LATER).seed == secret
        (open_one,) = queries.draw_months(reading(), NOON)
        (ended,) = queries.draw_months(reading(), datetime(2026, 11, 1, tzinfo=NOON.tzinfo))

        assert (open_one.seed, open_one.digest) == ("", digest_of(secret))
        assert (ended.seed, len(secret) >= 32) == (secret, True)
        assert reading().scalar(sa.select(sa.func.count()).select_from(DrawSeed)) == 1


@pytest.mark.both
@pytest.mark.parametrize("draws", [True, False])
def test_draw_follows_the_seed_alone(town: Town, draws: bool) -> None:
    with town.app.app_context():
        made = confirmed(town, draws=draws)

        drawn = reading().scalars(sa.select(SecondLook.confirmation_id)).all()
        (month,) = queries.draw_months(reading(), NOON)
        assert (drawn, month.confirmed, month.drawn) == ([made.id] if draws else [], 1, int(draws))


def look(**given: object) -> None:
    with transaction() as session:
        service.look_again(session, **given)  # type: ignore[arg-type]


@pytest.mark.both
def test_second_look_is_settled_once_by_somebody_else(town: Town) -> None:
    with town.app.app_context():
        made = confirmed(town, draws=True)
        common = {"confirmation_id": made.id, "now": LATER}
        with pytest.raises(Invalid) as own:
            look(outcome="ok", note="", by=town.dung, **common)
        look(outcome="unreached", note="", by=town.cleo, **common)
        (row,) = queries.looks(reading(), EVERYONE, done=False)
        assert (row.outcome, row.name, row.volunteer) == ("unreached", "Nguyễn Thị Ada", "Phạm Dũng")

        look(outcome="redo", note="có người bấm giúp", by=town.cleo, **common)

        with pytest.raises(Conflict):
            look(outcome="ok", note="", by=town.cleo, **common)
        assert own.value.code == "look_own"
        assert queries.skills_confirmed(reading(), town.ada) == frozenset()
        assert [queries.count_looks(reading(), EVERYONE, done=d) for d in (False, True)] == [0, 1]
        actions = reading().scalars(sa.select(AuditEntry.action).where(AuditEntry.action.startswith("look."))).all()
        assert sorted(actions) == ["look.redo", "look.unreached"]


def test_look_at_what_was_not_drawn_is_not_found(town: Town) -> None:
    with town.app.app_context():
        made = confirmed(town, draws=False)
        for number in (made.id, 2**70):
            with pytest.raises(NotFound):
                look(confirmation_id=number, outcome="ok", note="", by=town.cleo, now=NOON)


@pytest.mark.both
def test_helper_named_beforehand_has_taught_the_skill(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        name(town, card_of(town.ben), now=NOON - timedelta(hours=1))

        made = confirm(visit_and_practise(town.ada, by=town.dung), by=town.dung)

        assert made.helper_id == town.ben
        assert queries.skills_taught(reading(), town.ben) == {"tinh-mat"}
        share_phone(town.ada, town.ben)  # one household after all
        assert queries.skills_taught(reading(), town.ben) == frozenset()


@pytest.mark.both
def test_naming_too_late_or_the_one_who_confirms_counts_for_nothing(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        name(town, card_of(town.dung), now=NOON - timedelta(hours=1))
        confirm(visit_and_practise(town.ada, by=town.dung), by=town.dung)
        with pytest.raises(Conflict) as late:
            name(town, card_of(town.ben), now=LATER)

        assert (late.value.code, queries.skills_taught(reading(), town.dung)) == ("helper_late", frozenset())


@pytest.mark.both
def test_another_name_takes_the_place_of_the_first(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        name(town, card_of(town.ben))
        name(town, card_of(town.cleo), now=LATER)

        (named,) = queries.namings(reading(), town.ada)
        assert (named.helper, named.skill) == ("Lê Cleo", "tinh-mat")
        service.forget_helper(learner_id=town.ada, skill="tinh-mat", now=LATER)
        assert queries.namings(reading(), town.ada) == []


@pytest.mark.both
def test_codes_cannot_be_tried_out(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        codes = []
        for _ in range(5):
            with pytest.raises(Invalid) as refused:
                name(town, "000000")
            codes.append(refused.value.code)
        with pytest.raises(Locked):
            name(town, card_of(town.ben))

        assert codes == ["helper_card"] * 5


def test_own_household_cannot_be_named(town: Town) -> None:
    with town.app.app_context():
        make_practice()
        share_phone(town.ada, town.ben)
        for person in (town.ben, town.ada):
            with pytest.raises(Invalid) as refused:
                name(town, card_of(person))
            assert refused.value.code == "helper_household"
        with pytest.raises(Invalid) as skill:
            name(town, card_of(town.cleo), skill="khong-co")
        assert skill.value.code == "helper_skill"


@pytest.mark.both
def test_volunteer_is_honoured_for_what_is_passed_alone_afterwards(town: Town) -> None:
    with town.app.app_context():
        confirmed(town)
        friend = make_person("Đỗ Khác", group_id=town.groups["1"])
        span = {"since": NOON - timedelta(days=1), "until": NOON + timedelta(days=30)}
        assert queries.went_on_alone(reading(), town.dung, **span) == 0
        for person in (town.ada, friend):
            answer_all(Learner(person_id=person), now=LATER)
            answer_all(Learner(person_id=person), now=LATER + timedelta(days=1))

        assert queries.went_on_alone(reading(), town.dung, **span) == 1  # once, and only whom they sat beside
        share_phone(town.ada, town.dung)
        assert queries.went_on_alone(reading(), town.dung, **span) == 0
