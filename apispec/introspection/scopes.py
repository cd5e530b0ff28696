"""The names of one module: what a hint's text means there.

A name that only a type checker sees (`if TYPE_CHECKING:`) is looked up in the module's syntax tree and imported or
evaluated when it is first needed. Nothing here knows about functions or schemas.
"""

from __future__ import annotations
import __future__

import ast
import importlib
import os
import sys
import types
import typing
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from apispec.introspection import contexts
from apispec.introspection.hint_text import Names, evaluate, evaluate_tree
from apispec.introspection.module_text import ModuleText
from apispec.introspection.placeholders import placeholder

_scopes: dict[int, Scope] = {}
_interpret: Callable[[Scope, str, Mapping[str, Any]], Any] | None = None


def seal(interpret: Callable[[Scope, str, Mapping[str, Any]], Any]) -> None:
    """Evaluate no text from here on in this process.

    Args:
        interpret: What says what a text means instead: of a scope, a text, and more names.
    """
    global _interpret  # noqa: PLW0603 - one process, one way of reading
    _interpret = interpret


def scope_of(namespace: dict[str, Any]) -> Scope:
    """The scope of a module's namespace; the same one each time."""
    found = _scopes.get(id(namespace))
    if found is None or found.namespace is not namespace:
        found = _scopes[id(namespace)] = Scope(namespace)
    return found


def scope_of_class(cls: type) -> Scope:
    """The scope of the module in which a class was made."""
    module = sys.modules.get(getattr(cls, "__module__", None) or "")
    return scope_of(vars(module)) if module is not None else scope_of({})


class Scope:
    """The names of one module.

    Args:
        namespace: The module's `__dict__`.
        is_stub: Its source is a stub file, all of which only a type checker sees.
    """

    def __init__(self, namespace: dict[str, Any], *, is_stub: bool = False) -> None:
        self.namespace = namespace
        self._is_stub = is_stub
        self.name = str(namespace.get("__name__", ""))
        self._evaluated: dict[str, Any] = {}
        self._found: dict[str, Any] = {}
        self._finding: set[str] = set()

    def evaluate(self, text: str, names: Mapping[str, Any] | None = None) -> Any:
        """What a hint's text means; what is unknown in it is a placeholder. Never raises.

        Args:
            text: A Python expression.
            names: More names: type parameters, those of an enclosing function.
        """
        if names:
            return self._evaluate(text, names)
        try:
            return self._evaluated[text]
        except KeyError:
            hint = self._evaluated[text] = self._evaluate(text, {})
            return hint

    def find(self, name: str) -> Any:
        """What only a type checker sees under a name, else a placeholder. Never raises."""
        if _interpret is not None:
            return _interpret(self, name, {})
        if name not in self._found:
            if name in self._finding:  # X = "X | None"
                return placeholder(name)
            self._finding.add(name)
            try:
                self._found[name] = self._find(name)
            finally:
                self._finding.discard(name)
        return self._found[name]

    @cached_property
    def text(self) -> ModuleText:
        """The source; in a sealed process that of stubs only, since a module can say that it is another file."""
        readable = self._is_stub or _interpret is None
        return ModuleText(self.namespace.get("__file__") if readable else None, is_stub=self._is_stub)

    def of(self, module: types.ModuleType) -> Scope:
        """The scope of another module."""
        return scope_of(vars(module))

    def _evaluate(self, text: str, names: Mapping[str, Any]) -> Any:
        return evaluate(self, text, names) if _interpret is None else _interpret(self, text, names)

    def _find(self, name: str) -> Any:
        statement = self.text.statement(name)
        try:
            if isinstance(statement, ast.Import):
                return self._imported(statement, name)
            if isinstance(statement, ast.ImportFrom):
                return self._imported_from(statement, name)
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                return evaluate_tree(statement.value, Names(self, {}))
            if isinstance(statement, ast.ClassDef) or type(statement).__name__ == "TypeAlias":
                local = Names(self, {})
                # Annotations stay text: a class body does not see `local`, in which their names are found later.
                flags = __future__.annotations.compiler_flag
                module = ast.Module([typing.cast(ast.stmt, statement)], [])
                code = compile(module, "<hint>", "exec", flags=flags, dont_inherit=True)
                exec(code, self.namespace, local)
                return local.get(name, placeholder(name))
        except (Exception, SystemExit):
            return _of_missing(statement, name)
        return placeholder(name)

    def _imported(self, statement: ast.Import, name: str) -> Any:
        for alias in statement.names:
            if alias.asname == name:
                return importlib.import_module(alias.name)
            if alias.asname is None and alias.name.split(".")[0] == name:
                importlib.import_module(alias.name)
                return sys.modules[name]
        return placeholder(name)

    def _imported_from(self, statement: ast.ImportFrom, name: str) -> Any:
        alias = next(a for a in statement.names if (a.asname or a.name) == name)
        package = str(self.namespace.get("__package__") or self.name.rpartition(".")[0])
        source = "." * statement.level + (statement.module or "")
        if source == "_typeshed":
            return TYPESHED.get(alias.name, placeholder(name))
        module = importlib.import_module(source, package)
        if hasattr(module, alias.name):
            return getattr(module, alias.name)
        declared = scope_of(vars(module))
        if declared.text.statement(alias.name) is not None:
            return declared.find(alias.name)
        return importlib.import_module(f"{module.__name__}.{alias.name}")


class _MissingModule(types.ModuleType):
    """A module that can't be imported: `pd`, whose `pd.DataFrame` is not known.

    Args:
        name: What the source calls it.
        path: What it is called.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name)
        self.path = path

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return contexts.stand_in(f"{self.path}.{name}") or placeholder(f"{self.__name__}.{name}")


def _of_missing(statement: ast.stmt | None, name: str) -> Any:
    """What is known of a name that can't be imported: whether it is a class that servers fill in."""
    for alias in statement.names if isinstance(statement, (ast.Import, ast.ImportFrom)) else ():
        if isinstance(statement, ast.Import) and name == (alias.asname or alias.name.partition(".")[0]):
            return _MissingModule(name, alias.name if alias.asname else name)
        if isinstance(statement, ast.ImportFrom) and statement.level == 0 and name == (alias.asname or alias.name):
            return contexts.stand_in(f"{statement.module}.{alias.name}") or placeholder(name)
    return placeholder(name)


TYPESHED: dict[str, Any] = {
    "Incomplete": Any,
    "Unused": object,
    "StrPath": str | os.PathLike[str],
    "StrOrBytesPath": str | bytes | os.PathLike[str],
    "FileDescriptorOrPath": int | str | bytes | os.PathLike[str],
    "ReadableBuffer": bytes,
}
"""Names of typeshed's own module, which exists for type checkers alone."""
