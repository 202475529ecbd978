"""One optimisation for all: how compiled functions become one piece of machine code.

Numba compiles each function, with all that it calls, to machine code of its own: two hundred small
functions that call each other are optimised again at every level, and again for every constant that
an argument may be. Here a function that compiled code calls is typed and translated once, and left
as it is (a *part*); a function that Python calls (a *whole*) takes all the parts below it, is
optimised once, and is the only one to become machine code. It is made when Python first calls it.

Measured (bench/RESULTS.md): a third of the processor time of compilation, and the same speed.

Uses Numba's way to customise a compiler (`pipeline_class`) and, from its code generator,
`JITCodeLibrary`; `tests/engine/test_jit.py` fails if either changes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from llvmlite import binding, ir
from numba import typeof
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering
from numba.extending import intrinsic, overload, typeof_impl

from sim.engine import coded_types  # noqa: F401  # words of the vocabulary are their numbers
from sim.engine.machine_code import NUMBERS, Code, Function, NotPlain
from sim.engine.wide import umul128


class _PartLibrary(JITCodeLibrary):
    """The translation of one function, neither optimised nor made machine code."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalized = True


class _WholeLibrary(JITCodeLibrary):
    """The translation of a function and of all the parts below it."""

    def add_linking_library(self, library: Any) -> None:
        if library in self._linking_libraries:
            return
        super().add_linking_library(library)
        if isinstance(library, _PartLibrary):
            for below in library._linking_libraries:
                self.add_linking_library(below)


@register_pass(mutates_CFG=False, analysis_only=True)
class _RegisterPart(LoweringPass):
    """Let other compiled functions find a part, which has no machine code to point to."""

    _name = "register_part"

    def __init__(self) -> None:
        LoweringPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        lowered = state["cr"]._replace(cfunc=object())
        if state.pipeline.apart:
            code = state.library._final_module.get_function(lowered.fndesc.llvm_func_name)
            code.add_function_attribute("noinline")
        state.targetctx.insert_user_function(lowered.cfunc, lowered.fndesc, [state.library])
        state["cr"] = lowered
        return True


class _PartCompiler(Compiler):
    """Types and translates a function, and stops there."""

    #: whether it stays a function of its own wherever it is called
    apart = False

    def compile_extra(self, func: Any) -> Any:
        self.state.library = _PartLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.flags.no_compile = True
        return super().compile_extra(func)

    def define_pipelines(self) -> Any:
        pipelines = super().define_pipelines()
        for pipeline in pipelines:
            pipeline.add_pass_after(_RegisterPart, NativeLowering)
            pipeline.finalize()
        return pipelines


class _ApartCompiler(_PartCompiler):
    apart = True


class _WholeCompiler(Compiler):
    """Compiles a function and all below it."""

    def compile_extra(self, func: Any) -> Any:
        self.state.library = _WholeLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)


