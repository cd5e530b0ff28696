"""What an expression of the target's source means, worked out without running any of it.

Names are looked up in the source and in libraries; what may be called and kept is in `safety`. Everything else stays
text, or a placeholder where it is a type.
"""

from __future__ import annotations

import ast
import builtins
import copy
import fractions
import functools
import operator
import re
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum, EnumMeta
from typing import Annotated, Any, Literal

import typing_extensions

from apispec.introspection.placeholders import is_placeholder, placeholder
from apispec.introspection.static import made_classes
from apispec.introspection.static.safety import ModuleName, UnreadableError, is_type, may_call, may_keep, rebuilt

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
_LONGEST = 10_000


class UnfinishedError(Exception):
    """A class whose base is being built: it has to wait."""


class Opaque:
    """A value that is known by its source text alone."""

    only_written = True

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


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
        module: The module's name, which classes get that a call makes.
    """

    def __init__(
        self,
        lookup: Lookup,
        attribute: Callable[[str, str], Any],
        names: Mapping[str, Any] | None = None,
        module: str = "",
    ) -> None:
        self._lookup = lookup
        self._attribute = attribute
        self._names = names or {}
        self._depth = 0
        self.module = module

    def within(self, names: Mapping[str, Any]) -> Evaluator:
        """The same with more names."""
        return Evaluator(self._lookup, self._attribute, {**self._names, **names}, self.module)

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
            found = self._value(node)
        except UnreadableError:
            raise
        except Exception as error:  # whatever a constructor says to wrong arguments
            raise UnreadableError(_source(node)) from error
        finally:
            self._depth -= 1
        if isinstance(found, ModuleName) or not may_keep(found):
            raise UnreadableError(_source(node))
        return found

    def function(self, node: ast.expr) -> Any:
        """The function that an expression stands for: a name's, or a `functools.partial` of one.

        Raises:
            UnreadableError: Only running it would tell.
        """
        if not isinstance(node, ast.Call):
            return self.named(node)
        if not node.args or self.named(node.func) is not functools.partial:
            raise UnreadableError(_source(node))
        if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
            raise UnreadableError(_source(node))
        inner, *args = node.args
        return functools.partial(
            self.function(inner),
            *map(self.value_or_text, args),
            **{str(k.arg): self.value_or_text(k.value) for k in node.keywords},
        )

    def named(self, node: ast.expr) -> Any:
        """What a name stands for, functions included. It may be described; calling it or handing it on is not for sure.

        Raises:
            UnreadableError: It is no name, or stands for nothing that is known.
        """
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._member(node)
        raise UnreadableError(_source(node))

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
            found = self._name(node.id)
            if isinstance(found, types.FunctionType) and isinstance(getattr(builtins, node.id, None), type):
                found = getattr(builtins, node.id)  # `list[int]`, written above a function that is called list
            return _type_only(found, node)
        if isinstance(node, ast.Attribute):
            return _type_only(self._member(node), node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return _union(self.hint(node.left), self.hint(node.right), node)
        if isinstance(node, ast.List):
            return [self.hint(item) for item in node.elts]
        if isinstance(node, ast.Starred):
            return self.hint(ast.Subscript(_UNPACK, node.value, ast.Load()))
        if isinstance(node, ast.Call):
            return _type_only(self.value(node), node)  # conint(ge=1), NewType(...)
        raise UnreadableError(_source(node))

    def _subscript(self, node: ast.Subscript) -> Any:
        origin = typing_extensions.Unpack if node.value is _UNPACK else self._hint(node.value)
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
        owner = self.named(node.value)
        name = node.attr
        if isinstance(owner, ModuleName):
            return self._attribute(owner, name)
        if isinstance(owner, EnumMeta) and name in owner.__members__:
            return owner.__members__[name]
        if isinstance(owner, Enum) and name in ("value", "name"):
            return owner.value if name == "value" else owner.name
        if isinstance(owner, type) and not name.startswith("__"):
            found = vars(owner).get(name)
            if found is not None and (isinstance(found, type) or not hasattr(found, "__get__")):
                return found
        raise UnreadableError(_source(node))

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.named(node)
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
        plain = (int, float, complex, str, bytes, tuple, list, dict, set, frozenset)
        if apply is None or not isinstance(left, plain) or not isinstance(right, plain):
            if isinstance(node.op, ast.BitOr):
                return _union(left, right, node)
            raise UnreadableError(_source(node))
        for side in (left, right):  # `10**10**10` and `"x" * 10**10` are no values to show
            if (isinstance(side, (int, float)) and abs(side) > 1 << 40) or (
                hasattr(side, "__len__") and len(side) > _LONGEST
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
        called = self.named(node.func)
        if made_classes.makes_class(called):
            return made_classes.make(called, node, self)
        if called is typing_extensions.TypeAliasType and len(node.args) == 2:
            return called(self.value(node.args[0]), self.hint(node.args[1]))
        if hasattr(called, "__supertype__") and len(node.args) == 1:  # what NewType makes gives what it is given
            return self.value(node.args[0])
        if not may_call(called):
            raise UnreadableError(_source(node))
        if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
            raise UnreadableError(_source(node))
        # A part that can't be read is still shown, as for `Field(default_factory=lambda: ...)`.
        partly = getattr(called, "__name__", "") in _PARTLY
        read = self.value_or_text if partly else self.value
        if called in (typing.NewType, typing.TypeVar, typing_extensions.TypeVar, typing_extensions.NewType):
            args = [self.value(arg) if i == 0 else self.hint(arg) for i, arg in enumerate(node.args)]
            kwargs = {str(k.arg): self._of_type_variable(k) for k in node.keywords}
            return called(*args, **kwargs)
        args = [read(arg) for arg in node.args]
        if not all(_is_small(called, arg) for arg in args):
            raise UnreadableError(_source(node))
        kwargs = {str(k.arg): read(k.value) for k in node.keywords}
        factory = next((k.value for k in node.keywords if k.arg == "default_factory"), None)
        if isinstance(factory, ast.Lambda) and not factory.args.args and not factory.args.vararg:
            kwargs["default_factory"] = self._factory(factory.body)
        made = called(*args, **_callable_factories(kwargs))
        if isinstance(made, type):  # Enum("Colour", "RED BLUE")
            rebuilt.add(made)
        return made

    def _factory(self, body: ast.expr) -> Any:
        """What makes the value of `default_factory=lambda: value`: another one each time, where it can be told."""
        made = self.value_or_text(body)

        def unreadable() -> Any:
            if isinstance(made, Opaque):
                raise UnreadableError(made.text)
            return copy.deepcopy(made)

        unreadable.__name__ = unreadable.__qualname__ = "<lambda>"
        return unreadable

    def _of_type_variable(self, keyword: ast.keyword) -> Any:
        return self.hint(keyword.value) if keyword.arg in ("bound", "default") else self.value(keyword.value)


_PARTLY = frozenset({"App", "Argument", "ConfigDict", "Field", "Option", "PrivateAttr", "field", "attrib"})
"""What is called with the arguments that can be read."""
_UNPACK = ast.Name("Unpack", ast.Load())
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


def _is_small(called: Any, argument: Any) -> bool:
    """Whether making a value of it takes little time and memory: no `bytes(10**10)`, no `list(range(10**9))`."""
    if isinstance(argument, int) and called in (bytes, bytearray):
        return argument <= _LONGEST
    if isinstance(argument, str) and called is fractions.Fraction:
        return len(argument) <= 40 and not re.search(r"[eE][+-]?\d{4}", argument.replace("_", ""))
    if called in _CONTAINERS or getattr(called, "__module__", "") == "collections":
        if isinstance(argument, range):
            return (
                -(1 << 60) < argument.start < 1 << 60
                and -(1 << 60) < argument.stop < 1 << 60
                and (len(argument) <= _LONGEST)
            )
        if isinstance(argument, _SIZED):
            return len(argument) <= _LONGEST
        return argument is None or isinstance(argument, (bool, int, float, type, Opaque))
    return True


_CONTAINERS = (bytes, bytearray, dict, frozenset, list, set, tuple)
_SIZED = (str, bytes, bytearray, list, tuple, dict, set, frozenset)


def _type_only(found: Any, node: ast.expr) -> Any:
    """What a hint names, if it can be a type."""
    return found if is_type(found) else placeholder(_source(node))


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
