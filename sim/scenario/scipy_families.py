"""Distributions of `scipy.stats`, evaluated in another process (`scipy_child.py`).

The numbers come from a file that a stranger may have written, and for some of them SciPy never
ends, stops the interpreter, or gives no number. So their size is bounded first, and what is left is
evaluated under limits of time and memory. A scenario of friendly distributions never starts it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from functools import lru_cache
from pathlib import Path

from sim.errors import ModelError

#: Seconds that an answer may take by the clock; by the processor the child's own limit is first.
PATIENCE, PATIENCE_EACH = 60, 0.5
_LONGEST_ANSWER = 64 * 2**20

#: Shapes of those whose inverse is quick and takes plain numbers; `loc` and `scale` follow.
CONTINUOUS = """
    alpha a; anglit; arcsine; beta a b; betaprime a b; bradford c; burr c d; burr12 c d; cauchy;
    chi df; chi2 df; cosine; crystalball beta m; dgamma a; dweibull c; expon; exponpow b;
    exponweib a c; f dfn dfd; fatiguelife c; fisk c; gamma a; genextreme c; gengamma a c;
    genhalflogistic c; genlogistic c; gennorm beta; genpareto c; gibrat; gompertz c; gumbel_l;
    gumbel_r; halfcauchy; halfgennorm beta; halflogistic; halfnorm; hypsecant; invgamma a;
    invgauss mu; invweibull c; johnsonsb a b; johnsonsu a b; kappa3 a; kappa4 h k; laplace;
    laplace_asymmetric kappa; levy; levy_l; loggamma c; logistic; loglaplace c; lognorm s;
    loguniform a b; lomax c; maxwell; mielke k s; moyal; nakagami nu; norm; pareto b; pearson3 skew;
    powerlaw a; powerlognorm c s; powernorm c; rayleigh; rdist c; reciprocal a b; semicircular;
    skewcauchy a; skewnorm a; t df; trapezoid c d; triang c; truncexpon b; truncnorm a b;
    truncpareto b c; truncweibull_min c a b; tukeylambda lam; uniform; wald; weibull_max c;
    weibull_min c; wrapcauchy c
"""
#: Shapes of those on whole numbers; only `loc` follows.
DISCRETE = """
    bernoulli p; binom n p; boltzmann lambda_ N; dlaplace a; geom p; nbinom n p; poisson mu;
    randint low high
"""


def _table(text: str, tail: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for entry in text.split(";"))
    return {name: (*shapes, *tail) for name, *shapes in entries}


#: Every name with its parameters in SciPy's order.
PARAMS = dict(sorted((_table(CONTINUOUS, ("loc", "scale")) | _table(DISCRETE, ("loc",))).items()))

#: Least and most that a parameter may be in size, besides 0: beyond that SciPy's own arithmetic
#: ends (`make fuzz` tries it), and no number of a scenario needs it.
SHAPE, PLACE, SCALE = (1e-3, 1e6), (0.0, 1e12), (1e-9, 1e12)
COUNT, SHARE = (1e-3, 1e9), (1e-6, 1.0)
_BOUNDS: dict[str | tuple[str, str], tuple[float, float]] = {
    **dict.fromkeys(("loc", "low", "high", "mode", "mean"), PLACE),
    **dict.fromkeys(("scale", "sd", "median", "sigma"), SCALE),
    **dict.fromkeys(("n", "N", ("poisson", "mu")), COUNT),
    "p": SHARE,
    # it searches from one value to the next, for seconds where n / p is large
    ("nbinom", "n"): (1e-3, 1e6),
    ("nbinom", "p"): (1e-4, 1.0),
}


def bounds(name: str, param: str) -> tuple[float, float]:
    """Least and most that a parameter of a distribution may be in size, besides 0."""
    return _BOUNDS.get((name, param)) or _BOUNDS.get(param) or SHAPE


class Child:
    """The process that evaluates; it is started when it is first asked, and after it was lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._unlock)

    def ask(
        self, name: str, values: Sequence[float], wanted: str, at: Sequence[float]
    ) -> list[float]:
        """Evaluate; see `scipy_child.py`.

        Raises
        ------
        ModelError : if there is no answer within the limits of time and memory
        """
        question = {"name": name, "values": list(values), "wanted": wanted, "at": list(at)}
        line = json.dumps(question).encode() + b"\n"
        with self._lock:
            try:
                answer = self._answer(self._running(), line, PATIENCE + PATIENCE_EACH * len(at))
            except BaseException:
                self._stop()  # an answer that comes too late must not be taken for the next one
                raise
            if not answer:
                self._stop()
                raise ModelError(
                    f"{name}: must be evaluated by scipy.stats within the limits of time and "
                    "memory, got no answer"
                )
        return [float(value) for value in json.loads(answer)]

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _unlock(self) -> None:
        """Take a lock of its own in a fork: a thread that held the other is not there."""
        self._lock = threading.Lock()

    def _running(self) -> subprocess.Popen[bytes]:
        # a fork of this process has the same pipes, which are not its own
        if self._process is not None and self._owner == os.getpid():
            return self._process
        env = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        program = Path(__file__).with_name("scipy_child.py")
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        self._owner = os.getpid()
        if self._answer(self._process, b"", PATIENCE).strip() != b"ready":
            raise ModelError("scipy.stats cannot be started in a process of its own")
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], line: bytes, patience: float) -> bytes:
        """The next line, empty if the process ends or takes too long."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except OSError:
            return b""
        with ThreadPoolExecutor(1) as reader:
            read = reader.submit(process.stdout.readline, _LONGEST_ANSWER)
            try:
                return read.result(patience)
            except BaseException as error:
                process.kill()
                if isinstance(error, Late):
                    return b""
                raise

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        process.wait()


CHILD = Child()


@lru_cache(maxsize=4096)
def one(name: str, values: tuple[float, ...], wanted: str, at: float) -> tuple[float, ...]:
    """A single value of `ppf` or `cdf`, or both ends of the support, remembered."""
    return tuple(CHILD.ask(name, values, wanted, [at]))
