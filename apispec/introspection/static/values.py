"""What an expression of the target's source means, worked out without running any of it.

Names are looked up in the source, in the standard library and in the few libraries whose words describe types. Only
constructors of plain values and of type descriptions are ever called; everything else stays text or a placeholder.
"""

from __future__ import annotations

import ast
import builtins
import dataclasses
import datetime
import importlib
import operator
import sys
import types
import typing
import weakref
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, ForwardRef, Literal

import typing_extensions

from apispec.introspection.placeholders import is_placeholder, placeholder

LIBRARIES = frozenset(
    {"annotated_doc", "annotated_types", "apispec", "pydantic", "pydantic_extra_types", "typing_extensions"}
)
"""Packages beside the standard library that are imported for what they say about types."""

_NOT_IMPORTED = frozenset({"antigravity", "idlelib", "lib2to3", "test", "this", "tkinter", "turtle", "turtledemo"})
"""Modules of the standard library that do something when they are imported, or are none."""

_CALLED = frozenset(
    {
        *("annotated_doc", "annotated_types", "apispec.app", "apispec.types", "collections", "datetime", "decimal"),
        *("enum", "fractions", "ipaddress", "pathlib", "pydantic.aliases", "pydantic.config", "pydantic.fields"),
        *("pydantic.functional_serializers", "pydantic.functional_validators", "pydantic.json_schema"),
        *("pydantic.networks", "pydantic.types", "typing", "typing_extensions", "uuid"),
    }
)
"""Modules whose classes and functions may be called: they build values and descriptions and do nothing else."""

_BUILTIN_CALLED = (int, float, complex, bool, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, object)
_ALSO_CALLED = (dataclasses.field, typing.NewType)

rebuilt: weakref.WeakSet[type] = weakref.WeakSet()
"""Rebuilt classes whose constructors are a library's alone, so that calling them runs nothing of the target."""

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.LShift: operator.lshift,
    ast.Pow: operator.pow,
}
_DEEPEST = 100


class UnreadableError(Exception):
    """An expression whose value only running it would tell."""


class UnfinishedError(Exception):
    """A class whose base is being built: it has to wait."""


class Opaque:
    """A value that is known by its source text alone."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class ModuleName(str):
    """A module that a name stands for, by its dotted name."""


Lookup = Callable[[str], Any]
"""The meaning of a name.

Raises:
    UnreadableError: There is none to be had.
