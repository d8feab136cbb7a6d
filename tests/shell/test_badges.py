"""``hocso badges``: the collection, issuing, taking back, exporting, checking files, changing the key."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app.badges.credentials.keys import published
from app.core.db import transaction
from app.groups.models import Ward
from tests.badges.credentials.conftest import BASE, World, world
from tests.shell.conftest import Run

__all__ = ["world"]  # the same demo ward


def said(run: Run, *arguments: str, status: int = 0) -> dict[str, object]:
    done = run("badges", *arguments, "--json")
    assert done.exit_code == status, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_list_names_every_achievement_and_its_holders(run: Run, world: World) -> None:
    assert said(run, "list")["achievements"] == [
        {"slug": "tinh-mat", "kind": "sen", "topic": "an-toan-so", "ring": 1, "holders": 2},
        {"slug": "than-hong", "kind": "than", "topic": None, "ring": 1, "holders": 2},
    ]


def test_exported_badges_are_valid_until_revoked(run: Run, world: World, tmp_path: Path) -> None:
    made = said(run, "export", "--sample", "3", "--to", str(tmp_path / "ra"))["badges"]
    assert isinstance(made, list)
    files = sorted(path.name for path in (tmp_path / "ra").iterdir())

    assert files[:3] == ["001-tinh-mat.json", "001-tinh-mat.png", "001-tinh-mat.svg"]
    assert (len(files), made[0]["address"].startswith(f"{BASE}/huy-hieu-so/")) == (9, True)
    for name in files:
        assert said(run, "verify", str(tmp_path / "ra" / name))["outcome"] == "valid"
    assert said(run, "revoke", made[0]["code"], "--reason", "Thử")["state"] == "revoked"
    assert said(run, "verify", str(tmp_path / "ra" / files[1]), status=1)["outcome"] == "revoked"
    again = said(run, "reissue", made[0]["address"], "--reason", "Thu hồi nhầm")
    assert again["code"] != made[0]["code"]


def test_issue_by_hand_and_what_is_not_there(run: Run, world: World) -> None:
    ada = str(world.town.ada)

    first = said(run, "issue", "--person", ada, "--badge", "tinh-mat")

    assert said(run, "issue", "--person", ada, "--badge", "tinh-mat") == first
    none = run("badges", "issue", "--person", ada, "--badge", "khong-co")
    unknown = run("badges", "revoke", "HS-AAAA-BBBB", "--reason", "Thử")
    assert (none.exit_code, unknown.exit_code) == (1, 1)
    assert unknown.stderr == "Không có huy hiệu số nào mang mã hay địa chỉ này.\n"


@pytest.mark.parametrize("text", ["{", "GIF89a", '{"issuer": "https://other.example"}'])
def test_other_files_are_no_badges(run: Run, world: World, tmp_path: Path, text: str) -> None:
    (tmp_path / "tep").write_text(text)

    assert run("badges", "verify", str(tmp_path / "tep")).exit_code == 1


def test_changed_key_is_published_beside_the_old_one(app: Flask, run: Run, world: World) -> None:
    said(run, "issue", "--person", str(world.town.ada), "--badge", "tinh-mat")

    changed = said(run, "rotate-key")

    assert changed["published"] == 2
    with app.app_context():
        assert published()[0] == changed["public"]


def test_doctor_says_when_the_address_is_another_than_at_the_first_badge(app: Flask, run: Run, world: World) -> None:
    said(run, "issue", "--person", str(world.town.ada), "--badge", "tinh-mat")
    assert f"huy hiệu số cấp dưới địa chỉ {BASE}" in run("doctor").stdout
    with app.app_context(), transaction() as session:
        session.get_one(Ward, 1).demo = False

    assert f"đặt lại HOCSO_BASE_URL={BASE}" in run("doctor").stdout
    refused = run("badges", "issue", "--person", str(world.town.ben), "--badge", "tinh-mat")
    assert (refused.exit_code, "https" in refused.stderr) == (1, True)


def test_preview_names_who_would_get_a_badge_and_gives_nothing(run: Run, world: World) -> None:
    before = said(run, "list")

    found = said(run, "preview", "than-hong")

    assert (found["slug"], found["held"], found["people"], found["groups"]) == ("than-hong", 2, [], [])
    assert said(run, "list") == before
    assert "chưa trao cho ai" in run("badges", "preview", "than-hong").stdout
    assert run("badges", "preview", "khong-co").exit_code != 0
