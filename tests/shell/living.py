"""A real server in processes of its own, and a learner who answers over the wire and keeps a journal."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random
from socket import socket
from threading import Event
from urllib.parse import urlencode, urlsplit

from app.config import ROOT

STEP = re.compile(r"/(\d+)$")
FIELD = re.compile(r'name="(csrf_token|attempt|key)" value="([^"]*)"')
LETTER = re.compile(r'name="choice" value="([a-h])"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``hocso serve`` with its web worker and scheduler, in a process group that can be killed as one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "app.shell.cli", "serve", "--port", str(self.port)]
        environment = {**os.environ, "HOCSO_DATA": str(self.folder)}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            time.sleep(0.02)

    def answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException), closing(self.connect()) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def kill(self) -> None:
        """SIGKILL to everyone at once, as when the power of the machine's owner runs out."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_main(self) -> None:
        """SIGKILL to the command alone; its children are on their own."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


@dataclass(frozen=True)
class Acknowledged:
    """An answer that the server said it has."""

    attempt: int
    number: int
    letter: str


@dataclass
class Answering:
    """One learner's browser: sits quiz after quiz, sends again what was not acknowledged."""

    server: Server
    cookie: str
    quizzes: list[str]  # addresses: /hoc/<topic>/<quiz>
    chance: Random
    stop: Event
    journal: list[Acknowledged] = field(default_factory=list)
    sent_again: int = 0
    odd: list[int] = field(default_factory=list)  # statuses that should not have been

    def run(self) -> None:
        while not self.stop.is_set():
            self.sit(self.chance.choice(self.quizzes))

    def sit(self, quiz: str) -> None:
        begun = self.send("POST", quiz, self.fields(self.send("GET", quiz)[1]))
        place = urlsplit(begun[2]).path
        while not self.stop.is_set() and STEP.search(place):
            status, page, _ = self.send("GET", place)
            letters = LETTER.findall(page)
            if status != 200 or not letters:
                return  # past the last step
            self.answer(place, self.fields(page), self.chance.choice(letters))
            quiz, _, number = place.rpartition("/")
            place = f"{quiz}/{int(number) + 1}"

    def answer(self, place: str, fields: dict[str, str], letter: str) -> None:
        """Send one answer until it is acknowledged, then write it down."""
        status, _, _ = self.send("POST", place, {**fields, "choice": letter})
        if status == 303:
            number = int(place.rpartition("/")[2])
            self.journal.append(Acknowledged(int(fields["attempt"]), number, letter))
        elif not self.stop.is_set():
            self.odd.append(status)

    @staticmethod
    def fields(page: str) -> dict[str, str]:
        return {name: unescape(value) for name, value in FIELD.findall(page)}

    def send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and where it leads; tries again while the server is away."""
        body = urlencode(form) if form is not None else None
        headers = {"Cookie": self.cookie, **(FORM if form is not None else {})}
        while not self.stop.is_set():
            with suppress(OSError, http.client.HTTPException), closing(self.server.connect()) as connection:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                text = response.read().decode()
                if response.status < 500:
                    return response.status, text, response.getheader("Location", "") or ""
                self.odd.append(response.status)
            self.sent_again += 1
            time.sleep(0.05)
        return 0, "", ""