"""


class Evaluator:
    """Expressions of one module.

    Args:
        lookup: What a name of the module means.
        attribute: What `MODULE.name` means, for a dotted module name.
        names: Names that go before: type parameters.
    """

    def __init__(
        self, lookup: Lookup, attribute: Callable[[str, str], Any], names: Mapping[str, Any] | None = None
    ) -> None:
        self._lookup = lookup
        self._attribute = attribute
        self._names = names or {}
        self._depth = 0

    def within(self, names: Mapping[str, Any]) -> Evaluator:
        """The same with more names."""
        return Evaluator(self._lookup, self._attribute, {**self._names, **names})

    def hint(self, node: ast.expr | str) -> Any:
        """The type that a hint names; what is unknown in it is a placeholder. Never raises."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return placeholder("...")
            return self._hint(_parsed(node) if isinstance(node, str) else node)
        except (UnreadableError, RecursionError, MemoryError):
            return placeholder(node if isinstance(node, str) else _source(node))
        finally:
            self._depth -= 1

    def value(self, node: ast.expr) -> Any:
        """The value of an expression.

        Raises:
            UnreadableError: Only running it would tell.
        """
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise UnreadableError(_source(node))
            return self._value(node)
        except UnreadableError:
            raise
        except Exception as error:  # whatever a constructor says to wrong arguments
            raise UnreadableError(_source(node)) from error
        finally:
            self._depth -= 1

    def value_or_text(self, node: ast.expr) -> Any:
        """The value of an expression, else an `Opaque` that shows its text."""
        try:
            return self.value(node)
        except UnreadableError:
            return Opaque(_source(node))

    def _hint(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return self.hint(node.value)
            if node.value is None or node.value is Ellipsis:
                return node.value
            return placeholder(_source(node))
        if isinstance(node, ast.Name):
            return _type_only(self._name(node.id), node)
        if isinstance(node, ast.Attribute):
            return _type_only(self._member(node), node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return _union(self.hint(node.left), self.hint(node.right), node)
        if isinstance(node, ast.List):
            return [self.hint(item) for item in node.elts]
        if isinstance(node, ast.Starred):
            return self.hint(ast.Subscript(_TYPING_UNPACK, node.value, ast.Load()))
        if isinstance(node, ast.Call):
            return _type_only(self.value(node), node)  # conint(ge=1), NewType(...)
        raise UnreadableError(_source(node))

    def _subscript(self, node: ast.Subscript) -> Any:
        origin = typing_extensions.Unpack if node.value is _TYPING_UNPACK else self._hint(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if is_placeholder(origin):
            return placeholder(_source(node))
        items: list[Any]
        if origin in (Literal, typing_extensions.Literal):
            items = [self.value(part) for part in parts]
        elif origin in (Annotated, typing_extensions.Annotated):
            items = [self.hint(parts[0])]
            for part in parts[1:]:
                try:
                    items.append(self.value(part))
                except UnreadableError:
                    continue
            if len(items) == 1:
                return items[0]
        else:
            items = [self.hint(part) for part in parts]
        try:
            return origin[tuple(items) if isinstance(node.slice, ast.Tuple) else items[0]]
        except Exception:
            return placeholder(_source(node))

    def _name(self, name: str) -> Any:
        if name in self._names:
            return self._names[name]
        return self._lookup(name)

    def _member(self, node: ast.Attribute) -> Any:
        owner = self._name(node.value.id) if isinstance(node.value, ast.Name) else self._owner(node.value)
        if isinstance(owner, ModuleName):
            return self._attribute(owner, node.attr)
        if isinstance(owner, type) and not node.attr.startswith("__"):
            found = vars(owner).get(node.attr, UnreadableError)
            if found is not UnreadableError and not hasattr(found, "__get__"):
                return found
            if isinstance(found, type):
                return found
            if hasattr(owner, "__members__") and node.attr in owner.__members__:
                return owner.__members__[node.attr]
        if node.attr in ("value", "name") and hasattr(type(owner), "__members__"):
            return owner.value if node.attr == "value" else owner.name
        raise UnreadableError(_source(node))

    def _owner(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Attribute):
            return self._member(node)
        raise UnreadableError(_source(node))

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._member(node)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            items = [self.value(item) for item in node.elts]
            return items if isinstance(node, ast.List) else tuple(items) if isinstance(node, ast.Tuple) else set(items)
        if isinstance(node, ast.Dict):
            if any(key is None for key in node.keys):
                raise UnreadableError(_source(node))
            pairs = zip(typing.cast("list[ast.expr]", node.keys), node.values, strict=True)
            return {self.value(key): self.value(item) for key, item in pairs}
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd, ast.Not, ast.Invert)):
            operand = self.value(node.operand)
            if not isinstance(operand, (int, float, complex)):
                raise UnreadableError(_source(node))
            return _UNARY[type(node.op)](operand)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        raise UnreadableError(_source(node))

    def _arithmetic(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        apply = _ARITHMETIC.get(type(node.op))
        plain = (int, float, str, bytes, tuple, list, dict, set, frozenset)
        if apply is None or not isinstance(left, plain) or not isinstance(right, plain):
            if isinstance(node.op, ast.BitOr):
                return _union(left, right, node)
            raise UnreadableError(_source(node))
        for side in (left, right):  # `10**10**10` and `"x" * 10**10` are no values to show
            if (isinstance(side, (int, float)) and abs(side) > 1 << 40) or (
                hasattr(side, "__len__") and len(side) > 10_000
            ):
                raise UnreadableError(_source(node))
        if isinstance(node.op, (ast.Pow, ast.LShift)) and not (isinstance(right, (int, float)) and abs(right) <= 64):
            raise UnreadableError(_source(node))
        if isinstance(node.op, ast.Mult) and (hasattr(left, "__len__") or hasattr(right, "__len__")):
            raise UnreadableError(_source(node))
        if isinstance(node.op, ast.Mod) and not isinstance(left, (int, float)):
            raise UnreadableError(_source(node))
        return apply(left, right)

    def _call(self, node: ast.Call) -> Any:
        called = self.value(node.func)
        if not may_call(called):
            raise UnreadableError(_source(node))
        if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
            raise UnreadableError(_source(node))
        # A part that can't be read is still shown, as for `Field(default_factory=lambda: ...)`.
        partly = getattr(called, "__name__", "") in ("Field", "PrivateAttr", "field", "App")
        read = self.value_or_text if partly else self.value
        if called in (typing.NewType, typing.TypeVar, typing_extensions.TypeVar, typing_extensions.NewType):
            args = [self.value(arg) if i == 0 else self.hint(arg) for i, arg in enumerate(node.args)]
            kwargs = {str(k.arg): self._of_type_variable(k) for k in node.keywords}
            return called(*args, **kwargs)
        args = [read(arg) for arg in node.args]
        kwargs = {str(k.arg): read(k.value) for k in node.keywords}
        return called(*args, **_callable_factories(kwargs))

    def _of_type_variable(self, keyword: ast.keyword) -> Any:
        return self.hint(keyword.value) if keyword.arg in ("bound", "default") else self.value(keyword.value)


_TYPING_UNPACK = ast.Name("Unpack", ast.Load())
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Invert: operator.invert,
}


def _callable_factories(kwargs: dict[str, Any]) -> dict[str, Any]:
    """`default_factory=lambda: …` as a default that is known by its text."""
    factory = kwargs.get("default_factory")
    if isinstance(factory, Opaque):
        del kwargs["default_factory"]
        kwargs["default"] = factory
    return {name: value for name, value in kwargs.items() if name == "default" or not isinstance(value, Opaque)}


def may_call(called: Any) -> bool:
    """Whether calling it builds a value and does nothing else."""
    if any(called is kind for kind in (*_BUILTIN_CALLED, *_ALSO_CALLED)):
        return True
    if isinstance(called, type) and called in rebuilt:
        return True
    if not isinstance(called, (type, types.FunctionType, types.BuiltinFunctionType)):
        return False
    return getattr(called, "__module__", None) in _CALLED and "." not in getattr(called, "__qualname__", ".")


def library_object(path: str) -> Any:
    """A name of the standard library or of `LIBRARIES`; a module as its `ModuleName`.

    Raises:
        UnreadableError: It is another package's, or there is no such name.
    """
    top, _, _ = path.partition(".")
    parts = path.split(".")
    if top in _NOT_IMPORTED or "__main__" in parts or not is_library(path):
        raise UnreadableError(path)
    for i in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:i]))
        except ModuleNotFoundError:
            continue
        except Exception as error:
            raise UnreadableError(path) from error
        try:
            for part in parts[i:]:
                found = getattr(found, part)
        except AttributeError:
            raise UnreadableError(path) from None
        if isinstance(found, types.ModuleType):
            return ModuleName(path)
        if not (_is_type(found) or callable(found) or (isinstance(found, _CONSTANTS) and top not in _OF_THIS_MACHINE)):
            raise UnreadableError(path)  # os.environ, sys.path
        return found
    raise UnreadableError(path)


