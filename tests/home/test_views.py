"""The learner's home shows no more of the standings than everyone may read."""

from flask import Flask

from app.attempts.domain import Learner
from app.core import clock
from tests.factories import NOON, answer_all, make_person, make_quiz
from tests.town import make_town


def test_place_in_the_lower_half_is_not_shown_to_its_own_people(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        for khu, count in (("1", 60), ("2", 30), ("3", 6)):
            for number in range(count):
                answer_all(Learner(person_id=make_person(f"Người {khu}-{number}", group_id=town.groups[khu])))
    clock.use(lambda: NOON)

    leading, last = town.as_ada().open("/"), town.as_cleo().open("/")

    assert "Khu phố 1 hạng 1" in leading.text
    assert ("Khu phố 3 Đang tăng tốc" in last.text, "hạng" in last.text) == (True, False)
