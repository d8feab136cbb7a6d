"""Badges that leave the house: what was signed for whom, its paper code, and whether it still holds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.badges.credentials.domain import ENDINGS, LIST_LENGTH
from app.core.db import Base, one_of

LIVE = text("ended_at IS NULL")


class Issuer(Base):
    """Under which address badges are issued. Written at the first one; changing it would break every badge."""

    __tablename__ = "credential_issuer"
    __table_args__ = (CheckConstraint("id = 1", "single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    base_url: Mapped[str]  # https://…, no slash at its end
    frozen_at: Mapped[datetime]


class Credential(Base):
    """One signed badge. A badge has at most one that is live; those before it stay, ended."""

    __tablename__ = "credential"
    __table_args__ = (
        one_of("ended_how", ENDINGS, "ended_how"),
        CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", "ended_somehow"),
        CheckConstraint(f"list_index >= 0 AND list_index < {LIST_LENGTH}", "list_index"),
        UniqueConstraint("serial"),
        UniqueConstraint("code"),
        UniqueConstraint("token_hash"),
        UniqueConstraint("list_no", "list_index"),
        Index("uq_credential_badge_live", "badge_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_credential_badge", "badge_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"))
    serial: Mapped[str]  # the last part of its own address, 128 random bits
    code: Mapped[str]  # short, printed: HS-7K3M-9QXD
    token_hash: Mapped[str | None]  # of what the QR carries; None once its owner is erased
    token_sealed: Mapped[str | None]  # the same, readable again for another print
    holder_sealed: Mapped[str | None]  # the random holder code that the signed identifier is a hash of
    name_hidden: Mapped[bool] = mapped_column(default=False)  # the owner's own choice
    body: Mapped[str]  # the signed JSON, served as it stands here
    list_no: Mapped[int]
    list_index: Mapped[int]  # random place in the status list
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")  # for officers; never shown in public
