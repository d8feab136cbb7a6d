"""What officers of this ward chose for a heading, so that the next list of the same form is read at once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.people.bulk.columns import FIELDS


class HeadingChoice(Base):
    """A heading of a list, folded, and the field that it was said to be; "" for left aside."""

    __tablename__ = "heading_choice"
    __table_args__ = (one_of("kind", tuple(FIELDS), "kind"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str]
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
