"""Settings: every environment variable, typed, defaulted, checked. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """One sentence that names the setting and says what to do."""


@dataclass(frozen=True)
class PrivacyTerms:
    """How long what may take, and how long what stays. The defaults are what the law asks.

    Attributes:
        ack_days: Working days until a request is acknowledged.
        answer_days: Days until it is answered.
        name_months: How long names stay on a page of honour.
        keep_months: How long what has served its purpose is kept: answered requests, people who left.
        holidays: Days that are no working days, besides Saturdays and Sundays.
    """

    ack_days: int = 2
    answer_days: int = 15
    name_months: int = 24
    keep_months: int = 24
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Settings:
    """What one installation is told from outside.

    Attributes:
        data: Folder of the SQLite database, keys, uploads and built assets.
        database_url: SQLAlchemy address of the database.
        base_url: Public address, no slash at its end.
        proxy_hops: How many trusted proxies with TLS stand in front (0: none).
        import_rows: How many rows a list that is brought in may have.
        privacy: Clocks of requests, and how long what stays.
    """

    data: Path
    database_url: str
    base_url: str
    proxy_hops: int = 0
    second_factor: str = "required"
    root: Path = ROOT
    import_rows: int = 20_000
    privacy: PrivacyTerms = field(default_factory=PrivacyTerms)

    @property
    def secure(self) -> bool:
        """Whether browsers reach this site over TLS."""
        return self.base_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None, *, data: Path | None = None) -> Settings:
    """The settings of this process.

    Raises:
        BadSetting: A variable has a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    folder = (data or Path(env.get("HOCSO_DATA") or "var")).absolute()
    if folder.exists() and not folder.is_dir():
        raise BadSetting(f"HOCSO_DATA trỏ tới {folder}, nhưng đó không phải thư mục: hãy chọn một thư mục.")
    return Settings(
        data=folder,
        database_url=_database_url(env.get("HOCSO_DATABASE_URL"), folder),
        base_url=_base_url(env.get("HOCSO_BASE_URL")),
        proxy_hops=_proxy_hops(env.get("HOCSO_PROXY_HOPS")),
        second_factor=_second_factor(env.get("HOCSO_SECOND_FACTOR")),
        import_rows=_count(env, "HOCSO_IMPORT_ROWS", 20_000, most=200_000),
        privacy=_privacy(env),
    )


def hand_down(settings: Settings) -> None:
    """Let the processes that this one starts read the same settings."""
    os.environ.update(
        HOCSO_DATA=str(settings.data),
        HOCSO_DATABASE_URL=settings.database_url,
        HOCSO_BASE_URL=settings.base_url,
        HOCSO_PROXY_HOPS=str(settings.proxy_hops),
        HOCSO_SECOND_FACTOR=settings.second_factor,
        HOCSO_IMPORT_ROWS=str(settings.import_rows),
    )


def _database_url(value: str | None, folder: Path) -> str:
    if not value:
        return f"sqlite:///{folder / 'hocso.db'}"
    if value.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
        return value
    raise BadSetting("HOCSO_DATABASE_URL phải bắt đầu bằng postgresql:// hoặc sqlite:///.")


def _base_url(value: str | None) -> str:
    url = (value or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise BadSetting("HOCSO_BASE_URL phải là một địa chỉ như https://hocso.example, không có đường dẫn phía sau.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise BadSetting("HOCSO_BASE_URL dùng http chỉ được với máy này (127.0.0.1); ra ngoài phải là https.")
    return url


def _proxy_hops(value: str | None) -> int:
    if not value:
        return 0
    if not value.isdigit() or int(value) > 5:
        raise BadSetting("HOCSO_PROXY_HOPS phải là số proxy đứng trước, từ 0 đến 5.")
    return int(value)


def _privacy(env: Mapping[str, str]) -> PrivacyTerms:
    plain = PrivacyTerms()
    return PrivacyTerms(
        ack_days=_count(env, "HOCSO_ACK_DAYS", plain.ack_days, most=30),
        answer_days=_count(env, "HOCSO_ANSWER_DAYS", plain.answer_days, most=90),
        name_months=_count(env, "HOCSO_NAME_MONTHS", plain.name_months, most=600),
        keep_months=_count(env, "HOCSO_KEEP_MONTHS", plain.keep_months, most=600),
        holidays=_holidays(env.get("HOCSO_HOLIDAYS")),
    )


def _count(env: Mapping[str, str], name: str, plain: int, *, most: int) -> int:
    value = env.get(name)
    if not value:
        return plain
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise BadSetting(f"{name} phải là số nguyên từ 1 đến {most}.")
    return int(value)


def _holidays(value: str | None) -> frozenset[date]:
    try:
        return frozenset(date.fromisoformat(day) for day in (value or "").replace(",", " ").split())
    except ValueError:
        raise BadSetting("HOCSO_HOLIDAYS là các ngày như 2027-02-16,2027-02-17.") from None


def _second_factor(value: str | None) -> str:
    chosen = value or "required"
    if chosen not in ("required", "optional"):
        raise BadSetting("HOCSO_SECOND_FACTOR là required (bắt buộc) hoặc optional (ai bật thì hỏi).")
    return chosen


def is_loopback(host: str) -> bool:
    """Whether an address or name can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
