"""Compilation: exact arithmetic, no stale machine code, and a start on every machine."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from conftest import Python
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import cache, jit
from sim.scenario import schema
from sim.scenario.fields import Block, specs
from sim.scenario.spec import Spec

WORDS = st.integers(0, 2**64 - 1)
NOWHERE = "/dev/null/nowhere"

PROGRAM = (
    "from sim.engine.jit import CACHE; from sim.toy import answer; print(answer(1)); print(CACHE)"
)
HELPER = "from sim.engine.jit import njit\n\n\n@njit\ndef helper(x):\n    return x + {amount}\n"
TOY = """from sim.engine.jit import entry
from sim.engine.rules.helper import helper


@entry
def answer(x):
    return helper(x)
"""


@jit.njit
def multiply(a, b):
    return jit.umul128(a, b)


@jit.njit
def divide(a, b):
    return a / b


@pytest.fixture
def package(root: Path, tmp_path: Path) -> Path:
    """A copy of the door with one compiled entry and its helper in another file."""
    sim = tmp_path / "project" / "sim"
    (sim / "engine" / "rules").mkdir(parents=True)
    for file in (root / "sim" / "engine").glob("*.py"):
        shutil.copy(file, sim / "engine")
    shutil.copytree(root / "sim" / "vocabulary", sim / "vocabulary")
    (sim / "__init__.py").touch()
    (sim / "toy.py").write_text(TOY)
    (sim / "engine" / "rules" / "helper.py").write_text(HELPER.format(amount=10))
    return sim.parent


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str | None]:
    """The environment of a user with an empty cache of their own."""
    return {
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "LOCALAPPDATA": str(tmp_path / "cache"),
        "NUMBA_CACHE_DIR": None,
        "NUMBA_DISABLE_JIT": None,
    }


def answer(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    number, folder = done.stdout.split("\n")[:2]
    return int(number), folder


@given(WORDS, WORDS)
def test_wide_multiply_is_exact(a: int, b: int) -> None:
    high, low = multiply(np.uint64(a), np.uint64(b))
    assert (int(high) << 64) + int(low) == a * b


@given(WORDS, WORDS)
def test_wide_multiply_outside_compiled_code_is_the_same(a: int, b: int) -> None:
    high, low = jit.umul128(a, np.uint64(b))
    assert isinstance(high, np.uint64)
    assert isinstance(low, np.uint64)
    assert (int(high) << 64) + int(low) == a * b


def test_division_by_zero_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        divide(1.0, 0.0)


def test_functions_are_left_alone_without_compilation(python: Python) -> None:
    code = """
import sys
from sim.engine import jit
def f(x): return x
assert jit.njit(f) is f and jit.entry(f) is f
assert "numba" not in sys.modules and not jit.environment()["compiled"]
print(jit.umul128(2**64 - 1, 3))
"""
    done = python(code, environ={"NUMBA_DISABLE_JIT": "1", "PYTHONWARNINGS": "error"})
    assert done.stdout == "(np.uint64(2), np.uint64(18446744073709551613))\n"


def test_machine_code_is_kept_and_found_again(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    first = answer(python(PROGRAM, path=package, environ=home))
    kept = {path: path.stat().st_mtime_ns for path in Path(first[1]).rglob("*.code")}
    assert kept
    assert answer(python(PROGRAM, path=package, environ=home)) == first
    assert {path: path.stat().st_mtime_ns for path in Path(first[1]).rglob("*.code")} == kept


def test_machine_code_that_is_kept_needs_no_compiler(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    code = f"import sys; {PROGRAM}; print('numba' in sys.modules)"
    loaded = [python(code, path=package, environ=home).stdout.split()[-1] for _ in range(2)]
    assert loaded == ["True", "False"]


@pytest.mark.parametrize("argument", ["0.0", "np.zeros(3)"])
def test_an_error_of_kept_machine_code_is_the_same_error(
    python: Python, package: Path, home: dict[str, str | None], argument: str
) -> None:
    (package / "sim" / "toy.py").write_text(
        "from sim.engine.jit import entry\n\n\n@entry\ndef answer(x):\n"
        f"    return 1.0 / {'x' if argument == '0.0' else 'x[2]'}\n"
    )
    code = f"""
import sys
import numpy as np
from sim.toy import answer
try:
    answer({argument})
except ZeroDivisionError as error:
    print(error, "numba" in sys.modules, sep="|")
"""
    said = [python(code, path=package, environ=home).stdout.strip() for _ in range(2)]
    assert said == ["division by zero|True", "division by zero|False"]


#: Two functions of one name, made as those of a day are, and too long to be put in place.
TWINS = """from sim.engine.jit import entry, njit


