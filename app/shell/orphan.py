"""A child must not outlive the command that started it: killed with SIGKILL, that command cannot say so."""

import os
import threading
import time

LOOKS = 0.25  # seconds between looks


def end_with_parent(parent: int) -> None:
    """From now on this process ends as soon as its parent is gone; at once if it is already.

    Args:
        parent: The id that the parent had when it started this process.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS)
        os._exit(1)  # no clean-up: what is committed is committed, the rest was never promised

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
