"""Forgetting by the clock: what has served its purpose goes without anybody asking."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.awards.takedown import take_down_names
from app.config import PrivacyTerms
from app.core.db import reading, transaction
from app.notices.models import Notice
from app.outreach.models import HelpRequest
from app.privacy import journal
from app.privacy.domain import GONE, NOTICE_MONTHS, months_before
from app.privacy.erasing import erase_person
from app.privacy.models import Departure, PrivacyRequest
from app.privacy.terms import help_months, terms_of


def forget(*, terms: PrivacyTerms, folder: Path, now: datetime) -> None:
    """Take down names whose time is over, empty what was answered long ago, erase those who left long ago.

    Args:
        terms: As the installation is configured; what officers have set goes before it.
        folder: Where the journal lies.
    """
    terms = terms_of(reading(), terms)
    take_down_names(before=months_before(now, terms.name_months), now=now)
    kept = months_before(now, terms.keep_months)
    with transaction() as session:
        _forget_help(session, months_before(now, help_months(session)))
        _forget_requests(session, kept)
        session.execute(delete(Notice).where(Notice.created_at < months_before(now, NOTICE_MONTHS)))
    _forget_departed(kept, folder, now)


def _forget_help(session: Session, before: datetime) -> None:
    """Who asked for help and how to reach them, once the help is long given; that it was given stays."""
    words = (HelpRequest.name, HelpRequest.contact, HelpRequest.note, HelpRequest.page)
    done = update(HelpRequest).where(HelpRequest.done_at < before, or_(*(column != "" for column in words)))
    session.execute(done.values(name="", contact="", note="", page="").execution_options(synchronize_session=False))


def _forget_requests(session: Session, before: datetime) -> None:
    closed = update(PrivacyRequest).where(PrivacyRequest.closed_at < before, PrivacyRequest.answer != GONE)
    session.execute(
        closed.values(name="", contact=GONE, words="", answer=GONE).execution_options(synchronize_session=False)
    )


def _forget_departed(before: datetime, folder: Path, now: datetime) -> None:
    """One transaction each: a ward's worth at once would hold up those who learn."""
    ids = list(reading().scalars(select(Departure.person_id).where(Departure.at < before)))
    for person_id in ids:
        with transaction() as session:
            gone = session.get(Departure, person_id, with_for_update=True)
            if gone is None or gone.at >= before:
                continue  # came back meanwhile
            lines = erase_person(session, person_id, why="clock", by=None, now=now)
        journal.append(folder, lines)
