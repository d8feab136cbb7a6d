"""A second opinion: a verifier made of others' npm packages reads what we sign. Skipped, loudly, where it is not."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.badges.credentials import keys, service
from app.badges.credentials.files import write_badge
from app.badges.credentials.queries import Shown
from app.config import ROOT
from tests.badges.credentials.conftest import BASE, World
from tests.factories import NOON

VERIFIER = ROOT.parent / "shared" / "tools" / "verify-badge"
SAME_MEANING = "  accepted: add type"  # the other name of the same type: not a word of the signed graph differs


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the verifier with its packages."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("NOT CHECKED by an independent verifier: node and npm are not here")
    if not (VERIFIER / "verify.mjs").exists():
        pytest.skip(f"NOT CHECKED by an independent verifier: {VERIFIER} is not here")
    folder = tmp_path_factory.mktemp("verifier") / "verify-badge"
    shutil.copytree(VERIFIER, folder, ignore=shutil.ignore_patterns("node_modules"))
    made = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, timeout=200)
    if made.returncode != 0:
        pytest.skip("NOT CHECKED by an independent verifier: npm cannot get its packages")
    return folder


@pytest.fixture
def origin(app: Flask, world: World) -> Iterator[str]:
    """The application on a port of this machine, standing in for the demo's address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"{BASE}=http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def node(folder: Path, script: str, origin: str, *files: Path) -> tuple[int, list[str]]:
    command = ["node", script, "--now", "2026-12-01T00:00:00Z", "--origin", origin, *map(str, files)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200, env={**os.environ})
    return done.returncode, done.stdout.splitlines()


def verdicts(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines if line.startswith(("VERIFIED", "REJECTED"))]


def write(app: Flask, world: World, folder: Path) -> Shown:
    """One badge of a skill and one of a rhythm as JSON, PNG and SVG."""
    with app.app_context():
        signed = [world.sign(), world.sign(slug="than-hong")]
        for shown in signed:
            write_badge(ROOT, shown, folder, shown.slug)
    return signed[0]


def test_others_verify_what_we_sign_until_it_is_revoked(
    app: Flask, world: World, verifier: Path, origin: str, tmp_path: Path
) -> None:
    shown = write(app, world, tmp_path)
    files = [path for path in sorted(tmp_path.iterdir()) if path.suffix in (".json", ".png", ".svg")]

    status, lines = node(verifier, "verify.mjs", origin, *files)

    assert (status, verdicts(lines)) == (0, ["VERIFIED"] * 6), lines
    with app.app_context():
        service.revoke(shown.id, reason="Thử", by=None, now=NOON)
    status, lines = node(verifier, "verify.mjs", origin, *files)
    assert status == 1
    assert verdicts(lines) == ["VERIFIED"] * 3 + ["REJECTED"] * 3, lines


def test_others_verify_after_the_key_was_changed(
    app: Flask, world: World, verifier: Path, origin: str, tmp_path: Path
) -> None:
    write(app, world, tmp_path)
    with app.app_context():
        keys.rotate(NOON)

    status, lines = node(verifier, "verify.mjs", origin, tmp_path / "tinh-mat.json", tmp_path / "than-hong.png")

    assert (status, verdicts(lines)) == (0, ["VERIFIED"] * 2), lines


def test_others_reject_every_mutant_that_changes_the_meaning(
    app: Flask, world: World, verifier: Path, origin: str, tmp_path: Path
) -> None:
    write(app, world, tmp_path)

    _, lines = node(verifier, "tamper.mjs", origin, tmp_path / "tinh-mat.json")

    accepted = [line.rstrip() for line in lines if "accepted:" in line]
    assert "mutants" in lines[0]
    assert accepted == [SAME_MEANING], lines
