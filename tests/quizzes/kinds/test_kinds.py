"""Nine types of items: what earns how much, what is refused, what is never shown before the answer."""

import random
from dataclasses import asdict
from typing import Any

import pytest

from app.core.errors import Invalid
from app.quizzes.kinds import TYPES, kind_of
from app.quizzes.kinds.kind import Form, Kind
from app.quizzes.kinds.writing import number_in, shown_number
from app.shell.demo.answers import right_form, wrong_form
from tests.quizzes.kinds.bodies import BODIES


def kind(type: str) -> Kind:
    return kind_of(type, BODIES[type])


def sit(one: Kind, form: Any) -> str:
    """Answer to the end: a story takes several turns, ``form`` makes each from the way so far."""
    order, path = one.arrange(random.Random(4)), ""
    while True:
        path = one.read(form(one, order, path), order, path)
        if one.is_whole(path):
            return path


def rightly(one: Kind, order: tuple[str, ...], path: str) -> Form:
    return right_form(one, order, path)


def wrongly(one: Kind, order: tuple[str, ...], path: str) -> Form:
    return wrong_form(one, order, random.Random(2), path)


@pytest.mark.parametrize("type", TYPES)
def test_right_form_earns_everything_and_is_told_as_right(type: str) -> None:
    one = kind(type)
    answer = sit(one, rightly)
    rows = one.rows(answer, one.arrange(random.Random(4)))
    assert one.credit(answer) == 100
    assert {row.state for row in rows} <= {"right", "other"}


@pytest.mark.parametrize("type", TYPES)
def test_wrong_form_earns_less_and_never_less_than_nothing(type: str) -> None:
    one = kind(type)
    assert 0 <= one.credit(sit(one, wrongly)) < 100


@pytest.mark.parametrize("type", TYPES)
def test_solution_earns_everything(type: str) -> None:
    assert kind(type).credit(kind(type).solution()) == 100


@pytest.mark.parametrize("type", TYPES)
def test_every_option_is_told_with_its_reason(type: str) -> None:
    one = kind(type)
    rows = one.rows(sit(one, wrongly), one.arrange(random.Random(4)))
    assert [row.text for row in rows if not row.reason and row.role != "end"] == []
    assert len(rows) >= 2


@pytest.mark.parametrize("type", TYPES)
def test_view_holds_no_reason_and_no_key(type: str) -> None:
    one = kind(type)
    seen = repr(asdict(one.view(one.arrange(random.Random(4)))))
    assert "Lý do" not in seen
    assert "suspicious" not in seen
    assert "True" not in seen


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize(
    "form", [{}, {"choice": []}, {"choice": [""]}, {"choice": ["z"], "order": ["zz"], "pair0": ["z"]}]
)
def test_nothing_or_nonsense_is_refused_with_a_word_of_what_to_do(type: str, form: dict[str, list[str]]) -> None:
    one = kind(type)
    if type == "text" and form.get("choice") == ["z"]:
        return  # a word like any other
    with pytest.raises(Invalid):
        one.read(form, one.arrange(random.Random(4)))


@pytest.mark.parametrize("seed", range(30))
def test_steps_never_start_in_their_right_order(seed: int) -> None:
    assert kind("ordering").arrange(random.Random(seed)) != ("s1", "s2", "s3", "s4")


@pytest.mark.parametrize("seed", range(10))
def test_fewer_options_keep_what_is_right(seed: int) -> None:
    single, multiple = (kind(name).arrange(random.Random(seed), fewer=True) for name in ("single", "multiple"))
    assert (len(single), "b" in single) == (2, True)
    assert (len(multiple), {"a", "c"} <= set(multiple)) == (3, True)


@pytest.mark.parametrize(
    ("answer", "credit"), [("a,c", 100), ("a", 50), ("a,b,c", 50), ("a,b", 0), ("b,d", 0), ("a,b,c,d", 0)]
)
def test_multiple_gives_its_share_and_takes_for_false_ticks(answer: str, credit: int) -> None:
    assert kind("multiple").credit(answer) == credit


@pytest.mark.parametrize(("answer", "credit"), [("p2,p4", 100), ("p2", 50), ("p2,p4,p1", 50), ("p2,p1", 0), ("p1", 0)])
def test_spot_counts_hits_less_false_alarms(answer: str, credit: int) -> None:
    assert kind("spot").credit(answer) == credit


