"""Bars that start at zero and keep the proportion of their figures."""

from app.standings.chart import FOOT, HEAD, HEIGHT, MOST, WIDTH, bars


def test_highest_fills_the_height_and_the_others_keep_the_proportion() -> None:
    drawn = bars([("8", 5.0), ("9", 10.0), ("10", 2.5)])

    room = HEIGHT - FOOT - HEAD
    assert [bar.height for bar in drawn] == [room / 2, room, round(room / 4, 1)]
    assert {round(bar.y + bar.height, 1) for bar in drawn} == {HEAD + room}


def test_month_that_is_not_told_has_no_bar() -> None:
    assert [(bar.value, bar.height) for bar in bars([("9", None), ("10", 3.0)])] == [(None, 0.0), (3.0, 110.0)]


def test_twelve_months_fit_and_older_ones_are_left_out() -> None:
    drawn = bars([(str(n), 1.0) for n in range(15)])

    assert (len(drawn), drawn[0].label, drawn[-1].x + drawn[-1].width <= WIDTH) == (MOST, "3", True)


def test_months_without_anyone_draw_nothing() -> None:
    assert ([bar.height for bar in bars([("9", 0.0), ("10", 0.0)])], bars([])) == ([0.0, 0.0], [])
