"""Words found in texts, searched without marks, and put in the dictionary's order."""

from datetime import date, timedelta

import pytest

from app.glossary.domain import TRUSTED, Glossary, Link, Source, Term, in_order, lettered

TODAY = date(2026, 11, 24)
SOURCE = Source("Báo: tin", "https://bao.example/tin", TODAY)


def term(word: str, *aliases: str, meaning: str = "Nghĩa.") -> Term:
    return Term(word.lower().replace(" ", "-"), word, aliases, meaning, "Như chìa khoá.")


def link(url: str, *, checked: date = TODAY) -> Link:
    return Link("Nơi ấy", url, "Để hỏi.", checked, "nhom", SOURCE)


def words(text: str, *terms: Term, at_most: int = 3) -> list[str]:
    return [text[f.start : f.end] for f in Glossary(terms).find(text, at_most=at_most)]


def test_word_is_found_whatever_its_capitals() -> None:
    assert words("Đường Dẫn lạ", term("đường dẫn")) == ["Đường Dẫn"]


def test_longest_word_wins() -> None:
    assert words("mở ứng dụng ngân hàng", term("ứng dụng"), term("ứng dụng ngân hàng")) == ["ứng dụng ngân hàng"]


def test_only_whole_words_are_found() -> None:
    assert words("tệpa, tệp", term("tệp")) == ["tệp"]
    assert words("bố mẹ ốm", term("mẹ ố")) == []


def test_each_term_is_found_once_by_whatever_name() -> None:
    assert words("Mã OTP là OTP", term("mã OTP", "OTP")) == ["Mã OTP"]


def test_no_more_than_wanted_are_found() -> None:
    assert words("một hai ba bốn", term("một"), term("hai"), term("ba"), term("bốn")) == ["một", "hai", "ba"]


@pytest.mark.parametrize(("text", "found"), [("Ai gọi?", []), ("Hỏi AI", ["AI"]), ("sạc pin, mã pin", [])])
def test_capitals_alone_are_matched_as_written(text: str, found: list[str]) -> None:
    assert words(text, term("AI"), term("PIN")) == found


def test_part_of_an_address_is_no_word() -> None:
    text = "vào dichvucong.gov.vn hay thiep.apk hay a@zalo.vn/zalo"

    assert words(text, term("gov"), term("apk"), term("zalo"), term("dichvucong")) == []


def test_word_before_a_full_stop_is_found() -> None:
    assert words("Mở VNeID. Rồi xem.", term("VNeID")) == ["VNeID"]


def test_letter_that_grows_when_lowered_moves_nothing() -> None:
    assert words("İİİ đường dẫn", term("đường dẫn")) == ["đường dẫn"]


def test_search_ignores_marks_and_puts_names_first() -> None:
    path = term("đường dẫn")
    shop = term("kho ứng dụng", meaning="Không phải đường dẫn.")

    assert Glossary((shop, path)).search("duong DAN") == [path, shop]
    assert Glossary((shop, path)).search("mèo") == []


def test_order_is_the_dictionary_s() -> None:
    terms = in_order([term("ứng dụng"), term("ảo giác"), term("4G"), term("đăng nhập"), term("AI"), term("dữ liệu")])

    assert [(letter, t.term) for letter, t in lettered(terms)] == [
        ("0–9", "4G"), ("A", "AI"), ("", "ảo giác"), ("D", "dữ liệu"), ("Đ", "đăng nhập"), ("Ư", "ứng dụng"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "title"), [("mã OTP", "Mã OTP"), ("eTaxMobile", "eTaxMobile"), ("ứng dụng", "Ứng dụng")]
)
def test_title_has_a_capital_unless_the_word_has_its_own(word: str, title: str) -> None:
    assert term(word).title == title


@pytest.mark.parametrize(
    ("url", "kind", "shown"),
    [
        ("https://dichvucong.gov.vn", "https", "dichvucong.gov.vn"),
        ("tel:113", "tel", "113"),
        ("sms:1414", "sms", "1414"),
        ("app:VNeID", "app", "VNeID"),
    ],
)
def test_address_says_what_to_type(url: str, kind: str, shown: str) -> None:
    assert (link(url).kind, link(url).shown) == (kind, shown)


def test_address_not_looked_at_for_a_year_is_doubtful() -> None:
    assert link("tel:113", checked=TODAY - TRUSTED).doubtful_on(TODAY) is False
    assert link("tel:113", checked=TODAY - TRUSTED - timedelta(days=1)).doubtful_on(TODAY) is True
