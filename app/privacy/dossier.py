"""Everything that is kept about one person, in sections that can be read aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.audit.models import AuditEntry
from app.awards.models import Nomination
from app.awards.queries import rules_of
from app.badges.models import Achievement, Badge
from app.core.formats import day, moment, telephone
from app.core.i18n import N_, say
from app.cycles.models import Cycle
from app.groups.models import Group
from app.outreach.classes.results import attended
from app.outreach.models import HelpRequest
from app.people.consent_texts import GIVER_WORDS, HOW_WORDS, words_of
from app.people.models import Accommodation, Card, Membership, RoleGrant, SignIn
from app.people.queries import consents_of
from app.privacy.departing import get_known
from app.privacy.models import PrivacyRequest
from app.quizzes.models import ItemReport, Proposal, Quiz
from app.standings.models import PersonCycle

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """One kind of what is kept: a table with its headings; without rows there is nothing of it."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Dossier:
    """All of it, as of a moment."""

    person_id: int
    name: str
    made_at: datetime
    sections: tuple[Section, ...]


ADULT_WORDS = {"yes": N_("Đủ 16 tuổi"), "no": N_("Dưới 16 tuổi"), "unsaid": N_("Chưa nói")}
GROUP_WORDS = {"home": N_("nơi ở"), "branch": N_("chi đoàn")}
PURPOSE_WORDS = {"lesson": N_("Bài học"), "review": N_("Ôn tập"), "placement": N_("Mình đang ở đâu?")}
DONE_WORDS = {
    "independent": N_("tự làm"),
    "read_aloud": N_("có người đọc giúp"),
    "demonstrated": N_("làm mẫu"),
}
KIND_WORDS = {
    "see": N_("Xem dữ liệu"),
    "correct": N_("Sửa cho đúng"),
    "restrict": N_("Tạm ngừng sử dụng"),
    "erase": N_("Xoá dữ liệu"),
    "object": N_("Phản đối một việc"),
}
STATE_WORDS = {"new": N_("mới gửi"), "acknowledged": N_("đang xem"), "closed": N_("đã trả lời")}
SIZE_WORDS = {"vua": N_("Vừa"), "to": N_("To"), "rat-to": N_("Rất to")}
LEVEL_WORDS = {"card": N_("bằng thẻ"), "pin": N_("bằng mã PIN"), "password": N_("bằng mật khẩu")}
LOG_WORDS = {
    "person.add": N_("Ghi tên"),
    "membership.confirm": N_("Xác nhận là người khu phố"),
    "card.issue": N_("Làm thẻ"),
    "household.leave": N_("Ghi là không cùng nhà nữa"),
    "person.merge": N_("Gộp hồ sơ trùng"),
    "person.unmerge": N_("Hoàn tác gộp hồ sơ"),
    "pin.reset": N_("Cho đặt lại mã PIN"),
    "consent.record": N_("Ghi ý kiến đồng ý"),
    "accommodation.set": N_("Chọn cách đọc cho dễ"),
    "role.grant": N_("Giao việc"),
    "role.end": N_("Thôi việc"),
    "person.correct": N_("Sửa thông tin"),
    "person.export": N_("Xem và tải dữ liệu"),
    "person.leave": N_("Đóng hồ sơ"),
    "person.return": N_("Mở lại hồ sơ"),
}


def gather(session: Session, person_id: int, *, now: datetime) -> Dossier:
    """Everything about someone who is here, or has left and is not forgotten.

    Raises:
        NotFound: No such person.
    """
    name = get_known(session, person_id).name
    found = [_section(session, person_id, key, *spec) for key, spec in SECTIONS.items()]
    return Dossier(person_id, name, now, tuple(section for section in found if section.rows))


def _section(
    session: Session,
    person_id: int,
    key: str,
    title: str,
    headings: tuple[str, ...],
    rows: Callable[[Session, int], Rows],
) -> Section:
    return Section(key, say(title), tuple(say(heading) for heading in headings), tuple(rows(session, person_id)))


def _told(words: dict[str, str], code: str | None) -> str:
    return say(words[code]) if code in words else code or ""


def _about(session: Session, person_id: int) -> Rows:
    person = get_known(session, person_id)
    card = session.scalar(select(Card.code).where(Card.person_id == person_id, Card.ended_at.is_(None)))
    rows = [
        (say("Họ tên"), person.name),
        (say("Xưng hô"), person.address),
        (say("Tuổi"), _told(ADULT_WORDS, person.adult)),
        (say("Năm sinh"), str(person.birth_year or "")),
        (say("Số điện thoại"), telephone(person.phone) if person.phone else ""),
        (say("Mã thẻ"), card or ""),
        (say("Ghi tên ngày"), day(person.created_at)),
    ]
    return [row for row in rows if row[1]]


