"""A draft from a form: checked like files, shown as learners see it."""

from datetime import date, timedelta

import pytest

from app.quizzes.drafting import FIELDS, check_draft, preview
from tests.quizzes.draft import draft

TODAY = date(2026, 10, 14)


def faults(**changes: str) -> dict[str, str]:
    """Field → code of what is wrong with a draft after some changes."""
    found = check_draft(draft(**changes), today=TODAY)
    return {str(fault.values["field"]): fault.code for fault in found.faults}


def test_sound_draft_is_an_item_that_holds_from_today() -> None:
    found = check_draft(draft(), today=TODAY, item_id="dx-7", objective="otp", sensitivity="H")

    assert (found.faults, found.missing, found.advice) == ((), 0, ())
    assert found.item is not None
    assert (found.item.id, found.item.objective, found.item.key) == ("dx-7", "otp", "b")
    assert (found.item.valid_as_of, found.item.review_by) == (TODAY, TODAY + timedelta(days=93))
    assert found.item.source.date == date(2026, 10, 12)


def test_empty_draft_names_every_field_in_the_form_s_order() -> None:
    found = check_draft({}, today=TODAY)

    assert tuple(str(fault.values["field"]) for fault in found.faults) == FIELDS
    assert (found.item, found.missing) == (None, len(FIELDS))


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("stem", "  ", "draft_missing"),
        ("reason_c", "x" * 601, "draft_long"),
        ("key", "d", "draft_key"),
        ("difficulty", "4", "draft_difficulty"),
        ("source_url", "javascript:alert(1)", "draft_source_url"),
        ("source_url", "https://example.org/" + "x" * 500, "draft_long"),
        ("source_date", "15/10/2026", "draft_day"),
        ("source_date", "hôm qua", "draft_day"),
        ("text_c", "bấm VÀO  xem thử", "draft_same"),
        ("rationale", "Một. Hai. Ba.", "draft_fault"),
        ("hint", "Hỏi {ten} xem.", "draft_fault"),
        ("reason_a", "Ngoặc { mở.", "draft_fault"),
    ],
)
def test_one_wrong_field_is_named(field: str, text: str, code: str) -> None:
    assert faults(**{field: text}) == {field: code}


def test_what_is_written_is_looked_at_while_the_rest_is_missing() -> None:
    found = check_draft({"stem": "Chào {ten}", "rationale": "Một. Hai. Ba."}, today=TODAY)

    assert {str(fault.values["field"]): fault.code for fault in found.faults if fault.code == "draft_fault"} == {
        "stem": "draft_fault", "rationale": "draft_fault",
    }  # fmt: skip


def test_what_was_typed_is_kept_in_one_spelling() -> None:
    assert check_draft({"stem": "  Bác\tlàm  gì?"}, today=TODAY).values["stem"] == "Bác làm gì?"


def test_right_option_that_gives_itself_away_is_mentioned() -> None:
    long = "Không bấm vào đâu cả, gọi lại cho người quen theo số đã lưu để hỏi cho rõ trước đã"

    assert check_draft(draft(text_b=long), today=TODAY).advice == ("length",)
    assert check_draft(draft(text_c="Tất cả đều đúng"), today=TODAY).advice == ("all",)
    assert check_draft(draft(text_c="Cả A và B đều đúng"), today=TODAY).advice == ("all",)


def test_preview_shows_what_there_is() -> None:
    shown = preview(check_draft({"stem": "Làm gì?", "text_a": "Một", "key": "a"}, today=TODAY).values)

    assert (shown.view.stem, shown.view.hint) == ("Làm gì?", "…")
    assert [choice.text for choice in shown.view.body.choices] == ["Một", "…", "…"]
    assert [row.state for row in shown.rows] == ["right", "other", "other"]
