"""Secrets that we must be able to read again: AES-256-GCM under a key that lies outside the database.

The key is derived (HKDF-SHA256) from the installation's ``keys/pepper``, one for each purpose. What is
sealed is bound to its owner: copied into another's row it cannot be opened.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE = 12  # bytes, fresh for every sealing


def _cipher(purpose: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"hocso {purpose}".encode())
    return AESGCM(derived.derive(current_app.config["PEPPER"]))


def seal(secret: str, *, purpose: str, owner: int) -> str:
    """The secret, readable only with the installation's key, for this purpose and owner."""
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(purpose).encrypt(nonce, secret.encode(), str(owner).encode())
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str, owner: int) -> str:
    """What :func:`seal` hid.

    Raises:
        cryptography.exceptions.InvalidTag: Another key, purpose or owner, or the text was changed.
    """
    raw = urlsafe_b64decode(sealed)
    return _cipher(purpose).decrypt(raw[:NONCE], raw[NONCE:], str(owner).encode()).decode()
