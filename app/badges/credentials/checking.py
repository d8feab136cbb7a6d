"""What a file that somebody sent turns out to be: ours and valid, ended, changed, or not ours. Nothing is fetched.

A badge of ours stands in the book, so a sent one is first compared with what was signed, then the signature is
checked. What differs is never made canonical: a hostile document costs no more than reading it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.badges.credentials.domain import SERIAL, in_fours
from app.badges.credentials.keys import published
from app.badges.credentials.openbadges import Holder, credential_id, issuer_id
from app.badges.credentials.queries import Shown, base_of, by_serial
from app.badges.credentials.reading import Unreadable, read_badge
from app.badges.credentials.signing import BadProof, DataLoss, verify

Json = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a file turned out to be.

    Attributes:
        outcome: valid | revoked | superseded | withdrawn | changed | foreign | unreadable.
        why: For what cannot be read, see :class:`~app.badges.credentials.reading.Unreadable`.
        shown: The badge, where it is ours and unchanged.
    """

    outcome: str
    why: str = ""
    shown: Shown | None = None

    @property
    def since(self) -> datetime | None:
        return self.shown.state.since if self.shown else None


def check_file(session: Session, data: bytes) -> Verdict:
    """Look at a file. Never raises for what is in it."""
    try:
        document = read_badge(data)
    except Unreadable as error:
        return Verdict("unreadable", error.code)
    return check_document(session, document)


def check_document(session: Session, document: Json) -> Verdict:
    """Look at a document that was read from a file."""
    base = base_of(session)
    issuer = document.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    if base is None or name != issuer_id(base):
        return Verdict("foreign")
    start, _, serial = str(document.get("id")).rpartition("/")
    known = f"{start}/" == credential_id(base, "") and SERIAL.fullmatch(serial)
    shown = by_serial(session, serial) if known else None
    if shown is None:
        return Verdict("changed")
    if _plain(document) != _plain(json.loads(shown.body)):
        return Verdict("changed")
    try:
        verify(document, controller=issuer_id(base), keys=frozenset(published()))
    except (BadProof, DataLoss):
        return Verdict("changed")
    return Verdict(shown.state.name, shown=shown)


def is_holder(shown: Shown, code: str) -> bool:
    """Whether somebody who tells this holder code is the one whom a badge was signed for."""
    (held,) = json.loads(shown.body)["credentialSubject"]["identifier"]
    return bool(Holder(in_fours(code), held["salt"]).identifier["identityHash"] == held["identityHash"])


def _plain(document: Json) -> str:
    """One spelling for documents that say the same; here 1 and true differ, which Python would call equal."""
    return json.dumps(document, sort_keys=True)
