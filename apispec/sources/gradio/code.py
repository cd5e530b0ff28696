"""What the code of a function shows of its results: updates of components, and None.

Gradio's components do not say either, and both travel: an update as an object, None as null. Read from bytecode, so
that lambdas count too; what only a run would tell is not found.
"""

from __future__ import annotations

import dis
import functools
import inspect
import types
from collections.abc import Collection, Iterator
from typing import Any

UPDATE = {
    "title": "Update",
    "description": "A change of the component on the page: its new properties, the value among them where it changes.",
    "type": "object",
    "properties": {"__type__": {"const": "update"}, "value": {}},
    "required": ["__type__"],
}
"""What `gr.update(…)`, `gr.skip()` and returned components become (`gradio.blocks.postprocess_update_dict`)."""


def returns_updates(function: Any) -> bool:
    """Whether a function makes updates: it calls `gr.update`, `gr.skip` or a component's class."""
    plain = _plain(function)
    if plain is None:
        return False
    names = {name for code in _codes(plain.__code__) for name in code.co_names}
    known = plain.__globals__
    modules = [known[n] for n in names if isinstance(known.get(n), types.ModuleType)]
    found = [known.get(name) for name in names]
    found += [getattr(m, n, None) for m in modules if m.__name__.split(".")[0] == "gradio" for n in names]
    return any(map(_makes_update, found))


def returns_some(function: Any, outputs: Collection[Any]) -> bool:
    """Whether a function makes a mapping of fewer components than it has outputs: the others come as updates."""
    plain = _plain(function)
    if plain is None:
        return False
    code = plain.__code__
    cells = dict(zip(code.co_freevars, plain.__closure__ or (), strict=True))
    named = [plain.__globals__.get(name) for name in code.co_names]
    named += [cell.cell_contents for cell in cells.values() if cell != types.CellType()]
    if not any(value is output for value in named for output in outputs):
        return False
    makes = [step.arg or 0 for step in dis.get_instructions(code) if step.opname == "BUILD_MAP"]
    return any(0 < count < len(outputs) for count in makes)


def returns_lists(function: Any) -> bool:
    """Whether a function makes lists, so that a File may be several: whether that is its result only a run tells."""
    plain = _plain(function)
    if plain is None:
        return False
    codes = list(_codes(plain.__code__))
    if any({"list", "sorted", "glob", "extractall", "namelist", "listdir"} & set(code.co_names) for code in codes):
        return True
    return any(step.opname in ("BUILD_LIST", "LIST_APPEND") for code in codes for step in dis.get_instructions(code))


def none_among(function: Any, count: int) -> set[int]:
    """Positions of the outputs, of so many, for which a function returns or yields a literal None."""
    plain = _plain(function)
    if plain is None:
        return set()
    gives = "YIELD" if inspect.isgeneratorfunction(plain) or inspect.isasyncgenfunction(plain) else "RETURN"
    found: set[int] = set()
    steps = [s for s in dis.get_instructions(plain.__code__) if s.opname not in ("ASYNC_GEN_WRAP", "CALL_INTRINSIC_1")]
    for index, step in enumerate(steps):
        if step.opname == "RETURN_CONST" and gives == "RETURN":
            found |= _none_in(step.argval, count)
        elif step.opname == f"{gives}_VALUE" and index:
            before = steps[index - 1]
            if before.opname == "LIST_EXTEND":  # a list of constants
                before = steps[index - 2]
            if before.opname == "LOAD_CONST":
                found |= _none_in(before.argval, count)
            elif before.opname in ("BUILD_TUPLE", "BUILD_LIST") and before.arg == count:
                parts = steps[max(0, index - 1 - count) : index - 1]
                if all(dis.stack_effect(p.opcode, p.arg) == 1 for p in parts):
                    found |= {i for i, p in enumerate(parts) if p.opname == "LOAD_CONST" and p.argval is None}
    return found


def _none_in(constant: Any, count: int) -> set[int]:
    values = constant if isinstance(constant, tuple) and count > 1 else (constant,)
    return {i for i, value in enumerate(values) if value is None} if len(values) == count else set()


def _plain(function: Any) -> types.FunctionType | None:
    """The function that holds the code."""
    while isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function):
        function = getattr(type(function), "__call__", None)  # noqa: B004 - its code is wanted
    found = inspect.unwrap(getattr(function, "__func__", function))
    return found if isinstance(found, types.FunctionType) else None


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _makes_update(value: Any) -> bool:
    if isinstance(value, type):
        return any((c.__module__, c.__name__) == ("gradio.blocks", "Block") for c in value.__mro__)
    named = (getattr(value, "__module__", ""), getattr(value, "__name__", ""))
    return named in (("gradio.helpers", "update"), ("gradio.helpers", "skip"))
