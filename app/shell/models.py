"""Who runs the scheduler now: a row with an end, so that another takes over when one dies."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Lease(Base):
    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    until: Mapped[datetime]
    token: Mapped[int]  # grows with every change of owner
