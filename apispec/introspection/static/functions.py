"""Functions rebuilt from their `def` line: its signature, hints, defaults and docstring, and a body that refuses."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator
from typing import Any

import griffe

from apispec.introspection.static.modules import Source
from apispec.introspection.static.safety import UnreadableError
from apispec.introspection.static.values import Evaluator

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def build(node: FunctionNode, source: Source, evaluator: Evaluator, *, qualname: str = "") -> types.FunctionType:
    """The function of a `def` statement; calling it raises.

    Args:
        node: The statement.
        source: The module it is in.
        evaluator: What names mean there.
        qualname: Its qualified name where that is not its name.
    """
    scope = evaluator.within(type_variables(node, evaluator))
    stub = source.module.members.get(node.name) if not qualname else None
    stubbed = stub if isinstance(stub, griffe.Function) else None
    function = _bare(node, source)
    every = [*node.args.posonlyargs, *node.args.args, node.args.vararg, *node.args.kwonlyargs, node.args.kwarg]
    hints: dict[str, Any] = {}
    for arg in every:
        if arg is None:
            continue
        if arg.annotation is not None:
            hints[arg.arg] = scope.hint(arg.annotation)
        elif stubbed is not None and (text := _stub_hint(stubbed, arg.arg)):
            hints[arg.arg] = scope.hint(text)
    if node.returns is not None:
        hints["return"] = scope.hint(node.returns)
    elif stubbed is not None and stubbed.returns is not None:
        hints["return"] = scope.hint(str(stubbed.returns))
    function.__annotations__ = hints
    function.__defaults__ = tuple(_default(d, scope) for d in node.args.defaults) or None
    keyword_only = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    function.__kwdefaults__ = {arg.arg: _default(d, scope) for arg, d in keyword_only if d is not None}
    function.__doc__ = ast.get_docstring(node, clean=False)
    function.__module__ = source.name
    function.__qualname__ = qualname or node.name
    _deprecation(function, node, scope)
    return function


def type_variables(node: ast.AST, evaluator: Evaluator) -> dict[str, Any]:
    """The type parameters of `def f[T](…)` and `class C[T]:` (Python 3.12)."""
    from typing_extensions import ParamSpec, TypeVar, TypeVarTuple

    kinds: dict[str, Any] = {"ParamSpec": ParamSpec, "TypeVarTuple": TypeVarTuple}
    found: dict[str, Any] = {}
    for parameter in getattr(node, "type_params", ()):
        bound = getattr(parameter, "bound", None)
        kind = kinds.get(type(parameter).__name__)
        if kind is not None:
            found[parameter.name] = kind(parameter.name)
        elif isinstance(bound, ast.Tuple):
            found[parameter.name] = TypeVar(parameter.name, *(evaluator.hint(item) for item in bound.elts))
        else:
            found[parameter.name] = TypeVar(parameter.name, bound=evaluator.hint(bound) if bound else None)
    return found


def _bare(node: FunctionNode, source: Source) -> types.FunctionType:
    """A function of the same parameters, kind and place, made of a statement that has nothing of the source's code."""
    arguments = ast.arguments(
        posonlyargs=[ast.arg(a.arg) for a in node.args.posonlyargs],
        args=[ast.arg(a.arg) for a in node.args.args],
        vararg=ast.arg(node.args.vararg.arg) if node.args.vararg else None,
        kwonlyargs=[ast.arg(a.arg) for a in node.args.kwonlyargs],
        kw_defaults=[None if d is None else ast.Constant(None) for d in node.args.kw_defaults],
        kwarg=ast.arg(node.args.kwarg.arg) if node.args.kwarg else None,
        defaults=[ast.Constant(None) for _ in node.args.defaults],
    )
    refuse: list[ast.stmt] = [ast.Raise(ast.Name("NotImplementedError", ast.Load()))]
    body: list[ast.stmt] = [*refuse, ast.Expr(ast.Yield())] if _yields(node) else refuse
    kind = ast.AsyncFunctionDef if isinstance(node, ast.AsyncFunctionDef) else ast.FunctionDef
    line = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    statement = kind(name=node.name, args=arguments, body=body, decorator_list=[])
    if "type_params" in kind._fields:  # Python 3.12
        statement.type_params = []  # type: ignore[union-attr]
    statement.lineno = statement.end_lineno = line
    statement.col_offset = statement.end_col_offset = 0
    module = ast.fix_missing_locations(ast.Module([statement], []))
    local: dict[str, Any] = {}
    exec(compile(module, str(source.file), "exec", dont_inherit=True), vars(source.live), local)
    function = local[node.name]
    assert isinstance(function, types.FunctionType)
    return function


def _yields(node: FunctionNode) -> bool:
    return any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in _own_nodes(node.body))


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node of a body but those of functions and classes in it."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            stack.extend(ast.iter_child_nodes(node))


def _stub_hint(stub: griffe.Function, name: str) -> str:
    try:
        annotation = stub.parameters[name].annotation
    except KeyError:
        return ""
    return "" if annotation is None else str(annotation)


def _default(node: ast.expr, scope: Evaluator) -> Any:
    return scope.value_or_text(node)


def _deprecation(function: types.FunctionType, node: FunctionNode, scope: Evaluator) -> None:
    """`@deprecated("use other")`, of `warnings` and `typing_extensions`."""
    import typing_extensions

    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call) or not decorator.args:
            continue
        try:
            called, message = scope.named(decorator.func), scope.value(decorator.args[0])
        except UnreadableError:
            continue
        if called is typing_extensions.deprecated or getattr(called, "__qualname__", "") == "deprecated":
            function.__deprecated__ = message if isinstance(message, str) else ""  # type: ignore[attr-defined]
