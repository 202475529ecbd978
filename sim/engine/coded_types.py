"""How compiled code sees a coded word: `Stance.RESTRAIN` is the number 1, as if it stood there.

Numba gives each enumeration a type of its own, so that a function would be compiled anew for every
kind of word that it is handed, and a word could not be stored as a real number. Importing this
module makes Numba take the words of `sim/vocabulary` for their numbers.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, typeof_impl

from sim.vocabulary.coded import CodedWord


@typeof_impl.register(CodedWord)
def _type_of_word(_value: Any, _context: Any) -> Any:
    return types.int64


@infer_getattr
class _WordAttributes(AttributeTemplate):
    """The members of an enumeration."""

    key = types.IntEnumClass

    # Numba types its stub as never returning
    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        members = kind.instance_class.__members__
        ours = issubclass(kind.instance_class, CodedWord) and name in members
        return types.literal(int(members[name])) if ours else None
