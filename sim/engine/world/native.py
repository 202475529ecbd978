"""How compiled code sees a world: the address of a list of addresses and shapes.

Handing two dozen NumPy arrays from function to function makes Numba count references to each of
them at each call: measured with today's rules, 53 times slower and 3.3 times longer to compile
(docs/design.md). So a `World` is given to compiled code as the address of its descriptor, an int64
array with three words a table (address, rows, columns), and `world.states[i]` is pointer
arithmetic; a `Batch` likewise. There is no bounds check and no negative index. The Python object
keeps the arrays alive while compiled code runs. With compilation off nothing here is used.
"""

from __future__ import annotations

import operator
from functools import cache
from typing import Any

from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)

from sim.engine.world.tables import (
    BATCH_TABLES,
    DECISION_PARTS,
    FIXED_TABLES,
    SCRATCH_TABLES,
    TABLES,
)

_TWO_DIMENSIONS = (
    *("dyads", "hosts", "presence", "commands", "leverage", "talks", "memo"),
    *("promises", "cover", "calls"),
)
_BATCH_2D = ("inputs", "measures", "rung", "deaths", "interstate", "blocks")
_DECISION_DIMENSIONS = {"terms": 2}
WORDS = 3  # of the descriptor, for each table
_WORD = ir.IntType(64)


class TableType(types.Type):
    """Rows of records, or of plain numbers, in one or two dimensions."""

    def __init__(self, item: str, dtype: Any, ndim: int) -> None:
        self.item, self.dtype, self.ndim = item, dtype, ndim
        super().__init__(name=f"Table({item}, {ndim}d)")


class BlockType(types.Type):
    """Something with named tables: a world, a decision table in it, a batch.

    Its value is the address of its first descriptor.
    """

    def __init__(self, name: str, fields: dict[str, tuple[int, types.Type]]) -> None:
        self.fields = fields
        super().__init__(name=name)


@cache
def world_type(decisions: tuple[str, ...]) -> BlockType:
    """The compiled type of a world: each table with its position in the descriptor.

    Parameters
    ----------
    decisions : names of its decision tables, whose parts follow the other tables in this order
    """
    kinds: dict[str, Any] = {**TABLES, **FIXED_TABLES, **SCRATCH_TABLES}
    fields: dict[str, tuple[int, types.Type]] = {
        name: (n, TableType(name, from_dtype(kind), 2 if name in _TWO_DIMENSIONS else 1))
        for n, (name, kind) in enumerate(kinds.items())
    }
    parts: dict[str, tuple[int, types.Type]] = {
        name: (k, TableType(name, types.float64, _DECISION_DIMENSIONS.get(name, 1)))
        for k, name in enumerate(DECISION_PARTS)
    }
    table = BlockType("DecisionTable", parts)
    for k, name in enumerate(decisions):
        fields[name] = (len(kinds) + k * len(DECISION_PARTS), table)
    return BlockType("World", fields)


@cache
def batch_type() -> BlockType:
    """The compiled type of a batch."""
    fields: dict[str, tuple[int, types.Type]] = {
        name: (n, TableType(f"batch {name}", from_dtype(kind), 2 if name in _BATCH_2D else 1))
        for n, (name, kind) in enumerate(BATCH_TABLES.items())
    }
    return BlockType("Batch", fields)


@register_model(TableType)
class _TableModel(models.StructModel):
    def __init__(self, manager: Any, kind: TableType) -> None:
        super().__init__(
            manager, kind, [("data", types.intp), ("rows", types.intp), ("columns", types.intp)]
        )


@register_model(BlockType)
class _BlockModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: BlockType) -> None:
        super().__init__(manager, kind, _WORD)


@infer_getattr
class _BlockAttributes(AttributeTemplate):
    key = BlockType

    def generic_resolve(self, block: Any, name: str) -> Any:  # type: ignore[override]  # Numba types its stub as never returning
        return block.fields[name][1] if name in block.fields else None


@infer_getattr
class _TableAttributes(AttributeTemplate):
    key = TableType

    def resolve_shape(self, table: TableType) -> types.Type:
        return types.UniTuple(types.intp, table.ndim)


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return _item_signature(*args) if isinstance(args[0], TableType) else None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        table, index, _ = args
        if not isinstance(table, TableType) or isinstance(table.dtype, types.Record):
            return None
        item = _item_signature(table, index)
        return signature(types.none, *item.args, table.dtype)


