from datetime import date

import pytest

from app.core.errors import Invalid
from app.groups import domain


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("khu_pho", "Khu phố 5", "5"),
        ("khu_pho", "Khu 5", "5"),
        ("khu_pho", "KP5", "5"),
        ("khu_pho", "Khu phố Bí Thượng Đông", "bi-thuong-dong"),
        ("khu_pho", "Khu Đền Công 1", "den-cong-1"),
        ("khu_pho", "Khu phố", "khu-pho"),
        ("chi_doan", "Chi đoàn Công an phường", "chi-doan-cong-an-phuong"),
        ("chi_doan", "Trường THPT Thử", "chi-doan-truong-thpt-thu"),
        ("ward", "Phường Uông Bí", "phuong-uong-bi"),
    ],
)
def test_slug_is_short_and_keeps_kinds_apart(kind: str, name: str, slug: str) -> None:
    assert domain.slug_of(kind, name) == slug


def test_slug_of_to_begins_with_its_khu_pho() -> None:
    assert domain.slug_of("to", "Tổ dân phố 3", "5") == "5-to-3"


@pytest.mark.parametrize(("text", "count"), [("1.050", 1050), ("1 050", 1050), ("640", 640), ("0", 0)])
def test_adults_as_people_write_them(text: str, count: int) -> None:
    assert domain.check_adults(text) == count


@pytest.mark.parametrize("text", ["", "-1", "12,5", "6.4", "một trăm", "99999999", "٣"])
def test_adults_refused_when_no_whole_number(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        domain.check_adults(text)

    assert refused.value.code == "population_shape"


def test_khu_pho_lines_with_and_without_a_count() -> None:
    text = "Khu phố 1; 1.050\n\nKhu phố 2\n  Khu Đền Công 1 ; 640 \n"

    assert domain.parse_khu_pho(text) == [
        domain.KhuPho("Khu phố 1", 1050),
        domain.KhuPho("Khu phố 2", None),
        domain.KhuPho("Khu Đền Công 1", 640),
    ]


def test_khu_pho_twice_in_two_spellings_refused() -> None:
    with pytest.raises(Invalid) as refused:
        domain.parse_khu_pho("Khu phố 1\nKP 1")

    assert (refused.value.code, refused.value.values["name"]) == ("group_exists", "KP 1")


@pytest.mark.parametrize("text", ["24/11/2026", "2026-11-24", "24.11.2026"])
def test_day_in_usual_spellings(text: str) -> None:
    assert domain.check_day(text, date(2026, 11, 24)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "code"), [("31/2/2026", "day_shape"), ("x", "day_shape"), ("25/11/2026", "day_future")]
)
def test_day_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        domain.check_day(text, date(2026, 11, 24))

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912345678", "0912345678"),
        ("0203.385.4567", "02033854567"),
        ("", ""),
    ],
)
def test_contact_phone_can_be_mobile_or_landline(text: str, number: str) -> None:
    assert domain.check_contact_phone(text) == number


def test_contact_phone_refused_when_it_cannot_be_dialled() -> None:
    with pytest.raises(Invalid):
        domain.check_contact_phone("12-34")
