"""Machine code without its compiler: how compiled functions are kept, loaded and called.

To import Numba takes 0.3 s of a processor, and to load a function from its own cache as much again.
Code that is kept needs neither. It is a function of C,

    code = f(result*, error**, the arguments one by one)

as Numba makes of every function that it compiles (`numba/core/callconv.py`): LLVM links the object
file and ctypes calls it, with the GIL released. Of an array come two words for an owner (none), the
number of items and their size, its address, its shape and its strides; of a world its address.

What makes such code, `sim/engine/linking.py`, is imported only if there is something to compile.
"""

from __future__ import annotations

import ctypes
import functools
import inspect
import json
import pickle
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from sim.engine.code_files import read_code, write_code

_WORD = ctypes.c_int64
#: The C type of each kind of number, by NumPy's name for it.
NUMBERS: dict[str, Any] = {
    "bool": ctypes.c_uint8,
    "int8": ctypes.c_int8,
    "int32": ctypes.c_int32,
    "int64": _WORD,
    "uint64": ctypes.c_uint64,
    "float64": ctypes.c_double,
}
#: What a function returns that says that all went well: a value, or None.
_FINE = (0, -2)
#: The linker of this process serves one thread at a time.
_LINKING = threading.Lock()


class NotPlain(TypeError):
    """Something that C has no type for: only Numba's own way of calling will do."""


class _Error(ctypes.Structure):
    """What Numba leaves of an exception: `words` is a pickle of its class, arguments and place."""

    _fields_ = (
        ("words", ctypes.c_void_p),
        ("size", ctypes.c_int32),
        ("hashed", ctypes.c_void_p),
        ("unwrap", ctypes.c_void_p),
        ("more", ctypes.c_int32),
    )


@dataclass(frozen=True, slots=True)
class Code:
    """A compiled function.

    `symbol` is its name in `object`, the object file, which `needs` functions of the library of C;
    `result` the kinds of number that it returns, in a tuple if `several`. `address` is where it
    lies if it is loaded already.
    """

    symbol: str
    result: tuple[str, ...]
    several: bool = False
    needs: tuple[str, ...] = ()
    object: bytes = b""
    address: int = 0

    def as_bytes(self) -> bytes:
        """A line of JSON, then the object file; `sim/engine/code_files.py` keeps it whole."""
        names = ("symbol", "result", "several", "needs")
        words = {name: getattr(self, name) for name in names}
        return json.dumps(words).encode() + b"\n" + self.object

    @classmethod
    def of(cls, content: bytes) -> Code:
        """Read what `as_bytes` wrote."""
        head, _, code = content.partition(b"\n")
        words = json.loads(head)
        result, needs = tuple(words["result"]), tuple(words["needs"])
        return cls(words["symbol"], result, words["several"], needs, code)


def kind(argument: Any) -> str:
    """The kind of an argument: code is compiled for the kinds of all its arguments.

    Raises
    ------
    NotPlain : if it is neither a number, a tuple or an array of them, nor has an address
    """
    if isinstance(argument, bool | np.bool_):
        return "bool"
    if isinstance(argument, int):
        return "int64" if -(1 << 63) <= argument < 1 << 63 else "uint64"
    if isinstance(argument, float):
        return "float64"
    if isinstance(argument, np.generic) and argument.dtype.name in NUMBERS:
        return argument.dtype.name
    if isinstance(argument, np.ndarray):
        flags = argument.flags
        if argument.dtype.name in NUMBERS and flags.c_contiguous and flags.writeable:
            return f"{argument.dtype.name}[{argument.ndim}]"
    elif isinstance(getattr(argument, "address", None), int):
        return type(argument).__name__
    elif isinstance(argument, tuple):
        return f"({','.join(map(kind, argument))})"
    raise NotPlain(f"a compiled function cannot take {type(argument).__name__}")


def _types(one: str) -> list[Any]:
    """The C types of an argument of a kind."""
    if one.endswith("]"):
        return [_WORD] * (5 + 2 * int(one[-2]))
    if one.startswith("("):
        return [NUMBERS[each] for each in one[1:-1].split(",")]
    return [NUMBERS.get(one, _WORD)]


def _words(argument: Any) -> Iterator[Any]:
    """An argument as C takes it."""
    if isinstance(argument, np.ndarray):
        address = argument.__array_interface__["data"][0]
        yield from (0, 0, argument.size, argument.itemsize, address)
        yield from (*argument.shape, *argument.strides)
    elif isinstance(argument, tuple):
        for one in argument:
            yield from _words(one)
    elif isinstance(argument, float):
        yield argument
    else:
        yield int(getattr(argument, "address", argument))


def _fault(error: ctypes.c_void_p) -> Exception:
    """The exception that compiled code raised."""
    if not error.value:
        return RuntimeError("compiled code failed and does not say why")
    found = _Error.from_address(error.value)
    made, arguments, _ = pickle.loads(ctypes.string_at(found.words, found.size))
    return made(*(arguments or ())) if isinstance(made, type) else RuntimeError(str(made))


