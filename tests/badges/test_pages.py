"""The wallet and the whole collection: by topic, with what is still missing, one picture file for all."""

import re
from datetime import timedelta

from flask import Flask

from app.attempts.domain import Learner
from app.badges.criteria import OF_GROUPS, PREDICATES
from app.badges.queries import achievements
from app.badges.service import load_catalogue
from app.config import ROOT
from app.core import clock
from app.core.db import reading
from app.quizzes.service import load_bank
from tests.factories import NOON, answer_all, make_quiz, make_ward
from tests.page import Browser
from tests.town import make_town


def make_content() -> None:
    make_quiz()
    make_quiz("tin-nhan", skill="vung-tay")
    make_quiz("hoi", topic="tri-tue-nhan-tao", skill="hoi-ai")
    load_catalogue(ROOT / "badges")


def pictures(html: str) -> list[str]:
    return re.findall(r'<img src="[^"]*/sheets/(?:ring-1|other-kinds)\.[^"#]*#([a-z0-9-]+)"', html)


def test_guest_sees_every_badge_in_colour_and_how_to_get_it(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_content()

    page = browser.open("/huy-hieu/tat-ca")

    assert set(pictures(page.html)) == {
        "tinh-mat", "vung-tay", "hoi-ai", "bai-dau-tien", "than-hong", "den-tung-nha", "cam-tay-chi-viec", "xom-so",
        "yen-tu", "thi-tuan",
    }  # fmt: skip
    assert "Học đều 4 tuần, mỗi tuần từ 3 ngày, là có." in page.text
    assert "Còn 1 bài" not in page.text


def test_learner_sees_what_is_held_and_what_is_missing(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_content()
        answer_all(Learner(person_id=town.ada), now=NOON)
    clock.use(lambda: NOON + timedelta(days=1))

    page = town.as_ada().open("/huy-hieu/tat-ca")

    assert set(pictures(page.html)) == {
        "tinh-mat", "bai-dau-tien", "locked-sen", "locked-than", "locked-khien", "locked-dinh", "locked-nui",
        "locked-sao",
    }  # fmt: skip
    assert ("1 trên 2" in page.text, "Còn 1 bài" in page.text, "Còn 4 tuần" in page.text) == (True, True, True)


def test_wallet_shows_begun_topics_whole_and_leads_to_the_others(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_content()
        answer_all(Learner(person_id=town.ada), now=NOON)
    clock.use(lambda: NOON + timedelta(days=1))

    page = town.as_ada().open("/huy-hieu")

    assert page.link("Vững tay") == "/huy-hieu/vung-tay"
    assert [href for href, _ in page.links if "tat-ca" in href] == [
        "/huy-hieu/tat-ca#tri-tue-nhan-tao",
        "/huy-hieu/tat-ca#than",
        "/huy-hieu/tat-ca#khien",
        "/huy-hieu/tat-ca#dinh",
        "/huy-hieu/tat-ca#sao",
        "/huy-hieu/tat-ca",
    ]
    assert len(set(re.findall(r"/static/[^\"#]+\.svg", page.html))) <= 5


def test_badge_page_leads_to_the_quizzes_that_teach_its_skill(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_content()

    page = browser.open("/huy-hieu/tinh-mat")

    assert page.link("Bài cuoc-goi") == "/hoc/an-toan-so/cuoc-goi"
    assert page.link("Xem cả bộ sưu tập") == "/huy-hieu/tat-ca"


def test_every_kind_of_criterion_is_said_in_words(app: Flask, browser: Browser) -> None:
    with app.app_context():
        make_ward()
        load_bank(ROOT / "quizzes", now=NOON)
        load_catalogue(ROOT / "badges")
        first = {a.criterion["type"]: a.slug for a in achievements(reading())}

    wordless = [slug for slug in first.values() if "“” là có" in browser.open(f"/huy-hieu/{slug}").text]

    assert (wordless, first.keys() == PREDICATES.keys() | OF_GROUPS.keys()) == ([], True)
