"""Names and source of one module: what a hint's text means there.

A name that only a type checker sees (`if TYPE_CHECKING:`) is looked up in the module's syntax tree and imported or
evaluated when it is first needed. Nothing here knows about functions or schemas.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import importlib
import operator
import os
import re
import sys
import tokenize
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, reduce
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any, Literal

import typing_extensions

from apispec.introspection import contexts
from apispec.introspection.placeholders import is_placeholder, placeholder

_scopes: dict[int, Scope] = {}
_interpret: Callable[[Scope, str, Mapping[str, Any]], Any] | None = None
MAX_SOURCE_BYTES = 20_000_000


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
    def source(self) -> str:
        """The module's source; empty where there is none that can be read."""
        file = None if _interpret is not None and not self._is_stub else self.namespace.get("__file__")
        if not isinstance(file, str) or not file.endswith((".py", ".pyi")):
            return ""
        path = Path(file)
        try:
            if path.stat().st_size > MAX_SOURCE_BYTES:
                return ""
            with tokenize.open(path) as stream:
                return stream.read()
        except (OSError, SyntaxError, ValueError):
            return ""

    @cached_property
    def tree(self) -> ast.Module | None:
        """The module's syntax tree, None where there is no readable source."""
        return _parse(self.source)

    def line_of(self, qualified_name: str) -> int:
        """The line of a class or function, from 1; 0 where it is not in the source."""
        return self._definitions.get(qualified_name, -1) + 1

    def class_tree(self, qualified_name: str) -> ast.ClassDef | None:
        """The syntax tree of one class; the rest of the module is not parsed, which for long modules takes seconds.

        Args:
            qualified_name: Without `<locals>`.
        """
        start = self._definitions.get(qualified_name)
        block = None if start is None else self._block(start)
        return block if isinstance(block, ast.ClassDef) else None

    def function_tree(self, line: int) -> ast.stmt | None:
        """The syntax tree of the function that begins at a line (from 1), itself or its decorators."""
        for start in range(line - 1, len(self._lines)):
            if self._lines[start].lstrip().startswith(("def ", "async def ")):
                return self._block(start)
        return None

    def statement(self, name: str) -> ast.stmt | None:
        """What binds a name for a type checker, or imports it; None where nothing does."""
        return self._declared.get(name)

    def _block(self, start: int) -> ast.stmt | None:
        """The statement that begins at a line (from 0), as far as its indentation goes."""
        indent = len(self._lines[start]) - len(self._lines[start].lstrip())
        end = start + 1
        while end < len(self._lines):
            line = self._lines[end]
            inner = line.lstrip()
            if inner and len(line) - len(inner) <= indent and inner[0] not in ")#":
                break
            end += 1
        block = _parse(dedent("\n".join(self._lines[start:end])))
        return block.body[0] if block is not None and block.body else None

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    @cached_property
    def _definitions(self) -> dict[str, int]:
        """The line (from 0) of each class and function by qualified name; of several, the last, as for Python."""
        found: dict[str, int] = {}
        around: list[tuple[int, str]] = []
        line = position = 0
        for match in _DEFINITION.finditer(self.source):
            line += self.source.count("\n", position, match.start())
            position = match.start()
            indent = len(match[1])
            while around and around[-1][0] >= indent:
                around.pop()
            name = f"{around[-1][1]}.{match[2]}" if around else match[2]
            around.append((indent, name))
            found[name] = line
        return found

    @cached_property
    def _declared(self) -> dict[str, ast.stmt]:
        """Statements that bind names for a type checker, or that imported what was deleted later."""
        found: dict[str, ast.stmt] = {}
        body = self.tree.body if self.tree is not None else []
        for only_checked, statement in _statements(body, self._is_stub):
            for name in _bound_names(statement):
                if only_checked:
                    found[name] = statement
                elif isinstance(statement, (ast.Import, ast.ImportFrom)):
                    found.setdefault(name, statement)
        return found

    def _evaluate(self, text: str, names: Mapping[str, Any]) -> Any:
        if _interpret is not None:
            return _interpret(self, text, names)
        local = _Names(self, names)
        try:
            return _no_module(eval(text, self.namespace, local))
        except Exception:
            pass
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return placeholder(text)
        return self._evaluate_tree(tree, local)

    def _evaluate_tree(self, node: ast.expr, names: _Names) -> Any:
        """Part by part, so that one bad part costs only itself."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return self._evaluate(node.value, names.names)
            return node.value
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            left, right = self._evaluate_tree(node.left, names), self._evaluate_tree(node.right, names)
            return _union(left, right)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, names)
        try:
            code = compile(ast.Expression(node), "<hint>", "eval")
            return _no_module(eval(code, self.namespace, names))
        except AttributeError:
            return self._member(node, names)
        except Exception:
            return placeholder(ast.unparse(node))

    def _member(self, node: ast.expr, names: _Names) -> Any:
        """What only a type checker sees in another module: `types.Url`."""
        if isinstance(node, ast.Attribute):
            try:
                owner = eval(compile(ast.Expression(node.value), "<hint>", "eval"), self.namespace, names)
            except Exception:
                owner = None
            if isinstance(owner, types.ModuleType):
                return scope_of(vars(owner)).find(node.attr)
        return placeholder(ast.unparse(node))

    def _subscript(self, node: ast.Subscript, names: _Names) -> Any:
        origin = self._evaluate_tree(node.value, names)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if origin in (Literal, typing_extensions.Literal):
            items = []
            for part in parts:
                try:
                    items.append(eval(compile(ast.Expression(part), "<hint>", "eval"), self.namespace, names))
                except Exception:
                    return placeholder(ast.unparse(node))
        elif origin is Annotated:
            items = [self._evaluate_tree(parts[0], names)]
            for part in parts[1:]:
                try:
                    items.append(eval(compile(ast.Expression(part), "<hint>", "eval"), self.namespace, names))
                except Exception:
                    continue
            if len(items) == 1:
                return items[0]
        else:
            items = [
                [self._evaluate_tree(p, names) for p in part.elts]
                if isinstance(part, ast.List)
                else self._evaluate_tree(part, names)
                for part in parts
            ]
        try:
            return origin[tuple(items) if isinstance(node.slice, ast.Tuple) else items[0]]
        except Exception:  # generic for type checkers alone: `pd.Series[float]`
            return origin if isinstance(origin, type) and not is_placeholder(origin) else placeholder(ast.unparse(node))

    def _find(self, name: str) -> Any:
        statement = self._declared.get(name)
        try:
            if isinstance(statement, ast.Import):
                return self._imported(statement, name)
            if isinstance(statement, ast.ImportFrom):
                return self._imported_from(statement, name)
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                return self._evaluate_tree(statement.value, _Names(self, {}))
            if isinstance(statement, ast.ClassDef) or type(statement).__name__ == "TypeAlias":
                local = _Names(self, {})
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
        if alias.name in declared._declared:
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


_DEFINITION = re.compile(r"^([ \t]*)(?:class|def|async[ \t]+def)[ \t]+(\w+)", re.MULTILINE)


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source) if source else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Names(dict[str, Any]):
    """The local names under which a hint is evaluated: those given, then what only a type checker sees."""

    def __init__(self, scope: Scope, names: Mapping[str, Any]) -> None:
        super().__init__(names)
        self.scope = scope
        self.names = names

    def __missing__(self, name: str) -> Any:
        if name in self.scope.namespace or hasattr(builtins, name):
            raise KeyError(name)  # the interpreter looks there next
        return self.scope.find(name)


def _no_module(hint: Any) -> Any:
    """A module is no type: `datetime` for `datetime.datetime` is a mistake that says nothing."""
    return placeholder(hint.__name__) if isinstance(hint, types.ModuleType) else hint


def _union(left: Any, right: Any) -> Any:
    try:
        return typing.Union[left, right]
    except TypeError:
        try:
            return reduce(operator.or_, (left, right))
        except TypeError:
            return placeholder(f"{left} | {right}")


def _statements(body: list[ast.stmt], only_checked: bool) -> Iterator[tuple[bool, ast.stmt]]:
    """The statements at module level, blocks opened, with whether only a type checker sees them."""
    for statement in body:
        if isinstance(statement, ast.If):
            checked = only_checked or _is_type_checking(statement.test)
            yield from _statements(statement.body, checked)
            yield from _statements(statement.orelse, only_checked)
        elif isinstance(statement, (ast.Try, ast.With)):
            yield from _statements(statement.body, only_checked)
            for handler in getattr(statement, "handlers", ()):
                yield from _statements(handler.body, only_checked)
            yield from _statements(getattr(statement, "orelse", []), only_checked)
        else:
            yield only_checked, statement


def _is_type_checking(test: ast.expr) -> bool:
    return any(
        getattr(node, "id", getattr(node, "attr", "")) == "TYPE_CHECKING"
        for node in ast.walk(test)
        if isinstance(node, (ast.Name, ast.Attribute))
    ) and not isinstance(test, ast.UnaryOp)


def _bound_names(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.asname or alias.name.split(".")[0] for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [alias.asname or alias.name for alias in statement.names]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, ast.ClassDef):
        return [statement.name]
    if type(statement).__name__ == "TypeAlias":  # Python 3.12
        return [statement.name.id]  # type: ignore[attr-defined]
    return []