@pytest.mark.parametrize(
    ("answer", "credit"), [("s1,s2,s3,s4", 100), ("s2,s1,s3,s4", 67), ("s4,s3,s2,s1", 0), ("s2,s1,s4,s3", 33)]
)
def test_ordering_counts_pairs_that_stand_rightly(answer: str, credit: int) -> None:
    assert kind("ordering").credit(answer) == credit


@pytest.mark.parametrize(("answer", "credit"), [("a,b,c", 100), ("a,c,b", 33), ("a,b,+0", 67), ("+0,+0,+0", 0)])
def test_matching_counts_pairs(answer: str, credit: int) -> None:
    assert kind("matching").credit(answer) == credit


@pytest.mark.parametrize(
    ("path", "credit"),
    [("start/1", 100), ("start/0,ask/1", 50), ("start/0,ask/0", 0)],
)
def test_story_counts_good_turns_unless_it_ends_at_risk(path: str, credit: int) -> None:
    assert kind("scenario").credit(path) == credit


def test_story_shows_only_what_has_been_reached() -> None:
    story = kind("scenario")
    order = story.arrange(random.Random(1))
    assert "đòi mã" not in repr(story.view(order))
    later = story.view(order, "start/0")
    assert (later.says, later.place, [one.chose for one in later.before]) == ("Họ đòi mã.", 1, ["Nghe tiếp"])


@pytest.mark.parametrize(
    ("move", "letters"), [("au", "abcd:au"), ("bu", "bacd:bu"), ("ad", "bacd:ad"), ("dd", "abcd:dd"), ("zz", "abcd")]
)
def test_step_moves_one_place_and_stops_at_the_ends(move: str, letters: str) -> None:
    order = ("s1", "s2", "s3", "s4")
    assert kind("ordering").draft({"order": ["abcd"], "move": [move]}, order) == letters


def test_draft_from_an_address_is_shown_only_where_it_makes_sense() -> None:
    order = ("s1", "s2", "s3", "s4")
    shown = [
        "".join(c.letter for c in kind("ordering").view(order, draft).steps) for draft in ("dcba:au", "ddd", "<b>")
    ]
    assert shown == ["dcba", "abcd", "abcd"]


def test_matched_so_far_is_kept_when_something_is_missing() -> None:
    matching = kind("matching")
    order = matching.arrange(random.Random(1))
    draft = matching.draft({"pair0": ["b"], "pair2": ["a"]}, order)
    assert [left.chosen for left in matching.view(order, draft).lefts] == ["b", "", "a"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", 15.0), (" 15 ", 15.0), ("15.000", 15000.0), ("15,5", 15.5), ("15.5", 15.5), ("1.250.000,5", 1250000.5),
        ("1,250,000", 1250000.0), ("15 000 đồng", 15000.0), ("15000đ", 15000.0), ("-3", -3.0), ("mười", None),
        ("", None), ("1.2.3", None), ("nan", None), ("inf", None), ("1e9", None),
    ],
)  # fmt: skip
def test_number_is_read_as_people_here_write_it(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(("value", "text"), [(15.0, "15"), (1250000.0, "1.250.000"), (15.5, "15,5"), (0.0, "0")])
def test_number_is_shown_as_people_here_write_it(value: float, text: str) -> None:
    assert shown_number(value) == text


@pytest.mark.parametrize(("answer", "credit"), [("15", 100), ("15,4", 100), ("14.5", 100), ("15,6", 0), ("20", 0)])
def test_numeric_is_right_within_its_tolerance(answer: str, credit: int) -> None:
    numeric = kind("numeric")
    assert numeric.credit(numeric.read({"choice": [answer]}, ())) == credit


def test_numeric_unit_typed_along_does_no_harm() -> None:
    assert kind("numeric").read({"choice": ["15 lần"]}, ()) == "15.0"


@pytest.mark.parametrize(
    "written", ["hoà bình", "Hòa Bình", "HOA BINH", "  hoa  bình ", "hoabinh", "hòa bình", "Hoà-bình!"]
)
def test_words_ignore_case_spaces_marks_and_how_tones_are_written(written: str) -> None:
    words = kind("text")
    assert words.credit(words.read({"choice": [written]}, ())) == 100


def test_words_that_are_not_it_are_shown_back_as_written() -> None:
    words = kind("text")
    rows = words.rows("chiến tranh", ())
    assert [(row.text, row.state) for row in rows][:2] == [("hoà bình", "missed"), ("chiến tranh", "chosen")]


def test_typed_words_are_cut_to_what_anybody_needs() -> None:
    assert len(kind("text").read({"choice": ["a" * 5000]}, ())) == 80
