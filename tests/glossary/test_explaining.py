"""The filter ``explained``: links in plain text, nothing else."""

from html.parser import HTMLParser

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.glossary.domain import Glossary, Term
from app.glossary.explaining import LINK, mark_up

HOSTILE = [
    "<script>alert('mã OTP')</script>",
    '<a href="/tu-dien" title="mã OTP">mã OTP</a>',
    '"><img src=x onerror=alert(1)> VNeID',
    "&lt;b&gt; đường dẫn &amp; {{ 7*7 }} {x} %(x)s",
    "javascript:alert(1) AI",
    "mã\x00 OTP mã OTP",
    "<b mã OTP=1>",
]


class Reader(HTMLParser):
    """What a browser makes of a piece of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[tuple[str, dict[str, str | None]]]()
        self.feed(str(markup))  # of plain text: a piece of Markup would escape what is joined to it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(app: Flask, text: object, path: str = "/hoc/an-toan-so/cuoc-goi/3") -> str:
    with app.test_request_context(path):
        return render_template_string("{{ text|explained }}", text=text)


def test_word_leads_to_its_meaning_and_back(app: Flask) -> None:
    (tag, given_),  = Reader(shown(app, "Ai hỏi mã OTP cũng không đưa.")).tags  # fmt: skip

    assert (tag, given_["class"], given_["href"]) == ("a", "term", "/tu-dien/ma-otp?tu=/hoc/an-toan-so/cuoc-goi/3")
    assert (given_["hx-get"], given_["hx-target"]) == (given_["href"], "next .term-box")


def test_way_back_keeps_the_question_s_own_words(app: Flask) -> None:
    markup = shown(app, "mã OTP", "/tu-dien?tim=a&b=<c>")

    assert Reader(markup).tags[0][1]["href"] == "/tu-dien/ma-otp?tu=/tu-dien%3Ftim%3Da%26b%3D%3Cc%3E"


def test_text_without_known_words_is_only_escaped(app: Flask) -> None:
    assert shown(app, "Ăn cơm & uống nước") == "Ăn cơm &amp; uống nước"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(app: Flask, text: str) -> None:
    read = Reader(shown(app, text))

    assert (read.text, {tag for tag, _ in read.tags} - {"a"}) == (text, set())
    assert all(given_["href"].startswith("/tu-dien/") for _, given_ in read.tags if given_["href"])


def test_markup_is_escaped_too(app: Flask) -> None:
    read = Reader(shown(app, Markup('<b title="mã OTP">mã OTP</b>')))

    assert read.text == '<b title="mã OTP">mã OTP</b>'
    assert [tag for tag, _ in read.tags] == ["a"]


@given(st.text(st.sampled_from("mã OTP<>\"'&;/={}.ai AI\u0130\u0303")), st.text(st.sampled_from("/?=&<>\"'aă#")))
def test_whatever_comes_in_is_text_and_links(text: str, back: str) -> None:
    words = Glossary(
        (Term("ma-otp", "mã OTP", ("OTP",), "Nghĩa.", "Như chìa."), Term("ai", "AI", (), "Máy.", "Như máy."))
    )

    read = Reader(mark_up(text, words, back))

    assert read.text == text
    assert {(tag, *sorted(given_)) for tag, given_ in read.tags} <= {
        ("a", "class", "href", "hx-get", "hx-swap", "hx-target")
    }


def test_link_holds_no_inline_style_or_script() -> None:
    assert [word for word in (" style=", " on", "javascript:") if word in str(LINK)] == []
