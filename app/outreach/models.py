"""Field work: requests for help that wait for a volunteer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of


class HelpRequest(Base):
    __tablename__ = "help_request"
    __table_args__ = (
        one_of("way", ("call", "visit"), "way"),
        one_of("state", ("waiting", "taken", "done"), "state"),
        UniqueConstraint("key"),
        Index("ix_help_request_state", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # the form's own key: a double tap asks once
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    way: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    page: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="waiting")
    created_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # called | visited | unneeded | unreached | withdrawn; None where it was not told
    tries: Mapped[int] = mapped_column(default=0, server_default="0")  # how often nobody answered
    returned_at: Mapped[datetime | None]  # when it last went back to the desk
    consent_text: Mapped[str] = mapped_column(default="", server_default="")  # which words a guest agreed to
