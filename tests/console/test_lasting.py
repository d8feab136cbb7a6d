"""The officer's page on what stays: figures for five people or more, for officers only."""

from datetime import timedelta

from app.attempts.domain import Learner
from tests.factories import NOON, answer_all, make_person, make_quiz
from tests.town import Town


def learn(town: Town, khu: str, count: int) -> None:
    """So many people of a khu phố sit a lesson badly, and 31 days later again."""
    for number in range(count):
        learner = Learner(person_id=make_person(f"Người {khu}-{number}", group_id=town.groups[khu]))
        answer_all(learner, wrong=5)
        answer_all(learner, now=NOON + timedelta(days=31))


def test_figures_stand_for_five_people_and_never_for_fewer(town: Town) -> None:
    with town.app.app_context():
        make_quiz(items=10)
        learn(town, "1", 6)
        learn(town, "2", 5)
        learn(town, "3", 4)
    town.at(NOON + timedelta(days=40))

    page = town.as_cleo().open("/to-chuc/thuc-chat")

    assert "Khu phố 1 0 100 100 61 đến 100 6" in page.text
    assert "Khu phố 2 chưa nói được" in page.text  # the whole minus khu phố 1 and 2 would tell about four people
    assert "Khu phố 3 chưa nói được" in page.text
    assert "15 người đã được hỏi lại" in page.text


def test_page_without_figures_says_why(town: Town) -> None:
    page = town.as_cleo().open("/to-chuc/thuc-chat")

    assert "Chưa đủ người để nói" in page.text
    assert "Khu phố 1 chưa nói được" in page.text


def test_only_officers_see_it(town: Town) -> None:
    assert [who.open("/to-chuc/thuc-chat").status for who in (town.as_ada(), town.as_dung())] == [404, 404]


def test_console_leads_there(town: Town) -> None:
    assert town.as_cleo().open("/to-chuc").link("Thực chất") == "/to-chuc/thuc-chat"