def caller(code: Code, kinds: tuple[str, ...], address: int) -> Callable[..., Any]:
    """A Python function that calls the code at an address."""
    types = [each for one in kinds for each in _types(one)]
    prototype = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *types)
    native = prototype(address)
    fields = [(f"v{k}", NUMBERS[name]) for k, name in enumerate(code.result)]
    results = type("_Result", (ctypes.Structure,), {"_fields_": fields or [("none", _WORD)]})
    truths = [name == "bool" for name in code.result]

    def call(*arguments: Any) -> Any:
        result, error = results(), ctypes.c_void_p()
        words = [word for argument in arguments for word in _words(argument)]
        if native(ctypes.addressof(result), ctypes.addressof(error), *words) not in _FINE:
            raise _fault(error)
        values = [getattr(result, name) for name, _ in fields]
        found = [bool(v) if truth else v for v, truth in zip(values, truths, strict=True)]
        if code.several:
            return tuple(found)
        return found[0] if found else None

    return call


@functools.cache
def _machine() -> Any:
    """LLVM's description of this processor."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple()


#: What holds the code that was loaded, for as long as the process lives.
_LINKERS: list[Any] = []


def link(code: Code) -> int | None:
    """Load an object file: the address of its function, None if this process cannot.

    Each file has a linker of its own. The functions below an entry lie in its file by names that
    end with a number, which Numba counts in the process that compiles: two files that two processes
    made can have one name for two functions, and one linker would take the first for both.
    """
    from llvmlite import binding

    with _LINKING:
        machine = _machine().create_target_machine(jit=True)
        linker = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
        if not all(binding.address_of_symbol(name) for name in code.needs):
            return None
        try:
            linker.add_object_file(binding.ObjectFileRef.from_data(code.object))
            linker.finalize_object()
        except RuntimeError:  # LLVM of another version made it
            return None
        _LINKERS.append(linker)
        return int(linker.get_function_address(code.symbol)) or None


class Compiler(Protocol):
    """What makes machine code (`sim/engine/linking.py`)."""

    def compiled(self, function: Function, arguments: tuple[Any, ...]) -> Code:
        """The code of a function for the types of its arguments."""

    def general(self, function: Function) -> Callable[..., Any]:
        """A function that takes arguments of any type."""


class Function:
    """A compiled function: to Python machine code, to compiled callers a part of theirs.

    The code for given kinds of arguments is loaded or made when it is first called for.

    Parameters
    ----------
    function : its text
    folder : where its machine code is kept, None for nowhere
    options : Numba's, such as `nogil`
    compiler : imports what makes machine code, if there is any to make
    apart : whether compiled callers call it, rather than take its text into theirs
    is_entry : whether Python is meant to call it
    """

    def __init__(
        self,
        function: Any,
        folder: Path | None,
        options: Mapping[str, bool | str],
        compiler: Callable[[], Compiler],
        *,
        apart: bool = False,
        is_entry: bool = False,
    ) -> None:
        functools.update_wrapper(self, function)
        self.function, self.folder, self.options = function, folder, options
        self.compiler, self.apart, self.is_entry = compiler, apart, is_entry
        self.callers: dict[tuple[str, ...], Callable[..., Any]] = {}
        self._lock = threading.Lock()
        self._parameters = inspect.signature(function)

    def __reduce__(self) -> str:
        return str(self.__qualname__)  # type: ignore[attr-defined]

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if named or len(arguments) < len(self._parameters.parameters):
            bound = self._parameters.bind(*arguments, **named)
            bound.apply_defaults()
            arguments = bound.args
        try:
            kinds = tuple(map(kind, arguments))
        except NotPlain:
            return self._general(*arguments)
        call = self.callers.get(kinds)
        return (call or self._ready(kinds, arguments))(*arguments)

    @functools.cached_property
    def _general(self) -> Callable[..., Any]:
        """The function as Numba itself calls it, for arguments that C has no type for."""
        return self.compiler().general(self)

    def _ready(self, kinds: tuple[str, ...], arguments: tuple[Any, ...]) -> Callable[..., Any]:
        with self._lock:
            if kinds not in self.callers:
                self.callers[kinds] = self._load(kinds) or self._compile(kinds, arguments)
            return self.callers[kinds]

    def _place(self, kinds: tuple[str, ...]) -> tuple[Path, str] | None:
        """The file of the code for some kinds of arguments, and its label; None for nowhere."""
        if self.folder is None:
            return None
        name = f"{self.function.__module__}.{self.function.__qualname__}"
        file = f"{name}-{sha256(repr(kinds).encode()).hexdigest()[:16]}.code"
        return self.folder / file, f"{self.folder.name} {name} {kinds!r}"

    def _load(self, kinds: tuple[str, ...]) -> Callable[..., Any] | None:
        place = self._place(kinds)
        content = None if place is None else read_code(*place)
        if content is None:
            return None
        code = Code.of(content)
        address = link(code)
        return None if address is None else caller(code, kinds, address)

    def _compile(self, kinds: tuple[str, ...], arguments: tuple[Any, ...]) -> Callable[..., Any]:
        try:
            code = self.compiler().compiled(self, arguments)
        except NotPlain:  # of its result
            return self._general
        place = self._place(kinds)
        if place is not None and code.object:
            write_code(*place, code.as_bytes())
        return caller(code, kinds, code.address)
