"""How long ``run.py demo`` takes once libraries are installed: the first time, and every later time."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parent.parent


def _free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_served(data: str) -> float:
    """Seconds from the command to the first page."""
    port, started = _free_port(), time.monotonic()
    command = [sys.executable, str(ROOT / "run.py"), "demo", "--data", data, "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.monotonic() - started < 300:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
                return time.monotonic() - started
            time.sleep(0.02)
        raise TimeoutError("no page within 300 seconds")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def run() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as data:
        first = _until_served(data)
        later = [_until_served(data) for _ in range(3)]
    return [
        {"what": "first demo run, libraries installed", "value": round(first, 1), "unit": "s", "asked": "< 60"},
        {"what": "later demo run, median of 3", "value": round(sorted(later)[1], 2), "unit": "s", "asked": "< 3"},
    ]
