"""The dictionary and the official addresses, read without JavaScript."""

from datetime import UTC, datetime

from app.config import ROOT
from app.core import clock
from app.glossary.parser import read_glossary
from tests.page import Browser

FOUND, _ = read_glossary(ROOT / "quizzes")
FRAGMENT = {"HX-Request": "true"}


def test_dictionary_leads_to_every_word(browser: Browser) -> None:
    page = browser.open("/tu-dien")

    listed = [href for href, _ in page.links if href.startswith("/tu-dien/")]
    assert listed == [f"/tu-dien/{term.slug}" for term in FOUND.terms]


def test_search_without_marks_finds_the_word(browser: Browser) -> None:
    page = browser.open("/tu-dien?tim=xac+thuc+hai+lop")

    assert page.link("Xác thực hai lớp") == "/tu-dien/xac-thuc-hai-lop"
    assert [href for href, _ in page.links if href == "/tu-dien/ma-qr"] == []


def test_search_that_finds_nothing_says_what_to_do(browser: Browser) -> None:
    page = browser.open("/tu-dien?tim=<b>xyzzy")

    assert "Chưa có từ này" in page.text
    assert "<b>xyzzy" not in page.html


def test_word_s_page_has_meaning_and_the_way_back(browser: Browser) -> None:
    page = browser.open("/tu-dien/ma-otp?tu=/hoc/an-toan-so/cuoc-goi/3")

    assert (page.status, page.title) == (200, "Mã OTP – Học Số")
    assert FOUND.by_slug["ma-otp"].example in page.text
    assert page.link("Quay lại") == "/hoc/an-toan-so/cuoc-goi/3"


def test_way_back_to_another_site_is_refused(browser: Browser) -> None:
    page = browser.open("/tu-dien/ma-otp?tu=https://khac.example/")

    assert page.link("Quay lại") == "/"


def test_word_opened_from_the_list_leads_back_to_it(browser: Browser) -> None:
    assert browser.open("/tu-dien/ma-otp").link("Quay lại") == "/tu-dien"


def test_fact_names_its_source_and_day(browser: Browser) -> None:
    assert "ngày 01/3/2026." in browser.open("/tu-dien/nhan-ai").text


def test_htmx_gets_the_meaning_alone(browser: Browser) -> None:
    page = browser.open("/tu-dien/ma-otp?tu=/hoc", headers=FRAGMENT)

    assert page.html.lstrip().startswith('<div class="term-note"')
    assert (page.title, "Đóng" in page.text, "HX-Request" in page.response.headers["Vary"]) == ("", True, True)


def test_meaning_speaks_to_the_reader(browser: Browser) -> None:
    browser.client.set_cookie("xung-ho", "bà")

    assert "chính bà đang làm" in browser.open("/tu-dien/ma-otp").text


def test_word_that_is_not_there_is_not_found(browser: Browser) -> None:
    assert browser.open("/tu-dien/meo").status == 404


def test_official_addresses_stand_with_the_day_they_were_checked(browser: Browser) -> None:
    clock.use(lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))

    page = browser.open("/trang-chinh-thong")

    assert page.link("dichvucong.gov.vn") == "https://dichvucong.gov.vn"
    assert page.link("1900 9068") == "tel:19009068"
    assert page.text.count("Kiểm tra lần cuối") == sum(len(group.links) for group in FOUND.groups)
    assert ("Tự gõ, đừng bấm" in page.text, "Lâu chưa xem lại" in page.text) == (True, False)


def test_address_not_looked_at_for_long_is_marked(browser: Browser) -> None:
    clock.use(lambda: datetime(2028, 1, 1, tzinfo=UTC))

    assert "Lâu chưa xem lại" in browser.open("/trang-chinh-thong").text


def test_every_page_leads_to_both(browser: Browser) -> None:
    for path in ("/", "/can-giup"):
        page = browser.open(path)

        assert (page.link("Từ điển dễ hiểu"), page.link("Trang chính thống")) == ("/tu-dien", "/trang-chinh-thong")