class _Part(CPUDispatcher):
    """A function as other compiled functions call it."""

    def add_overload(self, cres: Any) -> None:
        """Keep a version for compiled callers; Python finds none here."""
        self.overloads[tuple(cres.signature.args)] = cres

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Numba asks for the version for these types; the value of a constant makes no version."""
        return super().get_call_template(
            [types.unliteral(kind) for kind in args],
            {name: types.unliteral(kind) for name, kind in kws.items()},
        )


class _Whole(CPUDispatcher):
    """A function as Python calls it: machine code, and nothing of Numba around it."""

    def add_overload(self, cres: Any) -> None:
        """Keep what was made; it is called by its address alone."""
        self.overloads[tuple(cres.signature.args)] = cres


_BARE = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


@typeof_impl.register(Function)
def _typeof_function(function: Function, context: Any) -> Any:
    """In the text of a compiled function, another one is the part that it becomes."""
    return _part(function)._numba_type_


_PARTS: dict[Function, _Part] = {}


def _part(function: Function) -> _Part:
    if function not in _PARTS:
        compiler = _ApartCompiler if function.apart else _PartCompiler
        options = {"nopython": True, **function.options, **_BARE}
        _PARTS[function] = _Part(function.function, targetoptions=options, pipeline_class=compiler)
    return _PARTS[function]


def general(function: Function) -> Any:
    """The function as Numba calls it, with arguments of any type that Numba has."""
    options = {"nopython": True, **function.options, "no_cfunc_wrapper": True}
    return CPUDispatcher(function.function, targetoptions=options, pipeline_class=_WholeCompiler)


def compiled(function: Function, arguments: tuple[Any, ...]) -> Code:
    """Compile a function for the types of its arguments.

    The object file is left out where other code than its own is needed, since only Numba finds it.

    Raises
    ------
    NotPlain : if it returns something other than numbers
    """
    options = {"nopython": True, **function.options, **_BARE}
    whole = _Whole(function.function, targetoptions=options, pipeline_class=_WholeCompiler)
    kinds = tuple(types.unliteral(typeof(argument)) for argument in arguments)
    whole.compile(kinds)
    made: Any = whole.overloads[kinds]
    result, several = _result(made.signature.return_type)
    symbol, library = made.fndesc.llvm_func_name, made.library
    needs = _needs(library)
    _ALIVE.append(whole)
    return Code(
        symbol=symbol,
        result=result,
        several=several,
        needs=needs or (),
        object=b"" if needs is None else library._get_compiled_object(),
        address=library.get_pointer_to_function(symbol),
    )


def translation(
    functions: Mapping[str, tuple[Function, tuple[Any, ...]]],
) -> tuple[dict[str, str], str]:
    """The text that LLVM has of functions for given types, and of all below them, not optimised.

    Returns
    -------
    the symbol of each function by its name here, and the text of one module
    """
    symbols: dict[str, str] = {}
    libraries: dict[Any, None] = {}
    for name, (function, kinds) in functions.items():
        part = _part(function)
        part.compile(kinds)
        made: Any = part.overloads[kinds]
        symbols[name] = made.fndesc.llvm_func_name
        waiting = [made.library]
        while waiting:
            library = waiting.pop()
            if library not in libraries:
                libraries[library] = None
                waiting += library._linking_libraries
    first, *others = (library._final_module for library in libraries)
    module = binding.parse_assembly(str(first))
    for other in others:
        module.link_in(binding.parse_assembly(str(other)))
    return symbols, str(module)


_ALIVE: list[_Whole] = []
_C_LIBRARY = {"memcpy", "memmove", "memset"} | {name for name in dir(math) if name.isalnum()}


def _needs(library: Any) -> tuple[str, ...] | None:
    """The functions of the library of C that machine code calls; None if it calls others too."""
    module = library._final_module
    outside = {f.name for f in module.functions if f.is_declaration}
    outside |= {g.name for g in module.global_variables if g.is_declaration}
    # LLVM may turn one of its own functions (`llvm.exp.f64`) into a call of that of C
    names = {name.split(".")[1] if name.startswith("llvm.") else name for name in outside}
    own = {name for name in outside if not name.startswith("llvm.")}
    return tuple(sorted(names & _C_LIBRARY)) if own <= _C_LIBRARY else None


def _result(kind: Any) -> tuple[tuple[str, ...], bool]:
    """The kinds of number that a function returns, and whether they are a tuple."""
    if isinstance(kind, types.NoneType):
        return (), False
    several = isinstance(kind, types.BaseTuple)
    names = tuple(str(one) for one in (kind.types if several else [kind]))
    if not set(names) <= NUMBERS.keys():
        raise NotPlain(f"a compiled function cannot return {kind}")
    return names, several


@intrinsic
def _wide_multiply(context: Any, a: Any, b: Any) -> Any:
    """Multiply by one instruction: 6 ns a Philox call where 64-bit words alone take 56."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word, wide = ir.IntType(64), ir.IntType(128)
        product = builder.mul(builder.zext(arguments[0], wide), builder.zext(arguments[1], wide))
        high = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), word)
        return context.make_tuple(
            builder, signature.return_type, (high, builder.trunc(product, word))
        )

    return types.UniTuple(types.uint64, 2)(types.uint64, types.uint64), generate


# Numba compares the signature of this function with that of the lambda, and adds the context
@overload(umul128)
def _compiled_umul128(a, b):  # type: ignore[no-untyped-def]
    return lambda a, b: _wide_multiply(a, b)  # type: ignore[call-arg]
