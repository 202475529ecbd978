"""The program that evaluates distributions of `scipy.stats` on a stranger's numbers, in a process.

Some of them never end, take all memory or stop the interpreter for numbers that a file may hold.
So this runs in a process of its own, with limits; `sim/scenario/scipy_families.py` starts it and
asks it, one line of JSON a question: the name, its parameters, what is wanted (`ppf`, `cdf` or
`support`) and where. The answer is one line too, a list of numbers. It imports nothing of `sim`.
"""

from __future__ import annotations

import json
import math
import sys
import warnings

#: Seconds of a processor for a question, and bytes of memory beyond what the libraries take.
SECONDS, MEMORY = 2, 256 * 2**20


def main() -> None:
    """Answer questions until the input ends."""
    import numpy as np
    from scipy import stats

    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    _limit_memory()
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        _limit_time(SECONDS + len(asked["at"]) // 10)
        made = getattr(stats, asked["name"])
        try:
            if asked["wanted"] == "support":
                found = [float(end) for end in made.support(*asked["values"])]
            else:
                at = np.asarray(asked["at"], dtype=np.float64)
                found = np.atleast_1d(getattr(made, asked["wanted"])(at, *asked["values"])).tolist()
        except (ArithmeticError, ValueError, TypeError, LookupError, RuntimeError, MemoryError):
            found = [math.nan] * max(len(asked["at"]), 2)
        _say(json.dumps(found))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    """Allow so much memory more than is taken now, where the system can hold a process to it."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    """Allow so many seconds of a processor from now on; the system stops the process then."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
