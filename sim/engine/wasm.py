"""The engine as one file of WebAssembly, which computes the same bits as machine code.

    python -m sim.engine.wasm --out engine.wasm

The text of the rules is translated by Numba as for machine code (`sim/engine/linking.py`), and what
LLVM has of it is optimised and written for WebAssembly instead. One file serves every scenario,
because a scenario is data. It imports nothing. It exports its memory, `__heap_base` (the first
address that is free) and each entry below by its name, as a function of C:

    code = f(result*, error**, the arguments one by one)

A world and a batch are the addresses of their descriptors, 64-bit words as all whole numbers;
`sim/engine/world/native.py` says how they are laid out, and addresses in them are of the exported
memory. The tables of a world's memo have to hold NaN at first, as `World` fills them.

A wheel carries the file in the package, under the hash of the sources that machine code has too, so
that an installed package needs no linker. In a checkout it is made on first use, by `wasm-ld` of
Debian's package `lld` or that of PyPI's `ziglang` (the extra `page`), and kept beside the machine
code, under the same name.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

from sim.engine.cache import PACKAGE, one_at_a_time, source_key
from sim.engine.code_files import read_code, write_code
from sim.engine.jit import CACHE, COMPILED
from sim.engine.machine_code import Function
from sim.errors import ModelError
from sim.files import write_file

__all__ = ["Target", "engine_wasm", "entries", "kinds", "object_file", "place_in_package"]


class Target(NamedTuple):
    """A machine that LLVM writes code for.

    triple, layout, features : LLVM's names of it, of how it lays out data, and of what it can do
    support : text of LLVM that is added to the engine's
    exports : the functions of that text which stay visible
    """

    triple: str
    layout: str
    features: str
    support: str
    exports: tuple[str, ...]


_STACK = 1 << 20  # bytes; the deepest chain of rules takes a small part of it
_LINKERS = ("wasm-ld", *(f"wasm-ld-{version}" for version in range(22, 13, -1)))
#: What compiled Python counts references with; nothing is counted here.
_NO_COUNT = 'define internal void @"NRT_decref"(ptr %ignored) { ret void }\n'
#: A product of two 128-bit words, which WebAssembly lacks and LLVM asks for by this name. It is
#: left as it is (`optnone`), or LLVM would see what it does and call it from within.
_MULTIPLY = """
define void @__multi3(ptr %to, i64 %a, i64 %a.high, i64 %b, i64 %b.high) noinline optnone nounwind {
  %a0 = and i64 %a, 4294967295
  %a1 = lshr i64 %a, 32
  %b0 = and i64 %b, 4294967295
  %b1 = lshr i64 %b, 32
  %p00 = mul i64 %a0, %b0
  %p01 = mul i64 %a0, %b1
  %p10 = mul i64 %a1, %b0
  %p11 = mul i64 %a1, %b1
  %carry = lshr i64 %p00, 32
  %low10 = and i64 %p10, 4294967295
  %middle.1 = add i64 %p01, %carry
  %middle = add i64 %middle.1, %low10
  %high10 = lshr i64 %p10, 32
  %high.m = lshr i64 %middle, 32
  %high.1 = add i64 %p11, %high10
  %high.2 = add i64 %high.1, %high.m
  %cross.1 = mul i64 %a, %b.high
  %cross.2 = mul i64 %a.high, %b
  %high.3 = add i64 %high.2, %cross.1
  %high = add i64 %high.3, %cross.2
  %low = mul i64 %a, %b
  store i64 %low, ptr %to
  %next = getelementptr i8, ptr %to, i32 8
  store i64 %high, ptr %next
  ret void
}
"""


WASM = Target(
    triple="wasm32-unknown-unknown",
    layout="e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20",
    features="+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals",
    support=_MULTIPLY,
    exports=("__multi3",),
)


def entries() -> dict[str, Function]:
    """The functions of the file by the names of their exports: all that Python calls on a world."""
    from sim.engine import loop
    from sim.engine.rules import border, campaign, diplomacy, feelings, host, phases, state_choice

    rooms: Sequence[Any] = (
        *(loop, phases, border, campaign, diplomacy, feelings),
        *(host, state_choice),
    )
    found: dict[str, Function] = {}
    for room in rooms:
        for name, made in vars(room).items():
            if isinstance(made, Function) and made.is_entry:
                found.setdefault(name, made)
    return found


def place_in_package(package: Path = PACKAGE) -> Path:
    """Where a wheel carries the file; the name says of which sources it is."""
    return package / "engine" / f"engine-{source_key(package)}.wasm"


def engine_wasm() -> bytes:
    """The file: that of the package, or kept, or made now.

    Raises
    ------
    ModelError : if compilation is off, or there is no linker; one sentence says what to do
    """
    carried = place_in_package()
    if carried.is_file():
        return carried.read_bytes()
    if not COMPILED:
        raise ModelError("WebAssembly: cannot be made while NUMBA_DISABLE_JIT is set")
    place = None if CACHE is None else (CACHE / "engine.wasm.code", f"{CACHE.name} wasm")
    with one_at_a_time(CACHE):
        known = None if place is None else read_code(*place)
        if known is not None:
            return known
        found = {name: (function, kinds(function)) for name, function in entries().items()}
        made = _link(object_file(found, WASM), sorted(found))
        if place is not None:
            write_code(*place, made)
    return made


def _linker() -> list[str]:
    """The command of the linker."""
    found = next(filter(None, map(shutil.which, _LINKERS)), None)
    if found:
        return [found]
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "wasm-ld"]
    raise ModelError(
        "WebAssembly: needs a linker, and there is none (install Debian's package lld, or "
        'pip install "escalation[page]")'
    )


def _link(code: bytes, names: Sequence[str]) -> bytes:
    """The file from its object file."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "engine.o"), Path(folder, "engine.wasm")
        before.write_bytes(code)
        exports = [f"--export={name}" for name in (*names, "__heap_base")]
        options = ["--no-entry", "--strip-all", "--stack-first", "-z", f"stack-size={_STACK}"]
        command = [*_linker(), *options, *exports, str(before), "-o", str(after)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            last = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise ModelError(f"WebAssembly: {command[0]} could not link it: {last}")
        return after.read_bytes()


def object_file(functions: Mapping[str, tuple[Function, tuple[Any, ...]]], target: Target) -> bytes:
    """Functions for the types of their arguments, by the names of their symbols, and all below."""
    from llvmlite import binding

    from sim.engine import linking

    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    symbols, module = linking.translation(functions)
    text = _text_for(target, module)
    for name, symbol in symbols.items():
        text = text.replace(f'@"{symbol}"', f"@{name}").replace(f"@{symbol}", f"@{name}")
    code = binding.parse_assembly(text)
    kept = {*symbols, *target.exports}
    for function in code.functions:
        if not function.is_declaration and function.name not in kept:
            function.linkage = "internal"
    for variable in code.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    machine = binding.Target.from_triple(target.triple).create_target_machine(
        cpu="generic", features=target.features, opt=3, reloc="static"
    )
    options = binding.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = False
    builder = binding.create_pass_builder(machine, options)
    builder.getModulePassManager().run(code, builder)
    return bytes(machine.emit_object(code))


def _text_for(target: Target, text: str) -> str:
    """The text of a module for another machine, where it is one for this processor."""
    for word, value in (("datalayout", target.layout), ("triple", target.triple)):
        text = re.sub(rf"^target {word} = .*$", f'target {word} = "{value}"', text, flags=re.M)
    text = re.sub(r' "target-(cpu|features)"="[^"]*"', "", text)
    # sqrt is an instruction, exact as everywhere
    text = re.sub(r"@sqrt\(", "@llvm.sqrt.f64(", text)
    text = re.sub(
        r"^define [^\n]*@NRT_decref\([^\n]*\{.*?^\}\n", _NO_COUNT, text, flags=re.M | re.S
    )
    return text + target.support


def kinds(function: Function) -> tuple[Any, ...]:
    """The types of an entry's arguments: a world, a batch, and whole numbers."""
    from numba import types

    from sim.engine.world.native import batch_type, world_type
    from sim.engine.world.world import DECISION_TABLES

    known = {"world": world_type(DECISION_TABLES), "batch": batch_type()}
    return tuple(known.get(name, types.int64) for name in signature(function.function).parameters)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the file and write it."""
    parser = argparse.ArgumentParser(
        prog="python -m sim.engine.wasm", description="The engine as one file of WebAssembly."
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FILE", help="file to write")
    where.add_argument(
        "--in-package",
        dest="out",
        action="store_const",
        const=place_in_package(),
        help="write it into the package, as a wheel carries it",
    )
    out: Path = parser.parse_args(arguments).out
    try:
        made = engine_wasm()
    except ModelError as error:
        sys.exit(str(error))
    write_file(out, made)


if __name__ == "__main__":
    main()
