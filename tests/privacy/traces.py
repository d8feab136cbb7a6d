"""Someone who left traces everywhere, under a name that stands nowhere else. Call inside a context."""

import json
from pathlib import Path

from sqlalchemy import select, update

from app.attempts.domain import Learner
from app.attempts.models import Attempt, Response
from app.audit.service import record
from app.awards.models import Nomination
from app.badges.models import Achievement, Badge
from app.config import PrivacyTerms
from app.console.service import set_contact
from app.core.db import reading, transaction
from app.core.text import fold, person_key
from app.notices.service import queue
from app.outreach.asking.service import ask_for_help
from app.outreach.models import HelpRequest
from app.people import accommodations
from app.people.domain import Accommodations
from app.people.models import Person
from app.people.service import issue_card, record_consent, set_pin
from app.privacy import service
from app.quizzes.models import ItemReport, ItemRevision, Proposal
from app.standings.service import current_cycle
from tests.factories import NOON, answer_all, make_award_rules, make_quiz
from tests.town import Town

NAME, PHONE, PIN = "Đoàn Thị Ngọc Quỳnh", "0987650321", "2580"
SPOKEN = "0987 650 321"
NEEDLES = (
    NAME.encode(), NAME.upper().encode(), fold(NAME).encode(), person_key(NAME), json.dumps(NAME)[1:-1].encode(),
    "Quỳnh".encode(), b"quynh", PHONE.encode(), SPOKEN.encode(), b"987.650.321", b"thu-mot-lan",
)  # fmt: skip


def needles_in(*files: Path) -> list[bytes]:
    """Which of the name's and number's spellings stand in these files."""
    whole = b"".join(path.read_bytes() for path in files if path.exists())
    return [needle for needle in NEEDLES if needle in whole]


def leave_traces(town: Town) -> str:
    """Ada becomes Quỳnh, who learnt, asked, agreed, reported, was proposed and written about; her card's code."""
    make_quiz()
    make_award_rules()
    quynh = town.ada
    with transaction() as session:
        person = session.get_one(Person, quynh)
        person.name, person.folded, person.name_key = NAME, fold(NAME), person_key(NAME)
        person.phone, person.birth_year, person.import_key = PHONE, 1958, "thu-mot-lan"
        code = issue_card(session, quynh, now=NOON).code
        set_pin(session, quynh, PIN, now=NOON)
        for purpose in ("record", "name"):
            record_consent(session, quynh, purpose=purpose, choice="full", giver="self", recorded_by=None, now=NOON)
        queue(session, quynh, "confirmed", {"words": f"Chào {NAME}"}, key="q", now=NOON)
        easy = Accommodations("to", "more", fewer_options=False, read_first=False)
        accommodations.keep(session, quynh, easy, now=NOON)
    for person_id in (quynh, town.ben):
        answer_all(Learner(person_id=person_id), now=NOON)
    _be_honoured(town, quynh)
    _write(town, quynh)
    return code


def _be_honoured(town: Town, quynh: int) -> None:
    with transaction() as session:
        cycle, _ = current_cycle(session, NOON)
        session.add(
            Nomination(
                cycle_id=cycle.id, award="hoc-deu", subject="person", person_id=quynh, place=1, evidence={},
                decision="ask", note=f"Hỏi lại bà {NAME}", decided_by=town.cleo, decided_at=NOON,
            )
        )  # fmt: skip
        session.add(
            Achievement(
                slug="thu", title="Thử", kind="than", palette="than", ring=1, sentence="Học đều", criterion={},
                position=99, digest="",
            )
        )  # fmt: skip
        session.flush()
        session.add(Badge(person_id=quynh, achievement_slug="thu", issued_at=NOON, evidence={}))


def _write(town: Town, quynh: int) -> None:
    ask_for_help(key="h1", way="call", person_id=quynh, group_id=None, name="", contact=SPOKEN, page="/hoc", now=NOON)
    beside = f"ở cạnh nhà bà {NAME.upper()}, gọi {SPOKEN} hoặc +84 987.650.321"
    revision = reading().scalars(select(ItemRevision).order_by(ItemRevision.id)).first()
    assert revision is not None
    item, revision_id = revision.item_id, revision.id
    with transaction() as session:
        session.add(HelpRequest(key="h2", person_id=town.ben, way="visit", note=beside, created_at=NOON))
        for key, owner in (("b1", quynh), ("b2", town.ben)):
            session.add(
                ItemReport(
                    key=key, item_id=item, revision_id=revision_id, person_id=owner, reason="other",
                    words=f"{NAME} thấy câu này sai", created_at=NOON, state="fixed", answer=f"Cảm ơn {NAME}",
                    closed_at=NOON, closed_by=town.cleo,
                )
            )  # fmt: skip
        session.add(_proposal("d1", quynh, state="waiting"))
        session.add(_proposal("d2", quynh, state="accepted", item_id=item, decided_at=NOON, decided_by=town.cleo))
        record(
            session, actor_id=town.cleo, action="pin.reset", subject_kind="person", subject_id=quynh, now=NOON,
            reason="Quỳnh quên mã",
        )  # fmt: skip
        session.execute(update(ItemRevision).where(ItemRevision.item_id == item).values(type="text"))
        own = select(Attempt.id).where(Attempt.person_id == quynh)
        typed = update(Response).where(Response.item_id == item, Response.attempt_id.in_(own))
        session.execute(typed.values(choice=f"tôi là {NAME}"))
    set_contact(slug="1", name=NAME, phone=PHONE, by=town.cleo, now=NOON)
    service.ask(
        key="r1", kind="correct", words=f"Tên tôi là {NAME}", person_id=quynh, contact=PHONE, terms=PrivacyTerms(),
        now=NOON,
    )  # fmt: skip


def _proposal(key: str, person_id: int, **values: object) -> Proposal:
    body = {"stem": f"Câu của {NAME}"}
    return Proposal(key=key, quiz_id="cuoc-goi", person_id=person_id, body=body, created_at=NOON, **values)
