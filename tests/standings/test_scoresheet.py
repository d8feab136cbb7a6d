"""The score sheet as a file, and the ranking that comes from it alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.standings.domain import group_score
from app.standings.scoresheet import SheetRow, as_csv, differences, read_csv, recompute

ROWS = st.lists(
    st.builds(
        SheetRow,
        cycle=st.just("2026-10"),
        slug=st.uuids().map(str),
        name=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20).map(str.strip),
        people=st.integers(0, 5000),
        source=st.sampled_from(["", "Danh sách thử", "=1"]),
        as_of=st.none() | st.dates(),
        counted=st.integers(0, 500),
        reached=st.integers(0, 500),
        cushion=st.just(100),
        rate=st.floats(0, 1),
        score=st.none(),
        place=st.none(),
    ),
    min_size=1,
    max_size=12,
)


def row(slug: str, *, people: int = 640, counted: int = 30) -> SheetRow:
    return SheetRow("2026-10", slug, slug, people, "Danh sách thử", date(2026, 1, 1), counted, 40, 100, 0.1, None, None)


@given(ROWS)
def test_sheet_comes_back_from_its_file_and_agrees_with_itself(rows: list[SheetRow]) -> None:
    ranked = recompute(rows)

    back = read_csv(as_csv(ranked), "2026-10")

    assert back == ranked
    assert differences(back, recompute(back)) == []


def test_ranking_follows_the_published_rule() -> None:
    ranked = recompute([row("a", counted=10), row("b", counted=60), row("c", counted=59), row("d", people=0)])

    assert [(r.slug, r.place) for r in ranked] == [("b", 1), ("c", 1), ("a", 3), ("d", None)]
    assert ranked[0].score == group_score(60, 640, 100, 0.1)


def test_changed_figure_is_found() -> None:
    ranked = recompute([row("a", counted=10), row("b", counted=60)])
    bent = [replace(one, counted=one.counted + (one.slug == "a")) for one in ranked]

    assert differences(bent, recompute(bent)) == ["a"]


def test_sheet_saved_by_a_vietnamese_spreadsheet_is_read() -> None:
    head = "Kỳ;Mã;Số dân (n);Tự làm đạt (x);Phần đệm (m);Tỷ lệ kỳ trước (p0);Điểm;Hạng"
    text = f"{head}\n2026-10;a;640;30;100;0,1;5,4054054;1\n"

    rows = read_csv(text, "2026-10")

    assert (rows[0].rate, differences(rows, recompute(rows))) == (0.1, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "sheet_column"),
        ("Kỳ,Mã,Số dân (n)\n", "sheet_column"),
        ("Kỳ,Mã,Số dân (n),Tự làm đạt (x),Phần đệm (m),Tỷ lệ kỳ trước (p0)\n2026-10,a,nhiều,1,1,1\n", "sheet_number"),
        ("Kỳ,Mã,Số dân (n),Tự làm đạt (x),Phần đệm (m),Tỷ lệ kỳ trước (p0)\n2026-09,a,1,1,1,1\n", "sheet_cycle"),
    ],
)
def test_other_files_are_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_csv(text, "2026-10")

    assert refused.value.code == code
