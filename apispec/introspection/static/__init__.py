"""Reading a target without importing it: its names, classes and functions are rebuilt from the source, then described.

Nothing of the target runs: expressions are evaluated by `values`, which calls only constructors of plain values, and
functions are rebuilt with a body that does nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib.machinery import ModuleSpec
from types import FunctionType
from typing import Any

from apispec.declaring import App
from apispec.errors import TargetError
from apispec.findings import Finding, Location, Severity
from apispec.introspection.endpoints import describe
from apispec.introspection.options import Options
from apispec.introspection.static.functions import FunctionNode, build
from apispec.introspection.static.modules import Source, Sources
from apispec.introspection.static.names import Names
from apispec.introspection.static.safety import UnreadableError
from apispec.introspection.static.values import Opaque, UnfinishedError
from apispec.introspection.target import Target, shorten
from apispec.model import Introspection


def read(target: Target, options: Options) -> Introspection:
    """Read a target from its source.

    Raises:
        TargetError: It has no source, or no such attribute.
        SyntaxError: It is not Python.
        EndpointError: Two of its endpoints have one name.
    """
    if not target.file.endswith(".py"):
        raise TargetError(
            f"{target.text} has no Python source, so it can't be read without importing it", where=target.place
        )
    reader = _Reader(target)
    result = describe(reader.rebuild(), options, shorten=lambda file: shorten(file, target))
    endpoints = tuple(replace(endpoint, static=True) for endpoint in result.api.endpoints)
    return replace(result, api=replace(result.api, endpoints=endpoints), findings=(*reader.findings, *result.findings))


class _Reader:
    """Rebuilds what a target names."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.sources = Sources(target)
        self.source = self.sources.target
        self.names = Names(self.sources, self._finding)
        self.findings: list[Finding] = []

    def rebuild(self) -> Any:
        """The target's module, or the attribute that it names, with everything that is declared on its Apps."""
        source = self.source
        live = source.live
        live.__doc__ = source.doc
        live.__spec__ = ModuleSpec(live.__name__, None, origin=str(source.file))  # its place, for whom asks for that
        if source.file.name == "__init__.py":
            live.__path__ = []
        for name in self._names(source, {source.name}):
            if not name.startswith("_") or name == "__version__" or name not in source.module.members:
                self._define(source, name)
        if source.module.exports is not None:
            live.__all__ = [str(name).strip("'\"") for name in source.module.exports]  # type: ignore[attr-defined]
        elif hasattr(live, "__all__"):
            del live.__all__
        self._declare(source)
        found: Any = live
        for part in self.target.attribute.split(".") if self.target.attribute else ():
            found = getattr(found, part, None)
            if found is None:
                raise TargetError(
                    f"without importing it, {self.target.module} has no attribute {self.target.attribute}",
                    where=self.target.place,
                )
        return found

    def _names(self, source: Source, seen: set[str]) -> list[str]:
        """The names of a module in order, those of its stars too: the other's `__all__`, or what is public there."""
        found: list[str] = []
        for key, member in source.module.members.items():
            if not key.endswith("/*"):
                found.append(key)
                continue
            inner = self.sources.get(str(getattr(member, "target_path", "")))
            if inner is None or inner.name in seen:
                continue
            if inner.module.exports is not None:
                found += [str(name).strip("'\"") for name in inner.module.exports]
            else:
                found += [n for n in self._names(inner, {*seen, inner.name}) if not n.startswith("_")]
        return list(dict.fromkeys(found))

    def _define(self, source: Source, name: str) -> None:
        """Give the live module what a name means, where it can be told."""
        try:
            found = self.names.of_module(source, name)
        except (UnreadableError, UnfinishedError):
            return
        except Exception as error:  # one bad definition never hides the rest
            node = source.statements.get(name)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._finding(source, node, f"{name} can't be read without importing it: {type(error).__name__}")
            return
        if isinstance(found, (FunctionType, partial, type, App, str)) and type(found).__name__ != "ModuleName":
            setattr(source.live, name, found)

    def _declare(self, source: Source) -> None:
        """Endpoints declared with `@app.endpoint` and `app.add`, in order."""
        for statement in _statements(source.tree.body):
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for decorator in reversed(statement.decorator_list):
                    call = decorator if isinstance(decorator, ast.Call) else None
                    app = self._app(source, call.func if call else decorator, "endpoint")
                    if app is not None:
                        self._register(app, self._function(source, statement), call, source, statement)
            elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                call = statement.value
                app = self._app(source, call.func, "add")
                if app is not None:
                    self._add(app, call, source)

    def _app(self, source: Source, node: ast.expr, method: str) -> App | None:
        if not isinstance(node, ast.Attribute) or node.attr != method:
            return None
        try:
            found = self.names.evaluator(source).value(node.value)
        except UnreadableError:
            return None
        return found if isinstance(found, App) else None

    def _function(self, source: Source, node: FunctionNode) -> Any:
        """The function of a statement: the module's own of that name, or one that a later one hides."""
        if source.statements.get(node.name) is node:
            try:
                return self.names.of_module(source, node.name)
            except UnreadableError:
                pass
        return build(node, source, self.names.evaluator(source))

    def _add(self, app: App, call: ast.Call, source: Source) -> None:
        evaluator = self.names.evaluator(source)
        try:
            function = evaluator.function(call.args[0]) if call.args else None
        except UnreadableError:
            function = None
        if not callable(function) or isinstance(function, type):
            text = ast.unparse(call.args[0]) if call.args else ast.unparse(call)
            self._finding(source, call, f"what {text} is, only running it would tell, so it is left out")
            return
        self._register(app, function, call, source, call)

    def _register(
        self, app: App, function: Any, call: ast.Call | None, source: Source, node: ast.stmt | ast.expr
    ) -> None:
        options: dict[str, Any] = {}
        evaluator = self.names.evaluator(source)
        for keyword in call.keywords if call else ():
            value = evaluator.value_or_text(keyword.value)
            if keyword.arg is None or isinstance(value, Opaque):
                text = f"{keyword.arg or '**'}={ast.unparse(keyword.value)}"
                self._finding(source, node, f"what {text} means, only running it would tell, so it is left out")
            else:
                options[keyword.arg] = value
        if call and isinstance(call.func, ast.Attribute) and call.func.attr == "add" and len(call.args) > 1:
            options["name"] = evaluator.value_or_text(call.args[1])
        app.add(function, **options)

    def _finding(self, source: Source, node: ast.stmt | ast.expr, message: str) -> None:
        place = Location(file=shorten(str(source.file), self.target), line=node.lineno)
        self.findings.append(
            Finding(
                "static-unreadable",
                Severity.WARNING,
                message,
                place,
                hint="write it as a literal, or import the target",
            )
        )


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Module-level statements in order, blocks opened; what only runs as a script or is only type-checked left out."""
    for statement in body:
        if isinstance(statement, ast.If):
            test = ast.unparse(statement.test)
            if "__name__" not in test and "TYPE_CHECKING" not in test:
                yield from _statements(statement.body)
            yield from _statements(statement.orelse)
        elif isinstance(statement, (ast.Try, ast.With)):
            yield from _statements(statement.body)
            yield from _statements(getattr(statement, "orelse", []))
        else:
            yield statement


__all__ = ["read"]
