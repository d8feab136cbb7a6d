"""`hocso doctor`: looks at the machine, the store and the content, and says what to do."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.badges.credentials.queries import address_for, base_of
from app.closing.service import overdue
from app.config import Settings, is_loopback
from app.contests import running as contests
from app.core.calendar import local_date
from app.core.db import db, reading
from app.core.errors import Conflict
from app.groups.queries import get_ward
from app.privacy import scrubbing
from app.privacy.keeping import keep_promises
from app.privacy.queries import count_late
from app.quizzes.queries import hidden_items
from app.shell import schema
from app.shell.content import check_content
from app.shell.lease import NAME
from app.shell.models import Lease
from app.standings import checking

SQLITE_LEAST = (3, 51, 3)  # before it a WAL database with several writers can be damaged
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"}
SPACE_WARN, SPACE_FAULT = 1024, 200  # MiB left
LEASE_LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """``level``: ok | warn | fault; ``what`` was seen; ``do`` says what to do, "" where nothing."""

    level: str
    what: str
    do: str = ""


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Every finding, in the order of what rests on what."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        lambda: _folder(settings.data),
        lambda: _keys(settings.data / "keys"),
        lambda: _address(settings),
        lambda: _space(settings.data),
        _store,
        lambda: _content(settings.root),
    ]
    found = [finding for look in looks for finding in look()]
    try:
        found += _schema()
        found += _privacy(settings.data, now)
        found += _badges(settings)
        found += _contents(now)
    except SQLAlchemyError as error:
        found.append(Finding("fault", f"không đọc được dữ liệu ({type(error).__name__})", "chạy `hocso db upgrade`"))
    return found


def _folder(folder: Path) -> Iterator[Finding]:
    trial = folder / ".doctor"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        yield Finding("fault", f"không ghi được vào {folder} ({error.strerror})", "sửa quyền của thư mục dữ liệu")
    else:
        yield Finding("ok", f"ghi được vào {folder}")
    kind = file_system(folder, Path("/proc/mounts"))
    if kind in NETWORK:
        yield Finding("fault", f"{folder} nằm trên ổ mạng ({kind})", "chuyển thư mục dữ liệu về ổ của máy này")


def file_system(folder: Path, mounts: Path) -> str:
    """The kind of file system that a folder lies on, "" where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    places = [(parts[1], parts[2]) for line in lines if len(parts := line.split()) > 2]
    around = [(len(place), kind) for place, kind in places if folder.is_relative_to(place)]
    return max(around)[1] if around else ""


def _keys(folder: Path) -> Iterator[Finding]:
    open_ones = [p.name for p in sorted(folder.glob("*")) if stat.S_IMODE(p.stat().st_mode) != 0o600]
    if open_ones:
        yield Finding("fault", f"khoá {', '.join(open_ones)} người khác đọc được", f"chmod 600 {folder}/*")
    else:
        yield Finding("ok", "khoá chỉ chủ đọc được (0600)")


def _address(settings: Settings) -> Iterator[Finding]:
    host = settings.base_url.partition("://")[2].rpartition(":")[0] or settings.base_url.partition("://")[2]
    if settings.secure:
        yield Finding("ok", f"địa chỉ {settings.base_url} dùng https")
    elif is_loopback(host):
        yield Finding("ok", f"địa chỉ {settings.base_url} chỉ mở trên máy này")
    if settings.secure and not settings.proxy_hops:
        yield Finding("warn", "địa chỉ là https nhưng chưa khai proxy nào", "đặt HOCSO_PROXY_HOPS=1")
    if settings.secure and settings.second_factor != "required":
        yield Finding("warn", "mật khẩu cán bộ không cần bước hai đi kèm", "bỏ HOCSO_SECOND_FACTOR=optional")


def _space(folder: Path) -> Iterator[Finding]:
    left = shutil.disk_usage(folder).free // 2**20
    level = "fault" if left < SPACE_FAULT else "warn" if left < SPACE_WARN else "ok"
    yield Finding(level, f"còn {left} MiB trống", "" if level == "ok" else "dọn bớt ổ đĩa")


