"""The keys that badges are signed with: files beside the database, sealed at rest, one that signs and those before it.

``keys/badge-<n>.json`` holds a public key, when it was made and retired, and the private one sealed with the
installation's own key. A retired one keeps its public half alone: it is published for ever, and signs no more.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app

from app.badges.credentials.domain import stamp
from app.badges.credentials.signing import multibase
from app.config import Settings
from app.core.errors import Conflict
from app.core.sealing import seal, unseal

PURPOSE = "badge-key"


@dataclass(frozen=True)
class KeyFile:
    """One key: ``sealed`` is "" once it is retired."""

    number: int
    public: str
    made_at: str
    retired_at: str
    sealed: str


def installation() -> Settings:
    """The settings of the installation that this runs in."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def _folder() -> Path:
    return installation().data / "keys"


def all_keys() -> list[KeyFile]:
    """Every key, the newest first."""
    files = (json.loads(path.read_text(encoding="utf-8")) for path in _folder().glob("badge-*.json"))
    return sorted((KeyFile(**one) for one in files), key=lambda key: key.number, reverse=True)


def published() -> tuple[str, ...]:
    """Every public key that ever signed, the newest first."""
    return tuple(key.public for key in all_keys())


def signing_key(now: datetime) -> Ed25519PrivateKey:
    """The key that signs now; the first one is made here.

    Raises:
        Conflict: It cannot be opened: the installation's own key is another one.
    """
    newest = next(iter(all_keys()), None)
    if newest is None:
        newest = _make(1, now)
    try:
        raw = bytes.fromhex(unseal(newest.sealed, purpose=PURPOSE, owner=newest.number))
    except (InvalidTag, ValueError) as error:
        raise Conflict("credential_key") from error
    return Ed25519PrivateKey.from_private_bytes(raw)


def rotate(now: datetime) -> str:
    """Make a new key and retire those before it; returns the new public one."""
    older = all_keys()
    made = _make(older[0].number + 1 if older else 1, now)
    for key in older:
        if key.sealed:
            _write(replace(key, sealed="", retired_at=stamp(now)), anew=True)
    return made.public


def _make(number: int, now: datetime) -> KeyFile:
    key = Ed25519PrivateKey.generate()
    sealed = seal(key.private_bytes_raw().hex(), purpose=PURPOSE, owner=number)
    _write(KeyFile(number, multibase(key.public_key()), stamp(now), "", sealed), anew=False)
    return next(one for one in all_keys() if one.number == number)  # of several processes the first one wins


def _write(key: KeyFile, *, anew: bool) -> None:
    folder = _folder()
    path, part = folder / f"badge-{key.number}.json", folder / f".badge.{secrets.token_hex(4)}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(key), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    if anew:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        pass
    finally:
        part.unlink()
