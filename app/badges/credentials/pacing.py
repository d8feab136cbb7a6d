"""Short codes are for typing, so they could be tried out, and files cost work: each connection has so many in a while.

Kept in the memory of the process, because reading a page writes nothing; eight letters are a million million
codes, and a few hundred tries a day find none.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from app.core.errors import Locked

MOST_TRIES = 30  # codes
MOST_FILES = 120
WHILE = timedelta(minutes=10)
MOST_NETWORKS = 10_000  # the oldest are forgotten beyond it


@dataclass
class _Count:
    since: datetime
    tries: int


class Pace:
    """Counts what each connection asks; one of each kind for the process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._lock = Lock()

    def step(self, network: str, *, now: datetime) -> None:
        """Count one try of a connection.

        Raises:
            Locked: Too many within the while; ``minutes`` says how long to rest.
        """
        with self._lock:
            count = self._counts.get(network)
            if count is None or not timedelta(0) <= now - count.since < WHILE:
                count = self._counts[network] = _Count(now, 0)
            self._counts.move_to_end(network)
            if len(self._counts) > MOST_NETWORKS:
                self._counts.popitem(last=False)
            count.tries += 1
            if count.tries > self._most:
                left = count.since + WHILE - now
                raise Locked("sign_in_locked", minutes=max(1, -(-int(left.total_seconds()) // 60)))

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._counts.clear()
