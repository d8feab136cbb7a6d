"""The team of volunteers: offers to join, and what each of them can do when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.outreach.team.domain import PARTS, REASON, STATES

OPEN = text("state IN ('waiting', 'accepted')")


class TeamOffer(Base):
    """Someone offers to join the team. An officer decides, never on their own offer."""

    __tablename__ = "team_offer"
    __table_args__ = (
        one_of("state", STATES, "state"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", "decided_by_someone"),
        CheckConstraint("state NOT IN ('accepted', 'declined') OR decided_at IS NOT NULL", "decided"),
        CheckConstraint("state <> 'declined' OR length(reason) > 0", "declined_with_reason"),
        CheckConstraint("decided_by IS NULL OR decided_by <> person_id", "decided_by_another"),
        CheckConstraint(f"length(reason) <= {REASON}", "reason_length"),
        Index("uq_team_offer_open", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_team_offer_state", "state", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]


class TeamTime(Base):
    """An hour of the week at which someone is usually free."""

    __tablename__ = "team_time"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"), one_of("part", PARTS, "part"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)  # 0 is Monday
    part: Mapped[str] = mapped_column(primary_key=True)


class TeamTopic(Base):
    """A topic that someone feels able to teach."""

    __tablename__ = "team_topic"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"), primary_key=True)


class TeamGroup(Base):
    """A khu phố that someone can get to."""

    __tablename__ = "team_group"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)
