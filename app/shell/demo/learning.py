"""One sitting of one quiz, played through the same use cases as in the browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.attempts.domain import Learner
from app.attempts.queries import find_open
from app.core.db import reading
from app.play import service as play
from app.quizzes.domain import LETTERS, Drawn
from app.quizzes.queries import QuizCard, get_item


@dataclass(frozen=True)
class Sitting:
    """What is learnt, by whom, how and how well."""

    person_id: int
    quiz: QuizCard
    how: str
    skill: float
    answers: int | None = None  # how many; None: to the end


class Answers:
    """The letters that are right, looked up once per item revision."""

    def __init__(self) -> None:
        self.keys: dict[int, str] = {}

    def letter(self, drawn: Drawn) -> str:
        key = self.keys.get(drawn.revision_id)
        if key is None:
            key = self.keys[drawn.revision_id] = get_item(reading(), drawn.revision_id).key
        return LETTERS[drawn.order.index(key)]


def sit(sitting: Sitting, answers: Answers, chance: Random, now: datetime) -> None:
    """Begin (or go on with) a quiz and answer; a second chance is nearly always right."""
    learner = Learner(person_id=sitting.person_id)
    quiz = sitting.quiz
    play.start(learner, quiz.topic_slug, quiz.id, how=sitting.how, now=now, chance=chance)
    attempt = find_open(reading(), learner, quiz.id)
    assert attempt is not None
    attempt_id, queue = attempt.id, [Drawn.from_json(stored) for stored in attempt.draw]
    asked, given = len(queue), 0
    while given < len(queue) and given != sitting.answers:
        drawn, again = queue[given], given >= asked
        right = answers.letter(drawn)
        letter = right
        if chance.random() > (0.97 if again else sitting.skill):
            letter = chance.choice([other for other in LETTERS[: len(drawn.order)] if other != right])
        now += timedelta(seconds=chance.randint(12, 55))
        given += 1
        verdict = play.answer_item(learner, attempt_id, given, letter, key="demo", now=now)
        if verdict.returns:  # told by the program: a step answered earlier stays as it was
            queue.append(drawn)
