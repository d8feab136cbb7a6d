"""The officers' page tells how sure people feel, before and after, and never of fewer than five."""

import pytest

from app.attempts.confidence import rate
from app.core.db import transaction
from tests.factories import NOON, make_person, make_quiz
from tests.town import Town


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_faces_are_counted_from_five_people_on(town: Town, people: int, told: bool) -> None:
    with town.app.app_context():
        make_quiz()
        ids = [make_person(f"Hoa {n}", group_id=town.groups["1"]) for n in range(people)]
        with transaction() as session:
            for person in ids:
                rate(session, person, "an-toan-so", "before", 1, now=NOON)
                rate(session, person, "an-toan-so", "after", 3, now=NOON)

    page = town.as_cleo().open("/to-chuc/thuc-chat")

    assert ("5 → trước, và sau 0" in page.text, "0 → trước, và sau 5" in page.text) == (told, told)
    assert ("Chưa chủ đề nào có đủ 5 người" in page.text) is not told
