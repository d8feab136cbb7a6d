"""The ward, its tree of collectives, and their population as the official list gives it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, one_of

KINDS = ("ward", "khu_pho", "to", "chi_doan")


class Ward(Base):
    """The one installation's settings that officers may change. A single row."""

    __tablename__ = "ward"
    __table_args__ = (CheckConstraint("id = 1", "single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    unit: Mapped[str]  # Đoàn TNCS Hồ Chí Minh phường …
    name: Mapped[str]  # Uông Bí
    help_name: Mapped[str] = mapped_column(default="")
    help_phone: Mapped[str] = mapped_column(default="")
    help_hours: Mapped[str] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)
    adult_age: Mapped[int] = mapped_column(default=16)
    cushion: Mapped[int] = mapped_column(default=100)  # m of the group score
    first_rate: Mapped[float] = mapped_column(default=0.10)  # p0 of the very first cycle
    points_cap: Mapped[int] = mapped_column(default=600)  # per person and cycle
    superior: Mapped[str] = mapped_column(default="", server_default="")  # the line above the unit's on documents
    place: Mapped[str] = mapped_column(default="", server_default="")  # before the date on documents
    number_scheme: Mapped[str] = mapped_column(default="{so}-QĐ/ĐTN", server_default="{so}-QĐ/ĐTN")
    sign_title: Mapped[str] = mapped_column(default="", server_default="")  # first line above a signature
    sign_post: Mapped[str] = mapped_column(default="", server_default="")  # second line
    leagues: Mapped[str] = mapped_column(default="300,700", server_default="300,700")  # boundaries by population
    comment_days: Mapped[int] = mapped_column(default=3, server_default="3")
    look_one_in: Mapped[int] = mapped_column(default=10, server_default="10")  # confirmations looked at again
    ack_days: Mapped[int | None]  # None, here and below: as the installation is configured
    answer_days: Mapped[int | None]
    name_months: Mapped[int | None]
    keep_months: Mapped[int | None]
    help_keep_months: Mapped[int] = mapped_column(default=6, server_default="6")
    help_wait_days: Mapped[int] = mapped_column(default=2, server_default="2")  # from then on a request is late
    help_hold_days: Mapped[int] = mapped_column(default=3, server_default="3")  # from then on it goes back by itself


class Group(Base):
    """A collective: ward → khu phố → tổ; chi đoàn beside them."""

    __tablename__ = "group"
    __table_args__ = (
        one_of("kind", KINDS, "kind"),
        UniqueConstraint("slug"),
        Index("ix_group_parent", "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    slug: Mapped[str]
    folded: Mapped[str]
    sort_key: Mapped[bytes]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    populations: Mapped[list["Population"]] = relationship(back_populates="group")


class Population(Base):
    """How many people of the counted age a group has, on whose word and when."""

    __tablename__ = "population"
    __table_args__ = (
        UniqueConstraint("group_id", "as_of"),
        CheckConstraint("adults >= 0", "adults_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    adults: Mapped[int]
    as_of: Mapped[date]
    source: Mapped[str]

    group: Mapped[Group] = relationship(back_populates="populations")
