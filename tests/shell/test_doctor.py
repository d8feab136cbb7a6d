"""Doctor: what is well, what is not, and what to do about it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.closing.service import open_due
from app.config import Settings
from app.core.db import transaction
from app.quizzes.models import ItemRevision
from app.shell import lease
from app.shell.doctor import _library, examine, file_system
from app.standings.models import GroupCycle
from tests.factories import NOON, make_quiz, make_ward
from tests.shell.conftest import Run

MOUNTS = "/dev/sda1 / ext4 rw 0 0\n//office/share /srv cifs rw 0 0\n/dev/sdb1 /srv/local ext4 rw 0 0\n"


def levels(app: Flask, now: datetime = NOON) -> dict[str, str]:
    """What was seen → level, without what is well."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        return {finding.what: finding.level for finding in examine(settings, now) if finding.level != "ok"}


def healthy(app: Flask) -> None:
    with app.app_context():
        make_ward()
        open_due(NOON)
        lease.take("ada", NOON)


@pytest.mark.both
def test_healthy_installation_has_nothing_to_mend(app: Flask) -> None:
    healthy(app)

    assert [what for what in levels(app) if "nội dung" not in what] == []


@pytest.mark.both
def test_wrong_standings_and_late_months_are_faults(app: Flask) -> None:
    healthy(app)
    with app.app_context(), transaction() as session:
        session.execute(update(GroupCycle).values(counted=1))

    found = levels(app, datetime(2026, 11, 1, tzinfo=UTC))

    assert found["1 kỳ đã hết hạn mà chưa chốt"] == "fault"
    assert found["bảng lệch sổ điểm 3 chỗ"] == "fault"
    assert found["bộ hẹn giờ không chạy"] == "warn"


def test_items_past_their_review_are_told(app: Flask) -> None:
    healthy(app)
    with app.app_context():
        make_quiz()
        with transaction() as session:
            session.execute(update(ItemRevision).values(review_by=NOON.date() - timedelta(days=1)))

    assert levels(app)["8 câu tự ẩn vì quá hạn rà lại"] == "warn"


def test_installation_without_a_ward_is_told_what_to_do(app: Flask) -> None:
    assert levels(app)["chưa thiết lập phường"] == "warn"


def test_key_that_others_can_read_is_a_fault(app: Flask, tmp_path: Path) -> None:
    healthy(app)
    settings = Settings(data=tmp_path, database_url=app.config["SETTINGS"].database_url, base_url="https://x.example")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "pepper").touch(mode=0o600)
    (tmp_path / "keys" / "session").touch(mode=0o600)
    (tmp_path / "keys" / "session").chmod(0o644)

    with app.app_context():
        found = {f.what: f.level for f in examine(settings, NOON)}

    assert found["khoá session người khác đọc được"] == "fault"
    assert found["địa chỉ là https nhưng chưa khai proxy nào"] == "warn"


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/hocso", "cifs"), ("/srv/local/hocso", "ext4"), ("/var/hocso", "ext4"), ("/srvx", "ext4")],
)
def test_kind_of_file_system_is_that_of_the_nearest_mount(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)

    assert file_system(Path(folder), mounts) == kind


@pytest.mark.parametrize(("version", "level"), [("3.51.2", "fault"), ("3.51.3", "ok"), ("3.100.0", "ok")])
def test_library_that_can_damage_data_is_a_fault(version: str, level: str) -> None:
    assert _library(version).level == level


def test_command_prints_findings_and_fails_on_a_fault(run: Run, app: Flask) -> None:
    healthy(app)

    late = run("doctor", "--now", "2026-11-01T08:00", "--json")

    found = json.loads(late.stdout)["findings"]
    assert (late.exit_code, {"level", "what", "do"} == set(found[0])) == (1, True)
    assert {"fault"} <= {finding["level"] for finding in found}


def test_database_without_tables_is_a_fault(run: Run, tmp_path: Path) -> None:
    result = run("doctor", "--json", HOCSO_DATABASE_URL=f"sqlite:///{tmp_path / 'fresh.db'}")

    found = {f["do"]: f["level"] for f in json.loads(result.stdout)["findings"]}
    assert (result.exit_code, found["hocso db upgrade"]) == (1, "fault")
