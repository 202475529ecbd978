"""What the exit code of a command says."""

from __future__ import annotations

DONE = 0
#: some replications failed, an expectation does not hold, or a fault was found; the rest is written
PARTLY_FAILED = 1
BAD_INPUT = 2
STOPPED = 130  # Ctrl-C, as shells write it
CLOSED_PIPE = 141  # the reader closed the pipe, as shells write it
