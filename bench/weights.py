"""What learner pages weigh, as a real Chromium receives them from the real server."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from socket import socket

from playwright.sync_api import CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/hoc", "/hoc/an-toan-so/cuoc-goi", "/huy-hieu", "/huy-hieu/tat-ca", "/khu-pho", "/tuyen-duong")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def run() -> list[dict[str, object]]:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "app.shell.cli", "demo", "--data", data, "--port", str(port), "--people", "40"]
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            _wait(port)
            return _measure(f"http://127.0.0.1:{port}") + _assets(Path(data))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def _wait(port: int) -> None:
    for _ in range(3000):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
            return
        time.sleep(0.05)


def _measure(site: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        session = page.context.new_cdp_session(page)
        for path in PAGES:
            session.send("Network.clearBrowserCache")
            first = _load(page, session, site + path)
            again = _load(page, session, site + path)
            rows.append({"what": f"{path} first", "value": first[0], "unit": "B", "asked": "≤ 70000"})
            rows.append({"what": f"{path} again", "value": again[0], "unit": "B", "asked": "≤ 12000"})
            rows.append({"what": f"{path} requests", "value": first[1], "unit": "", "asked": "≤ 15"})
        browser.close()
    return rows


def _assets(data: Path) -> list[dict[str, object]]:
    """The style sheet and the scripts of a learner's page, gzipped as they are kept on disk."""

    def size(*names: str) -> int:
        return sum(len(gzip.compress(next(data.glob(f"assets/{name}")).read_bytes(), 9)) for name in names)

    return [
        {"what": "learner style sheet, gzipped", "value": size("css/app.*.css"), "unit": "B", "asked": "≤ 10000"},
        {"what": "scripts, gzipped", "value": size("js/app.*.js", "vendor/htmx.*.js"), "unit": "B", "asked": "≤ 20000"},
    ]


def _load(page: Page, session: CDPSession, url: str) -> tuple[int, int]:
    """Bytes over the wire and requests of one visit."""
    sizes: list[int] = []
    session.send("Network.enable")
    keep = lambda event: sizes.append(int(event["encodedDataLength"]))  # noqa: E731 — removed again below
    session.on("Network.loadingFinished", keep)
    page.goto(url, wait_until="networkidle")
    session.remove_listener("Network.loadingFinished", keep)
    return sum(sizes), len(sizes)
