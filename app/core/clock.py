"""The one place that asks what time it is. Views, jobs and commands call ``now()``, nothing below does."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


def use(source: Callable[[], datetime] | None) -> None:
    """Replace the clock (a month lived in a test); ``None`` puts the system's back."""
    global _source
    _source = source or _system
