from datetime import UTC, datetime

import pytest

from app.awards.domain import (
    GroupFigures,
    PersonFigures,
    Rule,
    check_decision,
    name_state,
    others_may_decide,
    propose,
    publish_words,
    reason,
    seen_as,
)
from app.core.errors import Invalid

STEADY = Rule("deu", "Học đều", "person", ("weeks", "days"), {"weeks": 2, "passes": 1}, 2, "{weeks} tuần", 1)
FIRST = Rule("khu", "Dẫn đầu", "group", ("score",), {"counted": 5}, 1, "{counted} người, {score} điểm", 2)


def person(person_id: int, *, weeks: int = 3, days: int = 9, passes: int = 1) -> PersonFigures:
    return PersonFigures(person_id, 1, passes, 0, days, weeks)


def places(people: list[PersonFigures]) -> list[tuple[int, int]]:
    return [(p.place, p.subject_id) for p in propose([STEADY], [], people)]


def test_people_are_placed_by_one_measure_after_the_other() -> None:
    assert places([person(1, days=8), person(2, days=9), person(3, weeks=2, days=20)]) == [(1, 2), (2, 1)]


def test_equal_figures_share_the_place_and_the_next_is_one_plus_those_above() -> None:
    assert places([person(1), person(2), person(3, days=8)]) == [(1, 1), (1, 2)]


def test_most_counts_places_not_people() -> None:
    assert places([person(1), person(2, days=8), person(3, days=8)]) == [(1, 1), (2, 2), (2, 3)]


def test_least_leaves_out_whoever_is_below_it() -> None:
    assert places([person(1, weeks=1), person(2, passes=0), person(3)]) == [(1, 3)]


def test_ten_thousand_equal_people_are_placed_at_once() -> None:
    assert len(places([person(i) for i in range(10_000)])) == 10_000


def test_groups_that_share_the_first_place_are_all_proposed() -> None:
    groups = [GroupFigures(7, 5.0, 1, 9, 100), GroupFigures(3, 5.5, 1, 8, 90), GroupFigures(4, 2.0, 3, 9, 90)]
    assert [p.subject_id for p in propose([FIRST], groups, [])] == [3, 7]


def test_group_below_the_least_is_not_proposed() -> None:
    assert propose([FIRST], [GroupFigures(7, 5.0, 1, 4, 100)], []) == []


def test_group_in_which_nobody_learned_is_never_proposed() -> None:
    rule = Rule("khu", "", "group", ("score",), {}, 1, "", 1)
    assert propose([rule], [GroupFigures(7, 1.4, 1, 0, 100)], []) == []


def test_reason_is_written_with_the_figures() -> None:
    assert reason(FIRST, {"counted": 11, "score": 2.8378}) == "11 người, 2,8 điểm"


@pytest.mark.parametrize("decision", ["", "undecided", "maybe"])
def test_decision_that_is_none_is_refused(decision: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_decision(decision, "vì thế")
    assert (refused.value.code, refused.value.values["field"]) == ("decision_missing", "decision")


@pytest.mark.parametrize("decision", ["ask", "later"])
def test_anything_but_a_clean_approval_needs_a_note(decision: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_decision(decision, "")
    assert (refused.value.code, refused.value.values["field"]) == ("note_missing", "note")


def test_clean_approval_needs_no_note() -> None:
    check_decision("approve", "")


def test_month_is_published_by_typing_it_as_people_do() -> None:
    assert publish_words("2026-09") == ("tháng 9/2026", "9/2026", "09/2026", "tháng 09/2026", "2026-09")


def test_seen_tells_a_decision_from_the_same_one_made_again() -> None:
    once, again = (seen_as("ask", datetime(2026, 11, 2, 3, m, tzinfo=UTC)) for m in (0, 1))
    assert (seen_as("undecided", None), once == again) == ("undecided", False)


def test_others_may_decide_where_an_officer_lives_elsewhere() -> None:
    assert others_may_decide([(1, 5), (2, 6)], by=1, group_id=5, person_id=None)


def test_officer_of_the_same_khu_pho_is_no_other() -> None:
    assert not others_may_decide([(1, 5), (2, 5)], by=1, group_id=5, person_id=None)


def test_officer_who_is_proposed_is_no_other() -> None:
    assert not others_may_decide([(1, 5), (2, 6)], by=1, group_id=5, person_id=2)


@pytest.mark.parametrize(
    ("adult", "own", "guardian", "state"),
    [
        ("yes", None, None, "not_asked"),
        ("yes", "full", None, "full"),
        ("yes", "given", None, "given"),
        ("yes", "no", None, "refused"),
        ("no", "full", None, "guardian_not_asked"),
        ("unsaid", "full", None, "guardian_not_asked"),
        ("no", "full", "no", "refused"),
        ("no", "full", "given", "given"),
        ("no", None, "full", "not_asked"),
        ("no", "full", "full", "full"),
    ],
)
def test_name_state_says_whose_answer_is_missing(adult: str, own: str | None, guardian: str | None, state: str) -> None:
    assert name_state(adult, own, guardian) == state
