"""Skills that were shown, who taught them, and the second look at one confirmation in ten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.outreach.confirming.domain import NOTE, OUTCOMES

OPEN = text("ended_at IS NULL")


def _one_open(name: str, *columns: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


class Confirmation(Base):
    """A volunteer watched someone do it alone, from the start: ring 2. Ended where it has to be shown again."""

    __tablename__ = "confirmation"
    __table_args__ = (
        CheckConstraint("volunteer_id <> person_id", "not_oneself"),
        CheckConstraint("ended_at IS NULL OR ended_at >= at", "ends_after_start"),
        _one_open("uq_confirmation_open", "person_id", "skill_slug"),
        Index("ix_confirmation_volunteer", "volunteer_id", "at"),
        Index("ix_confirmation_period", "period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    practice_slug: Mapped[str] = mapped_column(ForeignKey("practice.slug"))
    skill_slug: Mapped[str] = mapped_column(ForeignKey("skill.slug"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    period: Mapped[str] = mapped_column(ForeignKey("draw_seed.period"))  # the month whose seed was published before
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class HelperNaming(Base):
    """A learner said, beforehand and with the helper's card, who teaches them a skill: ring 3 rests on it."""

    __tablename__ = "helper_naming"
    __table_args__ = (
        CheckConstraint("learner_id <> helper_id", "not_oneself"),
        CheckConstraint("ended_at IS NULL OR ended_at >= at", "ends_after_start"),
        _one_open("uq_helper_naming_open", "learner_id", "skill_slug"),
        Index("ix_helper_naming_helper", "helper_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_slug: Mapped[str] = mapped_column(ForeignKey("skill.slug"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DrawSeed(Base):
    """What decides in a month which confirmations are looked at again. Its hash is public from the first day."""

    __tablename__ = "draw_seed"
    __table_args__ = (
        CheckConstraint("length(seed) >= 32", "seed_length"),
        CheckConstraint("length(digest) = 64", "digest_length"),
    )

    period: Mapped[str] = mapped_column(primary_key=True)  # 2026-11
    seed: Mapped[str]  # public once the month is over
    digest: Mapped[str]  # SHA-256 of the seed
    one_in: Mapped[int] = mapped_column(default=10, server_default="10")  # published with it
    made_at: Mapped[datetime]


class SecondLook(Base):
    """A confirmation that the draw chose: someone calls and asks. Without an outcome it waits."""

    __tablename__ = "second_look"
    __table_args__ = (
        CheckConstraint(f"outcome IS NULL OR outcome IN {OUTCOMES}", "outcome"),
        CheckConstraint("(outcome IS NULL) = (looked_by IS NULL)", "looked_by_someone"),
        CheckConstraint("(outcome IS NULL) = (looked_at IS NULL)", "looked_at_some_time"),
        CheckConstraint(f"length(note) <= {NOTE}", "note_length"),
        Index("ix_second_look_outcome", "outcome"),
    )

    confirmation_id: Mapped[int] = mapped_column(ForeignKey("confirmation.id"), primary_key=True)
    drawn_at: Mapped[datetime]
    outcome: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    looked_at: Mapped[datetime | None]