def _groups(session: Session, person_id: int) -> Rows:
    query = select(Membership, Group.name).join(Group, Group.id == Membership.group_id)
    rows = session.execute(query.where(Membership.person_id == person_id).order_by(Membership.id.desc()))
    return [
        (
            name,
            _told(GROUP_WORDS, m.kind),
            day(m.started_at),
            day(m.ended_at) if m.ended_at else say("đến nay"),
            day(m.confirmed_at) if m.confirmed_at else say("chưa xác nhận"),
        )
        for m, name in rows
    ]


def _consents(session: Session, person_id: int) -> Rows:
    return [
        (
            moment(row.given_at),
            say(words_of(row.text_version, row.purpose).title),
            _told(dict(words_of(row.text_version, row.purpose).choices), row.choice),
            _told(GIVER_WORDS, row.giver),
            _told(HOW_WORDS, row.how),
            row.text_version,
        )
        for row in consents_of(session, person_id)
    ]


def _attempts(session: Session, person_id: int) -> Rows:
    query = select(Attempt, Quiz.title).outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
    rows = session.execute(query.where(Attempt.person_id == person_id).order_by(Attempt.id.desc()))
    return [
        (
            moment(attempt.started_at),
            title or _told(PURPOSE_WORDS, attempt.purpose),
            _told(DONE_WORDS, attempt.how),
            say("%(i)s trên %(n)s", i=attempt.right, n=len(attempt.draw))
            if attempt.right is not None
            else say("dở dang"),
            say("đạt") if attempt.passed else "",
        )
        for attempt, title in rows
    ]


def _months(session: Session, person_id: int) -> Rows:
    query = select(Cycle.period, PersonCycle).join(Cycle, Cycle.id == PersonCycle.cycle_id)
    rows = session.execute(query.where(PersonCycle.person_id == person_id).order_by(Cycle.starts_at.desc()))
    return [(period, str(row.passes), str(row.helped), str(row.points)) for period, row in rows]


def _badges(session: Session, person_id: int) -> Rows:
    query = select(Badge, Achievement.title).join(Achievement, Achievement.slug == Badge.achievement_slug)
    rows = session.execute(query.where(Badge.person_id == person_id).order_by(Badge.id.desc()))
    return [(title, day(b.issued_at), day(b.revoked_at) if b.revoked_at else "", b.revoked_reason) for b, title in rows]


def _honours(session: Session, person_id: int) -> Rows:
    """What was announced; what is still being decided on is told when it is decided."""
    query = select(Nomination, Cycle).join(Cycle, Cycle.id == Nomination.cycle_id)
    rows = session.execute(
        query.where(Nomination.person_id == person_id, Cycle.announced_at.is_not(None)).order_by(Cycle.starts_at.desc())
    ).all()
    titles = {(c.id, rule.slug): rule.title for _, c in rows for rule in rules_of(session, c.id)}
    told = {"approve": N_("được tuyên dương"), "ask": N_("chưa duyệt"), "later": N_("để lần sau")}
    return [(c.period, titles.get((c.id, n.award), n.award), _told(told, n.decision)) for n, c in rows]


def _help(session: Session, person_id: int) -> Rows:
    query = select(HelpRequest).where(HelpRequest.person_id == person_id).order_by(HelpRequest.id.desc())
    ways = {"call": N_("gọi lại"), "visit": N_("đến tận nhà")}
    return [
        (moment(r.created_at), _told(ways, r.way), r.contact, day(r.done_at) if r.done_at else "")
        for r in session.scalars(query)
    ]


def _classes(session: Session, person_id: int) -> Rows:
    rows = attended(session, person_id)
    return [
        (moment(at), quiz, place, *("" if n is None else f"{n} %" for n in share)) for at, quiz, place, *share in rows
    ]


def _reports(session: Session, person_id: int) -> Rows:
    query = select(ItemReport).where(ItemReport.person_id == person_id).order_by(ItemReport.id.desc())
    return [(moment(r.created_at), r.item_id, r.words, r.answer) for r in session.scalars(query)]


def _proposals(session: Session, person_id: int) -> Rows:
    query = select(Proposal).where(Proposal.person_id == person_id).order_by(Proposal.id.desc())
    return [(moment(r.created_at), str(r.body.get("stem", "")), r.answer) for r in session.scalars(query)]


