"""A child's lifeline: standard input, which ends when the parent does, however it died."""

import os
import threading

STANDARD_INPUT = 0


def hold_lifeline() -> None:
    """Ends this process when its standard input ends."""
    threading.Thread(target=_follow, name="lifeline", daemon=True).start()


def _follow() -> None:
    # Not `sys.stdin`: its lock would be held while the interpreter ends.
    while os.read(STANDARD_INPUT, 4096):
        pass
    os._exit(0)
