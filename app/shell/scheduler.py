"""The scheduler process: APScheduler nudges the jobs at start and every minute; it keeps nothing itself."""

import logging
import os
import secrets
import signal
import socket
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.db import db, reading
from app.groups.queries import get_ward
from app.shell import lease
from app.shell.jobs import JOBS, Job, run_job

log = logging.getLogger("hocso")
ZONE = "Asia/Ho_Chi_Minh"


def owner_name() -> str:
    """A name for this process that no other has, now or later."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def tick(app: Flask, job: Job, owner: str) -> bool:
    """One nudge; nothing happens before the ward is set up."""
    with app.app_context():
        try:
            if get_ward(reading()) is None:
                return False
        except SQLAlchemyError:
            log.exception("job failed", extra={"job": job.name})
            return False
        return run_job(job, owner, clock.now())


def build(app: Flask, owner: str) -> BlockingScheduler:
    """A scheduler around the table of jobs: late runs are made up for, several missed ones are one."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    scheduler = BlockingScheduler(timezone=ZONE, job_defaults=defaults)
    for job in JOBS:
        seconds = job.every.total_seconds()
        scheduler.add_job(tick, "interval", (app, job, owner), seconds=seconds, id=job.name, next_run_time=clock.now())
    return scheduler


def run(app: Flask) -> None:
    """Nudge until told to stop; then hand the lease back."""
    owner = owner_name()
    scheduler = build(app, owner)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("scheduler started")
    scheduler.start()
    with app.app_context():
        lease.release(owner, clock.now())
        db.session.remove()
        db.engine.dispose()