def _requests(session: Session, person_id: int) -> Rows:
    query = select(PrivacyRequest).where(PrivacyRequest.person_id == person_id).order_by(PrivacyRequest.id.desc())
    return [
        (moment(r.received_at), _told(KIND_WORDS, r.kind), r.words, _told(STATE_WORDS, r.state), r.answer)
        for r in session.scalars(query)
    ]


def _sign_ins(session: Session, person_id: int) -> Rows:
    query = select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.id.desc())
    return [(moment(r.created_at), _told(LEVEL_WORDS, r.level), day(r.expires_at)) for r in session.scalars(query)]


def _roles(session: Session, person_id: int) -> Rows:
    query = select(RoleGrant, Group.name).join(Group, Group.id == RoleGrant.group_id)
    rows = session.execute(query.where(RoleGrant.person_id == person_id).order_by(RoleGrant.id.desc()))
    return [(r.role, name, day(r.granted_at), day(r.ended_at) if r.ended_at else say("đến nay")) for r, name in rows]


def _reading(session: Session, person_id: int) -> Rows:
    row = session.get(Accommodation, person_id)
    if row is None:
        return []
    size = _told(SIZE_WORDS, row.text_size)
    told = [(say("Cỡ chữ"), size), (say("Chữ đậm"), say("có") if row.contrast == "more" else "")]
    told += [(say("Bớt một ý để chọn"), say("có") if row.fewer_options else "")]
    told += [(say("Tự đọc câu hỏi"), say("có") if row.read_first else "")]
    return [one for one in told if one[1]]


def _trail(session: Session, person_id: int) -> Rows:
    query = select(AuditEntry).where(AuditEntry.subject_kind == "person", AuditEntry.subject_id == str(person_id))
    return [
        (moment(entry.at), say(LOG_WORDS.get(entry.action, N_("Việc khác"))))
        for entry in session.scalars(query.order_by(AuditEntry.id.desc()))
    ]


Spec = tuple[str, tuple[str, ...], Callable[[Session, int], Rows]]
SECTIONS: dict[str, Spec] = {
    "about": (N_("Thông tin"), (), _about),
    "groups": (N_("Nơi sinh hoạt"), (N_("Tên"), N_("Loại"), N_("Từ"), N_("Đến"), N_("Xác nhận")), _groups),
    "consents": (
        N_("Ý kiến đồng ý"),
        (N_("Lúc"), N_("Việc"), N_("Trả lời"), N_("Ai"), N_("Cách"), N_("Bản lời hỏi")),
        _consents,
    ),
    "attempts": (N_("Bài đã làm"), (N_("Lúc"), N_("Bài"), N_("Cách làm"), N_("Đúng"), N_("Kết quả")), _attempts),
    "months": (N_("Từng tháng"), (N_("Tháng"), N_("Tự làm đạt"), N_("Có người giúp"), N_("Điểm")), _months),
    "badges": (N_("Huy hiệu"), (N_("Tên"), N_("Ngày nhận"), N_("Ngày thu hồi"), N_("Lý do")), _badges),
    "honours": (N_("Tuyên dương"), (N_("Tháng"), N_("Danh hiệu"), N_("Kết quả")), _honours),
    "help": (N_("Lời nhờ giúp"), (N_("Lúc"), N_("Cách"), N_("Liên hệ"), N_("Xong ngày")), _help),
    "classes": (N_("Lớp đã dự"), (N_("Lúc"), N_("Bài"), N_("Ở"), N_("Đầu buổi"), N_("Cuối buổi")), _classes),
    "reports": (N_("Câu đã báo"), (N_("Lúc"), N_("Câu"), N_("Lời báo"), N_("Trả lời")), _reports),
    "proposals": (N_("Câu đã đề xuất"), (N_("Lúc"), N_("Câu hỏi"), N_("Trả lời")), _proposals),
    "requests": (
        N_("Yêu cầu về dữ liệu"),
        (N_("Lúc"), N_("Việc"), N_("Lời nhắn"), N_("Đang ở"), N_("Trả lời")),
        _requests,
    ),
    "sign_ins": (N_("Các máy đang vào"), (N_("Lúc"), N_("Cách vào"), N_("Hết hạn")), _sign_ins),
    "roles": (N_("Vai trò"), (N_("Vai trò"), N_("Ở"), N_("Từ"), N_("Đến")), _roles),
    "reading": (N_("Cách đọc cho dễ"), (), _reading),
    "trail": (N_("Cán bộ, tình nguyện viên đã làm gì với hồ sơ này"), (N_("Lúc"), N_("Việc")), _trail),
}
