"""What a module's source shows of the app that it makes, where the module could not be imported.

Read from syntax alone. A module that makes an app, or wires one, is not a collection of functions: what it would offer
as functions are handlers that nobody can call by their names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from apispec.wiring import APP_READERS

LIBRARIES = frozenset(name.partition(".")[0] for name in APP_READERS)
"""Packages whose apps are known."""

_SERVING = {"uvicorn.run", "hypercorn.run", "waitress.serve"}
"""Calls that are given an app."""
_VERBS = {
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "head",
    "options",
    "route",
    "websocket",
    "api_route",
    "api_operation",
}
"""What decorators of handlers are called that are given a path first."""


def written_in(file: str, *, inside_functions: bool = False) -> str:
    """The library whose app the source of a module makes, or `web` where the library is not known.

    Args:
        file: Path of the source.
        inside_functions: Whether an app counts that only a call of a function makes.

    Returns:
        Empty where it makes none, or cannot be read.
    """
    source = Path(file).read_bytes() if file.endswith(".py") and Path(file).is_file() else b""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ""
    nodes = list(ast.walk(tree) if inside_functions else _outside_functions(tree))
    names = _imported(ast.walk(tree))
    names.update(_subclasses(nodes, names))
    for node in nodes:
        if isinstance(node, ast.Call):
            library = _maker(node, names, any_call=not inside_functions)
            if library:
                return library
    decorators = (d for node in ast.walk(tree) for d in getattr(node, "decorator_list", ()))
    wired = any(map(_routes, decorators)) or any(map(_makes_app, nodes))
    return "web" if wired and not inside_functions else ""


def _maker(call: ast.Call, names: dict[str, str], *, any_call: bool) -> str:
    """The library whose app a call makes, or whose parts it makes for an app; empty where it makes none."""
    meant = _meant(call.func, names)
    if meant in _SERVING:
        return "web"
    library, last = meant.partition(".")[0], meant.rpartition(".")[2]
    if library not in LIBRARIES:
        return ""
    classes = {name.rpartition(".")[2] for name in APP_READERS if name.startswith(f"{library}.")}
    if library == "gradio":
        classes |= {"Interface", "ChatInterface", "TabbedInterface", "Workflow", "Server", "load", "mount_gradio_app"}
    return library if any_call or last in classes else ""


def _imported(nodes: Iterator[ast.AST]) -> dict[str, str]:
    """Names of a module, and what their imports mean by them."""
    meant: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                meant[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            meant.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return meant


def _subclasses(nodes: list[ast.AST], names: dict[str, str]) -> dict[str, str]:
    """Classes of the module that inherit from one of a known library, with what they inherit from."""
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            bases = [_meant(base, {**names, **found}) for base in node.bases]
            if known := [base for base in bases if _is_app_class(base)]:
                found[node.name] = known[0]
    return found


def _is_app_class(name: str) -> bool:
    """Whether a class is one whose instances are apps, rather than say a model's or a handler's base."""
    library, _, rest = name.partition(".")
    last = rest.rpartition(".")[2]
    known = {kind.rpartition(".")[2] for kind in APP_READERS if kind.startswith(f"{library}.")}
    return library in LIBRARIES and (last in known or library == "gradio")


def _meant(function: ast.expr, names: dict[str, str]) -> str:
    """The dotted name that an expression means; empty where it is no name."""
    parts: list[str] = []
    while isinstance(function, ast.Attribute):
        parts.insert(0, function.attr)
        function = function.value
    if not isinstance(function, ast.Name):
        return ""
    return ".".join([names.get(function.id, function.id), *parts])


def _routes(decorator: ast.expr) -> bool:
    """Whether a decorator gives its function a path: `@anything.get("/users")`."""
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.args):
        return False
    path = decorator.args[0]
    return (
        decorator.func.attr in _VERBS
        and isinstance(path, ast.Constant)
        and isinstance(path.value, str)
        and path.value.startswith("/")
    )


def _makes_app(node: ast.AST) -> bool:
    """Whether it is `app = create_app()`, whoever makes it: some call whose result has the name that apps have."""
    if not (isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call)):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    named = {target.id for target in targets if isinstance(target, ast.Name)}
    return bool(named & {"app", "application", "asgi_app", "wsgi_app", "demo"}) and not _is_ours(node.value)


def _is_ours(call: ast.Call) -> bool:
    """Whether it makes our own `App`, whose functions are known without it."""
    return ast.unparse(call.func).rpartition(".")[2] == "App"


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """What is run when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield child
            yield from _outside_functions(child)
