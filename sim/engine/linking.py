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

from typing import Any

from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


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
        state.targetctx.insert_user_function(lowered.cfunc, lowered.fndesc, [state.library])
        state["cr"] = lowered
        return True


class _PartCompiler(Compiler):
    """Types and translates a function, and stops there."""

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


class _WholeCompiler(Compiler):
    """Compiles a function and all below it."""

    def compile_extra(self, func: Any) -> Any:
        self.state.library = _WholeLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)


class Function(CPUDispatcher):
    """A compiled function: a part to compiled callers, a whole to Python, made at its first call.

    Parameters
    ----------
    function : its text
    cache : whether machine code of the whole is kept on disk
    options : Numba's, such as `nogil`
    """

    def __init__(self, function: Any, *, cache: bool, **options: Any) -> None:
        options = {"nopython": True, **options}
        part = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        super().__init__(
            py_func=function, targetoptions={**options, **part}, pipeline_class=_PartCompiler
        )
        self.whole = CPUDispatcher(
            py_func=function,
            targetoptions={**options, "no_cfunc_wrapper": True},
            pipeline_class=_WholeCompiler,
        )
        if cache:
            self.whole.enable_caching()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.whole(*arguments, **named)

    def add_overload(self, cres: Any) -> None:
        """Keep a version for compiled callers; Python finds none here."""
        self.overloads[tuple(cres.signature.args)] = cres

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Numba asks for the version for these types; the value of a constant makes no version."""
        return super().get_call_template(
            [types.unliteral(kind) for kind in args],
            {name: types.unliteral(kind) for name, kind in kws.items()},
        )
