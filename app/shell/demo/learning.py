"""One sitting, of a quiz or of what has come back, played through the same use cases as in the browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.attempts.domain import Learner
from app.attempts.queries import find_open
from app.core.db import reading
from app.play import service as play
from app.play import sittings
from app.play.domain import Verdict
from app.quizzes.domain import Drawn
from app.quizzes.kinds.kind import Kind
from app.quizzes.queries import QuizCard, get_item
from app.shell.demo.answers import right_form, wrong_form


@dataclass(frozen=True)
class Sitting:
    """What is learnt, by whom, how and how well."""

    person_id: int
    quiz: QuizCard | None  # None: whatever is due for review
    how: str
    skill: float
    answers: int | None = None  # how many; None: to the end


class Answers:
    """Items by revision, looked up once."""

    def __init__(self) -> None:
        self.kinds: dict[int, Kind] = {}

    def form(self, drawn: Drawn, path: str, *, right: bool, chance: Random) -> dict[str, list[str]]:
        kind = self.kinds.get(drawn.revision_id)
        if kind is None:
            kind = self.kinds[drawn.revision_id] = get_item(reading(), drawn.revision_id).kind
        return right_form(kind, drawn.order, path) if right else wrong_form(kind, drawn.order, chance, path)


def sit(sitting: Sitting, answers: Answers, chance: Random, now: datetime) -> datetime:
    """Begin (or go on with) a quiz or a review and answer; a second chance is nearly always right.

    Returns:
        The moment of the last answer; ``now`` where nothing was due.
    """
    learner, quiz = Learner(person_id=sitting.person_id), sitting.quiz
    if quiz is None:
        sittings.start_review(sitting.person_id, how=sitting.how, now=now, chance=chance)
        attempt = find_open(reading(), learner, None, purpose="review")
    else:
        play.start(learner, quiz.topic_slug, quiz.id, how=sitting.how, now=now, chance=chance)
        attempt = find_open(reading(), learner, quiz.id)
    if attempt is None:
        return now
    queue = [Drawn.from_json(stored) for stored in attempt.draw]
    return _answer(learner, attempt.id, queue, sitting, answers, chance, now)


def _answer(
    learner: Learner,
    attempt_id: int,
    queue: list[Drawn],
    sitting: Sitting,
    answers: Answers,
    chance: Random,
    now: datetime,
) -> datetime:
    asked, given = len(queue), 0
    while given < len(queue) and given != sitting.answers:
        drawn, again = queue[given], given >= asked
        right = chance.random() <= (0.97 if again else sitting.skill)
        given, path = given + 1, ""
        while True:
            now += timedelta(seconds=chance.randint(12, 55))
            form = answers.form(drawn, path, right=right, chance=chance)
            told = play.answer_item(learner, attempt_id, given, form, key="demo", now=now)
            if isinstance(told, Verdict):
                break
            path = told.draft
        if told.returns:  # told by the program: a step answered earlier stays as it was
            queue.append(drawn)
    return now
