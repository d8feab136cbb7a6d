"""Data Integrity proofs ``eddsa-rdfc-2022``: JSON-LD in safe mode, canonical RDF, Ed25519. Pure; nothing is fetched.

PyLD drops what no context defines, without a word: such a claim would stand in the badge and not be
signed. So a document is expanded under a context that catches every undefined term, and refused when one
turns up; what is then made canonical is that very expansion.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DID = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"
CONTEXTS = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "open-badges-3.0.3.json",
    DID: "did-v1.json",
    MULTIKEY: "multikey-v1.json",
}
SUITE = "eddsa-rdfc-2022"
PROOF_TERMS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
NOWHERE = "urn:x-undefined-term:"  # where terms without a meaning land
BASE = "https://undefined-base.invalid/"  # what relative addresses would be relative to
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # escaped differently by RDFC-1.0 and URDNA2015
BAD_IRI = re.compile(r"""[\s<>"{}|\\^`]""")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
KEY_HEAD = b"\xed\x01"  # multicodec: an Ed25519 public key
SIGNATURE = 64  # bytes
MOST_BLANK = 64  # nodes without a name: naming them canonically can take for ever
MOST_OBJECTS = 256  # of one document; a badge has fifteen
MOST_INT = 2**53
_turn = Lock()  # PyLD's caches of contexts are shared by all threads, and not made for it


class DataLoss(ValueError):
    """A claim of the document would not be signed, or not read alike everywhere."""


class BadProof(ValueError):
    """The proof does not hold for this document."""


def load(url: str, _options: object = None) -> Json:
    """PyLD's document loader: the vendored contexts, and nothing else.

    Raises:
        DataLoss: Any other address.
    """
    if url not in CONTEXTS:
        raise DataLoss(f"context {url[:200]}")
    return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": _context(url)}


@cache
def _context(url: str) -> Json:
    found: Json = json.loads((FOLDER / CONTEXTS[url]).read_text(encoding="utf-8"))
    return found


def _look_at_values(value: Any) -> None:
    """Refuse text and numbers that two programs may make canonical in two ways."""
    if isinstance(value, str):
        if CONTROL.search(value):
            raise DataLoss("control character")
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > MOST_INT):
        raise DataLoss("number: write it as text")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key.startswith("@"):
                raise DataLoss(f"keyword {key}")
            _look_at_values(inner)
    elif isinstance(value, list):
        for inner in value:
            _look_at_values(inner)


def _count_objects(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, dict) + sum(map(_count_objects, inner))


def _look_at_terms(value: Any) -> None:
    """Refuse an expansion in which something has no meaning or no full address."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.startswith((NOWHERE, BASE)):
                raise DataLoss(f"undefined term {key[len(NOWHERE) :]}")
            if key != "@value":
                _look_at_terms(inner)
    elif isinstance(value, list):
        for inner in value:
            _look_at_terms(inner)
    else:
        _look_at_address(value)


def _look_at_address(value: Any) -> None:
    if value is None:
        raise DataLoss("something without a meaning")
    if isinstance(value, str):
        if value.startswith((NOWHERE, BASE)):
            raise DataLoss(f"undefined or relative: {value}")
        if SCHEME.match(value) and BAD_IRI.search(value):
            raise DataLoss(f"no address: {value[:200]}")


@contextmanager
def _as_loss() -> Iterator[None]:
    """Whatever PyLD stumbles over cannot be signed."""
    try:
        yield
    except DataLoss:
        raise
    except (jsonld.JsonLdError, RecursionError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise DataLoss(str(getattr(error, "code", None) or type(error).__name__)) from error


def expand(document: Json) -> list[Any]:
    """The JSON-LD expansion, every term with a meaning.

    Raises:
        DataLoss: A term, type or address would be dropped, or the contexts are not ours.
    """
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(one, str) for one in contexts):
        raise DataLoss("@context must be a list of addresses")
    body = {key: value for key, value in document.items() if key != "@context"}
    if _count_objects(body) > MOST_OBJECTS:
        raise DataLoss("too many objects")
    _look_at_values(body)
    caught = {"@context": [{"@vocab": NOWHERE}, *contexts], **body}
    with _as_loss():
        found: list[Any] = jsonld.expand(caught, {"documentLoader": load, "base": BASE})
    _look_at_terms(found)
    return found


def canonical(document: Json) -> str:
    """The document as sorted N-Quads (RDFC-1.0).

    Raises:
        DataLoss: See :func:`expand`; or too many nodes without a name.
    """
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": ""}
    with _turn, _as_loss():
        expanded = expand(document)
        if _count_blank(expanded) > MOST_BLANK:
            raise DataLoss("too many nodes without an id")
        return str(jsonld.normalize(expanded, options))


def _count_blank(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_count_blank, value))
    if isinstance(value, dict):
        own = "@value" not in value and str(value.get("@id", "_:")).startswith("_:")
        return own + sum(map(_count_blank, value.values()))
    return 0


def _digest(document: Json, proof: Json) -> bytes:
    """What is signed: the SHA-256 of the proof's options, and that of the document."""
    options = {"@context": document.get("@context"), **{k: v for k, v in proof.items() if k != "proofValue"}}
    bare = {key: value for key, value in document.items() if key != "proof"}
    return b"".join(hashlib.sha256(canonical(part).encode()).digest() for part in (options, bare))