def make(k):
    @njit
    def step(x):
        total = x
{lines}
        return total + k

    return step


first, second = make(1.0), make(2.0)


@entry
def one(x):
    return first(x) + first(x + 1.0) + first(x + 2.0)


@entry
def two(x):
    return second(x) + second(x + 1.0) + second(x + 2.0)
"""


def test_functions_of_one_name_are_not_mistaken_for_each_other(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    """Numba numbers them as a process compiles them, so two processes give one name twice."""
    lines = "\n".join(
        f"        if total > {n}.5:\n            total = total / {n}.25 + x * {n}.125"
        for n in range(120)
    )
    (package / "sim" / "toy.py").write_text(TWINS.format(lines=lines))

    def values(*names: str) -> list[float]:
        code = f"from sim.toy import {', '.join(names)}\n"
        code += "\n".join(f"print({name}(0.0))" for name in names)
        return [float(line) for line in python(code, path=package, environ=home).stdout.split()]

    # each is compiled in a process of its own, which gives its function the same number
    alone = values("one") + values("two")
    assert alone[1] == pytest.approx(alone[0] + 3.0)
    assert values("one", "two") == alone
    assert values("two", "one") == alone[::-1]


ROUND_TRIPS = """
import sys
import numpy as np
from sim.toy import {name}
print(repr({name}({arguments})), "numba" in sys.modules, sep="|")
"""


@pytest.mark.parametrize(
    ("body", "arguments", "found"),
    [
        ("x + y", "2**63, np.uint64(1)", "9223372036854775809"),
        ("x - y", "-3, 4", "-7"),
        ("x < y", "1.5, 2", "True"),
        ("x, y, x > y", "1, 2.5", "(1, 2.5, False)"),
        ("x[1, 0] * y", "np.arange(4.0).reshape(2, 2), 3", "6.0"),
        ("x[0] + x[1] * y", "(np.uint64(1), np.uint64(2)), np.uint64(3)", "7"),
        ("None if x > y else None", "1, 2", "None"),
    ],
)
def test_numbers_pass_to_kept_machine_code_and_back(
    python: Python,
    package: Path,
    home: dict[str, str | None],
    body: str,
    arguments: str,
    found: str,
) -> None:
    (package / "sim" / "toy.py").write_text(
        f"from sim.engine.jit import entry\n\n\n@entry\ndef answer(x, y):\n    return {body}\n"
    )
    code = ROUND_TRIPS.format(name="answer", arguments=arguments)
    said = [python(code, path=package, environ=home).stdout.strip() for _ in range(2)]
    assert said == [f"{found}|True", f"{found}|False"]


SAY = "from sim.engine.code_files import take_remarks; print(*take_remarks(), sep='\\n')"


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied", "of another function"])
def test_damaged_machine_code_is_made_anew_and_that_is_said_once(
    python: Python, package: Path, home: dict[str, str | None], damage: str
) -> None:
    first = answer(python(PROGRAM, path=package, environ=home))
    (file,) = Path(first[1]).glob("*.code")
    whole = file.read_bytes()
    rest = whole.partition(b"\n")[2]
    other = rest.replace(b"answer", b"anders", 1)
    texts = {
        "cut short": whole[:-10],
        "changed": whole[:-100] + bytes(byte ^ 1 for byte in whole[-100:]),
        "emptied": b"",
        "of another function": sha256(other).hexdigest().encode() + b"\n" + other,
    }
    file.write_bytes(texts[damage])
    said = [python(f"{PROGRAM}; {SAY}", path=package, environ=home) for _ in range(2)]
    assert [answer(done) for done in said] == [first, first]
    reason = "of something else" if damage == "of another function" else "that is damaged"
    told = f"{file.parent}: holds machine code {reason}; it is compiled anew"
    assert [done.stdout.split("\n", 2)[2].strip() for done in said] == [told, ""]
    assert file.stat().st_size == len(whole)


def test_a_cache_that_fills_up_stops_no_work_and_is_said_once(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))"
    more = f"from sim.engine.jit import environment; environment(); {SAY}"
    done = python(f"{limit}; {PROGRAM}; {more}", path=package, environ=home)
    number, folder, told = done.stdout.strip().split("\n")
    assert number == "11"
    assert told == (
        f"{folder}: machine code cannot be kept, each start compiles it anew: File too large"
    )
    assert not [one for one in Path(folder).iterdir() if one.stat().st_size]


def test_what_c_has_no_type_for_is_called_by_the_compiler(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    code = "import numpy as np; from sim.toy import answer; print(answer(np.arange(6)[::2]))"
    assert python(code, path=package, environ=home).stdout == "[10 12 14]\n"


def test_a_changed_helper_is_compiled_anew(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    before = answer(python(PROGRAM, path=package, environ=home))
    (package / "sim" / "engine" / "rules" / "helper.py").write_text(HELPER.format(amount=1000))
    after = answer(python(PROGRAM, path=package, environ=home))
    assert (before[0], after[0]) == (11, 1001)
    assert before[1] != after[1]


def test_only_the_folders_used_last_are_kept(
    python: Python, package: Path, home: dict[str, str | None]
) -> None:
    folders = []
    for amount in range(5):
        (package / "sim" / "engine" / "rules" / "helper.py").write_text(
            HELPER.format(amount=amount)
        )
        folders.append(
            Path(
                python(
                    "from sim.engine.jit import CACHE; print(CACHE)", path=package, environ=home
                ).stdout.strip()
            )
        )
    assert [folder.exists() for folder in folders] == [False, False, True, True, True]


def test_a_home_that_cannot_be_written_leads_to_temporary_files(
    python: Python, package: Path, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environ = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "NUMBA_CACHE_DIR"), NOWHERE)
    number, folder = answer(
        python(
            PROGRAM,
            path=package,
            environ=environ | {"TMPDIR": str(temporary), "NUMBA_DISABLE_JIT": None},
        )
    )
    assert number == 11
    assert Path(folder).is_relative_to(temporary)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="other users' folders are a matter of POSIX")
def test_temporary_files_that_others_can_write_are_not_run(
    python: Python, package: Path, tmp_path: Path
) -> None:
    planted = tmp_path / f"escalation-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    environ = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"), NOWHERE)
    assert answer(
        python(
            PROGRAM,
            path=package,
            environ=environ | {"TMPDIR": str(tmp_path), "NUMBA_DISABLE_JIT": None},
        )
    ) == (11, "None")


def test_it_runs_where_nothing_can_be_written(python: Python, package: Path) -> None:
    environ = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "NUMBA_CACHE_DIR"), NOWHERE)
    code = f"import tempfile; tempfile.tempdir = {NOWHERE!r}; {PROGRAM}"
    assert answer(python(code, path=package, environ=environ | {"NUMBA_DISABLE_JIT": None})) == (
        11,
        "None",
    )
    assert not list(package.rglob("*.code"))


def test_a_named_cache_is_used_and_handed_on(python: Python, package: Path, tmp_path: Path) -> None:
    named = tmp_path / "named"
    child = "[sys.executable, '-c', 'from sim.engine.jit import CACHE; print(CACHE)']"
    code = f"{PROGRAM}; import subprocess, sys; print(subprocess.check_output({child}, text=True))"
    done = python(
        code, path=package, environ={"NUMBA_CACHE_DIR": str(named), "NUMBA_DISABLE_JIT": None}
    )
    _, parent, child = done.stdout.split()
    assert Path(parent).parent == named / "escalation"
    assert child == parent


def test_two_processes_may_compile_at_once(package: Path, home: dict[str, str | None]) -> None:
    merged = os.environ | {"PYTHONPATH": str(package)} | home
    environ = {name: value for name, value in merged.items() if value is not None}
    start = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdout=subprocess.PIPE,
            text=True,
            env=environ,
            cwd=package,
        )
        for _ in range(2)
    ]
    both = [process.communicate(timeout=300)[0].split() for process in start]
    assert [process.returncode for process in start] == [0, 0]
    assert both[0] == both[1]
    assert both[0][0] == "11"


def laid_out() -> list[type[Block]]:
    """The blocks whose numbers are columns of the world's tables."""
    text = (cache.PACKAGE / "engine" / "world" / "tables.py").read_text(encoding="utf-8")
    named = sorted(set(re.findall(r"\bschema\.([A-Z]\w+)", text)))
    rules = [spec.block for spec in specs(schema.Rules).values() if spec.block]
    return [*(getattr(schema, name) for name in named), *rules]


def test_the_layout_of_a_world_is_part_of_the_name_of_its_machine_code() -> None:
    hashed = set(cache.sources())
    blocks = laid_out()
    assert {schema.State, schema.Border, schema.rules.Clash} <= set(blocks)
    assert {Path(inspect.getfile(block)) for block in (*blocks, Block, Spec)} <= hashed
    # what is no column may change without a compilation
    assert Path(inspect.getfile(schema.Teaching)) not in hashed
