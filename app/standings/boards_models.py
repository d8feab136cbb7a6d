"""Who appears on the boards of individuals, and under which name."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.standings.boards_domain import SHOWN_AS


class BoardChoice(Base):
    """Someone who said yes to the boards. Saying no again deletes the row."""

    __tablename__ = "board_choice"
    __table_args__ = (
        one_of("shown_as", SHOWN_AS, "shown_as"),
        CheckConstraint("(shown_as = 'nickname') = (nickname <> '')", "nickname"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    shown_as: Mapped[str]
    nickname: Mapped[str] = mapped_column(default="")
    chosen_at: Mapped[datetime]
