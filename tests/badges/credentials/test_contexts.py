"""The vendored contexts are the files that VENDOR.md names, and documents of ours are safe under them."""

import hashlib
import re

from app.badges.catalogue import read_catalogue
from app.badges.credentials import openbadges
from app.badges.credentials.signing import CONTEXTS, FOLDER, expand
from app.config import ROOT
from tests.badges.credentials.test_signing import BASE, KEYS, SKILL


def test_every_context_is_the_one_in_the_table() -> None:
    table = (ROOT / "VENDOR.md").read_text("utf-8")
    written = dict(re.findall(r"`app/badges/credentials/contexts/([^`]+)`.*`([0-9a-f]{64})`", table))

    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.json")}

    assert found == written
    assert set(CONTEXTS.values()) == set(found)


def test_unsigned_documents_lose_nothing_either() -> None:
    for document in (
        openbadges.issuer_document(BASE, "Đoàn phường Thử", KEYS),
        openbadges.did_document("did:web:hocso.example", BASE, KEYS),
        openbadges.achievement_document(BASE, SKILL),
        openbadges.status_list(BASE, number=1, encoded="uAAAA", valid_from="2026-11-24T05:00:00Z"),
    ):
        assert expand(document) != []


def test_every_shipped_criterion_has_its_words() -> None:
    found, _ = read_catalogue(ROOT / "badges")
    wordless = [b.slug for b in found if not openbadges.way(b.model_dump(mode="json")["criterion"])]

    assert wordless == []
