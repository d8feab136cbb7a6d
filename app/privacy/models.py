"""Requests about one's own data with their clocks, who has left, and who was erased."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.privacy.domain import ERASED_WHYS, KINDS, OUTCOMES, STATES, WHYS


class PrivacyRequest(Base):
    """Someone asks to see, correct, restrict, erase, or objects. Both clocks are set when it comes in."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        UniqueConstraint("key"),
        one_of("kind", KINDS, "kind"),
        one_of("state", STATES, "state"),
        one_of("outcome", OUTCOMES, "outcome"),
        CheckConstraint("person_id IS NOT NULL OR contact <> ''", "reachable"),
        CheckConstraint("(state = 'new') = (acknowledged_at IS NULL)", "acknowledged"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", "closed"),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", "outcome_when_closed"),
        CheckConstraint("state <> 'closed' OR length(answer) > 0", "closed_with_answer"),
        CheckConstraint("received_at <= ack_due AND received_at <= due", "clocks"),
        Index("ix_privacy_request_due", "state", "due"),
        Index("ix_privacy_request_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # of the form: sent twice it is one request
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # an officer who wrote it down
    ack_due: Mapped[datetime]
    due: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="new")
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str | None]  # done | refused
    answer: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Departure(Base):
    """Someone who moved away or died. While the row is here, their file is closed and can be opened again."""

    __tablename__ = "departure"
    __table_args__ = (one_of("why", WHYS, "why"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    why: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Erasure(Base):
    """Someone whose data were erased. The number stays in the ledger and the trail, and means nobody."""

    __tablename__ = "erasure"
    __table_args__ = (one_of("why", ERASED_WHYS, "why"), Index("ix_erasure_scrubbed", "scrubbed_at"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    why: Mapped[str]  # own | request | clock | restored
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the program, or oneself
    scrubbed_at: Mapped[datetime | None]  # since when the file holds none of its bytes either
