"""What may be asked of a printing, and how a certificate words things."""

from datetime import date

import pytest

from app.badges.papers.domain import check_nickname, day_words, read_options, read_shift, title_of, told
from app.core.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "mm"), [("", 0.0), ("2,5", 2.5), ("-3", -3.0), ("−3 mm", -3.0), ("50", 50.0), ("0.04", 0.0)]
)
def test_shift_is_read_as_people_write_it(typed: str, mm: float) -> None:
    assert read_shift(typed, field="x") == mm


@pytest.mark.parametrize("typed", ["51", "-50,1", "nhiều", "1e3", "NaN", "2;3"])
def test_shift_beyond_the_paper_or_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_options(layer=True, x="0", y=typed, form="pdf")

    assert (refused.value.code, refused.value.values["field"]) == ("paper_shift", "y")


def test_unknown_form_of_file_is_a_pdf() -> None:
    assert read_options(layer=False, x="", y="", form="exe").form == "pdf"


def test_sentence_loses_its_subject_and_title_its_level() -> None:
    assert told("{X} biết hỏi lại.") == "Biết hỏi lại."
    assert title_of("Tinh mắt: Làm được", skill=True) == "Tinh mắt"
    assert title_of("Nói: thử", skill=False) == "Nói: thử"


def test_day_is_written_as_on_papers_here() -> None:
    assert day_words(date(2026, 2, 9)) == "Ngày 09 tháng 02 năm 2026"
    assert day_words(date(2026, 11, 24)) == "Ngày 24 tháng 11 năm 2026"


@pytest.mark.parametrize("typed", ["", "   ", "a" * 41])
def test_nickname_is_there_and_short(typed: str) -> None:
    with pytest.raises(Invalid):
        check_nickname(typed)
