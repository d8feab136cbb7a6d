"""People who have signed in already, in a real browser; and what a lesson's right answer is."""

from app.attempts.domain import Learner
from app.attempts.queries import find_last, plan_of
from app.core.db import reading
from app.quizzes.queries import get_item
from tests.journeys.visitor import Visitor
from tests.town import Town


def seat(visitor: Visitor, town: Town, person_id: int, level: str = "pin") -> Visitor:
    """Give a browser the session of someone who signed in before."""
    browser = town.as_person(person_id, level)
    for cookie in (browser.client._cookies or {}).values():
        visitor.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visitor.site}])
    return visitor


def right_place(person_id: int, quiz_id: str) -> int:
    """Where on the screen the right option of the question in front stands. Call inside a context."""
    attempt = find_last(reading(), Learner(person_id=person_id), quiz_id)
    assert attempt is not None
    step = plan_of(attempt).next
    assert step is not None
    return step.drawn.order.index(get_item(reading(), step.drawn.revision_id).kind.solution())
