"""What guards every request: same-site posts, headers, secrets that lie outside the database."""

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, Response, current_app, request, session
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer

from app.core.errors import Busy, HocSoError

SAFE = ("GET", "HEAD", "OPTIONS")
CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

csrf = CSRFProtect()
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_hashing = BoundedSemaphore(2)  # 19 MiB and 30 ms each: a flood of sign-ins must not stop the lessons


class CrossSite(HocSoError):
    """A post that another site started."""

    status = 403

    def __init__(self) -> None:
        super().__init__("cross_site")


def token() -> str:
    """A fresh secret of 128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def digest(value: str) -> str:
    """How tokens are stored: a thief of the database holds none of them."""
    return hashlib.sha256(value.encode()).hexdigest()


def key(name: str, folder: Path) -> bytes:
    """A secret key of this installation, made at first use, readable by its owner alone."""
    path = folder / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{name}.{secrets.token_hex(4)}")
        part.touch(mode=0o600)
        part.write_bytes(secrets.token_bytes(32))
        try:
            path.hardlink_to(part)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_bytes()


def _peppered(secret: str) -> str:
    return hmac.new(current_app.config["PEPPER"], secret.encode(), hashlib.sha256).hexdigest()


def hash_secret(secret: str) -> str:
    """argon2id over the secret and a key outside the database: six digits alone could be tried out."""
    with _hashing:
        return _hasher.hash(_peppered(secret))


def verify_secret(stored: str, secret: str) -> bool:
    """Whether the secret fits.

    Raises:
        Busy: Too many are being checked already.
    """
    if not _hashing.acquire(timeout=5):
        raise Busy("busy")
    try:
        return _hasher.verify(stored, _peppered(secret))
    except (VerifyMismatchError, InvalidHashError):
        return False
    finally:
        _hashing.release()


def owned_token(owner: str) -> str:
    """What the forms of a session are bound to: random, behind a mark of whose session it is."""
    mark = hmac.new(current_app.config["PEPPER"], f"owner:{owner}".encode(), hashlib.sha256).hexdigest()[:16]
    return f"{mark}-{secrets.token_hex(20)}"


def is_of_another(form_token: str) -> bool:
    """Whether a form was shown to somebody else than the one who is signed in here now.

    A guest's form is nobody's.
    """
    signer = URLSafeTimedSerializer(current_app.secret_key or b"", salt="wtf-csrf-token")  # as Flask-WTF signs it
    try:
        theirs = str(signer.loads(form_token))
    except BadData:
        return False
    mark, dash, _ = theirs.partition("-")
    return bool(dash) and mark != str(session.get("csrf_token", "")).partition("-")[0]


def refuse_cross_site() -> None:
    """Before any view: a browser says where a post comes from, and it must be from here.

    Raises:
        CrossSite: It is not.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise CrossSite
    origin = request.headers.get("Origin")
    if origin not in (None, "null") and urlsplit(origin or "").netloc != request.host:
        raise CrossSite


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def init(app: Flask, folder: Path, *, secure: bool) -> None:
    app.config.update(
        SECRET_KEY=key("session", folder),
        PEPPER=key("pepper", folder),
        SESSION_COOKIE_NAME="__Host-hocso" if secure else "hocso",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a lesson may lie open overnight
        WTF_CSRF_SSL_STRICT=False,  # Origin and Sec-Fetch-Site are checked here; Referer is never sent
        MAX_CONTENT_LENGTH=5 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2000,
    )
    app.before_request(refuse_cross_site)
    csrf.init_app(app)
    app.after_request(add_headers)
