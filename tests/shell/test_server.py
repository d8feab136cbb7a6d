"""Where the server listens: plain http on this machine alone, one installation a port."""

from contextlib import closing
from pathlib import Path
from socket import socket

import pytest

from app.config import BadSetting, Settings
from app.shell.server import at_port, check_bind, check_port, check_workers

SQLITE = Settings(Path("/nowhere"), "sqlite:////nowhere/hocso.db", "http://127.0.0.1:8000")
BEHIND_PROXY = Settings(Path("/nowhere"), "postgresql:///hocso", "https://hocso.example", proxy_hops=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machine_is_always_allowed(host: str) -> None:
    check_bind(SQLITE, host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "hocso.example"])
def test_plain_http_does_not_leave_the_machine(host: str) -> None:
    with pytest.raises(BadSetting, match="HOCSO_PROXY_HOPS"):
        check_bind(SQLITE, host)


def test_behind_a_proxy_with_tls_any_address_will_do() -> None:
    check_bind(BEHIND_PROXY, "0.0.0.0")


def test_sqlite_takes_two_workers_and_postgresql_more() -> None:
    check_workers(SQLITE, 2)
    check_workers(BEHIND_PROXY, 8)
    with pytest.raises(BadSetting, match="--workers 3"):
        check_workers(SQLITE, 3)


def test_port_of_another_program_is_refused() -> None:
    with closing(socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BadSetting, match="--port"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_address_follows_the_port_unless_it_was_set() -> None:
    assert at_port(SQLITE, 8123).base_url == "http://127.0.0.1:8123"
    assert at_port(BEHIND_PROXY, 8123).base_url == "https://hocso.example"
