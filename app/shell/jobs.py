"""What happens by the clock: a table of name, interval and function. Each job runs under the lease."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from app.badges.service import catch_up
from app.closing.service import close_due_cycles, open_due
from app.console import uploads
from app.console.doubles.service import seal
from app.contests.running import run_due
from app.outreach.asking.service import return_late
from app.people.tries import sweep
from app.privacy import forgetting
from app.privacy.keeping import keep_promises
from app.privacy.scrubbing import scrub
from app.shell import lease

log = logging.getLogger("hocso")


@dataclass(frozen=True)
class Job:
    """``run`` takes the present moment and may be called any number of times."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


def turn_months(now: datetime) -> None:
    """Close what has ended, then see that the present month is open. A missed month is caught up."""
    close_due_cycles(now)
    open_due(now)


def run_contests(now: datetime) -> None:
    """Open, close and publish the weekly contests. What an outage delayed is caught up."""
    run_due(now)


def forget(now: datetime) -> None:
    """Drop sessions that ended, wrong tries long past, and lists that were sent and never brought in."""
    sweep(now=now)
    uploads.sweep(current_app.config["SETTINGS"].data, now)


def keep_privacy(now: datetime) -> None:
    """Take names down and forget by the clock; do again what a restored backup undid."""
    settings = current_app.config["SETTINGS"]
    keep_promises(settings.data, now)
    forgetting.forget(terms=settings.privacy, folder=settings.data, now=now)
    seal(now=now)


def issue_badges(now: datetime) -> None:
    """What no single act brings at once: badges of volunteers and of khu phố."""
    catch_up(now)


def overwrite(now: datetime) -> None:
    """After an erasure: write the database anew, so that the file holds nothing of it."""
    scrub(now)


def hand_back(now: datetime) -> None:
    """Requests for help that someone took and left lying wait for everyone again."""
    return_late(now)


JOBS = (
    Job("turn-months", timedelta(minutes=1), turn_months),
    Job("contests", timedelta(minutes=1), run_contests),
    Job("forget", timedelta(hours=6), forget),
    Job("privacy", timedelta(minutes=10), keep_privacy),
    Job("badges", timedelta(minutes=15), issue_badges),
    Job("overwrite", timedelta(minutes=1), overwrite),
    Job("help", timedelta(minutes=10), hand_back),
)


def run_job(job: Job, owner: str, now: datetime) -> bool:
    """Run a job if the lease is ours; whether it ran. A failure is logged and the next minute tries again."""
    try:
        if lease.take(owner, now) is None:
            return False
        job.run(now)
    except Exception:  # the scheduler must outlive whatever a job meets: a full disk, a database away
        log.exception("job failed", extra={"job": job.name})
        return False
    return True
