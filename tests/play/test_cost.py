"""What one answer asks of the database, through the whole path: sign-in, token, scoring, ledger, fragment."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.attempts.domain import Learner
from app.attempts.queries import find_open, plan_of
from app.badges.service import load_catalogue
from app.closing.service import close_due_cycles
from app.config import ROOT
from app.core.db import db, reading, transaction
from app.cycles.models import Cycle
from app.groups.models import Ward
from app.play.service import answer_item, start
from app.quizzes.kinds.kind import LETTERS
from app.standings.checking import check
from app.standings.models import LedgerEntry, PersonCycle
from tests.factories import NOON, answer_all, make_person, make_quiz, make_ward
from tests.town import make_town

MOST = 5  # statements
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.both


def test_answer_costs_five_statements_and_one_commit(app: Flask) -> None:
    town = make_town(app)
    with app.app_context():
        make_quiz()
        load_catalogue(ROOT / "badges")
        engine = db.engine
    ada = town.as_ada()
    ada.open("/hoc/an-toan-so/cuoc-goi")
    page = ada.submit("/hoc/an-toan-so/cuoc-goi")
    said: list[str] = []
    commits: list[int] = []
    counts = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: said.append(statement))
    event.listen(engine, "commit", lambda _connection: commits.append(1))
    for number in range(1, 6):
        form = next(form for form in page.forms if "choice" in form.choices)
        values = dict(form.fields) | {"choice": form.choices["choice"][0]}
        said.clear()
        commits.clear()
        got = ada.client.post(form.action, data=values, headers=HTMX)
        counts.append((got.status_code, len([s for s in said if not s.startswith("BEGIN")]), len(commits)))
        page = ada.open(f"/hoc/an-toan-so/cuoc-goi/{number + 1}") if number < 5 else page

    middle = counts[1:4]  # the first of a day and the last of a round do more: badges, reviews, the pass
    assert [status for status, _, _ in counts] == [200] * 5
    assert all(statements <= MOST for _, statements, _ in middle), counts
    assert [commits_ for _, _, commits_ in middle] == [1, 1, 1]


def test_answer_that_finds_the_month_closed_counts_once_in_the_next(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        make_quiz("tin-nhan", skill="vung-tay")
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        answer_all(ada)
        attempt_id, form = begun(ada, "tin-nhan")
        assert [one.period for one in close_due_cycles(NOON + timedelta(days=40))] == ["2026-10"]

        answer_item(ada, attempt_id, 1, form, key="k", now=NOON)

        sums = reading().execute(select(Cycle.period, PersonCycle.points).join(Cycle).order_by(Cycle.period)).all()
        assert sums == [("2026-10", 50), ("2026-11", 10)]
        assert check(reading()).differences == 0


def begun(learner: Learner, quiz: str) -> tuple[int, dict[str, list[str]]]:
    """An attempt just begun, and the form that answers its first step rightly."""
    start(learner, "an-toan-so", quiz, how="independent", now=NOON)
    attempt = find_open(reading(), learner, quiz)
    assert attempt is not None
    return attempt.id, {"choice": [LETTERS[plan_of(attempt).steps[0].drawn.order.index("b")]]}


def test_three_devices_never_pass_the_cap_together(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        with transaction() as session:
            session.get_one(Ward, 1).points_cap = 65
        for quiz in ("cuoc-goi", "tin-nhan", "to-giay", "cua-hang"):
            make_quiz(quiz, skill=f"s-{quiz}")
        ada = Learner(person_id=make_person(group_id=ids["1"]))
        answer_all(ada)  # 50 points: 15 are left
        attempts = [begun(ada, quiz) for quiz in ("tin-nhan", "to-giay", "cua-hang")]
    gate = Barrier(3)

    def send(attempt_id: int, form: dict[str, list[str]]) -> None:
        with app.app_context():
            gate.wait()
            answer_item(ada, attempt_id, 1, form, key="k", now=NOON)
            db.session.remove()

    threads = [Thread(target=send, args=one) for one in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert reading().scalars(select(PersonCycle.points)).one() == 65
        assert reading().scalar(select(func.sum(LedgerEntry.points))) == 65
        assert check(reading()).differences == 0