def _store() -> Iterator[Finding]:
    """How the database writes: what is acknowledged must survive a power cut."""
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            mode = connection.scalar(text("SHOW synchronous_commit"))
            level = "ok" if mode in ("on", "remote_apply", "remote_write") else "fault"
            yield Finding(level, f"PostgreSQL synchronous_commit = {mode}", "" if level == "ok" else "đặt on")
            return
        version = connection.scalar(text("SELECT sqlite_version()"))
        journal = connection.scalar(text("PRAGMA journal_mode"))
        synchronous = connection.scalar(text("PRAGMA synchronous"))
    yield _library(str(version))
    if journal == "wal" and synchronous == 2:
        yield Finding("ok", "SQLite ghi kiểu WAL, synchronous FULL")
    else:
        yield Finding("fault", f"SQLite ghi kiểu {journal}, synchronous {synchronous}", "đặt WAL và FULL")


def _library(version: str) -> Finding:
    if tuple(map(int, version.split("."))) >= SQLITE_LEAST:
        return Finding("ok", f"thư viện SQLite {version}")
    return Finding("fault", f"thư viện SQLite {version} có lỗi làm hỏng dữ liệu", "cài pysqlite3 0.6.1 trở lên")


def _content(root: Path) -> Iterator[Finding]:
    found = check_content(root)
    if found.errors:
        where = found.errors[0].file
        yield Finding("fault", f"{len(found.errors)} lỗi trong tệp nội dung, đầu tiên ở {where}", "hocso content check")
    else:
        yield Finding("ok", f"{found.items} câu, {found.badges} huy hiệu không lỗi")


def _schema() -> list[Finding]:
    here, newest = schema.at(), schema.head()
    if here == newest:
        return [Finding("ok", f"cơ sở dữ liệu ở bản mới nhất ({newest})")]
    return [Finding("fault", f"cơ sở dữ liệu ở bản {here or 'trống'}, mới nhất là {newest}", "hocso db upgrade")]


def _privacy(folder: Path, now: datetime) -> Iterator[Finding]:
    """A restored backup is older than what was promised since: it is done again here and now."""
    if (kept := keep_promises(folder, now)).restored:
        told = f"bản sao lưu cũ: đã xoá lại {kept.erased} người, rút lại {kept.withdrawn} ý kiến đồng ý"
        yield Finding("warn", told, "mọi người đăng nhập lại")
    session = reading()
    if owed := scrubbing.owed(session):
        yield Finding("warn", f"{len(owed)} người đã xoá mà tệp dữ liệu chưa ghi đè xong", "chạy `hocso serve`")
    if late := count_late(session, now):
        yield Finding("warn", f"{late} yêu cầu về dữ liệu đã quá hạn", "trả lời ở /to-chuc/yeu-cau")
    db.session.remove()


def _badges(settings: Settings) -> Iterator[Finding]:
    """Signed badges bear the address of the first one for ever."""
    session = reading()
    if (frozen := base_of(session)) is None:
        return
    try:
        now = address_for(session, settings)
    except Conflict:
        now = settings.base_url
    if now == frozen:
        yield Finding("ok", f"huy hiệu số cấp dưới địa chỉ {frozen}")
    else:
        told = f"huy hiệu số đã cấp dưới {frozen}, nhưng địa chỉ nay là {now}"
        yield Finding("fault", told, f"đặt lại HOCSO_BASE_URL={frozen}")


def _contents(now: datetime) -> Iterator[Finding]:
    session = reading()
    if get_ward(session) is None:
        yield Finding("warn", "chưa thiết lập phường", "hocso init, hoặc mở /thiet-lap")
        return
    late = overdue(session, now)
    yield (
        Finding("fault", f"{late} kỳ đã hết hạn mà chưa chốt", "chạy `hocso serve`, hoặc `hocso cycles close`")
        if late
        else Finding("ok", "không kỳ nào quá hạn chốt")
    )
    if late := contests.overdue(session, now):
        yield Finding("fault", f"{late} tuần thi hết giờ mà chưa đóng", "chạy `hocso serve`, hoặc `hocso contests run`")
    check = checking.check(session)
    yield (
        Finding("fault", f"bảng lệch sổ điểm {check.differences} chỗ", "hocso standings check")
        if check.differences
        else Finding("ok", f"bảng khớp {check.entries} dòng sổ điểm")
    )
    if hidden := hidden_items(session, local_date(now)):
        yield Finding("warn", f"{hidden} câu tự ẩn vì quá hạn rà lại", "đọc lại nguồn rồi sửa review_by")
    lease = session.get(Lease, NAME)
    if lease is None or lease.until < now - LEASE_LATE:
        yield Finding("warn", "bộ hẹn giờ không chạy", "chạy `hocso serve`")
    else:
        yield Finding("ok", "bộ hẹn giờ đang chạy")
