"""Signatures: what is signed verifies, what is changed or would be dropped does not."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.badges.credentials import openbadges
from app.badges.credentials.openbadges import Certified, Holder, Place
from app.badges.credentials.signing import BadProof, DataLoss, canonical, multibase, public_key, sign, verify

BASE = "https://hocso.example"
HERE = openbadges.issuer_id(BASE)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = frozenset({multibase(KEY.public_key())})
WHEN = "2026-11-24T05:00:00Z"
SKILL = Certified("tinh-mat", "Tinh mắt", "{X} nhận ra lừa đảo.", 2, {"type": "skill_passed"}, is_skill=True, area=4)
Json = dict[str, Any]


def unsigned() -> Json:
    return openbadges.credential(
        BASE, serial="A" * 22, issuer="Đoàn phường Thử", certified=SKILL, holder=Holder("mã", "muối"),
        place=Place(1, 5), awarded=WHEN, issued=WHEN,
    )  # fmt: skip


SIGNED = sign(unsigned(), KEY, controller=HERE, created=WHEN)


def holds(document: Json) -> bool:
    try:
        verify(document, controller=HERE, keys=KEYS)
    except (BadProof, DataLoss):
        return False
    return True


def mutants(document: Json) -> Iterator[tuple[str, Json]]:
    """Every leaf changed, every key and item taken away, and what an attacker would add."""
    for path in paths(document, ()):
        for what, changed in changes(document, path):
            yield f"{what} {'/'.join(map(str, path))}", changed
    for name, value in (("foo", "bar"), ("evidence", [{"type": ["Evidence"]}]), ("validUntil", WHEN), ("proof", [])):
        yield f"add {name}", {**document, name: value}
    context = document["@context"]
    yield "swap contexts", {**document, "@context": context[::-1]}
    yield "one context more", {**document, "@context": [*context, "https://w3id.org/security/v2"]}
    yield "a context inside", {**document, "@context": [*context, {"@vocab": "https://evil.example/"}]}
    yield "another version", {**document, "@context": [context[0], context[1].replace("3.0.3", "3.0.2")]}
    yield "two proofs", {**document, "proof": document["proof"] * 2}
    yield "no list of proofs", {**document, "proof": document["proof"][0]}


def paths(value: Any, here: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*here, key)
        yield from paths(one, (*here, key))


def changes(document: Json, path: tuple[Any, ...]) -> Iterator[tuple[str, Json]]:
    def at() -> tuple[Json, Any]:
        whole = copy.deepcopy(document)
        part: Any = whole
        for key in path[:-1]:
            part = part[key]
        return whole, part

    whole, part = at()
    del part[path[-1]]
    yield "remove", whole
    whole, part = at()
    value = part[path[-1]]
    if isinstance(value, str):
        for what, other in (("change", value[:-1] + ("y" if value[-1:] == "x" else "x")), ("space", value + " ")):
            whole, part = at()
            part[path[-1]] = other
            yield what, whole
    elif isinstance(value, bool):
        part[path[-1]] = not value
        yield "change", whole


def test_signed_badge_verifies_with_the_key_that_signed_it() -> None:
    assert verify(SIGNED, controller=HERE, keys=KEYS) == multibase(KEY.public_key())


def test_signature_is_the_same_for_the_same_document() -> None:
    assert sign(unsigned(), KEY, controller=HERE, created=WHEN) == SIGNED


def test_no_mutant_verifies() -> None:
    found = list(mutants(SIGNED))

    assert len(found) > 150
    assert [name for name, changed in found if holds(changed)] == []


def test_signed_again_by_another_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))

    assert not holds(sign(unsigned(), other, controller=HERE, created=WHEN))
    assert not holds(sign(unsigned(), KEY, controller="https://evil.example", created=WHEN))


@pytest.mark.parametrize(
    "added",
    [
        {"foo": "bar"},
        {"evidence": [{"type": ["Evidence"], "score": "100"}]},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Madeup"]},
        {"id": "huy-hieu-so/1"},
        {"name": "một\x0bhai"},
        {"name": "một\x00"},
        {"validFrom": 1e-7},
        {"name": 2**70},
        {"@graph": []},
        {"credentialSubject": {"@context": {"x": "https://evil.example/"}, "x": "y"}},
        {"issuer": {"id": "https://a b/", "type": ["Profile"]}},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"@context": ["https://evil.example/context"]},
        {"@context": []},
    ],
)
def test_claim_that_would_be_dropped_is_refused_before_signing(added: Json) -> None:
    with pytest.raises(DataLoss):
        sign({**unsigned(), **added}, KEY, controller=HERE, created=WHEN)


def test_many_nodes_without_a_name_are_refused() -> None:
    knots = [{"type": ["Evidence"], "narrative": str(n)} for n in range(100)]

    with pytest.raises(DataLoss):
        canonical({**unsigned(), "evidence": knots})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=8,
    )
)
def test_whatever_stands_in_a_badge_verifying_says_no_and_never_breaks(value: Any) -> None:
    assert not holds({**SIGNED, "credentialSubject": value})
    assert not holds({**SIGNED, "proof": [value]})
    assert not holds({**SIGNED, "proof": value})


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_plain_text_can_be_signed(text: str) -> None:
    assert holds(sign({**unsigned(), "description": text}, KEY, controller=HERE, created=WHEN))


def test_key_is_read_back_and_others_are_refused() -> None:
    assert public_key(multibase(KEY.public_key())).public_bytes_raw() == KEY.public_key().public_bytes_raw()
    for other in ("", "z", "z6Mk", "m" + multibase(KEY.public_key())[1:]):
        with pytest.raises(ValueError):
            public_key(other)


def test_badge_names_nobody() -> None:
    assert SIGNED["credentialSubject"]["identifier"][0]["identityHash"].startswith("sha256$")
    assert "mã" not in json.dumps(SIGNED["credentialSubject"]["identifier"], ensure_ascii=False)
