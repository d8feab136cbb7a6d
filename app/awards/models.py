"""Rules of a cycle's awards, the names they propose, what people decide, and what was published."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.awards.domain import DECISIONS, SUBJECTS
from app.core.db import Base, one_of


class AwardRule(Base):
    """An award's rule as officers have it now; ``badges/awards/<slug>.toml`` seeds it."""

    __tablename__ = "award_rule"

    slug: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]


class CycleRule(Base):
    """An award's rule as it stood when the cycle opened."""

    __tablename__ = "cycle_rule"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Nomination(Base):
    """A subject that a rule proposes for an award; people decide."""

    __tablename__ = "nomination"
    __table_args__ = (
        one_of("subject", SUBJECTS, "subject"),
        one_of("decision", DECISIONS, "decision"),
        CheckConstraint("(subject = 'person') = (person_id IS NOT NULL)", "person_when_person"),
        CheckConstraint("(subject = 'group') = (group_id IS NOT NULL)", "group_when_group"),
        CheckConstraint("decision IN ('undecided', 'approve') OR note <> ''", "note_when_not_clean"),
        UniqueConstraint("cycle_id", "award", "person_id"),
        UniqueConstraint("cycle_id", "award", "group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    award: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    place: Mapped[int]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(default="undecided")
    note: Mapped[str] = mapped_column(default="")
    waiver: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class Publication(Base):
    """What was announced: an immutable version with ids, names are joined when read."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("cycle_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    version: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    signed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    announced_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class TakeDown(Base):
    """A publication whose names are shown no longer: their time is over. The page itself stays."""

    __tablename__ = "take_down"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    at: Mapped[datetime]


class Award(Base):
    """An award granted. One merit backs one award per level."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("level", "merit"),
        UniqueConstraint("nomination_id"),
        Index("ix_award_cycle", "cycle_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    level: Mapped[str]  # month | quarter | year | campaign
    merit: Mapped[str]  # what was done, named so that it is used once
    granted_at: Mapped[datetime]