def is_library(path: str) -> bool:
    """Whether a dotted path is the standard library's or that of one of `LIBRARIES`."""
    top = path.partition(".")[0]
    return top in sys.stdlib_module_names or top in LIBRARIES


def builtin(name: str) -> Any:
    """A built-in name.

    Raises:
        UnreadableError: There is none.
    """
    try:
        return getattr(builtins, name)
    except AttributeError:
        raise UnreadableError(name) from None


_CONSTANTS = (bool, int, float, complex, str, bytes, type(None), Enum, datetime.tzinfo, datetime.timedelta)
_OF_THIS_MACHINE = frozenset({"getpass", "os", "platform", "site", "socket", "sys", "sysconfig", "tempfile"})
_TYPING_MODULES = frozenset({"typing", "typing_extensions"})


def _is_type(found: Any) -> bool:
    """Whether it is a class, a generic alias, a type variable or another word for types."""
    return (
        found is None
        or isinstance(found, (type, types.GenericAlias, types.UnionType, ForwardRef))
        or type(found).__module__ in _TYPING_MODULES
        or getattr(found, "__module__", "") in _TYPING_MODULES  # NewType of Python, special functions
        or hasattr(found, "__supertype__")
    )


def _type_only(found: Any, node: ast.expr) -> Any:
    """What a hint names, if it can be a type."""
    return found if _is_type(found) else placeholder(_source(node))


def _union(left: Any, right: Any, node: ast.expr) -> Any:
    try:
        return left | right  # in its own order; `Union` remembers the order in which it first saw the same types
    except TypeError:
        pass
    try:
        return typing.Union[left, right]
    except TypeError:
        return placeholder(_source(node))


def _parsed(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise UnreadableError(text) from error


def _source(node: ast.AST) -> str:
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return "..."


__all__ = [
    "Evaluator",
    "ForwardRef",
    "ModuleName",
    "Opaque",
    "UnreadableError",
    "builtin",
    "library_object",
    "may_call",
]
