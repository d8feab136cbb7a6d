"""The clocks in force: what officers have set for the ward, else what the installation is configured with."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.config import PrivacyTerms
from app.groups.queries import get_ward

SET = ("ack_days", "answer_days", "name_months", "keep_months")


def terms_of(session: Session, plain: PrivacyTerms) -> PrivacyTerms:
    """The clocks of requests, and how long what stays."""
    ward = get_ward(session)
    if ward is None:
        return plain
    return replace(plain, **{name: value for name in SET if (value := getattr(ward, name)) is not None})


def help_months(session: Session) -> int:
    """How many months a name and a number stay after the help was given."""
    ward = get_ward(session)
    return ward.help_keep_months if ward else 6
