"""A real server in this process, whose clock a test moves, and a real Chromium in front of it."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from socket import socket
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app.core import clock
from tests.journeys.visitor import Visitor

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Clock:
    """The time that server and test share."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        clock.use(lambda: self.now)

    def go_to(self, moment: datetime) -> None:
        self.now = moment


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM FOUND: THE BROWSER TESTS WERE NOT RUN. Install the package chromium.")
    with warnings.catch_warnings(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the application under test, served by threads of this process."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(chromium: Browser, site: str, tmp_path: Path) -> Iterator[type[Visitor]]:
    """Makes visitors with a browser of their own; their contexts end with the test."""
    opened: list[Visitor] = []

    def make(name: str, *, phone: bool = True, javascript: bool = True) -> Visitor:
        visitor = Visitor(chromium, site, name, phone=phone, javascript=javascript)
        opened.append(visitor)
        return visitor

    yield make  # type: ignore[misc]
    for visitor in opened:
        visitor.leave()
