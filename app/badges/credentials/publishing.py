"""What the issuer serves to programs: who it is, its keys, and the signed status lists."""

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from sqlalchemy.orm import Session

from app.badges.credentials import openbadges, signing, statuslist
from app.badges.credentials.domain import stamp
from app.badges.credentials.endings import read
from app.badges.credentials.keys import installation, published, signing_key
from app.badges.credentials.queries import address_for, base_of, ended_places, issuer_since, list_exists
from app.badges.credentials.service import as_text
from app.core.errors import Conflict, NotFound
from app.groups.queries import get_ward

Json = openbadges.Json


def may_issue(session: Session) -> bool:
    """Whether badges can be signed here: there is an https address, and it is the one of before."""
    try:
        return address_for(session, installation()) == (base_of(session) or address_for(session, installation()))
    except Conflict:
        return False


def _base(session: Session) -> str:
    """The frozen address, or the one that the first badge would freeze."""
    try:
        return base_of(session) or address_for(session, installation())
    except Conflict as error:
        raise NotFound from error


def issuer(session: Session) -> Json:
    """The document at the issuer's address.

    Raises:
        NotFound: Nothing can be issued here.
    """
    return openbadges.issuer_document(_base(session), unit(session), published())


def unit(session: Session) -> str:
    """The name of who issues here."""
    ward = get_ward(session)
    return ward.unit if ward else ""


def did(session: Session, *, path: str = "") -> Json:
    """The same keys under ``did:web``: of the host, or of the issuer's path on it.

    Raises:
        NotFound: Nothing can be issued here.
    """
    base = _base(session)
    host = quote(urlsplit(base).netloc, safe="")
    name = ":".join(["did:web", host, *path.strip("/").split("/")]) if path else f"did:web:{host}"
    return openbadges.did_document(name, base, published())


def achievement(session: Session, certified: openbadges.Certified) -> Json:
    """The document at an achievement's address.

    Raises:
        NotFound: Nothing can be issued here.
    """
    return openbadges.achievement_document(_base(session), certified)


def status_list(session: Session, number: int) -> str:
    """The signed list, made anew when someone was added to it. Everyone who asks meanwhile gets the same bytes.

    Raises:
        NotFound: No such list.
    """
    base, since = base_of(session), issuer_since(session)
    if base is None or since is None or not list_exists(session, number):
        raise NotFound
    places, changed = ended_places(session, number)
    places += [one.index for one in read(installation().data) if one.list_no == number]  # also what a backup forgot
    key = next(iter(published()), "")
    return _signed_list(base, number, tuple(sorted(set(places))), stamp((changed or since).astimezone(UTC)), key)


@lru_cache(maxsize=16)
def _signed_list(base: str, number: int, places: tuple[int, ...], since: str, _key: str) -> str:
    encoded = statuslist.encode(places)
    document = openbadges.status_list(base, number=number, encoded=encoded, valid_from=since)
    key = signing_key(datetime.fromisoformat(since))
    return as_text(signing.sign(document, key, controller=openbadges.issuer_id(base), created=since))
