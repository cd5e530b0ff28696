"""What the names of the target's modules mean: imports, classes, aliases and constants, each when it is needed."""

from __future__ import annotations

import ast
import types
import typing
from collections.abc import Callable
from typing import Any, ForwardRef, NewType, TypeVar

import griffe
import typing_extensions

from apispec.introspection import contexts
from apispec.introspection.static import standins
from apispec.introspection.static.callables import from_lambda, from_object
from apispec.introspection.static.classes import ClassBuilder
from apispec.introspection.static.decorated import as_command, is_group
from apispec.introspection.static.functions import FunctionNode
from apispec.introspection.static.functions import build as build_function
from apispec.introspection.static.modules import Source, Sources
from apispec.introspection.static.safety import (
    ModuleName,
    UnreadableError,
    builtin,
    is_dunder,
    is_library,
    library_object,
)
from apispec.introspection.static.values import Evaluator, UnfinishedError


class Names:
    """The names of every module of the target.

    Args:
        sources: The modules as source.
        report: Told of what can't be read: the module, the place in it, and a message.
    """

    def __init__(self, sources: Sources, report: Callable[[Source, ast.expr, str], None]) -> None:
        self.sources = sources
        self._found: dict[tuple[str, str], Any] = {}
        self._finding: set[tuple[str, str]] = set()
        self._classes = ClassBuilder(report)

    def evaluator(self, source: Source) -> Evaluator:
        """Expressions as one module means them."""
        return Evaluator(lambda name: self.of_module(source, name), self.member, module=source.name)

    def member(self, module: str, name: str) -> Any:
        """What `module.name` means.

        Raises:
            UnreadableError: Only running it would tell.
        """
        return self.at(f"{module}.{name}")

    def at(self, path: str) -> Any:
        """What a dotted path means.

        Raises:
            UnreadableError: Only running it would tell.
        """
        parts = path.split(".")
        if is_library(path) and parts[0] != self.sources.top:
            return library_object(path)
        for i in range(len(parts), 0, -1):
            source = self.sources.get(".".join(parts[:i]))
            if source is None:
                continue
            if i == len(parts):
                return ModuleName(path)
            found = self.of_module(source, parts[i])
            for part in parts[i + 1 :]:
                found = self.member(found, part) if isinstance(found, ModuleName) else _nested(found, part)
            return found
        if len(parts) == 1:
            return ModuleName(path)  # of a package that is not looked into; nothing is known of what it holds
        found = standins.of(path) or contexts.stand_in(path)
        if found is None:
            raise UnreadableError(path)
        return found

    def of_module(self, source: Source, name: str) -> Any:
        """What a name means at the end of a module.

        Raises:
            UnreadableError: Only running it would tell.
        """
        key = (source.name, name)
        if key in self._found:
            return self._found[key]
        if key in self._finding:
            if _may_wait(source.statements.get(name)):
                return ForwardRef(name, module=source.name)
            return builtin(name)  # str = str
        self._finding.add(key)
        try:
            found = self._found[key] = self._find(source, name)
        except UnfinishedError:
            return ForwardRef(name, module=source.name)
        finally:
            self._finding.discard(key)
        return found

    def _find(self, source: Source, name: str) -> Any:
        member = source.module.members.get(name)
        if member is None:
            return self._starred(source, name)
        if isinstance(member, griffe.Alias):
            if member.target_path == f"{source.module.path}.{name}":
                raise UnreadableError(name)
            return self._imported(source, member.target_path)
        node = source.statements.get(name)
        if isinstance(node, ast.ClassDef):
            found = self._classes.build(node, source, self.evaluator(source))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            evaluator = self.evaluator(source)
            if is_group(node, evaluator, source.statements):
                raise UnreadableError(name)
            found = as_command(build_function(node, source, evaluator), node, evaluator, source.statements)
            self._note_overloads(node, source)
        elif isinstance(node, ast.AnnAssign) and node.value is not None and "TypeAlias" in ast.unparse(node.annotation):
            found = self.evaluator(source).hint(node.value)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            found = self._assigned(name, node.value, source)
        elif type(node).__name__ == "TypeAlias":
            found = self.evaluator(source).hint(node.value)  # type: ignore[union-attr]
        else:
            raise UnreadableError(name)
        if isinstance(getattr(node, "value", None), ast.Call) and isinstance(found, (TypeVar, NewType, type)):
            found.__module__ = source.name  # not that of the module here which called it
        if isinstance(found, typing_extensions.TypeAliasType) and isinstance(getattr(node, "value", None), ast.Call):
            make = types.FunctionType(_named_type.__code__, {"__name__": source.name})  # whose module is asked for
            found = make(type(found), found.__name__, found.__value__, found.__type_params__)
        if not is_dunder(name):
            setattr(source.live, name, found)
        return found

    def _assigned(self, name: str, node: ast.expr, source: Source) -> Any:
        """A constant, another name for a type, or something that can be called."""
        evaluator = self.evaluator(source)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return evaluator.named(node)
        if isinstance(node, ast.Lambda):
            return build_function(from_lambda(name, node), source, evaluator, qualname="<lambda>")
        if isinstance(node, ast.Call) and (acting := from_object(name, node, source, self._class)):
            return build_function(acting[0], acting[1], self.evaluator(acting[1]), qualname=name)
        try:
            return evaluator.value(node)
        except UnreadableError:
            if isinstance(node, ast.Call):
                return evaluator.function(node)
            if isinstance(node, (ast.Subscript, ast.BinOp)):
                return evaluator.hint(node)
            raise

    def _class(self, node: ast.expr, source: Source) -> tuple[ast.ClassDef, Source] | None:
        """The statement of the class of the target that a name means, and its module."""
        if not isinstance(node, ast.Name):
            return None
        member = source.module.members.get(node.id)
        if isinstance(member, griffe.Alias):
            module, _, name = member.target_path.rpartition(".")
            inner = self.sources.get(module) if module else None
            return None if inner is None or inner is source else self._class(ast.Name(name, ast.Load()), inner)
        statement = source.statements.get(node.id)
        return (statement, source) if isinstance(statement, ast.ClassDef) else None

    def _note_overloads(self, node: FunctionNode, source: Source) -> None:
        """Let `typing` know the variants of a function, as their decorator would have."""
        evaluator = self.evaluator(source)
        for statement in source.tree.body:
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) or statement.name != node.name:
                continue
            if any(_is_overload(decorator, evaluator) for decorator in statement.decorator_list):
                typing.overload(build_function(statement, source, evaluator))

    def _imported(self, source: Source, path: str) -> Any:
        """An imported name; griffe's paths of relative imports begin with the module's own parents."""
        return self.at(path)

    def _starred(self, source: Source, name: str) -> Any:
        """A name that `from module import *` brought, or a built-in one."""
        found = self._brought(source, name, set())
        return builtin(name) if found is _NOTHING else found

    def _brought(self, source: Source, name: str, seen: set[str]) -> Any:
        """What the last star that has a name brings under it; `_NOTHING` where none has it."""
        for key, member in reversed(source.module.members.items()):
            if not key.endswith("/*") or not isinstance(member, griffe.Alias):
                continue
            foreign = is_library(member.target_path) and member.target_path.partition(".")[0] != self.sources.top
            inner = None if foreign else self.sources.get(member.target_path)
            found: Any = _NOTHING
            try:
                if inner is None:
                    return self.at(f"{member.target_path}.{name}")
                if name in inner.module.members:
                    return self.of_module(inner, name)
            except UnreadableError:
                continue
            if inner.name not in seen:
                found = self._brought(inner, name, {*seen, source.name})
            if found is not _NOTHING:
                return found
        return _NOTHING


_NOTHING: Any = object()


def _named_type(kind: Any, name: str, value: Any, parameters: Any) -> Any:
    return kind(name, value, type_params=parameters)


def _may_wait(node: ast.stmt | None) -> bool:
    """Whether a name may stand in its own definition: that of a class, or of a type with a name."""
    value = getattr(node, "value", None)
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(node, ast.ClassDef) or getattr(called, "attr", getattr(called, "id", "")) == "TypeAliasType"


def _is_overload(decorator: ast.expr, evaluator: Evaluator) -> bool:
    try:
        return evaluator.named(decorator) in (typing.overload, typing_extensions.overload)
    except UnreadableError:
        return False


def _nested(owner: Any, name: str) -> Any:
    """A class in a class.

    Raises:
        UnreadableError: There is none of that name.
    """
    found = vars(owner).get(name) if isinstance(owner, type) else None
    if not isinstance(found, type):
        raise UnreadableError(name)
    return found