def _item_signature(table: TableType, index: types.Type) -> Any:
    """Elements by one index for each dimension; a row of a two-dimensional table by one."""
    if isinstance(index, types.Integer):
        kind = table.dtype if table.ndim == 1 else TableType(table.item, table.dtype, 1)
        return signature(kind, table, types.intp)
    return signature(table.dtype, table, types.UniTuple(types.intp, 2))


@unbox(BlockType)
def _unbox(kind: BlockType, obj: Any, c: Any) -> NativeValue:
    """A `World` object gives its address."""
    number = c.pyapi.object_getattr_string(obj, "address")
    value = c.pyapi.long_as_longlong(number)
    c.pyapi.decref(number)
    return NativeValue(value, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@lower_getattr_generic(BlockType)
def _block_attribute(context: Any, builder: Any, kind: BlockType, value: Any, name: str) -> Any:
    """The address of a block within the block, or a table read from its descriptor."""
    position, field = kind.fields[name]
    address = builder.add(value, _WORD(8 * WORDS * position))
    if isinstance(field, BlockType):
        return address
    table = cgutils.create_struct_proxy(field)(context, builder)
    for n, member in enumerate(("data", "rows", "columns")):
        place = builder.inttoptr(builder.add(address, _WORD(8 * n)), _WORD.as_pointer())
        word = builder.load(place)
        # a descriptor never changes: a store to a table need not make the compiler read it again (a
        # third of the time)
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
        setattr(table, member, word)
    return table._getvalue()


@lower_getattr_generic(TableType)
def _table_attribute(context: Any, builder: Any, kind: TableType, value: Any, name: str) -> Any:
    table = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    sizes = [table.rows, table.columns][: kind.ndim]
    return context.make_tuple(builder, types.UniTuple(types.intp, kind.ndim), sizes)


def _size(context: Any, dtype: Any) -> int:
    return (
        dtype.size
        if isinstance(dtype, types.Record)
        else context.get_abi_sizeof(context.get_value_type(dtype))
    )


def _place(
    context: Any, builder: Any, kind: TableType, value: Any, indices: list[Any]
) -> tuple[Any, Any]:
    """(the table, the address of an element or of the first element of a row)."""
    table = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    number = indices[0] if kind.ndim == 1 else builder.mul(indices[0], table.columns)
    if len(indices) == 2:
        number = builder.add(number, indices[1])
    return table, builder.add(table.data, builder.mul(number, _WORD(_size(context, kind.dtype))))


def _load(context: Any, builder: Any, dtype: Any, address: Any) -> Any:
    if isinstance(dtype, types.Record):
        return builder.inttoptr(address, context.get_value_type(dtype))
    return builder.load(builder.inttoptr(address, context.get_value_type(dtype).as_pointer()))


def _both(context: Any, builder: Any, index: Any) -> list[Any]:
    return cgutils.unpack_tuple(builder, index, 2)


@lower_builtin(operator.getitem, TableType, types.intp)
def _get_one(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    table, address = _place(context, builder, kind, args[0], [args[1]])
    if kind.ndim == 1:
        return _load(context, builder, kind.dtype, address)
    row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
    row.data, row.rows, row.columns = address, table.columns, _WORD(1)
    return row._getvalue()


@lower_builtin(operator.getitem, TableType, types.UniTuple)
def _get_two(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    _, address = _place(context, builder, kind, args[0], _both(context, builder, args[1]))
    return _load(context, builder, kind.dtype, address)


@lower_builtin(operator.setitem, TableType, types.intp, types.Any)
def _set_one(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _, address = _place(context, builder, sig.args[0], args[0], [args[1]])
    return _store(context, builder, sig.args[0].dtype, address, args[2])


@lower_builtin(operator.setitem, TableType, types.UniTuple, types.Any)
def _set_two(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _, address = _place(context, builder, sig.args[0], args[0], _both(context, builder, args[1]))
    return _store(context, builder, sig.args[0].dtype, address, args[2])


def _store(context: Any, builder: Any, dtype: Any, address: Any, value: Any) -> Any:
    builder.store(value, builder.inttoptr(address, context.get_value_type(dtype).as_pointer()))
    return context.get_dummy_value()