def multibase(key: Ed25519PublicKey) -> str:
    """A public key as verification methods write it: ``z6Mk…``."""
    return "z" + base58.b58encode(KEY_HEAD + key.public_bytes_raw()).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """The key that :func:`multibase` wrote.

    Raises:
        ValueError: Anything else.
    """
    raw = base58.b58decode(text[1:]) if text.startswith("z") else b""
    if not raw.startswith(KEY_HEAD):
        raise ValueError("no Ed25519 multikey")
    return Ed25519PublicKey.from_public_bytes(raw[len(KEY_HEAD) :])


def sign(document: Json, key: Ed25519PrivateKey, *, controller: str, created: str) -> Json:
    """The document with one proof.

    Args:
        controller: Who signs: the issuer's address.
        created: When, as ``2026-11-24T05:00:00Z``.

    Raises:
        DataLoss: Something in it would not be signed.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": f"{controller}#{multibase(key.public_key())}",
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_digest(document, proof))
    return {**deepcopy(document), "proof": [{**proof, "proofValue": "z" + base58.b58encode(signature).decode()}]}


def verify(document: Json, *, controller: str, keys: frozenset[str]) -> str:
    """Check the one proof of a document; returns the key that signed it.

    Args:
        controller: The only one whose proof is taken.
        keys: Their public keys as multibase, those of the past included.

    Raises:
        BadProof: There is not exactly one proof of ours, or it does not fit.
        DataLoss: The document holds a claim that no proof covers.
    """
    if document.get("@context") not in ([CREDENTIALS, OPEN_BADGES], [CREDENTIALS]):
        raise BadProof("other contexts than we sign under")
    proofs = document.get("proof")
    if not isinstance(proofs, list) or len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise BadProof("exactly one proof is asked for")
    proof: Json = proofs[0]
    if set(proof) != PROOF_TERMS or not all(isinstance(value, str) for value in proof.values()):
        raise BadProof("proof of another form")
    named = (proof["type"], proof["cryptosuite"], proof["proofPurpose"])
    if named != ("DataIntegrityProof", SUITE, "assertionMethod"):
        raise BadProof("proof of another suite or purpose")
    issuer, _, key = str(proof["verificationMethod"]).partition("#")
    if issuer != controller or key not in keys:
        raise BadProof("key of someone else")
    try:
        public_key(key).verify(_signature(proof["proofValue"]), _digest(document, proof))
    except InvalidSignature as error:
        raise BadProof("the signature does not fit") from error
    return key


def _signature(text: str) -> bytes:
    """Base58 says one thing only: what is written back must be what was read."""
    try:
        raw = base58.b58decode(text[1:]) if text.startswith("z") and len(text) <= 2 * SIGNATURE else b""
    except ValueError as error:
        raise BadProof("no base58") from error
    if len(raw) != SIGNATURE or "z" + base58.b58encode(raw).decode() != text:
        raise BadProof("no signature of 64 bytes")
    return raw
