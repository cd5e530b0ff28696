"""Functions rebuilt from their `def` line: its signature, hints, defaults and docstring, and a body that refuses."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Callable, Iterator
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
    elif _gives_function(node):
        hints["return"] = Callable
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
    """A function of the same parameters, kind and place, made of one of ours: no code of the source is compiled."""
    made = _KINDS[isinstance(node, ast.AsyncFunctionDef), _yields(node)]
    positional = [*node.args.posonlyargs, *node.args.args]
    star, double = node.args.vararg, node.args.kwarg
    names = [a.arg for a in (*positional, *node.args.kwonlyargs, *filter(None, (star, double)))]
    if len(set(names)) != len(names):
        raise UnreadableError(node.name)
    flags = made.__code__.co_flags & ~(inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
    flags |= (inspect.CO_VARARGS if star else 0) | (inspect.CO_VARKEYWORDS if double else 0)
    code = made.__code__.replace(
        co_argcount=len(positional),
        co_posonlyargcount=len(node.args.posonlyargs),
        co_kwonlyargcount=len(node.args.kwonlyargs),
        co_varnames=tuple(names),
        co_nlocals=len(names),
        co_flags=flags,
        co_filename=str(source.file),
        co_name=node.name,
        co_qualname=node.name,
        co_firstlineno=min([node.lineno, *(d.lineno for d in node.decorator_list)]),
    )
    return types.FunctionType(code, vars(source.live), node.name)


def _function() -> Any:
    raise NotImplementedError


def _generator() -> Any:
    for _ in ():
        yield
    raise NotImplementedError


async def _coroutine() -> Any:
    raise NotImplementedError


async def _stream() -> Any:
    for _ in ():
        yield
    raise NotImplementedError


_KINDS: dict[tuple[bool, bool], Any] = {
    (False, False): _function,
    (False, True): _generator,
    (True, False): _coroutine,
    (True, True): _stream,
}
"""Functions that refuse, by whether they are asynchronous and whether they yield."""


def _yields(node: FunctionNode) -> bool:
    return any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in _own_nodes(node.body))


def _gives_function(node: FunctionNode) -> bool:
    """Whether all that it returns are functions that it defines, as decorators do; the same as `results` says."""
    own = list(_own_nodes(node.body))
    nested = {n.name for n in own if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}
    given = [n.value for n in own if isinstance(n, ast.Return)]
    ends = isinstance(node.body[-1], (ast.Return, ast.Raise))
    return (
        bool(given)
        and ends
        and not _yields(node)
        and all(isinstance(v, ast.Lambda) or (isinstance(v, ast.Name) and v.id in nested) for v in given)
    )


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
