"""Why a replication has no measures."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from sim.errors import SimError
from sim.vocabulary.codes import FailureKind

#: Status of a replication in which Python code raised an error (a user's policy, say).
RAISED = -1


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a replication has no measures.

    `status` is the code of the engine, or `RAISED`; `stage` what was being done; `day` counts from
    the release, None if unknown.
    """

    replication: int
    status: int
    stage: str
    error: str
    day: int | None = None
    traceback: str | None = None


def failure_of(replication: int, status: int, day: int) -> Failure:
    """The failure that a code of the engine stands for; an arithmetic error has no day."""
    known_day = None if status == FailureKind.ARITHMETIC else day
    return Failure(replication, status, "rules", reason_of(status), known_day)


def reason_of(status: int) -> str:
    """A code of the engine in words."""
    return FailureKind(status).sentence


def failure_from(replication: int, error: Exception) -> Failure:
    """The failure of a replication in which Python code raised `error`."""
    text = str(error) if isinstance(error, SimError) else f"{type(error).__name__}: {error}"
    lines = "".join(traceback.format_exception(error))
    return Failure(
        replication, RAISED, "Python code", text, getattr(error, "day", None), traceback=lines
    )
