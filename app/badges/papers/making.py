"""Certificates as files: read what they say, draw them. Nothing is written."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.badges.models import Achievement
from app.badges.papers.domain import FORMS, RINGS, title_of, told
from app.badges.papers.models import PaperRun
from app.badges.papers.queries import certificates_of, held_badge, run_options, sheet_of
from app.core.errors import Conflict, Invalid, NotFound
from app.documents.certificate import ShareData, Undrawable, certificates, share_picture, undrawable, zipped
from app.groups.queries import get_ward


def own_certificate(session: Session, person_id: int, slug: str, *, art: Path, now: datetime) -> bytes:
    """Someone's own certificate as a PDF.

    Raises:
        NotFound: They do not hold that badge, or it is not signed yet.
        Conflict: Their name has letters that cannot be printed.
    """
    papers = certificates_of(session, [held_badge(session, person_id, slug).id], art)
    if not papers:
        raise NotFound
    try:
        return certificates(papers, sheet_of(session, now))
    except Undrawable as error:
        raise Conflict("paper_letters", letters=" ".join(error.letters)) from error


def run_file(session: Session, run: PaperRun, *, art: Path, now: datetime) -> tuple[bytes, str]:
    """The certificates of a printing, and the kind of the file: ``pdf`` or ``zip``.

    Raises:
        Conflict: None of them can be printed.
    """
    options = run_options(run)
    papers = [p for p in certificates_of(session, run.badge_ids, art) if not undrawable(p.name + p.group)]
    if not papers:
        raise Conflict("papers_none")
    sheet = sheet_of(session, now, options)
    if options.form == FORMS[1]:
        return zipped(papers, sheet), "zip"
    return certificates(papers, sheet), "pdf"


def share_file(session: Session, badge: Achievement, name: str, *, art: Path, site: str) -> bytes:
    """The picture to show around, as a PNG.

    Raises:
        Invalid: The name has letters that cannot be drawn.
    """
    ward, skill = get_ward(session), badge.skill_slug is not None
    if letters := undrawable(name):
        raise Invalid("paper_letters", field="biet-danh", letters=" ".join(letters))
    return share_picture(
        ShareData(
            name=name,
            title=title_of(badge.title, skill=skill),
            ring=RINGS[badge.ring] if skill else "",
            sentence=told(badge.sentence),
            art=(art / badge.slug / "badge.svg").read_text(encoding="utf-8"),
            place=ward.unit if ward else "",
            site=site,
        )
    )
