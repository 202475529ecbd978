"""The engine as a program for another processor, run by an emulator.

LLVM writes the same translation by Numba for a 64-bit Arm processor; a linker makes a program of it
that needs no library and no other file; `qemu-aarch64` of Debian's package `qemu-user` runs it. The
program reads bytes into memory at a fixed address, calls the function whose number comes first, and
writes the same memory out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine import elementary, loop
from sim.engine.wasm import Target, kinds, object_file
from sim.engine.world import Batch, Template, World
from sim.engine.world.image import image
from sim.engine.world.tables import BATCH_TABLES

EMULATOR = shutil.which("qemu-aarch64") or shutil.which("qemu-aarch64-static")
BASE, SIZE = 1 << 36, 1 << 30  # of the memory that the program reads into
_LEADING_WORDS = 8
#: The elementary functions by number, from 1, and whether each takes two arguments; 0 is the loop.
FUNCTIONS = {"exp": False, "log": False, "log10": False, "pow": True, "cos": False}

#: A call of the system, as machine words, since llvmlite has no assembler for another processor:
#: seven arguments move one register down, the first to x8; `svc #0`; `ret`.
_MOVES = [(8, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]
_WORDS = [*(0xAA0003E0 | of << 16 | to for to, of in _MOVES), 0xD4000001, 0xD65F03C0]
_SYSTEM = (
    (
        f"@system = constant [{len(_WORDS)} x i32] "
        f'[{", ".join(f"i32 {word}" for word in _WORDS)}], section ".text", align 4\n'
    )
    + """
define ptr @memset(ptr %to, i32 %value, i64 %n) noinline optnone "no-builtins" {
start:
  %byte = trunc i32 %value to i8
  br label %test
test:
  %k = phi i64 [0, %start], [%next, %body]
  %more = icmp ult i64 %k, %n
  br i1 %more, label %body, label %end
body:
  %at = getelementptr i8, ptr %to, i64 %k
  store i8 %byte, ptr %at
  %next = add i64 %k, 1
  br label %test
end:
  ret ptr %to
}

