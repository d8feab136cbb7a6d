"""Sheets of cards that were printed."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class CardSheet(Base):
    """One printing of cards. Its tokens were on one page, shown once; the cards point here."""

    __tablename__ = "card_sheet"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # of the form: sent twice it is one printing
    printed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_at: Mapped[datetime]
