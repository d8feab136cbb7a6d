"""Three faces: the first word before a topic stays, the newest after it holds, few people are not told."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.attempts.confidence import Felt, TopicConfidence, confidence_by_topic, felt, rate
from app.attempts.models import Confidence
from app.core.db import reading, transaction
from app.core.errors import Invalid, NotFound
from tests.factories import NOON, make_person, make_quiz, make_ward

pytestmark = pytest.mark.both
LATER = NOON + timedelta(days=9)
TOPIC = "an-toan-so"


def say(person: int, moment: str, value: int, *, topic: str = TOPIC, at: object = NOON) -> None:
    with transaction() as session:
        rate(session, person, topic, moment, value, now=at)  # type: ignore[arg-type]


def town(people: int = 1) -> list[int]:
    ids = make_ward()
    make_quiz()
    return [make_person(f"Ada {n}", group_id=ids["1"]) for n in range(people)]


def test_first_word_before_and_newest_word_after_hold(app: Flask) -> None:
    with app.app_context():
        [ada] = town()
        assert felt(reading(), ada, TOPIC) == Felt(0, 0, None)
        say(ada, "before", 1)
        say(ada, "before", 3, at=LATER)
        say(ada, "after", 2)
        say(ada, "after", 3, at=LATER)
        assert felt(reading(), ada, TOPIC) == Felt(1, 3, LATER)
        assert reading().scalar(select(func.count()).select_from(Confidence)) == 2


@pytest.mark.parametrize(("moment", "value"), [("before", 0), ("after", 4), ("during", 1), ("", 2)])
def test_face_or_moment_that_there_is_not_is_refused(app: Flask, moment: str, value: int) -> None:
    with app.app_context():
        [ada] = town()
        with pytest.raises(Invalid):
            say(ada, moment, value)
        with pytest.raises(IntegrityError), transaction() as session:
            session.add(Confidence(person_id=ada, topic_slug=TOPIC, moment=moment, value=value, at=NOON))


def test_topic_that_there_is_not_is_refused(app: Flask) -> None:
    with app.app_context():
        [ada] = town()
        with pytest.raises(NotFound):
            say(ada, "before", 1, topic="khong-co")


def test_officers_read_counts_of_those_who_spoke_twice(app: Flask) -> None:
    with app.app_context():
        people = town(7)
        for person, (before, after) in zip(people, [(1, 2), (1, 3), (2, 3), (2, 2), (3, 3)], strict=False):
            say(person, "before", before)
            say(person, "after", after)
        say(people[5], "before", 1)
        say(people[6], "after", 1)
        assert confidence_by_topic(reading()) == [TopicConfidence(TOPIC, "An toàn số", 5, (2, 2, 1), (0, 2, 3))]


def test_of_four_people_nothing_is_told(app: Flask) -> None:
    with app.app_context():
        for person in town(4):
            say(person, "before", 1)
            say(person, "after", 3)
        assert confidence_by_topic(reading()) == [TopicConfidence(TOPIC, "An toàn số", 0, (), ())]