define ptr @memcpy(ptr %to, ptr %from, i64 %n) noinline optnone "no-builtins" {
start:
  br label %test
test:
  %k = phi i64 [0, %start], [%next, %body]
  %more = icmp ult i64 %k, %n
  br i1 %more, label %body, label %end
body:
  %source = getelementptr i8, ptr %from, i64 %k
  %at = getelementptr i8, ptr %to, i64 %k
  %byte = load i8, ptr %source
  store i8 %byte, ptr %at
  %next = add i64 %k, 1
  br label %test
end:
  ret ptr %to
}
"""
)
#: Reads all (63), calls, writes all (64), ends (93); 222 asks for memory.
_PROGRAM = f"""
define void @program() noinline noreturn {{
start:
  %memory = inttoptr i64 {BASE} to ptr
  %mapped = call i64 @system(i64 222, i64 {BASE}, i64 {SIZE}, i64 3, i64 50, i64 -1, i64 0)
  br label %read
read:
  %n = phi i64 [0, %start], [%total, %read]
  %to = add i64 %n, {BASE}
  %room = sub i64 {SIZE}, %n
  %got = call i64 @system(i64 63, i64 0, i64 %to, i64 %room, i64 0, i64 0, i64 0)
  %total = add i64 %n, %got
  %more = icmp sgt i64 %got, 0
  br i1 %more, label %read, label %call
call:
  call void @choose(ptr %memory)
  br label %write
write:
  %w = phi i64 [0, %call], [%written, %write]
  %from = add i64 %w, {BASE}
  %left = sub i64 %n, %w
  %put = call i64 @system(i64 64, i64 1, i64 %from, i64 %left, i64 0, i64 0, i64 0)
  %written = add i64 %w, %put
  %done = icmp uge i64 %written, %n
  br i1 %done, label %end, label %write
end:
  %code = call i64 @system(i64 93, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0)
  unreachable
}}
"""


def _word(k: int, name: str) -> str:
    """Read the k-th word of the memory."""
    return (
        f"  %{name}.at = getelementptr i64, ptr %memory, i64 {k}\n"
        f"  %{name} = load i64, ptr %{name}.at\n"
    )


def _choice() -> str:
    """The function that calls the one whose number stands in the first word."""
    cases = "".join(f"i64 {k}, label %case{k} " for k in range(len(FUNCTIONS) + 1))
    parts = [
        "define void @choose(ptr %memory) noinline {\n",
        *(_word(k, name) for k, name in enumerate(("number", "a", "b", "c", "d", "e"))),
        "  %result = getelementptr i64, ptr %memory, i64 6\n",
        "  %error = getelementptr i64, ptr %memory, i64 7\n",
        "  %x = inttoptr i64 %b to ptr\n  %y = inttoptr i64 %c to ptr\n",
        "  %out = inttoptr i64 %d to ptr\n",
        f"  switch i64 %number, label %end [{cases}]\n",
        "end:\n  ret void\n",
        "case0:\n  %code = call i32 @run_all(ptr %result, ptr %error, i64 %a, i64 %b)\n",
        "  %wide = sext i32 %code to i64\n  store i64 %wide, ptr %number.at\n  ret void\n",
    ]
    for k, (name, two) in enumerate(FUNCTIONS.items(), start=1):
        second = f", double %y{k}" if two else ""
        parts.append(
            f"case{k}:\n  br label %test{k}\n"
            f"test{k}:\n  %k{k} = phi i64 [0, %case{k}], [%next{k}, %body{k}]\n"
            f"  %more{k} = icmp ult i64 %k{k}, %a\n"
            f"  br i1 %more{k}, label %body{k}, label %end\n"
            f"body{k}:\n"
            f"  %xp{k} = getelementptr double, ptr %x, i64 %k{k}\n"
            f"  %x{k} = load double, ptr %xp{k}\n"
            f"  %yp{k} = getelementptr double, ptr %y, i64 %k{k}\n"
            f"  %y{k} = load double, ptr %yp{k}\n"
            f"  %op{k} = getelementptr double, ptr %out, i64 %k{k}\n"
            f"  %c{k} = call i32 @of_{name}(ptr %op{k}, ptr %error, double %x{k}{second})\n"
            f"  %next{k} = add i64 %k{k}, 1\n  br label %test{k}\n"
        )
    return "".join(parts) + "}\n"


AARCH64 = Target(
    triple="aarch64-unknown-linux-gnu",
    layout="e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32",
    features="",
    support=_SYSTEM + _PROGRAM + _choice(),
    exports=("program", "memset", "memcpy"),
)


def linker() -> list[str]:
    """The command of a linker for it; none if there is none."""
    if found := shutil.which("ld.lld"):
        return [found]
    return [sys.executable, "-m", "ziglang", "ld.lld"] if find_spec("ziglang") else []


def program(folder: Path) -> Path:
    """The program: the elementary functions and the whole loop."""
    from numba import types

    functions: dict[str, Any] = {"run_all": (loop.run_all, kinds(loop.run_all))}
    for name, two in FUNCTIONS.items():
        functions[f"of_{name}"] = (getattr(elementary, name), (types.float64,) * (1 + two))
    code, made = folder / "engine.o", folder / "engine"
    code.write_bytes(object_file(functions, AARCH64))
    command = [
        *linker(),
        *["-m", "aarch64linux", "-static", "-N", "-e", "program"],
        str(code),
        "-o",
        str(made),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made


def _run(engine: Path, words: Sequence[int], content: bytes) -> bytes:
    """The memory behind the leading words, after a call."""
    assert EMULATOR is not None
    leading = np.zeros(_LEADING_WORDS, dtype=np.int64)
    leading[: len(words)] = words
    given = leading.tobytes() + content
    assert len(given) < SIZE
    done = subprocess.run([EMULATOR, engine], input=given, capture_output=True, check=False)
    assert (done.returncode, len(done.stdout)) == (0, len(given)), done.stderr
    if words[0] == 0:
        code = int(np.frombuffer(done.stdout, dtype=np.int64, count=1)[0])
        assert code in (0, -2), f"the loop failed: {code}"
    return done.stdout[leading.nbytes :]


def values(engine: Path, name: str, columns: Sequence[np.ndarray]) -> np.ndarray:
    """A function of all arguments."""
    x, y = columns[0], columns[-1]
    first = BASE + 8 * _LEADING_WORDS
    number, count = 1 + list(FUNCTIONS).index(name), len(x)
    words = (number, count, first, first + x.nbytes, first + x.nbytes + y.nbytes)
    content = x.tobytes() + y.tobytes() + bytes(x.nbytes)
    return np.frombuffer(_run(engine, words, content), dtype=np.float64)[-count:]


def results(
    engine: Path, template: Template, seed: int, count: int, inputs: np.ndarray
) -> Mapping[str, bytes]:
    """The bytes of the results of replications 0 to count - 1, by the fields of a `Chunk`."""
    world, batch = World(template), Batch(template, 0, count, seed=seed, inputs=inputs)
    images = [
        image(world.tables(), world.block),
        image({name: getattr(batch, name) for name in BATCH_TABLES}, np.zeros(1, np.uint64)),
    ]
    descriptors = [np.empty(3 * len(one.places), dtype=np.int64) for one in images]
    at = BASE + 8 * _LEADING_WORDS + sum(one.nbytes for one in descriptors)
    starts = []
    for one, descriptor in zip(images, descriptors, strict=True):
        starts.append(at)
        descriptor[:] = [
            word for place in one.places.values() for word in (at + place.offset, *place[1:])
        ]
        at += len(one.content)
    first = BASE + 8 * _LEADING_WORDS
    content = b"".join([*(one.tobytes() for one in descriptors), *(one.content for one in images)])
    found = _run(engine, (0, first, first + descriptors[0].nbytes), content)
    start = starts[1] - first
    return {
        name: found[start + images[1].places[name].offset :][: table.nbytes]
        for name, table in batch.chunk._asdict().items()
    }
