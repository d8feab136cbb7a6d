"""One phone, several people: who may enter on it by a tap on their name, and who is one household."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.people.household.domain import PROOFS

OPEN = text("ended_at IS NULL")


class Household(Base):
    """People who live together, as far as they said so by sharing a phone."""

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class HouseholdMember(Base):
    """Belonging to a household. It outlasts the phone: only an officer ends it."""

    __tablename__ = "household_member"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= added_at", "ends_after_start"),
        Index("uq_household_member_open", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_household_member_household", "household_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeviceMember(Base):
    """Someone who allowed that a tap on their name opens a learning session on this device."""

    __tablename__ = "device_member"
    __table_args__ = (one_of("proof", PROOFS, "proof"), Index("ix_device_member_person", "person_id"))

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    proof: Mapped[str]  # card | pin: how they proved on this device that it is they
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
