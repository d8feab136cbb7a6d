"""`hocso serve`: Granian's web workers, and the scheduler as one supervised child process."""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app import create_app
from app.config import BadSetting, Settings, hand_down, is_loopback
from app.shell.orphan import end_with_parent

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
KILL_AFTER = 5  # seconds that an open connection may delay the stop
RESTART_AFTER = 1.0  # seconds before a scheduler that died is started again
BLOCKING_THREADS = 64
MOST_ON_SQLITE = 2


def make_app() -> Flask:
    """The application of a web worker, which ends with the command that started it."""
    command = multiprocessing.parent_process()
    if command is not None and command.pid is not None:
        end_with_parent(command.pid)
    return create_app()


def at_port(settings: Settings, port: int) -> Settings:
    """Cards and links follow the port, where the public address was left at its default."""
    if settings.base_url != DEFAULT_ADDRESS:
        return settings
    return replace(settings, base_url=f"http://127.0.0.1:{port}")


def check_bind(settings: Settings, host: str) -> None:
    """Plain http stays on this machine unless a proxy with TLS is declared.

    Raises:
        BadSetting: It would not.
    """
    if not is_loopback(host) and not settings.proxy_hops:
        raise BadSetting(
            f"--host {host} mở http ra ngoài máy này: hãy đặt một proxy có TLS phía trước và khai "
            "HOCSO_PROXY_HOPS=1, hoặc giữ --host 127.0.0.1."
        )


def check_workers(settings: Settings, workers: int) -> None:
    """SQLite has one writer: more workers than two only queue up.

    Raises:
        BadSetting: Too many for this database.
    """
    if settings.database_url.startswith("sqlite") and workers > MOST_ON_SQLITE:
        raise BadSetting(
            f"--workers {workers} quá nhiều cho SQLite (tối đa {MOST_ON_SQLITE}): "
            "muốn nhiều hơn, đặt HOCSO_DATABASE_URL tới PostgreSQL."
        )


def check_port(host: str, port: int) -> None:
    """Granian shares a port without a word; two installations behind one address must not be.

    Raises:
        BadSetting: Something listens there already, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise BadSetting(
                f"Không mở được {host} cổng {port} ({error.strerror}): chọn cổng khác bằng --port."
            ) from error


def serve(settings: Settings, *, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to stop. Blocks.

    Raises:
        BadSetting: The address or the number of workers does not go with the settings.
    """
    check_bind(settings, host)
    check_workers(settings, workers)
    hand_down(settings)
    granian = Granian(
        "app.shell.server:make_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=threads,
        workers_kill_timeout=KILL_AFTER,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.error,
    )
    with scheduler_beside():
        granian.serve()


@contextmanager
def scheduler_beside() -> Iterator[None]:
    """One scheduler process for as long as the server runs; started again whenever it dies."""
    stopping = threading.Event()
    child = _start()

    def supervise() -> None:
        nonlocal child
        while not stopping.is_set():
            child.wait()
            if not stopping.wait(RESTART_AFTER):
                child = _start()

    watcher = threading.Thread(target=supervise, name="scheduler-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stopping.set()
        child.terminate()
        watcher.join(KILL_AFTER)
        if child.poll() is None:
            child.kill()


def _start() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "app.shell.cli", "worker", "--parent", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 — our own command
