"""Rows for tests, with no surprises: what matters is an argument. Call inside an application context."""

import random
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.attempts.domain import Learner
from app.attempts.queries import find_last, path_so_far, plan_of
from app.awards.service import load_rules
from app.config import ROOT
from app.core.db import reading, transaction
from app.core.text import fold, natural_key, person_key
from app.groups.models import Group, Population, Ward
from app.people.models import Membership, Person, RoleGrant
from app.play.service import answer_item, start
from app.quizzes.models import Item, ItemRevision, Objective, Quiz, Skill, Topic
from app.quizzes.queries import get_item
from app.shell.demo.answers import right_form, wrong_form

NOON = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)  # a Wednesday noon in Uông Bí


def make_ward(*, khu: dict[str, int] | None = None) -> dict[str, int]:
    """A ward with khu phố and their adult populations; returns slug → id (``ward`` among them)."""
    khu = {"1": 640, "2": 910, "3": 720} if khu is None else khu
    with transaction() as session:
        session.add(Ward(id=1, unit="Đoàn phường Thử", name="Thử"))
        ward = Group(kind="ward", name="Phường Thử", slug="phuong-thu", folded="phuong thu", sort_key=b"0")
        session.add(ward)
        session.flush()
        ids = {"ward": ward.id}
        for slug, adults in khu.items():
            name = f"Khu phố {slug}"
            group = Group(
                kind="khu_pho",
                name=name,
                slug=slug,
                folded=fold(name),
                sort_key=natural_key(name),
                parent_id=ward.id,
            )
            session.add(group)
            session.flush()
            session.add(Population(group_id=group.id, adults=adults, as_of=date(2026, 1, 1), source="Danh sách thử"))
            ids[slug] = group.id
        return ids


def make_person(
    name: str = "Nguyễn Thị Ada",
    *,
    group_id: int | None = None,
    branch_id: int | None = None,
    adult: str = "yes",
    address: str = "bác",
    confirmed: bool = True,
    role: str | None = None,
    ward_id: int | None = None,
    at: datetime = datetime(2026, 9, 1, tzinfo=UTC),
) -> int:
    """A person with confirmed membership; returns the id."""
    with transaction() as session:
        person = Person(
            name=name,
            folded=fold(name),
            name_key=person_key(name),
            address=address,
            adult=adult,
            created_at=at,
        )
        session.add(person)
        session.flush()
        for kind, group in (("home", group_id), ("branch", branch_id)):
            if group is not None:
                session.add(
                    Membership(
                        person_id=person.id,
                        group_id=group,
                        kind=kind,
                        started_at=at,
                        confirmed_at=at if confirmed else None,
                    )
                )
        if role is not None:
            session.add(RoleGrant(person_id=person.id, role=role, group_id=ward_id or group_id, granted_at=at))
        return person.id


OPTIONS = ("a", "b", "c")


def make_quiz(quiz_id: str = "cuoc-goi", *, items: int = 8, topic: str = "an-toan-so", skill: str = "tinh-mat") -> None:
    """A quiz whose items ``<quiz>-1`` … all have the key ``b``; two objectives in turn."""
    with transaction() as session:
        session.merge(
            Topic(
                slug=topic, title="An toàn số", summary="Giữ mình trên mạng.", icon="shield", palette="an-toan",
                position=1, pillar="xa-hoi-so", digcomp_area=4, movements=[],
            )
        )  # fmt: skip
        session.flush()
        session.merge(Skill(slug=skill, title="Tinh mắt", topic_slug=topic))
        session.flush()
        session.add(
            Quiz(
                id=quiz_id, topic_slug=topic, skill_slug=skill, title=f"Bài {quiz_id}", summary="Một bài thử.",
                learned="một điều mới", tier="lam-quen", minutes=3, position=1, lang="vi",
            )
        )  # fmt: skip
        objectives = [Objective(skill_slug=skill, name=f"{quiz_id}-m{n}", text="Mục tiêu") for n in (1, 2)]
        session.add_all(objectives)
        session.flush()
        for number in range(1, items + 1):
            _add_item(session, f"{quiz_id}-{number}", quiz_id, objectives[number % 2].id)


def _add_item(session: Session, item_id: str, quiz_id: str, objective_id: int) -> None:
    session.add(Item(id=item_id, quiz_id=quiz_id, objective_id=objective_id, revision=1))
    session.flush()
    body = {
        "stem": f"Câu {item_id}. {{X}} nên làm gì?",
        "hint": "Nghĩ một chút.",
        "options": [{"id": o, "text": f"Lựa chọn {o} của {item_id}", "reason": f"Lý do {o}"} for o in OPTIONS],
        "key": "b",
        "rationale": f"Giải thích {item_id}.",
        "source": {"title": "Nguồn thử", "url": "https://example.org/", "date": "2026-01-01"},
        "sensitivity": "L",
    }
    session.add(
        ItemRevision(
            item_id=item_id, revision=1, type="single", body=body, digest=item_id, difficulty=1,
            valid_as_of=date(2026, 1, 1), review_by=date(2099, 1, 1), created_at=NOON,
        )
    )  # fmt: skip


def answer_all(learner: Learner, quiz_id: str = "cuoc-goi", *, wrong: int = 0, now: datetime = NOON) -> None:
    """Sit a whole quiz: the first ``wrong`` answers of the first round miss, the second round is right."""
    quiz = reading().get_one(Quiz, quiz_id)
    topic, how = quiz.topic_slug, "independent"
    start(learner, topic, quiz_id, how=how, now=now, chance=random.Random(7))
    missed = 0
    while True:
        attempt = find_last(reading(), learner, quiz_id)
        assert attempt is not None
        step = plan_of(attempt).next
        if step is None:
            return
        miss = step.round == 1 and missed < wrong
        missed += miss
        kind = get_item(reading(), step.drawn.revision_id).kind
        order, path = step.drawn.order, path_so_far(attempt, step.drawn.item, step.round)
        form = wrong_form(kind, order, random.Random(1), path) if miss else right_form(kind, order, path)
        answer_item(learner, attempt.id, step.number, form, key=f"k{attempt.id}-{step.number}", now=now)


def make_award_rules() -> None:
    """The award rules that the project ships."""
    load_rules(ROOT / "badges" / "awards")
