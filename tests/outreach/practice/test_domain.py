"""What a volunteer says, by the form of address."""

import pytest

from app.outreach.practice.domain import speak


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ("bác", "Bác giơ máy cho cháu ạ. Cháu chờ."),
        ("chị", "Chị giơ máy cho em. Em chờ."),
        ("bạn", "Bạn giơ máy cho mình. Mình chờ."),
    ],
)
def test_volunteer_calls_themselves_what_fits_the_other(x: str, said: str) -> None:
    assert speak("{X} giơ máy cho {t}{a}. {T} chờ.", x) == said
