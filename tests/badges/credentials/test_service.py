"""Issuing, taking back and issuing anew: one live badge, the reason and the trail kept, the address frozen."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.badges.credentials import keys, publishing, service
from app.badges.credentials.checking import check_document
from app.badges.credentials.models import Credential, Issuer
from app.badges.credentials.queries import holder_code, paper_of, state_of
from app.badges.credentials.signing import verify
from app.badges.credentials.statuslist import decode, is_set
from app.badges.models import Badge
from app.core.db import reading, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.models import Ward
from app.people.models import Person
from tests.badges.credentials.conftest import BASE, World
from tests.factories import NOON

LATER = NOON + timedelta(hours=1)
ISSUER = f"{BASE}/don-vi/phat-hanh"


def live(badge_id: int) -> list[int]:
    query = select(Credential.id).where(Credential.badge_id == badge_id, Credential.ended_at.is_(None))
    return list(reading().scalars(query))


def badge_of(person_id: int, slug: str = "tinh-mat") -> int:
    query = select(Badge.id).where(Badge.person_id == person_id, Badge.achievement_slug == slug)
    return reading().scalars(query).one()


@pytest.mark.both
def test_issued_badge_is_signed_stored_and_issued_once(inside: World) -> None:
    shown = inside.sign()
    again = inside.sign()

    assert again.id == shown.id
    document = json.loads(shown.body)
    assert document["id"] == f"{BASE}/huy-hieu-so/{shown.serial}"
    assert verify(document, controller=ISSUER, keys=frozenset(keys.published())) == keys.published()[0]
    assert check_document(reading(), document).outcome == "valid"
    assert "Ada" not in shown.body


@pytest.mark.both
def test_paper_carries_a_code_and_a_secret_address(inside: World) -> None:
    shown = inside.sign()

    paper = paper_of(reading(), badge_of(inside.town.ada))

    assert paper is not None
    assert (paper.credential_id, paper.code, paper.issued_at) == (shown.id, shown.code, NOON)
    assert paper.url.startswith(f"{BASE}/giay/")
    assert len(paper.url.rpartition("/")[2]) == 22
    assert paper_of(reading(), badge_of(inside.town.ben)) is None


@pytest.mark.both
def test_holder_code_fits_the_signed_hash(inside: World) -> None:
    shown = inside.sign()
    code = holder_code(reading(), shown.id)

    (held,) = json.loads(shown.body)["credentialSubject"]["identifier"]

    assert code is not None
    assert held["identityHash"] == "sha256$" + sha256((code + held["salt"]).encode()).hexdigest()
    assert held["identityType"] == "identifier"


@pytest.mark.both
def test_revoked_badge_says_since_when_and_is_not_issued_again(inside: World) -> None:
    shown = inside.sign()

    service.revoke(shown.id, reason="Làm hộ bài", by=inside.town.cleo, now=LATER)

    state = state_of(reading(), shown.id)
    assert (state.name, state.since, state.holds) == ("revoked", LATER, False)
    place = int(json.loads(shown.body)["credentialStatus"]["statusListIndex"])
    listed = json.loads(publishing.status_list(reading(), 1))
    assert is_set(decode(listed["credentialSubject"]["encodedList"]), place)
    assert verify(listed, controller=ISSUER, keys=frozenset(keys.published()))
    with pytest.raises(NotFound):
        inside.sign()
    with pytest.raises(Conflict):
        service.revoke(shown.id, reason="Lần nữa", by=inside.town.cleo, now=LATER)
    entry = reading().scalars(select(AuditEntry).where(AuditEntry.action == "credential.revoke")).one()
    assert (entry.actor_id, entry.subject_id, entry.reason) == (inside.town.cleo, str(shown.id), "Làm hộ bài")


@pytest.mark.both
def test_reissued_badge_leaves_one_live(inside: World) -> None:
    first = inside.sign()

    second = inside.shown(service.reissue(first.id, reason="Sửa chữ", by=inside.town.cleo, now=LATER))

    assert live(badge_of(inside.town.ada)) == [second.id]
    assert state_of(reading(), first.id).name == "superseded"
    assert len({first.serial, second.serial, first.code, second.code}) == 4
    with pytest.raises(Conflict):
        service.reissue(first.id, reason="Lần nữa", by=inside.town.cleo, now=LATER)


@pytest.mark.both
def test_badge_taken_back_by_mistake_is_issued_anew(inside: World) -> None:
    first = inside.sign()
    service.revoke(first.id, reason="Nhầm người", by=inside.town.cleo, now=LATER)

    service.reissue(first.id, reason="Thu hồi nhầm", by=inside.town.cleo, now=LATER)

    assert len(live(badge_of(inside.town.ada))) == 1
    assert state_of(reading(), first.id).name == "revoked"
    assert inside.sign().state.holds


@pytest.mark.both
def test_reason_is_asked_for_and_nobody_decides_on_their_own(inside: World) -> None:
    shown = inside.sign()

    for work in (service.revoke, service.reissue):
        with pytest.raises(Invalid) as none:
            work(shown.id, reason=" ", by=inside.town.cleo, now=LATER)
        with pytest.raises(Invalid) as own:
            work(shown.id, reason="Của mình", by=inside.town.ada, now=LATER)
        with pytest.raises(NotFound):
            work(2**40, reason="Không có", by=inside.town.cleo, now=LATER)
        assert (none.value.code, own.value.code) == ("credential_reason", "credential_own")
    assert state_of(reading(), shown.id).holds


@pytest.mark.both
def test_address_is_frozen_at_the_first_badge(inside: World) -> None:
    settings = replace(keys.installation(), base_url="https://hocso.phuong.vn")
    inside.sign()
    ben = badge_of(inside.town.ben)

    with transaction() as session, pytest.raises(Conflict) as refused:
        service.ensure_credential(session, ben, now=NOON, settings=settings)

    assert refused.value.code == "credential_base"
    assert reading().scalars(select(Issuer.base_url)).all() == [BASE]


@pytest.mark.both
def test_without_https_nothing_is_issued(inside: World) -> None:
    with transaction() as session:
        session.get_one(Ward, 1).demo = False

    with pytest.raises(Conflict) as refused:
        inside.sign()

    assert refused.value.code == "credential_https"
    assert reading().scalars(select(Credential)).all() == []
    assert not publishing.may_issue(reading())


def test_rotated_key_signs_and_the_old_one_stays_published(inside: World) -> None:
    old = inside.sign()
    before = keys.published()
    shown = json.loads(old.body)

    new = keys.rotate(LATER)
    later = json.loads(inside.sign(inside.town.ben).body)

    assert keys.published() == (new, *before)
    assert later["proof"][0]["verificationMethod"] == f"{ISSUER}#{new}"
    assert check_document(reading(), shown).outcome == "valid"
    assert [method["publicKeyMultibase"] for method in publishing.issuer(reading())["verificationMethod"]] == [
        new,
        *before,
    ]
    assert [bool(key.sealed) for key in keys.all_keys()] == [True, False]


def test_key_files_are_the_owners_alone_and_sealed(inside: World) -> None:
    inside.sign()

    (path,) = (keys.installation().data / "keys").glob("badge-*.json")

    assert path.stat().st_mode & 0o777 == 0o600
    key = json.loads(path.read_text())
    assert keys.signing_key(NOON).private_bytes_raw().hex() not in path.read_text()
    path.write_text(json.dumps({**key, "number": 2}))
    with pytest.raises(Conflict) as refused:
        keys.signing_key(NOON)
    assert refused.value.code == "credential_key"


@pytest.mark.both
def test_badge_of_someone_who_left_is_not_issued(inside: World) -> None:
    with transaction() as session:
        session.get_one(Person, inside.town.ada).closed_at = NOON

    with pytest.raises(NotFound):
        inside.sign()


@pytest.mark.both
def test_many_who_ask_at_once_get_one_badge(app: Flask, world: World) -> None:
    start, made = Barrier(4), list[int]()

    def ask() -> None:
        with app.app_context():
            start.wait()
            made.append(service.issue(person_id=world.town.ada, slug="tinh-mat", now=NOON))

    askers = [Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert (len(made), len(set(made))) == (4, 1)
