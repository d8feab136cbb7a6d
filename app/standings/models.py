"""The ledger of what counts, its rollups, and the figures frozen when a cycle closes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.standings.domain import KINDS


class LedgerEntry(Base):
    """Append-only. One entry per source; carries the month and the group it counts for.

    A ``day`` entry says that someone learned on a local day, a ``join`` entry in which group a
    newcomer counts from confirmation on.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        one_of("kind", KINDS, "kind"),
        UniqueConstraint("source"),
        CheckConstraint("points >= 0", "points_not_negative"),
        Index("ix_ledger_entry_person", "cycle_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    at: Mapped[datetime]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]  # pass | points | day | join
    how: Mapped[str]  # independent | read_aloud | demonstrated | none
    adult: Mapped[bool]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    quiz_id: Mapped[str | None] = mapped_column(ForeignKey("quiz.id"))
    points: Mapped[int] = mapped_column(default=0)


class CountedAs(Base):
    """In this cycle the entries of one number count for another: one human had both. The ledger stays as it is."""

    __tablename__ = "counted_as"
    __table_args__ = (
        CheckConstraint("person_id <> counts_as", "another"),
        Index("ix_counted_as_whom", "cycle_id", "counts_as"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    counts_as: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PersonCycle(Base):
    """One person's sum over a cycle; moves in the transaction that posts."""

    __tablename__ = "person_cycle"
    __table_args__ = (Index("ix_person_cycle_points", "cycle_id", "points"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    adult: Mapped[bool] = mapped_column(default=False)
    passes: Mapped[int] = mapped_column(default=0)  # on their own
    helped: Mapped[int] = mapped_column(default=0)  # with help
    points: Mapped[int] = mapped_column(default=0)


class GroupCycle(Base):
    """One residential group in a cycle: its frozen population and who has learned so far."""

    __tablename__ = "group_cycle"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)
    people: Mapped[int]  # n
    people_as_of: Mapped[date | None]
    people_source: Mapped[str] = mapped_column(default="")
    counted: Mapped[int] = mapped_column(default=0)  # x
    reached: Mapped[int] = mapped_column(default=0)  # all who learned, helped or not


class FrozenGroup(Base):
    """A row of the score sheet as it was when the cycle froze, staged under a closing run."""

    __tablename__ = "frozen_group"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    run: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)
    people: Mapped[int]
    people_as_of: Mapped[date | None]
    people_source: Mapped[str]
    counted: Mapped[int]
    reached: Mapped[int]
    score: Mapped[float]
    place: Mapped[int]


class FrozenPerson(Base):
    """One person's figures as they were when the cycle froze."""

    __tablename__ = "frozen_person"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    run: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    adult: Mapped[bool]
    passes: Mapped[int]
    helped: Mapped[int]
    points: Mapped[int]
    days: Mapped[int]  # distinct local days with an entry
    weeks: Mapped[int]  # weeks with at least three such days
